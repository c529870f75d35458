//! Checks the members of a registration and works out what is registered.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};
use url::Url;

use super::{flows, scopes};
use crate::answer;

/// The longest name or URI the realm's database would take. Keycloak answers 500 above it.
const MAX_TEXT: usize = 255;

/// Where the web origins of a client are kept beside its registered members. Not a member that anyone can send.
const WEB_ORIGINS: &str = "web_origins";

/// Members that a caller may send and that have no effect.
const IGNORED: [&str; 6] = [
    "client_id",
    "client_secret",
    "client_id_issued_at",
    "client_secret_expires_at",
    "registration_client_uri",
    "registration_access_token",
];

const AUTH_METHODS: [&str; 6] = [
    "client_secret_basic",
    "client_secret_post",
    "client_secret_jwt",
    "private_key_jwt",
    "tls_client_auth",
    "none",
];

/// What is registered after a request with these members; `before` is what was, when this is a change.
/// A member that is left out keeps its value, except `grant_types` and `response_types`, which are worked out anew.
///
/// # Errors
/// Keycloak's refusals.
pub fn registered(
    asked: Map<String, Value>,
    before: Option<&Map<String, Value>>,
) -> Result<Map<String, Value>, Response> {
    let mut asked = asked;
    for name in IGNORED {
        asked.remove(name);
    }
    if let Some(scope) = asked.get("scope").and_then(Value::as_str) {
        let scope = scopes::registered(scope)?;
        asked.insert("scope".to_owned(), Value::String(scope));
    }
    let responses = texts(&asked, "response_types");
    if !responses.iter().all(|one| flows::is_known_response_type(one)) {
        return Err(invalid("Client metadata invalid"));
    }
    let before_grants = before.map(|before| texts(before, "grant_types"));
    let asked_grants = asked.contains_key("grant_types").then(|| texts(&asked, "grant_types"));
    let grants = flows::grant_types(asked_grants.as_deref(), &responses, before_grants.as_deref());
    asked.insert("response_types".to_owned(), json!(flows::response_types(&grants)));
    asked.insert("grant_types".to_owned(), json!(grants));
    take_redirect_uris(&mut asked)?;

    let mut whole = before.cloned().unwrap_or_default();
    whole.extend(asked);
    whole.entry("scope").or_insert_with(|| Value::String(scopes::OPTIONAL.join(" ")));
    check(&whole)?;
    Ok(whole)
}

/// The client's web origins: origins of pages that may read its token answers.
pub fn web_origins(metadata: &Map<String, Value>) -> Vec<String> {
    texts(metadata, WEB_ORIGINS)
}

/// A member that is a list of texts; empty when it isn't there.
pub fn texts(members: &Map<String, Value>, name: &str) -> Vec<String> {
    let items = members.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// A member that is text.
pub fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name)?.as_str()
}

fn take_redirect_uris(asked: &mut Map<String, Value>) -> Result<(), Response> {
    if !asked.contains_key("redirect_uris") {
        return Ok(());
    }
    let uris: Vec<String> = texts(asked, "redirect_uris").into_iter().filter(|uri| !uri.is_empty()).collect();
    for uri in &uris {
        if uses_illegal_scheme(uri) {
            return Err(invalid_redirect("A redirect URI uses an illegal scheme"));
        }
        if uri.contains('#') {
            return Err(invalid_redirect("A redirect URI must not contain an URL fragment"));
        }
        if uri.chars().count() > MAX_TEXT {
            return Err(too_long());
        }
    }
    let origins: Vec<String> = uris.iter().filter_map(|uri| web_origin(uri)).collect();
    asked.insert("redirect_uris".to_owned(), json!(uris));
    // Origins once derived stay when the URIs go.
    if !origins.is_empty() {
        asked.insert(WEB_ORIGINS.to_owned(), json!(origins));
    }
    Ok(())
}

fn web_origin(uri: &str) -> Option<String> {
    let url = Url::parse(uri).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(url.origin().ascii_serialization())
}

fn check(whole: &Map<String, Value>) -> Result<(), Response> {
    if let Some(uri) = text(whole, "client_uri") {
        check_client_uri(uri)?;
    }
    let method = text(whole, "token_endpoint_auth_method").unwrap_or("client_secret_basic");
    if !AUTH_METHODS.contains(&method) {
        return Err(invalid("Client metadata invalid"));
    }
    let keys = whole.get("jwks");
    let has_uri = text(whole, "jwks_uri").is_some_and(|uri| !uri.is_empty());
    if keys.is_some_and(|keys| !is_public_set(keys)) || (keys.is_some() && has_uri) {
        return Err(invalid("Client metadata invalid"));
    }
    if method == "private_key_jwt" && !has_uri && !keys.is_some_and(has_signing_key) {
        return Err(invalid("Client metadata invalid"));
    }
    let hosts = texts(whole, "redirect_uris").iter().any(|uri| web_origin(uri).is_some());
    if text(whole, "subject_type") == Some("pairwise") && !hosts {
        return Err(invalid("Client redirect URIs must contain a valid host component."));
    }
    let long = |name: &str| text(whole, name).is_some_and(|text| text.chars().count() > MAX_TEXT);
    if long("client_name") || long("client_uri") { Err(too_long()) } else { Ok(()) }
}

fn check_client_uri(uri: &str) -> Result<(), Response> {
    if uses_illegal_scheme(uri) {
        return Err(invalid("Base URL uses an illegal scheme"));
    }
    let is_url = uri.is_empty() || Url::parse(uri).is_ok_and(|url| url.has_host());
    if is_url { Ok(()) } else { Err(invalid("Base URL is not a valid URL")) }
}

fn uses_illegal_scheme(uri: &str) -> bool {
    let scheme = uri.trim().split(':').next().unwrap_or_default().to_ascii_lowercase();
    uri.contains(':') && matches!(scheme.as_str(), "javascript" | "data" | "vbscript")
}

/// Whether this is a set of keys without a private or symmetric one. Such a key has no business here and is never kept.
fn is_public_set(keys: &Value) -> bool {
    let Some(keys) = keys.get("keys").and_then(Value::as_array) else { return false };
    let secret = |key: &Value| {
        ["d", "p", "q", "dp", "dq", "qi", "oth", "k"].iter().any(|name| key.get(*name).is_some())
    };
    keys.iter().all(|key| key.is_object() && !secret(key))
}

/// Keycloak takes a key for assertions only when it says `"use": "sig"`.
fn has_signing_key(keys: &Value) -> bool {
    let keys = keys.get("keys").and_then(Value::as_array);
    keys.is_some_and(|keys| {
        keys.iter()
            .any(|key| key.get("use").and_then(Value::as_str) == Some("sig") && key.get("kty").is_some())
    })
}

fn invalid(description: &str) -> Response {
    answer::refusal(StatusCode::BAD_REQUEST, "invalid_client_metadata", description)
}

fn invalid_redirect(description: &str) -> Response {
    answer::refusal(StatusCode::BAD_REQUEST, "invalid_redirect_uri", description)
}

/// Keycloak's answer when its database refuses a text. Portals must be able to cope with it, so it is kept.
fn too_long() -> Response {
    answer::refusal(
        StatusCode::INTERNAL_SERVER_ERROR,
        "unknown_error",
        "For more on this error consult the server log.",
    )
}
