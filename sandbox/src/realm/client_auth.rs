//! Client authentication at the token, introspection and revocation endpoints (RFC 6749 section 2.3).

use aws_lc_rs::constant_time;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Realm, document, fault};
use crate::answer;
use crate::call::Call;
use crate::store::Client;

/// What Keycloak says for an unknown client, a wrong secret and a disabled client alike.
const REFUSED: &str = "Invalid client or Invalid client credentials";

/// Why a client was not believed.
#[derive(Debug)]
pub(super) enum Disbelief {
    /// Unknown, or without the credentials its method needs.
    Unknown,
    /// Known, but its secret is wrong or came by the wrong way; the text says which.
    Credentials(String),
    /// Its signed assertion is not good; the text says why.
    Assertion(String),
    /// This server's own fault.
    Fault(Response),
}

impl From<Disbelief> for Response {
    fn from(disbelief: Disbelief) -> Self {
        match disbelief {
            Disbelief::Unknown => unauthorized("invalid_client", REFUSED),
            Disbelief::Credentials(description) => unauthorized("unauthorized_client", &description),
            Disbelief::Assertion(description) => {
                answer::refusal(StatusCode::BAD_REQUEST, "invalid_client", &description)
            }
            Disbelief::Fault(response) => response,
        }
    }
}

impl Realm {
    /// The client that the call proves to come from.
    pub(super) fn authenticated(&self, call: &Call, form: &[(String, String)]) -> Result<Client, Disbelief> {
        if let Some(client) = self.signed_client(call, form)? {
            return Ok(client);
        }
        let field = |name: &str| form.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        let basic = call.basic();
        let method = if basic.is_some() { "client_secret_basic" } else { "client_secret_post" };
        let (client_id, secret) = match basic {
            Some((client_id, secret)) => (Some(client_id), Some(secret)),
            None => (field("client_id"), field("client_secret")),
        };
        let client_id = client_id.ok_or(Disbelief::Unknown)?;
        let found = self.store.client(&client_id).map_err(|reason| Disbelief::Fault(fault(reason)))?;
        let client = found.filter(|client| client.enabled).ok_or(Disbelief::Unknown)?;
        match document::auth_method(&client) {
            "none" => Ok(client),
            "client_secret_basic" | "client_secret_post" => {
                check_secret(&client, secret.as_deref(), method)?;
                Ok(client)
            }
            _ => Err(Disbelief::Unknown),
        }
    }
}

/// A method that was asked for at registration is the only one; without that, either will do.
fn check_secret(client: &Client, secret: Option<&str>, used: &str) -> Result<(), Disbelief> {
    let wrong = || Disbelief::Credentials(REFUSED.to_owned());
    let secret = secret.ok_or_else(wrong)?;
    let registered = client.metadata.get("token_endpoint_auth_method").and_then(serde_json::Value::as_str);
    if let Some(registered) = registered.filter(|registered| *registered != used) {
        return Err(Disbelief::Credentials(format!(
            "Invalid method used to get client secret. Client requires method '{registered}' to obtain client secret \
             from the request"
        )));
    }
    constant_time::verify_slices_are_equal(secret.as_bytes(), client.secret.as_bytes()).map_err(|_| wrong())
}

/// A 401 of these endpoints.
pub(super) fn unauthorized(error: &str, description: &str) -> Response {
    answer::refusal(StatusCode::UNAUTHORIZED, error, description)
}
