//! Why a request had no answer that the page could read.
//!
//! The browser throws the same error for all reasons. What can be told is told by further GETs, without a token and
//! without effect, and by what is known beforehand: the two addresses, the policy of the page, and what the token says
//! of itself. A diagnosis never says more than these show; each says how sure it is.

mod cause;
mod evidence;
mod operator;
mod possibilities;
mod token;

pub use cause::Cause;
pub use evidence::{Evidence, Lamp};
pub use operator::Setting;
pub use possibilities::{Fits, Possibility};
pub use token::{TokenSays, look_into};

use crate::domain::{
    http::{Failure, Method},
    url,
};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Registering a client.
    Register,
    /// Reading, changing or deleting a registration.
    Manage,
    /// A token.
    Token,
    /// A product.
    Product,
}

/// The request that has no answer, and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its method.
    pub method: Method,
    /// Where it went.
    pub url: String,
    /// What for.
    pub purpose: Purpose,
    /// Whether the server is a Keycloak.
    pub keycloak: bool,
    /// Issuer as the server prints it, or as configured.
    pub issuer: String,
    /// The address of the discovery document, as the page asks for it.
    pub discovery: String,
    /// The page's own origin.
    pub page_origin: String,
    /// Whether the origin of the request stands in `portal.json`, which the policy of the page follows.
    pub origin_configured: bool,
    /// What the token says of itself; `None` when there was none, or it is not a JWT.
    pub token: Option<TokenSays>,
    /// When it was sent, seconds since 1970.
    pub at: i64,
}

impl Asked {
    /// Whether the request stayed on the page's own origin.
    #[must_use]
    pub fn is_same_origin(&self) -> bool {
        url::origin(&self.url).as_deref() == Some(self.page_origin.as_str())
    }

    /// A page on https may call http on this computer only.
    fn is_mixed(&self) -> bool {
        let loopback = url::parts(&self.url).is_ok_and(|parts| url::is_loopback(&parts.host));
        self.page_origin.starts_with("https://") && self.url.starts_with("http://") && !loopback
    }

    fn host(&self) -> String {
        url::host(&self.url)
    }
}

/// What one probe saw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seen {
    /// It was not sent: what came before had told enough.
    #[default]
    NotAsked,
    /// An answer that the page can read.
    Readable {
        /// HTTP status.
        status: u16,
        /// Milliseconds.
        elapsed_ms: u32,
    },
    /// Something answered, and the page may not see what.
    Opaque {
        /// Milliseconds.
        elapsed_ms: u32,
    },
    /// The browser threw.
    Blocked,
    /// No answer in the time that a probe has.
    TimedOut,
    /// The policy of the page blocked it.
    Policy,
    /// The answer was a redirect, which is not followed.
    Redirected,
}

impl Seen {
    fn is_readable(self) -> bool {
        matches!(self, Self::Readable { .. })
    }
}

/// All probes, in the order they are sent. GETs only, without a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Probes {
    /// The discovery document, with CORS.
    pub discovery: Seen,
    /// The same without CORS: whether anything answers at all.
    pub opaque: Seen,
    /// The address of the request, as a plain GET without a preflight.
    pub plain: Seen,
    /// A file of the page's own site.
    pub own: Seen,
    /// The browser says that the device is offline.
    pub offline: bool,
    /// Whether the browser keeps this page from a private network: the permission is asked for or denied.
    pub private_network_closed: bool,
    /// How long all of them took, in milliseconds.
    pub elapsed_ms: u32,
}

/// How sure a diagnosis is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Nothing else fits what was seen.
    Certain,
    /// It fits best; a setting that cannot be seen from here could make another one true.
    Likely,
    /// Several fit, and a page cannot tell them apart.
    CannotBeTold,
}

impl Certainty {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Certain => "Certain",
            Self::Likely => "Likely",
            Self::CannotBeTold => "Cannot be told from a page",
        }
    }
}

/// A diagnosis. No secret is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// What was asked.
    pub asked: Asked,
    /// Which row of the table it is.
    pub cause: Cause,
    /// How sure.
    pub certainty: Certainty,
    /// What the matter is, without a full stop.
    pub headline: &'static str,
    /// How the portal knows, and what it means.
    pub sentence: String,
    /// What to do next.
    pub next: &'static str,
    /// Whether the write may have been carried out all the same.
    pub may_be_done: bool,
    /// The four things a person thinks of, each with yes or no.
    pub possibilities: Vec<Possibility>,
    /// What was asked, what came, what it tells.
    pub evidence: Vec<Evidence>,
    /// What the operator has to set.
    pub settings: Vec<Setting>,
    /// An address to open in a new tab, where the browser's own error page tells more.
    pub open: Option<String>,
    /// How long the probes took, in milliseconds.
    pub elapsed_ms: u32,
}

/// Puts together what was asked, how it failed, and what the probes saw.
#[must_use]
pub fn diagnose(asked: Asked, failure: &Failure, probes: &Probes) -> Diagnosis {
    let cause = Cause::of(&asked, failure, probes);
    let may_be_done = asked.method != Method::Get && cause.may_be_done();
    Diagnosis {
        certainty: cause.certainty(),
        headline: cause.headline(),
        sentence: format!("{}{}", cause.sentence(&asked), done(may_be_done)),
        next: cause.next(may_be_done),
        may_be_done,
        possibilities: possibilities::of(cause, &asked, probes),
        evidence: evidence::of(cause, &asked, failure, probes),
        settings: operator::settings(cause, &asked),
        open: cause.is_for_a_new_tab().then(|| asked.discovery.clone()),
        elapsed_ms: probes.elapsed_ms,
        cause,
        asked,
    }
}

fn done(may_be_done: bool) -> &'static str {
    if may_be_done { " The request may have been carried out." } else { "" }
}
