//! Asking an issuer who it is, before there is an environment for it.

use serde_json::{Map, Value};

use crate::{
    browser::fetch,
    domain::{
        http::{Failure, Method, Request},
        json,
        registration::discovery::addresses,
    },
    state::Trouble,
};

const TIMEOUT_MS: u32 = 8_000;

/// What the question brought.
#[derive(Clone, Debug)]
pub enum Looked {
    /// A discovery document.
    Found {
        /// Its members.
        document: Map<String, Value>,
        /// How long the answer took, milliseconds.
        elapsed_ms: u32,
    },
    /// This site's own policy forbids the address. Nothing was sent.
    Policy {
        /// The origin that is not allowed.
        origin: String,
    },
    /// No document.
    Trouble(Trouble),
}

/// The request for the first of them.
#[must_use]
pub fn request(issuer: &str) -> Request {
    let [first, _] = addresses(issuer);
    Request::new(Method::Get, first)
}

/// Reads one document, and the other one when the first is none.
pub async fn look_up(issuer: &str) -> Looked {
    let mut last = Looked::Trouble(Trouble::not_sent("There is no address.", ""));
    for address in addresses(issuer) {
        last = read(&address).await;
        if !matches!(last, Looked::Trouble(Trouble::NotSent { .. })) {
            break;
        }
    }
    last
}

async fn read(address: &str) -> Looked {
    let request = Request::new(Method::Get, address);
    let response = match fetch::send(&request, TIMEOUT_MS).await {
        Ok(response) => response,
        Err(Failure::ContentSecurityPolicy { origin }) => return Looked::Policy { origin },
        Err(failure) => return Looked::Trouble(Trouble::no_answer(&failure, &request)),
    };
    let document = json::object(&response.body).ok().filter(|_| response.is_success());
    match document {
        Some(document) => Looked::Found { document: document.members, elapsed_ms: response.elapsed_ms },
        None => Looked::Trouble(Trouble::not_sent(
            format!("{address} answered {}, and it is no discovery document.", response.status),
            "Mind the path of the issuer, for example /realms/partners on Keycloak. A server without such a document can be filled in by hand.",
        )),
    }
}
