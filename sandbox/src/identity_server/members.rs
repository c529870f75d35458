//! The members of a registration request: which are known, and what stands in them.

use serde_json::{Map, Value, json};

use super::refusal::Refusal;

/// The type of a member.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Texts,
    Number,
    Flag,
    /// Taken as it comes: the server leaves it to an extension.
    Any,
}

/// Flags. An update that leaves one out switches it off.
pub(super) const FLAGS: &[&str] = &[
    "ext_pkce_mandatory",
    "ext_pkce_support_plain",
    "ext_public_client",
    "token_endpoint_allow_reuse_pvt_key_jwt",
    "require_signed_request_object",
    "require_pushed_authorization_requests",
    "tls_client_certificate_bound_access_tokens",
];

const TEXTS: &[&str] = &[
    "client_name",
    "application_type",
    "jwks_uri",
    "url",
    "client_id",
    "client_secret",
    "ext_param_client_id",
    "ext_param_client_secret",
    "ext_param_sp_template",
    "backchannel_logout_uri",
    "ext_application_display_name",
    "ext_application_owner",
    "ext_application_version",
    "ext_token_type",
    "token_type_extension",
    "token_endpoint_auth_method",
    "token_endpoint_auth_signing_alg",
    "sector_identifier_uri",
    "id_token_signed_response_alg",
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "request_object_signing_alg",
    "request_object_encryption_alg",
    "request_object_encryption_enc",
    "tls_client_auth_subject_dn",
    "subject_type",
    "software_statement",
    "ext_allowed_audience",
    // What the bank adds to the server's own members, and the claims of the signed form, which stand in its guide.
    "software_id",
    "scope",
    "iss",
];

const LISTS: &[&str] =
    &["redirect_uris", "grant_types", "contacts", "post_logout_redirect_uris", "request_uris"];

const NUMBERS: &[&str] = &[
    "ext_application_token_lifetime",
    "ext_user_token_lifetime",
    "ext_refresh_token_lifetime",
    "ext_id_token_lifetime",
];

const OTHER_FLAGS: &[&str] = &["backchannel_logout_session_required", "is_management_app"];

const ANY: &[&str] = &["response_types", "iat", "exp", "jti", "aud"];

/// Reads the JSON document of a request. `null` is absent.
pub(super) fn read(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    let Ok(Value::Object(asked)) = serde_json::from_slice(body) else {
        return Err(Refusal::Metadata("The request has no JSON object in its body".to_owned()));
    };
    let mut known = Map::new();
    for (name, value) in asked {
        let kind = kind_of(&name).ok_or_else(|| Refusal::Metadata(format!("Unrecognized field: {name}")))?;
        if !value.is_null() {
            let value = converted(kind, value)
                .ok_or_else(|| Refusal::Metadata(format!("Cannot deserialize value of field: {name}")))?;
            known.insert(name, value);
        }
    }
    Ok(known)
}

/// The text in a member, when it is there and not empty.
pub(super) fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// The texts in a member; none when it isn't there.
pub(super) fn texts<'a>(members: &'a Map<String, Value>, name: &str) -> Vec<&'a str> {
    let list = members.get(name).and_then(Value::as_array);
    list.map(|list| list.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

/// Whether a flag is set.
pub(super) fn flag(members: &Map<String, Value>, name: &str) -> bool {
    members.get(name).and_then(Value::as_bool).unwrap_or_default()
}

fn kind_of(name: &str) -> Option<Kind> {
    let kinds = [
        (TEXTS, Kind::Text),
        (LISTS, Kind::Texts),
        (NUMBERS, Kind::Number),
        (FLAGS, Kind::Flag),
        (OTHER_FLAGS, Kind::Flag),
        (ANY, Kind::Any),
    ];
    kinds.into_iter().find(|(names, _)| names.contains(&name)).map(|(_, kind)| kind)
}

/// The value as this type, read as leniently as the server's library does; `None` when it can't be.
fn converted(kind: Kind, value: Value) -> Option<Value> {
    match (kind, value) {
        (Kind::Any, value)
        | (Kind::Text, value @ Value::String(_))
        | (Kind::Flag, value @ Value::Bool(_)) => Some(value),
        (Kind::Text, value @ (Value::Number(_) | Value::Bool(_))) => Some(json!(value.to_string())),
        (Kind::Texts, Value::Array(list)) => {
            let texts: Option<Vec<Value>> = list.into_iter().map(|one| converted(Kind::Text, one)).collect();
            texts.map(Value::Array)
        }
        (Kind::Number, Value::Number(number)) => number.as_i64().map(|number| json!(number)),
        (Kind::Number, Value::String(text)) => text.parse::<i64>().ok().map(|number| json!(number)),
        (Kind::Flag, Value::String(text)) => text.parse::<bool>().ok().map(|flag| json!(flag)),
        _ => None,
    }
}
