//! Any server that follows RFC 7591 and RFC 7592.

use serde_json::Value;

use super::{ClientMetadata, Dialect, Operation, Refusal, Registration, refusal::ServerWords};
use crate::domain::http::Response;

/// The plain standard.
pub struct Rfc7591;

/// Its name in `portal.json`.
pub(super) const ID: &str = "rfc7591";

impl Dialect for Rfc7591 {
    fn id(&self) -> &'static str {
        ID
    }

    fn name(&self) -> &'static str {
        "RFC 7591"
    }
}

/// The document with `client_id` first, as an update needs it (RFC 7592, 2.2).
pub(super) fn document(metadata: &ClientMetadata, client_id: Option<&str>) -> Value {
    let mut members = metadata.plain();
    if let Some(client_id) = client_id {
        members.shift_insert(0, "client_id".to_owned(), Value::String(client_id.to_owned()));
    }
    Value::Object(members)
}

/// Lifts the registration out of an answer. The error is `None` for an ordinary refusal, which each dialect explains
/// in its own way.
pub(super) fn read(response: &Response) -> Result<Registration, Option<Refusal>> {
    if !response.is_success() {
        return Err(None);
    }
    Registration::read(response).map_err(|problem| {
        let words = ServerWords::read(&response.body);
        if words.html {
            return Some(Refusal::from_status(response));
        }
        Some(Refusal::new(
            response,
            words,
            format!("The server said yes, but its answer cannot be read. {problem}"),
            "The client may exist at the server. Give the operator the time and the name of the application.",
        ))
    })
}

/// The codes of RFC 7591, 3.2.2 and RFC 6750, 3.1; everything else by its status.
pub(super) fn refusal(operation: Operation, response: &Response) -> Refusal {
    let words = ServerWords::read(&response.body);
    let (meaning, next) = match words.error.as_deref() {
        Some("invalid_redirect_uri") => {
            ("The server does not accept a redirect URI.", "Change the redirect URIs under Details.")
        }
        Some("invalid_client_metadata") => (
            "The server does not accept a member of the request.",
            "Its words below may name the member. Change it, or ask the operator.",
        ),
        Some("invalid_software_statement" | "unapproved_software_statement") => (
            "The server wants a software statement that it trusts.",
            "Ask the operator which directory issues it.",
        ),
        Some("invalid_token") if operation == Operation::Create => (
            "The server does not accept the initial access token: it is used up, expired, or for another place.",
            "Ask the operator for a new one. Nothing was registered.",
        ),
        Some("invalid_token") => (
            "The server does not accept the registration access token. It may have been replaced, or the client was deleted or disabled.",
            "Ask the operator whether the client still exists, and for a new registration access token.",
        ),
        Some("insufficient_scope") => {
            ("The token does not allow this.", "Ask the operator for a token that allows registration.")
        }
        _ => return Refusal::from_status(response),
    };
    Refusal::new(response, words, meaning, next)
}
