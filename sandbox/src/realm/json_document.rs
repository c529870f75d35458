//! Reads the JSON document of a registration the way Keycloak does: known members only, `null` is absent,
//! a number or boolean where text belongs becomes text, what follows the document is not looked at.

use std::fmt;

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::answer;

/// The type of a member.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    List,
    Flag,
    Number,
    Keys,
}

const TEXTS: &[&str] = &[
    "token_endpoint_auth_method",
    "token_endpoint_auth_signing_alg",
    "application_type",
    "client_id",
    "client_secret",
    "client_name",
    "client_uri",
    "logo_uri",
    "scope",
    "tos_uri",
    "policy_uri",
    "jwks_uri",
    "sector_identifier_uri",
    "subject_type",
    "id_token_signed_response_alg",
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "userinfo_signed_response_alg",
    "userinfo_encrypted_response_alg",
    "userinfo_encrypted_response_enc",
    "request_object_signing_alg",
    "request_object_encryption_alg",
    "request_object_encryption_enc",
    "initiate_login_uri",
    "tls_client_auth_subject_dn",
    "software_id",
    "software_version",
    "registration_client_uri",
    "registration_access_token",
    "backchannel_logout_uri",
    "backchannel_token_delivery_mode",
    "backchannel_client_notification_endpoint",
    "backchannel_authentication_request_signing_alg",
    "authorization_signed_response_alg",
    "authorization_encrypted_response_alg",
    "authorization_encrypted_response_enc",
    "frontchannel_logout_uri",
];

const LISTS: &[&str] = &[
    "redirect_uris",
    "grant_types",
    "response_types",
    "contacts",
    "default_acr_values",
    "request_uris",
    "post_logout_redirect_uris",
];

const FLAGS: &[&str] = &[
    "require_auth_time",
    "tls_client_certificate_bound_access_tokens",
    "dpop_bound_access_tokens",
    "backchannel_logout_session_required",
    "backchannel_logout_revoke_offline_tokens",
    "require_pushed_authorization_requests",
    "frontchannel_logout_session_required",
];

const NUMBERS: &[&str] = &["default_max_age", "client_id_issued_at", "client_secret_expires_at"];

fn kind_of(name: &str) -> Option<Kind> {
    let among = |names: &[&str]| names.contains(&name);
    match name {
        "jwks" => Some(Kind::Keys),
        _ if among(TEXTS) => Some(Kind::Text),
        _ if among(LISTS) => Some(Kind::List),
        _ if among(FLAGS) => Some(Kind::Flag),
        _ if among(NUMBERS) => Some(Kind::Number),
        _ => None,
    }
}

/// The members of the document.
///
/// # Errors
/// Keycloak's refusal of an unknown member, of a member of the wrong type, or of what isn't JSON.
pub fn read(body: &[u8]) -> Result<Map<String, Value>, Response> {
    let refused = |error: &str| Err(answer::refusal(StatusCode::BAD_REQUEST, error, "Cannot parse the JSON"));
    let raw = match Raw::deserialize(&mut serde_json::Deserializer::from_slice(body)) {
        Ok(raw) => raw.0,
        Err(reason) if reason.is_data() => {
            return unknown_member(body, &reason).map_or_else(|| refused("unknown_error"), Err);
        }
        Err(_) => return refused("invalid_request"),
    };
    let mut members = Map::new();
    for (name, value) in raw {
        let Some(kind) = kind_of(&name).filter(|_| !value.is_null()) else { continue };
        let Some(value) = coerced(kind, value) else { return refused("unknown_error") };
        members.insert(name, value);
    }
    Ok(members)
}

/// The members as they stand, every name known.
struct Raw(Map<String, Value>);

const UNRECOGNIZED: &str = "Unrecognized field ";

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
                let mut members = Map::new();
                while let Some(name) = map.next_key::<String>()? {
                    if kind_of(&name).is_none() {
                        return Err(de::Error::custom(format_args!("{UNRECOGNIZED}\"{name}\"")));
                    }
                    members.insert(name, map.next_value()?);
                }
                Ok(Raw(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// The refusal of an unknown member, with the place where Keycloak's reader notices it: in the member's value.
fn unknown_member(body: &[u8], reason: &serde_json::Error) -> Option<Response> {
    let message = reason.to_string();
    let field = message.strip_prefix(UNRECOGNIZED)?.rsplit_once(" at line ")?.0.to_owned();
    let (line, column) = place_in_value(body, reason.line(), reason.column());
    let sentence = format!(
        "Invalid json representation for OIDCClientRepresentation. {UNRECOGNIZED}{field} at line {line} column {column}."
    );
    Some(answer::bare_refusal(StatusCode::BAD_REQUEST, &sentence))
}

/// From the end of a member's name to behind the first token of its value; both counted from 1.
fn place_in_value(body: &[u8], line: usize, column: usize) -> (usize, usize) {
    let start: usize =
        body.split(|byte| *byte == b'\n').take(line.saturating_sub(1)).map(|text| text.len() + 1).sum();
    let (mut line, mut column) = (line, column + 1);
    let mut rest = body.iter().copied().skip(start + column - 1).peekable();
    while let Some(byte) = rest.next_if(|byte| byte.is_ascii_whitespace() || *byte == b':') {
        (line, column) = if byte == b'\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    let is_scalar = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
    if rest.peek().is_some_and(|byte| matches!(byte, b'"' | b'{' | b'[')) {
        return (line, column + 1);
    }
    (line, column + rest.take_while(is_scalar).count())
}

fn coerced(kind: Kind, value: Value) -> Option<Value> {
    match (kind, value) {
        (Kind::Text, value) => scalar(value).map(Value::String),
        (Kind::List, Value::Array(items)) => {
            let texts = items.into_iter().filter(|item| !item.is_null()).map(scalar);
            Some(Value::Array(texts.map(|text| text.map(Value::String)).collect::<Option<_>>()?))
        }
        (Kind::Flag, Value::Bool(flag)) => Some(Value::Bool(flag)),
        (Kind::Flag, Value::String(text)) => text.parse().ok().map(Value::Bool),
        (Kind::Number, Value::Number(number)) => number.as_i64().map(Value::from),
        (Kind::Number, Value::String(text)) => text.parse::<i64>().ok().map(Value::from),
        (Kind::Keys, Value::Object(keys)) => Some(Value::Object(keys)),
        _ => None,
    }
}

fn scalar(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
