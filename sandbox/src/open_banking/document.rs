//! The answers about a client: what it registered, with the claims of its statement beside it.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::client::Client;
use crate::answer;
use crate::awkward::Awkward;

const STATEMENT: &str = "software_statement";
/// Claims of the statement that are about itself.
const OF_THE_STATEMENT: [&str; 5] = ["iss", "iat", "exp", "jti", "nbf"];

/// The answer to a registration or an update: the request's members, then the statement's.
pub(super) fn registered(status: StatusCode, client: &Client, awkward: Option<Awkward>) -> Response {
    let issued_at = match awkward {
        Some(Awkward::StringNumbers) => json!(client.issued_at.to_string()),
        _ => json!(client.issued_at),
    };
    let mut document = Map::new();
    document.insert("client_id".to_owned(), json!(client.client_id));
    document.insert("client_id_issued_at".to_owned(), issued_at);
    document.extend(client.metadata.clone());
    for (name, value) in &client.statement {
        if !OF_THE_STATEMENT.contains(&name.as_str()) && !document.contains_key(name) {
            document.insert(name.clone(), value.clone());
        }
    }
    written(status, document, awkward)
}

/// The answer to a read, which comes from the server behind the gateway: it has no issue time, and whatever is not a
/// list is a string.
pub(super) fn retrieved(client: &Client, awkward: Option<Awkward>) -> Response {
    let mut document = Map::new();
    document.insert("client_id".to_owned(), json!(client.client_id));
    document.insert("client_name".to_owned(), json!(client.name));
    for (name, value) in &client.metadata {
        let value = match value {
            Value::Array(_) | Value::String(_) => value.clone(),
            other => Value::String(other.to_string()),
        };
        document.insert(name.clone(), value);
    }
    written(StatusCode::OK, document, awkward)
}

fn written(status: StatusCode, mut document: Map<String, Value>, awkward: Option<Awkward>) -> Response {
    if awkward == Some(Awkward::CutStatement)
        && let Some(Value::String(statement)) = document.get_mut(STATEMENT)
    {
        // A statement that was verified holds nothing but letters of one byte.
        statement.truncate(statement.len() / 2);
    }
    let statement = document.get(STATEMENT).map(Value::to_string).unwrap_or_default();
    let text = Value::Object(document).to_string();
    let text = match awkward {
        Some(Awkward::DoubledMember) => text.replacen('{', "{\"software_statement\":null,", 1),
        Some(Awkward::StrayQuote) => text.replacen(&statement, &format!("{statement}\""), 1),
        _ => text,
    };
    answer::with_type(status, "application/json", text)
}
