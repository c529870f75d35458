//! The one context that every page has.

use leptos::prelude::*;

use crate::{
    browser::{clock, local, location, online, store::StoreProblem, timer},
    domain::{
        catalogue::Product,
        config::{Environment, Portal},
        route::Route,
        secret::Secret,
        url,
    },
    state::{
        environments::Environments, keys::Keys, registering::Registering, sign_in::SignIns, vault::Vault,
    },
};

/// Everything that outlives a page.
#[derive(Clone, Copy)]
pub struct Session {
    /// `portal.json`.
    pub portal: StoredValue<Portal>,
    /// `catalogue.json`.
    pub catalogue: StoredValue<Vec<Product>>,
    /// Where the visitor is.
    pub route: RwSignal<Route>,
    /// ID of the chosen environment; always one that exists.
    pub environment: RwSignal<String>,
    /// Seconds since 1970, stepping once a second.
    pub now: RwSignal<i64>,
    /// What the browser says about the network.
    pub online: RwSignal<bool>,
    /// The applications and what is kept of them.
    pub vault: Vault,
    /// Who is signed in where.
    pub sign_ins: SignIns,
    /// The private keys at hand.
    pub keys: Keys,
    /// Discovery and health of the environments.
    pub environments: Environments,
    /// The registration that is on its way.
    pub registering: Registering,
    /// A token on its way to the inspector, which takes it out. Never part of an address.
    pub to_inspect: RwSignal<Option<Secret>>,
    /// What is typed in the filter of the catalogue: it outlives going from one product to the next.
    pub product_filter: RwSignal<String>,
    /// ID of the application whose token tab asks for a token as soon as it is open. The tab takes it out.
    pub token_wanted: RwSignal<Option<String>>,
    /// Raised when the list of environments changes: some are added in this browser.
    pub environments_changed: RwSignal<u32>,
    /// An issuer on its way to the page that adds an environment, which takes it out.
    pub to_add: RwSignal<Option<String>>,
    /// A sentence about something that was done, for the page that opens next. The page takes it out.
    pub said: RwSignal<Option<String>>,
}

/// The small value with the ID of the chosen environment.
pub(super) const ENVIRONMENT: &str = "environment";

impl Session {
    /// Makes the session and provides it. Call once, under the root owner.
    pub fn provide(portal: Portal, catalogue: Vec<Product>) -> Self {
        let chosen = local::get(ENVIRONMENT)
            .filter(|id| portal.environment(id).is_some())
            .or_else(|| portal.environments.first().map(|environment| environment.id.clone()))
            .unwrap_or_default();
        let session = Self {
            portal: StoredValue::new(portal),
            catalogue: StoredValue::new(catalogue),
            route: RwSignal::new(Route::parse(&location::path_and_query())),
            environment: RwSignal::new(chosen),
            now: RwSignal::new(clock::now()),
            online: RwSignal::new(online::is_online()),
            vault: Vault::new(),
            sign_ins: SignIns::new(),
            keys: Keys::new(),
            environments: Environments::new(),
            registering: Registering::new(),
            to_inspect: RwSignal::new(None),
            product_filter: RwSignal::new(String::new()),
            token_wanted: RwSignal::new(None),
            environments_changed: RwSignal::new(0),
            to_add: RwSignal::new(None),
            said: RwSignal::new(None),
        };
        session.listen();
        provide_context(session);
        session
    }

    /// Follows the clock, the network and the back button for as long as the page lives.
    fn listen(self) {
        let tick = timer::every(1000, move || self.now.set(clock::now()));
        let network = online::on_change(move |now_online| self.online.set(now_online));
        let back = location::on_popstate(move || self.route.set(Route::parse(&location::path_and_query())));
        StoredValue::new_local((tick, network, back));
    }

    /// Goes to a page: a new entry in the browser's history.
    pub fn go(self, route: Route) {
        if self.route.get_untracked() != route {
            location::push(&route.to_string());
            location::scroll_to_top();
        }
        self.route.set(route);
    }

    /// Goes to a page in place of the one that is open.
    pub fn replace(self, route: Route) {
        location::replace(&route.to_string());
        self.route.set(route);
    }

    /// Chooses an environment, and remembers it.
    pub fn choose(self, environment: &str) {
        if self.portal.with_value(|portal| portal.environment(environment).is_some()) {
            local::set(ENVIRONMENT, environment);
            self.environment.set(environment.to_owned());
        }
    }

    /// Erases everything this portal keeps in the browser and in this tab.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn erase(self) -> Result<(), StoreProblem> {
        self.vault.erase().await?;
        self.keys.erase().await?;
        self.sign_ins.clear();
        self.to_inspect.set(None);
        self.to_add.set(None);
        self.token_wanted.set(None);
        self.registering.trouble.set(None);
        Ok(())
    }

    /// The chosen environment. Tracks the choice.
    #[must_use]
    pub fn chosen(self) -> Option<Environment> {
        let id = self.environment.get();
        self.environment_by_id(&id)
    }

    /// An environment by its ID. `None` when `portal.json` no longer has it.
    #[must_use]
    pub fn environment_by_id(self, id: &str) -> Option<Environment> {
        self.portal.with_value(|portal| portal.environment(id).cloned())
    }

    /// An environment that reaches the same server as this one, and does so through a prefix of this site.
    #[must_use]
    pub fn through_this_site(self, environment: &Environment) -> Option<Environment> {
        if environment.via.is_some() {
            return None;
        }
        let issuer = |environment: &Environment| url::absolute(&location::origin(), &environment.issuer);
        let same = |other: &&Environment| {
            other.via.is_some()
                && other.dialect == environment.dialect
                && issuer(other) == issuer(environment)
        };
        self.portal.with_value(|portal| portal.environments.iter().find(same).cloned())
    }

    /// A product by its ID.
    #[must_use]
    pub fn product(self, id: &str) -> Option<Product> {
        self.catalogue.with_value(|products| products.iter().find(|product| product.id == id).cloned())
    }
}

/// The session. Every page lives below the component that provides it.
///
/// # Panics
/// Outside the app, which is a mistake in the code and not of the visitor.
#[must_use]
pub fn use_session() -> Session {
    expect_context()
}
