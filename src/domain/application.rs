//! The record of one application: what was asked, what was registered, what was seen, and what may be pending.

mod change;
mod found;
pub mod history;
mod pending;
mod rotation;
pub mod state;
mod waiting;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::{
    config::PRIVATE_KEY_JWT,
    jose::{PublicJwk, assertion::JWT_BEARER_GRANT, jwks},
    json,
    registration::{ClientMetadata, Registration, apigee::App},
    secret::Secret,
};
use history::Entry;

pub use pending::{Finding, Pending, Write};
pub use rotation::{Rotation, Stage as RotationStage};

/// The version of the record that this build writes. A record with a larger one is shown and never written.
pub const VERSION: u32 = 2;

/// One application, as it is kept in this browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Application {
    /// The portal's own ID; stands in addresses.
    pub id: String,
    /// ID of the environment in `portal.json`.
    pub environment: String,
    /// IDs of the products.
    pub products: Vec<String>,
    /// The last document that was sent and taken. An update starts from this, never from the server's echo.
    pub asked: ClientMetadata,
    /// The last answer, without secrets.
    pub registered: Map<String, Value>,
    /// `client_id`.
    pub client_id: String,
    /// `registration_client_uri` as the server printed it.
    pub registration_client_uri: Option<String>,
    /// The only key to this registration. Kept, because losing it means asking the operator.
    pub registration_access_token: Option<Secret>,
    /// What is kept of the client secret.
    pub secret: Option<SecretNote>,
    /// A write that was sent and whose answer has not been stored.
    pub pending: Option<Pending>,
    /// Digest of the initial access token that created it: tells its first use from a later one.
    #[serde(default)]
    pub initial_access_token: Option<String>,
    /// A key that is being replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotation: Option<Rotation>,
    /// What happened, oldest first.
    pub history: Vec<Entry>,
    /// When it was registered, seconds since 1970.
    pub created_at: i64,
}

/// What is kept of a client secret: enough to recognise one, too little to use it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretNote {
    /// Its last four characters.
    pub last_four: Option<String>,
    /// Salt of the digest, Base64url.
    pub salt: String,
    /// PBKDF2-HMAC-SHA-256 of the secret, Base64url.
    pub digest: String,
    /// Rounds of PBKDF2.
    pub iterations: u32,
    /// When it expires, seconds since 1970; 0 means never; `None` when the server did not say.
    pub expires_at: Option<i64>,
    /// The secret itself, only if the partner asked for that.
    pub kept: Option<Secret>,
}

impl Application {
    /// A new record out of the answer that created the client.
    #[must_use]
    pub fn new(
        id: String,
        environment: &str,
        products: &[String],
        asked: ClientMetadata,
        registration: &Registration,
        now: i64,
    ) -> Self {
        Self {
            id,
            environment: environment.to_owned(),
            products: products.to_vec(),
            asked,
            registered: registration.members.clone(),
            client_id: registration.client_id.clone(),
            registration_client_uri: registration.registration_client_uri.clone(),
            registration_access_token: registration.registration_access_token.clone(),
            secret: None,
            pending: None,
            initial_access_token: None,
            rotation: None,
            history: Vec::new(),
            created_at: registration.client_id_issued_at.filter(|at| *at > 0).unwrap_or(now),
        }
    }

    /// Takes over what an answer to a read or an update says. What is absent stays as it was: servers leave out what
    /// has not changed.
    pub fn merge(&mut self, registration: &Registration) {
        let issued_at = self.registered.get("client_id_issued_at").cloned();
        self.registered = registration.members.clone();
        if self.registered.contains_key("appId") {
            registration.client_id.clone_into(&mut self.client_id);
        }
        // A client ID is issued once, whatever time a server prints when it is changed.
        if let Some(value) = issued_at {
            self.registered.insert("client_id_issued_at".to_owned(), value);
        }
        if let Some(token) = &registration.registration_access_token {
            self.registration_access_token = Some(token.clone());
        }
        if let Some(uri) = &registration.registration_client_uri {
            self.registration_client_uri = Some(uri.clone());
        }
        if let (Some(note), Some(expires_at)) = (&mut self.secret, registration.client_secret_expires_at) {
            note.expires_at = Some(expires_at);
        }
    }

    /// What an answer says otherwise than it can be, in sentences. To be asked before it is taken over.
    #[must_use]
    pub fn contradictions(&self, registration: &Registration) -> Vec<String> {
        let first = json::integer(&self.registered, "client_id_issued_at");
        let moved =
            matches!((first, registration.client_id_issued_at), (Some(first), Some(now)) if first != now);
        let text = "The answer prints another `client_id_issued_at` than before. A client ID is issued once: the first time is kept.";
        moved.then(|| text.to_owned()).into_iter().collect()
    }

    /// The developer app it is, at a bank's partner portal.
    #[must_use]
    pub fn developer_app(&self) -> Option<App> {
        self.registered.get("appId")?;
        App::of(self.registered.clone()).ok()
    }

    /// Whether an answer is about this application. An app keeps its ID while its keys come and go.
    #[must_use]
    pub fn is_answered_by(&self, registration: &Registration) -> bool {
        match (self.registered.get("appId"), registration.members.get("appId")) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => registration.client_id == self.client_id,
        }
    }

    /// Adds a line to the history. The same refusal of the same question, one after the other, is one line that says
    /// how often it was asked.
    pub fn log(&mut self, entry: Entry) {
        match self.history.last_mut() {
            Some(last) if last.is_asked_again_by(&entry) => {
                last.at = entry.at;
                last.repeats += 1;
                last.hash = None;
            }
            _ => self.history.push(entry),
        }
    }

    /// The name, as registered, or as asked.
    #[must_use]
    pub fn name(&self) -> &str {
        self.registered
            .get("client_name")
            .and_then(Value::as_str)
            .filter(|name| !name.is_empty())
            .unwrap_or(&self.asked.client_name)
    }

    /// The authentication method as registered, or as asked.
    #[must_use]
    pub fn method(&self) -> &str {
        self.registered
            .get("token_endpoint_auth_method")
            .and_then(Value::as_str)
            .or(self.asked.token_endpoint_auth_method.as_deref())
            .unwrap_or("client_secret_basic")
    }

    /// Whether the client proves itself by a signature.
    #[must_use]
    pub fn signs(&self) -> bool {
        self.method() == PRIVATE_KEY_JWT || self.grants_by_assertion()
    }

    /// Whether the signature is a grant of its own (RFC 7523, 2.1) and not the client's authentication.
    #[must_use]
    pub fn grants_by_assertion(&self) -> bool {
        let asks = |grant: &str| self.asked.grant_types.iter().flatten().any(|asked| asked == grant);
        // A bank may register both; then the client authenticates by its signature, and gets a token as usual.
        asks(JWT_BEARER_GRANT) && !asks("client_credentials")
    }

    /// The first redirect URI as registered; as asked when the server did not say.
    #[must_use]
    pub fn redirect_uri(&self) -> Option<&str> {
        let registered = self.registered.get("redirect_uris").and_then(Value::as_array);
        registered
            .and_then(|uris| uris.first()?.as_str())
            .or_else(|| self.asked.redirect_uris.as_ref()?.first().map(String::as_str))
    }

    /// The public keys as registered; as asked when the server did not say. Keys that are not understood are left out.
    #[must_use]
    pub fn keys(&self) -> Vec<PublicJwk> {
        self.registered.get("jwks").or(self.asked.jwks.as_ref()).map(jwks::understood).unwrap_or_default()
    }

    /// The scopes as registered; as asked when the server did not say.
    #[must_use]
    pub fn registered_scopes(&self) -> Vec<String> {
        match self.registered.get("scope").and_then(Value::as_str) {
            Some(scope) => scope.split_whitespace().map(str::to_owned).collect(),
            None => self.asked.scopes(),
        }
    }
}
