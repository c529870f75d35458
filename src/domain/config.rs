//! `portal.json`: what the operator decides. Read once at start-up; every problem is reported at once.

pub mod added;
mod read;
pub(crate) mod reader;
pub mod sketch;
pub mod statement;

pub use added::Added;
pub use read::{read, read_environment};
pub use reader::Problem;
pub use statement::{Directory, RequestForm, SignedRequestRules, StatementRules};

use serde_json::{Map, Value};

use crate::domain::registration::Operation;

/// The `token_endpoint_auth_method`s that the portal can use (RFC 7591, 2), in the order they are offered.
pub const AUTH_METHODS: [&str; 3] = ["client_secret_basic", "client_secret_post", PRIVATE_KEY_JWT];

/// The method by which a client proves itself with a signature (OpenID Connect Core, 9).
pub const PRIVATE_KEY_JWT: &str = "private_key_jwt";

/// The method by which a client proves itself with its certificate (RFC 8705, 2.1). Only offered where a software
/// statement vouches for the client.
pub const TLS_CLIENT_AUTH: &str = "tls_client_auth";

/// The whole file.
#[derive(Clone, Debug, PartialEq)]
pub struct Portal {
    /// Names and colours.
    pub branding: Branding,
    /// Whom a partner asks.
    pub contact: Contact,
    /// More addresses, shown in the settings.
    pub links: Vec<Link>,
    /// In the order of the file; never empty; IDs are unique.
    pub environments: Vec<Environment>,
    /// The file as it was written, for people to look at.
    pub source: Map<String, Value>,
}

impl Portal {
    /// An environment by its ID.
    #[must_use]
    pub fn environment(&self, id: &str) -> Option<&Environment> {
        self.environments.iter().find(|environment| environment.id == id)
    }

    /// What the file says of an environment, as it was written.
    #[must_use]
    pub fn source_of(&self, id: &str) -> Option<&Value> {
        let environments = self.source.get("environments")?.as_array()?;
        environments.iter().find(|environment| environment.get("id").and_then(Value::as_str) == Some(id))
    }
}

/// Names and colours of the operator.
#[derive(Clone, Debug, PartialEq)]
pub struct Branding {
    /// Name of the portal in the navigation and the title.
    pub name: String,
    /// The operator, below the name.
    pub operator: Option<String>,
    /// Path of an image on the page's own origin; the built-in mark otherwise.
    pub logo: Option<String>,
    /// Hue of the accent in degrees, 0 to 360.
    pub accent_hue: Option<f64>,
    /// Chroma of the accent, 0 to 0.16.
    pub accent_chroma: Option<f64>,
}

/// Whom a partner asks when a server refuses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Team or person.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Support page, `https`.
    pub url: Option<String>,
}

/// A named address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is called.
    pub label: String,
    /// `https` address.
    pub url: String,
}

/// Whether calls here have consequences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvironmentKind {
    /// For trying.
    Sandbox,
    /// For real.
    Production,
}

/// What stands in `response_types` for a machine client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseTypes {
    /// The member is left out (Keycloak 26 switches a login flow on otherwise).
    Omit,
    /// These, even when the list is empty.
    Send(Vec<String>),
}

/// What stands in `redirect_uris` for a machine client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MachineRedirectUri {
    /// An empty list.
    None,
    /// The portal's own address: Keycloak derives a web origin from it, so that this page may read token answers.
    Portal,
}

/// What `aud` of a client assertion holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssertionAudience {
    /// The issuer (Keycloak).
    Issuer,
    /// The printed token endpoint (WSO2, Apigee).
    TokenEndpoint,
    /// This value.
    Value(String),
}

/// Whether the partner needs an initial access token (RFC 7591, 1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialAccessToken {
    /// The form asks for one.
    Required,
    /// The form has a field for one.
    Optional,
    /// There is no such field.
    None,
}

/// Addresses that override discovery. A path means the page's own origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// Client registration endpoint (RFC 7591, 3).
    pub registration: Option<String>,
    /// Token endpoint (RFC 6749, 3.2).
    pub token: Option<String>,
    /// JWK set (RFC 7517).
    pub jwks: Option<String>,
    /// Token introspection (RFC 7662).
    pub introspection: Option<String>,
}

/// A prefix on the portal's own web server behind which the backend answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// Path on the page's own origin, for example `/idp`.
    pub prefix: String,
    /// What the prefix stands for, for example `https://login.bank.example`.
    pub replaces: String,
}

/// Where a partner signs in, when the backend wants to know who is asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Issuer of the OpenID provider: absolute, or a path on the page's own origin.
    pub issuer: String,
    /// The portal's `client_id` there; a public client (RFC 6749, 2.1).
    pub client_id: String,
    /// `scope`, with `openid` in it.
    pub scope: String,
    /// Whether nothing can be registered without it.
    pub required: bool,
}

/// Which products an environment offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// The whole catalogue.
    All,
    /// These, with what differs from the catalogue.
    Only(Vec<OfferedProduct>),
}

/// One product of an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedProduct {
    /// ID in the catalogue.
    pub id: String,
    /// Other scope names than the catalogue's.
    pub scopes: Option<Vec<String>>,
    /// Other base URL for calls than the environment's.
    pub api: Option<String>,
}

/// One authorization server and what stands around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Environment {
    /// Stable ID: application records name it.
    pub id: String,
    /// For people.
    pub name: String,
    /// Sandbox or production.
    pub kind: EnvironmentKind,
    /// Which dialect of [`crate::domain::registration`] it speaks.
    pub dialect: String,
    /// Issuer (RFC 8414, 2): absolute, or a path on the page's own origin.
    pub issuer: String,
    /// Overrides of discovery.
    pub endpoints: Endpoints,
    /// Whether to read the discovery document.
    pub discovery: bool,
    /// Same-origin prefix, if the operator set one up.
    pub via: Option<Via>,
    /// `token_endpoint_auth_method`s offered, in the order they are offered.
    pub auth_methods: Vec<String>,
    /// `grant_types` of an application.
    pub grant_types: Vec<String>,
    /// What to say of response types.
    pub response_types: ResponseTypes,
    /// What to say of redirect URIs when nobody signs in.
    pub machine_redirect_uri: MachineRedirectUri,
    /// Audience of client assertions.
    pub assertion_audience: AssertionAudience,
    /// `typ` in the header of client assertions; empty means none.
    pub assertion_typ: String,
    /// How long client assertions live, in seconds.
    pub assertion_lifetime: i64,
    /// Whether registration needs a token.
    pub initial_access_token: InitialAccessToken,
    /// Software statements that are taken here (RFC 7591, 2.3).
    pub software_statement: Option<StatementRules>,
    /// How registration requests are signed, where they are.
    pub signed_request: SignedRequestRules,
    /// What can be done with a registration: many banks offer no more than POST.
    pub operations: Vec<Operation>,
    /// Whether it is there for testing, so that checks may register clients and delete them.
    pub self_check: bool,
    /// Whether the token endpoint and the products ask for a client certificate (RFC 8705).
    pub client_certificate: bool,
    /// Where a partner signs in.
    pub sign_in: Option<SignIn>,
    /// Where a trial token is given out, on the page's own origin.
    pub trial: Option<String>,
    /// Base URL of product calls; empty means the page's own origin.
    pub api: String,
    /// Products offered here.
    pub products: Offer,
}

impl Environment {
    /// Whether this product of the catalogue is offered here.
    #[must_use]
    pub fn offers(&self, product: &str) -> bool {
        match &self.products {
            Offer::All => true,
            Offer::Only(list) => list.iter().any(|offered| offered.id == product),
        }
    }

    /// Whether applications through which people sign in are offered here (RFC 6749, 4.1).
    #[must_use]
    pub fn offers_sign_in(&self) -> bool {
        self.grant_types.iter().any(|grant| grant == "authorization_code")
    }

    /// Whether a registration can be read, changed or deleted here.
    #[must_use]
    pub fn allows(&self, operation: Operation) -> bool {
        self.operations.contains(&operation)
    }

    fn offered(&self, product: &str) -> Option<&OfferedProduct> {
        match &self.products {
            Offer::All => None,
            Offer::Only(list) => list.iter().find(|offered| offered.id == product),
        }
    }

    /// The scopes of a product, as this environment names them.
    #[must_use]
    pub fn scopes_of(&self, product: &crate::domain::catalogue::Product) -> Vec<String> {
        self.offered(&product.id)
            .and_then(|offered| offered.scopes.clone())
            .unwrap_or_else(|| product.scopes.iter().map(|scope| scope.name.clone()).collect())
    }

    /// The base URL of a product's calls.
    #[must_use]
    pub fn api_of(&self, product: &str) -> &str {
        self.offered(product).and_then(|offered| offered.api.as_deref()).unwrap_or(&self.api)
    }
}
