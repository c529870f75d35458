//! Every address of the portal, parsed and printed in one place.

use std::fmt;

/// One page of the portal. A new page is one variant here and one file in `pages/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`: environments and applications, or the first visit.
    Home,
    /// `/applications/new`, with the products that are chosen beforehand.
    NewApplication {
        /// Product IDs from `?products=a,b`.
        products: Vec<String>,
        /// `?try=1`: the sandbox hands out the initial access token.
        trial: bool,
    },
    /// `/applications/{id}` and its tabs.
    Application {
        /// The portal's own ID of the application (not the client ID).
        id: String,
        /// Which tab.
        tab: Tab,
    },
    /// `/inspect`. A token never stands in an address.
    Inspect,
    /// `/workshop`: keys, certificates and assertions.
    Workshop,
    /// `/signed-in`: where a sign-in comes back to.
    SignedIn,
    /// `/products` and `/products/{id}`.
    Products {
        /// The product that is open.
        id: Option<String>,
    },
    /// `/settings`.
    Settings,
    /// `/settings/environments/new`: an environment of this browser.
    AddEnvironment,
    /// `/settings/environments/{id}/self-check`: whether the server keeps the rules.
    SelfCheck {
        /// ID of the environment.
        environment: String,
    },
    /// Any other address, as it was asked for.
    Unknown {
        /// Path and query as the browser showed them.
        path: String,
    },
}

/// The tabs of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// `/applications/{id}`
    Overview,
    /// `/applications/{id}/registered`: right after it was created.
    Registered,
    /// `/applications/{id}/change`: edit, with the difference before it is sent.
    Change,
    /// `/applications/{id}/credentials`
    Credentials,
    /// `/applications/{id}/token`
    Token,
    /// `/applications/{id}/history`
    History,
}

impl Tab {
    const ALL: [Self; 6] =
        [Self::Overview, Self::Registered, Self::Change, Self::Credentials, Self::Token, Self::History];

    fn segment(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Registered => "registered",
            Self::Change => "change",
            Self::Credentials => "credentials",
            Self::Token => "token",
            Self::History => "history",
        }
    }
}

/// The five places of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Home and everything of an application.
    Applications,
    /// The catalogue.
    Products,
    /// The inspector.
    Inspect,
    /// The workshop.
    Workshop,
    /// Settings.
    Settings,
}

impl Route {
    /// A plain new application.
    #[must_use]
    pub fn new_application() -> Self {
        Self::NewApplication { products: Vec::new(), trial: false }
    }

    /// The tab of an application.
    #[must_use]
    pub fn application(id: &str, tab: Tab) -> Self {
        Self::Application { id: id.to_owned(), tab }
    }

    /// Reads path and query, as in `location.pathname + location.search`. Never fails: what is not known is
    /// [`Route::Unknown`].
    #[must_use]
    pub fn parse(path_and_query: &str) -> Self {
        let unknown = || Self::Unknown { path: path_and_query.to_owned() };
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let Some(segments) = segments(path) else { return unknown() };
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            [] => Self::Home,
            ["applications", "new"] => Self::NewApplication {
                products: parameter(query, "products")
                    .map(|list| list.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect())
                    .unwrap_or_default(),
                trial: parameter(query, "try").as_deref() == Some("1"),
            },
            ["applications", id] => Self::application(id, Tab::Overview),
            ["applications", id, tab] => Tab::ALL
                .into_iter()
                .find(|known| known.segment() == *tab)
                .map_or_else(unknown, |tab| Self::application(id, tab)),
            ["inspect"] => Self::Inspect,
            ["workshop"] => Self::Workshop,
            ["signed-in"] => Self::SignedIn,
            ["products"] => Self::Products { id: None },
            ["products", id] => Self::Products { id: Some((*id).to_owned()) },
            ["settings"] => Self::Settings,
            ["settings", "environments", "new"] => Self::AddEnvironment,
            ["settings", "environments", id, "self-check"] => {
                Self::SelfCheck { environment: (*id).to_owned() }
            }
            _ => unknown(),
        }
    }

    /// Whether the page shows or writes what is kept in the vault, so that a locked one has to be opened first.
    #[must_use]
    pub fn needs_vault(&self) -> bool {
        match self {
            Self::Home
            | Self::NewApplication { .. }
            | Self::Application { .. }
            | Self::AddEnvironment
            | Self::SelfCheck { .. } => true,
            Self::Inspect
            | Self::Workshop
            | Self::SignedIn
            | Self::Products { .. }
            | Self::Settings
            | Self::Unknown { .. } => false,
        }
    }

    /// Which place of the navigation this belongs to.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Home | Self::NewApplication { .. } | Self::Application { .. } | Self::SignedIn => {
                Some(Place::Applications)
            }
            Self::Products { .. } => Some(Place::Products),
            Self::Inspect => Some(Place::Inspect),
            Self::Workshop => Some(Place::Workshop),
            Self::Settings | Self::AddEnvironment | Self::SelfCheck { .. } => Some(Place::Settings),
            Self::Unknown { .. } => None,
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("/"),
            Self::NewApplication { products, trial } => {
                f.write_str("/applications/new")?;
                let mut separator = '?';
                if !products.is_empty() {
                    let list: Vec<String> = products.iter().map(|id| encode(id)).collect();
                    write!(f, "{separator}products={}", list.join(","))?;
                    separator = '&';
                }
                if *trial {
                    write!(f, "{separator}try=1")?;
                }
                Ok(())
            }
            Self::Application { id, tab: Tab::Overview } => write!(f, "/applications/{}", encode(id)),
            Self::Application { id, tab } => write!(f, "/applications/{}/{}", encode(id), tab.segment()),
            Self::Inspect => f.write_str("/inspect"),
            Self::Workshop => f.write_str("/workshop"),
            Self::SignedIn => f.write_str("/signed-in"),
            Self::Products { id: None } => f.write_str("/products"),
            Self::Products { id: Some(id) } => write!(f, "/products/{}", encode(id)),
            Self::Settings => f.write_str("/settings"),
            Self::AddEnvironment => f.write_str("/settings/environments/new"),
            Self::SelfCheck { environment } => {
                write!(f, "/settings/environments/{}/self-check", encode(environment))
            }
            Self::Unknown { path } => f.write_str(path),
        }
    }
}

fn segments(path: &str) -> Option<Vec<String>> {
    path.split('/').filter(|segment| !segment.is_empty()).map(decode).collect()
}

fn parameter(query: &str, name: &str) -> Option<String> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, v)| decode(v))
}

/// Percent-encodes what is not unreserved (RFC 3986, 2.3).
fn encode(text: &str) -> String {
    crate::domain::url::percent_encode(text)
}

fn decode(text: &str) -> Option<String> {
    crate::domain::url::percent_decode(text)
}
