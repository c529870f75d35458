//! What the provider says about itself (OpenID Connect Discovery 1.0, RFC 8414), and its keys.

use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::{Identity, issuer};
use crate::answer;
use crate::call::Call;

impl Identity {
    /// The discovery document.
    pub fn metadata(&self, call: &Call) -> Response {
        let issuer = issuer(&call.base);
        public(answer::json(
            StatusCode::OK,
            &json!({
                "issuer": issuer,
                "authorization_endpoint": format!("{issuer}/authorize"),
                "token_endpoint": format!("{issuer}/token"),
                "jwks_uri": format!("{issuer}/jwks"),
                "end_session_endpoint": format!("{issuer}/logout"),
                "scopes_supported": ["openid", "email", "profile"],
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["none"],
                "code_challenge_methods_supported": ["S256"],
                "prompt_values_supported": ["none", "login", "select_account"],
                "claims_supported": ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "email",
                                     "email_verified", "name", "organization"],
                "authorization_response_iss_parameter_supported": true,
                "claims_parameter_supported": false,
                "request_parameter_supported": false,
                "request_uri_parameter_supported": false,
            }),
        ))
    }

    /// The published keys.
    pub fn jwks(&self) -> Response {
        public(answer::json(StatusCode::OK, &json!({ "keys": [self.key.public_jwk()] })))
    }
}

/// Nothing in it is secret, so any page may read it.
fn public(mut response: Response) -> Response {
    answer::set(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response
}
