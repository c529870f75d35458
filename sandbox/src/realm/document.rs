//! The answer of the registration endpoint (RFC 7591 section 3.2.1), its members in Keycloak's order.

use serde_json::{Map, Value, json};

use super::{issuer, metadata};
use crate::store::Client;

/// Members given back as registered when they were sent, placed before the scope, after it, and behind the secret.
const BEFORE_SCOPE: [&str; 1] = ["client_uri"];
const AFTER_SCOPE: [&str; 2] = ["jwks_uri", "jwks"];
const AFTER_SUBJECT: [&str; 11] = [
    "id_token_signed_response_alg",
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "userinfo_signed_response_alg",
    "userinfo_encrypted_response_alg",
    "userinfo_encrypted_response_enc",
    "request_object_signing_alg",
    "request_object_encryption_alg",
    "request_object_encryption_enc",
    "default_acr_values",
    "sector_identifier_uri",
];

/// The authentication method a client is registered with.
pub fn auth_method(client: &Client) -> &str {
    metadata::text(&client.metadata, "token_endpoint_auth_method").unwrap_or("client_secret_basic")
}

/// Whether the client's method uses its secret.
pub fn has_secret(client: &Client) -> bool {
    auth_method(client).starts_with("client_secret")
}

/// The address of a client's registration.
pub fn client_uri(base: &str, client_id: &str) -> String {
    format!("{}/clients-registrations/openid-connect/{client_id}", issuer(base))
}

/// The document. `issued_at` is set only in the answer to a registration.
pub fn of(client: &Client, base: &str, registration_token: String, issued_at: Option<i64>) -> Value {
    let known = &client.metadata;
    let mut out = Map::new();
    let redirects = json!(metadata::texts(known, "redirect_uris"));
    put(&mut out, "redirect_uris", redirects.clone());
    put(&mut out, "token_endpoint_auth_method", json!(auth_method(client)));
    copy(&mut out, known, &["token_endpoint_auth_signing_alg"]);
    put(&mut out, "grant_types", json!(metadata::texts(known, "grant_types")));
    put(&mut out, "response_types", json!(metadata::texts(known, "response_types")));
    put(&mut out, "client_id", json!(client.client_id));
    if has_secret(client) {
        put(&mut out, "client_secret", json!(client.secret));
    }
    copy(&mut out, known, &["client_name"]);
    copy(&mut out, known, &BEFORE_SCOPE);
    copy(&mut out, known, &["scope"]);
    copy(&mut out, known, &AFTER_SCOPE);
    put(&mut out, "subject_type", json!(metadata::text(known, "subject_type").unwrap_or("public")));
    copy(&mut out, known, &AFTER_SUBJECT);
    put(&mut out, "request_uris", json!(metadata::texts(known, "request_uris")));
    copy_or(&mut out, known, "tls_client_certificate_bound_access_tokens", json!(false));
    copy(&mut out, known, &["tls_client_auth_subject_dn"]);
    copy_or(&mut out, known, "dpop_bound_access_tokens", json!(false));
    copy_or(&mut out, known, "post_logout_redirect_uris", redirects);
    if let Some(issued_at) = issued_at {
        put(&mut out, "client_id_issued_at", json!(issued_at));
    }
    if has_secret(client) {
        put(&mut out, "client_secret_expires_at", json!(0));
    }
    put(&mut out, "registration_client_uri", json!(client_uri(base, &client.client_id)));
    put(&mut out, "registration_access_token", json!(registration_token));
    copy(&mut out, known, &["backchannel_logout_uri"]);
    // Keycloak puts another of its settings here, so what was sent is not given back.
    put(&mut out, "backchannel_logout_session_required", json!(false));
    copy_or(&mut out, known, "require_pushed_authorization_requests", json!(false));
    copy(&mut out, known, &["frontchannel_logout_uri"]);
    copy_or(&mut out, known, "frontchannel_logout_session_required", json!(false));
    Value::Object(out)
}

fn put(out: &mut Map<String, Value>, name: &str, value: Value) {
    out.insert(name.to_owned(), value);
}

fn copy(out: &mut Map<String, Value>, known: &Map<String, Value>, names: &[&str]) {
    for name in names {
        if let Some(value) = known.get(*name) {
            put(out, name, value.clone());
        }
    }
}

fn copy_or(out: &mut Map<String, Value>, known: &Map<String, Value>, name: &str, default: Value) {
    put(out, name, known.get(name).cloned().unwrap_or(default));
}
