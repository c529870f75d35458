//! What the realm says about itself (RFC 8414, OpenID Connect Discovery 1.0), and its public keys.

use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::{Realm, cors, issuer, scopes};
use crate::answer;
use crate::call::Call;

/// What the endpoints take. Other methods can be registered, as with Keycloak, but get no token here.
const AUTH_METHODS: [&str; 3] = ["client_secret_basic", "client_secret_post", "private_key_jwt"];
/// What assertions may be signed with.
const SIGNING: [&str; 4] = ["ES256", "PS256", "RS256", "EdDSA"];

impl Realm {
    /// The metadata document. Any page may read it.
    pub fn metadata(&self, call: &Call) -> Response {
        let issuer = issuer(&call.base);
        let protocol = format!("{issuer}/protocol/openid-connect");
        let document = json!({
            "issuer": issuer,
            "token_endpoint": format!("{protocol}/token"),
            "introspection_endpoint": format!("{protocol}/token/introspect"),
            "revocation_endpoint": format!("{protocol}/revoke"),
            "jwks_uri": format!("{protocol}/certs"),
            "registration_endpoint": format!("{issuer}/clients-registrations/openid-connect"),
            "grant_types_supported": ["client_credentials"],
            "response_types_supported": ["code", "none"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "PS256"],
            "scopes_supported": scopes::supported(),
            "token_endpoint_auth_methods_supported": AUTH_METHODS,
            "token_endpoint_auth_signing_alg_values_supported": SIGNING,
            "introspection_endpoint_auth_methods_supported": AUTH_METHODS,
            "revocation_endpoint_auth_methods_supported": AUTH_METHODS,
        });
        let mut response = cors::readable(call, answer::json(StatusCode::OK, &document));
        answer::set(
            &mut response,
            header::CACHE_CONTROL,
            "no-cache, must-revalidate, no-transform, no-store",
        );
        response
    }

    /// The public keys (RFC 7517 section 5). Any page may read them.
    pub fn certs(&self, call: &Call) -> Response {
        let mut response = cors::readable(call, answer::json(StatusCode::OK, &self.keys.public_set()));
        answer::set(&mut response, header::CACHE_CONTROL, "no-cache");
        response
    }
}
