//! What the gateway says of itself (OpenID Connect Discovery 1.0, RFC 8414), and its keys.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::members::{GRANT_TYPES, METHODS, RESPONSE_TYPES, SCOPES};
use super::{ALGORITHMS, OpenBanking, REGISTER, TOKEN, issuer};
use crate::answer;
use crate::call::Call;

/// Where the two documents are.
pub const WELL_KNOWN: [&str; 2] = [
    "/open-banking/.well-known/openid-configuration",
    "/.well-known/oauth-authorization-server/open-banking",
];

impl OpenBanking {
    /// The document.
    pub fn metadata(&self, call: &Call) -> Response {
        let (base, issuer) = (&call.base, issuer(&call.base));
        let scopes: Vec<&str> = SCOPES.iter().map(|(scope, _)| *scope).collect();
        answer::json(
            StatusCode::OK,
            &json!({
                "issuer": issuer,
                "token_endpoint": format!("{base}{TOKEN}"),
                "jwks_uri": format!("{issuer}/jwks"),
                "registration_endpoint": format!("{base}{REGISTER}"),
                "scopes_supported": scopes,
                "response_types_supported": RESPONSE_TYPES,
                "grant_types_supported": GRANT_TYPES,
                "subject_types_supported": ["public", "pairwise"],
                "id_token_signing_alg_values_supported": ALGORITHMS,
                "request_object_signing_alg_values_supported": ALGORITHMS,
                "token_endpoint_auth_methods_supported": METHODS,
                "token_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
                "tls_client_certificate_bound_access_tokens": true,
            }),
        )
    }

    /// The keys that sign its access tokens (RFC 7517 section 5).
    pub fn jwks(&self) -> Response {
        answer::json(StatusCode::OK, &self.public_set())
    }
}
