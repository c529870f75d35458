//! JSON, with the names of RFC 7591 and RFC 8414.

use serde::Serialize;

use super::{Credentials, Format};

pub(super) const FORMAT: Format =
    Format { id: "json", label: "JSON", extension: "json", media_type: "application/json", write };

#[derive(Serialize)]
struct File<'a> {
    client_name: &'a str,
    environment: &'a str,
    issuer: &'a str,
    token_endpoint: &'a str,
    client_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    scope: &'a str,
    registered_at: String,
}

fn write(credentials: &Credentials, secret: Option<&str>) -> String {
    let file = File {
        client_name: &credentials.name,
        environment: &credentials.environment,
        issuer: &credentials.issuer,
        token_endpoint: &credentials.token_endpoint,
        client_id: &credentials.client_id,
        client_secret: secret,
        scope: &credentials.scope,
        registered_at: credentials.registered(),
    };
    // A struct of texts always serialises; an error would leave an empty file rather than a panic.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}
