//! JSON, with the names of RFC 7591 and RFC 8414.

use serde::Serialize;

use super::{Credentials, Format, Held, Proof};

pub(super) const FORMAT: Format = Format {
    id: "json",
    label: "JSON",
    extension: "json",
    media_type: "application/json",
    hint: "With the names of RFC 7591 and RFC 8414.",
    write,
};

#[derive(Serialize)]
struct File<'a> {
    client_name: &'a str,
    environment: &'a str,
    issuer: &'a str,
    token_endpoint: &'a str,
    client_id: &'a str,
    token_endpoint_auth_method: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    private_key: Option<PrivateKey<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    scope: &'a str,
    registered_at: String,
}

#[derive(Serialize)]
struct PrivateKey<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<&'a str>,
    alg: &'a str,
    aud: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    typ: &'a str,
}

fn write(credentials: &Credentials, held: Held<'_>) -> String {
    let private_key = match &credentials.proof {
        Proof::Key(key) => Some(PrivateKey {
            file: &key.file,
            kid: key.kid.as_deref(),
            alg: key.signs_with().name(),
            aud: &key.audience,
            typ: &key.typ,
        }),
        _ => None,
    };
    let file = File {
        client_name: &credentials.name,
        environment: &credentials.environment,
        issuer: &credentials.issuer,
        token_endpoint: &credentials.token_endpoint,
        client_id: &credentials.client_id,
        token_endpoint_auth_method: credentials.proof.method(),
        client_secret: match held {
            Held::Written(secret) => Some(secret),
            Held::Elsewhere => Some("${CLIENT_SECRET}"),
            Held::None => None,
        },
        private_key,
        scope: &credentials.scope,
        registered_at: crate::domain::time::iso8601(credentials.registered_at),
    };
    // A struct of texts always serialises; an error would leave an empty file rather than a panic.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}
