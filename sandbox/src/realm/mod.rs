//! The realm `sandbox`: registration, tokens and keys, answering the way a running Keycloak 26.7.2 was seen to answer.

pub mod access_token;
mod assertion;
pub mod client_auth;
pub mod cors;
pub mod discovery;
pub mod document;
pub mod flows;
pub mod introspection;
pub mod json_document;
pub mod keys;
pub mod metadata;
pub mod operator;
pub mod operator_page;
pub mod registration;
pub mod registration_tokens;
pub mod scopes;
pub mod token;
pub mod try_out;

use std::sync::Mutex;

use axum::http::StatusCode;
use axum::response::Response;

use crate::answer;
use crate::clock::Clock;
use crate::jose::CryptoError;
use crate::jose::signing_key::RsaAlgorithm;
use crate::store::{Store, StoreError};

/// The realm's name, as it stands in its URLs.
pub const NAME: &str = "sandbox";

/// The realm with all it needs.
#[derive(Debug)]
pub struct Realm {
    store: Store,
    clock: Clock,
    keys: keys::RealmKeys,
    token_algorithm: RsaAlgorithm,
    policy: Mutex<operator::Policy>,
}

/// The realm can't do its work.
#[derive(Debug, thiserror::Error)]
pub enum RealmError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A cryptographic operation failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

impl Realm {
    /// A realm over this store; keys that aren't there yet are made.
    ///
    /// # Errors
    /// When the store fails or a key can't be made.
    pub fn new(store: Store, clock: Clock, token_algorithm: RsaAlgorithm) -> Result<Self, RealmError> {
        let keys = keys::RealmKeys::load_or_make(&store, clock.now())?;
        Ok(Self { store, clock, keys, token_algorithm, policy: Mutex::default() })
    }

    /// Whether the database answers.
    pub fn is_healthy(&self) -> bool {
        self.store.is_healthy()
    }

    /// The realm's clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }
}

/// The issuer for callers that reached this server at `base`.
pub fn issuer(base: &str) -> String {
    format!("{base}/realms/{NAME}")
}

/// What an operation of the realm comes to: an answer, or a refusal that is an answer too.
type Outcome = Result<Response, Response>;

/// Turns a fault of this server into an answer.
fn fault(reason: impl Into<RealmError>) -> Response {
    answer::fault(&reason.into())
}

/// Joins the two kinds of answer of an [`Outcome`].
fn either(outcome: Outcome) -> Response {
    match outcome {
        Ok(response) | Err(response) => response,
    }
}

/// Keycloak's words for a path or method that leads nowhere.
pub fn nowhere(status: StatusCode) -> Response {
    let reason = status.canonical_reason().unwrap_or_default();
    answer::bare_refusal(status, &format!("HTTP {} {reason}", status.as_u16()))
}
