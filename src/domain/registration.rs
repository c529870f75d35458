//! Registering a client: one trait, one file per dialect, one list.
//!
//! A dialect is pure. It turns [`ClientMetadata`] into a [`Request`] and a [`Response`] into a [`Registration`] or a
//! [`Refusal`]. To add a backend, write one file that implements [`Dialect`] and add one line to `dialects!`.

mod answer;
pub mod apigee;
pub mod discovery;
mod keycloak;
pub mod metadata;
pub mod refusal;
mod rfc7591;

use serde_json::{Map, Value};

pub use answer::Registration;
pub use metadata::ClientMetadata;
pub use refusal::Refusal;

use crate::domain::{
    config::Environment,
    form::Problem,
    http::{Method, Request, Response, Text},
    secret::Secret,
};

/// Makes both lists from one line per dialect. A first visit reads names and registers nothing: with names of their own
/// its program holds none of what a dialect does.
macro_rules! dialects {
    ($($file:ident::$dialect:ident,)*) => {
        /// Every dialect this portal speaks; `portal.json` names one of them per environment.
        pub static DIALECTS: &[&dyn Dialect] = &[$(&$file::$dialect),*];

        /// Their names in `portal.json`.
        pub const DIALECT_IDS: &[&str] = &[$($file::ID),*];
    };
}

dialects! {
    keycloak::Keycloak,
    rfc7591::Rfc7591,
    apigee::Apigee,
}

/// A dialect by its name in `portal.json`.
#[must_use]
pub fn dialect(id: &str) -> Option<&'static dyn Dialect> {
    DIALECTS.iter().copied().find(|dialect| dialect.id() == id)
}

/// The dialect of an environment. `portal.json` is refused when it names another, so the fallback to the plain
/// standard is never seen.
#[must_use]
pub fn dialect_of(environment: &Environment) -> &'static dyn Dialect {
    dialect(&environment.dialect).unwrap_or(&rfc7591::Rfc7591)
}

/// The four things that can be done with a registration (RFC 7591, 3; RFC 7592, 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// POST to the registration endpoint.
    Create,
    /// GET at the registration URI. Changes nothing.
    Read,
    /// PUT at the registration URI: replaces the whole document.
    Update,
    /// DELETE at the registration URI.
    Delete,
}

impl Operation {
    /// The HTTP method.
    #[must_use]
    pub fn method(self) -> Method {
        match self {
            Self::Create => Method::Post,
            Self::Read => Method::Get,
            Self::Update => Method::Put,
            Self::Delete => Method::Delete,
        }
    }
}

/// What proves to the backend that this partner may do this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// Open registration.
    None,
    /// From the operator's e-mail (RFC 7591, 1.2). Good for creating only.
    InitialAccessToken(Secret),
    /// From the answer that created the client (RFC 7592, 3). Good for this one client only.
    RegistrationAccessToken(Secret),
    /// The access token of who signed in; what it is good for the backend decides.
    SignIn(Secret),
}

impl Authorization {
    /// The `Authorization` header, if there is one.
    #[must_use]
    pub fn header(&self) -> Option<Text> {
        match self {
            Self::None => None,
            Self::InitialAccessToken(token) => {
                Some(Text::bearer("initial access token", "INITIAL_ACCESS_TOKEN", token))
            }
            Self::RegistrationAccessToken(token) => {
                Some(Text::bearer("registration access token", "REGISTRATION_ACCESS_TOKEN", token))
            }
            Self::SignIn(token) => Some(Text::bearer("access token of your sign-in", "SIGN_IN_TOKEN", token)),
        }
    }
}

/// How a registration is read, changed and deleted later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Management {
    /// With a registration access token at the registration URI (RFC 7592). `rotates_on_update` says whether an
    /// update answers with a new token and kills the old one.
    RegistrationAccessToken {
        /// Whether the server is known to hand out a new token with every PUT.
        rotates_on_update: bool,
    },
    /// With the access token of who signed in, at the address of the application: it belongs to that person.
    SignIn,
}

/// What a dialect sends as the body of a create or an update.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// Plain JSON (`application/json`).
    Json(Value),
}

/// What is odd about a member of a request, for the review before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The member.
    pub member: &'static str,
    /// What the server makes of it, after the name of the member; code stands in backticks.
    pub text: &'static str,
}

/// What servers of a kind usually do, where a page has to say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// Whether the answer to a read holds the client secret again.
    pub sends_secret_again: bool,
    /// Whether tokens for registration list the origins of pages that may use them, refusals of the registration
    /// endpoint carry no CORS headers, and the settings have the names that Keycloak gives them.
    pub keycloak_cors: bool,
    /// Whether a registration is a developer app: with a description, products that are decided one by one in keys,
    /// and a certificate per key.
    pub developer_apps: bool,
    /// How a client that waits for approval looks from outside.
    pub waiting: &'static str,
    /// Why a scope that is registered may be missing in a token.
    pub not_granted: &'static str,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            sends_secret_again: false,
            keycloak_cors: false,
            developer_apps: false,
            waiting: "The server registered it and then did not let it in: usually a new client waits for approval.",
            not_granted: "The server usually has a rule for that.",
        }
    }
}

/// One kind of registration backend. What a dialect leaves out is done as RFC 7591 and RFC 7592 have it.
pub trait Dialect: Sync {
    /// Its name in `portal.json`.
    fn id(&self) -> &'static str;

    /// Its name for people.
    fn name(&self) -> &'static str;

    /// How a registration is managed later.
    fn management(&self) -> Management {
        Management::RegistrationAccessToken { rotates_on_update: false }
    }

    /// Habits of such servers that the words of a page depend on.
    fn habits(&self) -> Habits {
        Habits::default()
    }

    /// What this server would refuse without saying why. The rules that hold for every server are in
    /// [`crate::domain::form`].
    fn check(&self, _metadata: &ClientMetadata) -> Vec<Problem> {
        Vec::new()
    }

    /// The document to send: strict, only members this server knows. `client_id` is set for an update.
    fn document(&self, metadata: &ClientMetadata, client_id: Option<&str>) -> Document {
        Document::Json(rfc7591::document(metadata, client_id))
    }

    /// Reads an answer to create, read or update; tolerant of what servers of this kind really send.
    ///
    /// # Errors
    /// When the server refused, or when its answer cannot be a registration.
    fn read(&self, operation: Operation, response: &Response) -> Result<Registration, Refusal> {
        rfc7591::read(response)
            .map_err(|problem| problem.unwrap_or_else(|| self.refusal(operation, response)))
    }

    /// Why the server refused: its words, ours, and what to do next.
    fn refusal(&self, operation: Operation, response: &Response) -> Refusal {
        rfc7591::refusal(operation, response)
    }

    /// What stands behind the registration endpoint in the address of a registration, where the server does not print
    /// that address; `None` for the client ID.
    fn resource(&self, _registered: &Map<String, Value>, _client_id: &str) -> Option<String> {
        None
    }

    /// What a difference between what was asked and what was registered means on this server.
    fn meaning(
        &self,
        _member: &str,
        _asked: Option<&Value>,
        _registered: Option<&Value>,
    ) -> Option<&'static str> {
        None
    }

    /// What is odd about a document that creates a client, and why it is so.
    fn remarks(&self, _metadata: &ClientMetadata) -> Vec<Remark> {
        Vec::new()
    }

    /// The request of one operation. `url` is where the page reaches the endpoint or the registration URI.
    fn request(
        &self,
        operation: Operation,
        url: &str,
        authorization: &Authorization,
        document: Option<&Document>,
    ) -> Request {
        let mut request = Request::new(operation.method(), url);
        if let Some(value) = authorization.header() {
            request = request.header("Authorization", value);
        }
        match document {
            None => request,
            Some(Document::Json(value)) => {
                request.body("application/json", Text::plain(crate::domain::json::pretty(value)))
            }
        }
    }

    /// Whether a DELETE did its work (RFC 7592, 2.3: 204; some servers say 200).
    ///
    /// # Errors
    /// When the server refused.
    fn deleted(&self, response: &Response) -> Result<(), Refusal> {
        if response.is_success() { Ok(()) } else { Err(self.refusal(Operation::Delete, response)) }
    }
}
