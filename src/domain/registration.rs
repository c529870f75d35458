//! Registering a client: one trait, one file per dialect, one list.
//!
//! A dialect is pure. It turns [`ClientMetadata`] into a [`Request`] and a [`Response`] into a [`Registration`] or a
//! [`Refusal`]. To add a backend, write one file that implements [`Dialect`] and add one line to `dialects!`.

mod answer;
pub mod apigee;
mod authorization;
pub mod discovery;
mod document;
mod habits;
pub mod identity_server;
mod keycloak;
pub mod metadata;
pub mod open_banking;
pub mod refusal;
mod rfc7591;

use serde_json::{Map, Value};

pub use answer::Registration;
pub use authorization::{Authorization, Management};
pub use document::Document;
pub use habits::{Habits, StatementUse};
pub use metadata::{ClientMetadata, Software};
pub use open_banking::{members::SoftwareMember, request::Stamp};
pub use refusal::Refusal;

use crate::domain::{
    config::Environment,
    form::Problem,
    http::{Method, Request, Response},
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
    open_banking::OpenBanking,
    identity_server::IdentityServer,
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

/// What is odd about a member of a request, for the review before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The member.
    pub member: &'static str,
    /// What the server makes of it, after the name of the member; code stands in backticks.
    pub text: &'static str,
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

    /// The document as it is sent at one moment, where it says when it was made; what has to be signed is not signed yet.
    fn document_at(&self, metadata: &ClientMetadata, client_id: Option<&str>, _stamp: &Stamp) -> Document {
        self.document(metadata, client_id)
    }

    /// The members beside a software statement that a person can edit, in the order of the page.
    fn software_members(&self) -> &'static [SoftwareMember] {
        &[]
    }

    /// A name that this server takes, in place of one that it refuses.
    fn suggested_name(&self, _name: &str) -> Option<String> {
        None
    }

    /// Whether a refusal means that the token was revoked along with it, so that only a new one tells more.
    fn ends_token(&self, _operation: Operation, _response: &Response) -> bool {
        false
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
            Some(document) => document.clone().into_body(request),
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
