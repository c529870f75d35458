//! What a tenant says about itself (RFC 8414, OpenID Connect Discovery 1.0), and its public keys.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::rules::{ALGORITHMS, METHODS};
use super::token::SCOPES;
use super::{IdentityServer, PATH, SUPER_TENANT, issuer, named_tenant};
use crate::answer;
use crate::call::Call;

impl IdentityServer {
    /// The metadata document.
    pub fn metadata(&self, call: &Call) -> Response {
        let tenant = named_tenant(call.uri.path()).unwrap_or(SUPER_TENANT);
        let token = issuer(&call.base, tenant);
        let root = match tenant {
            SUPER_TENANT => format!("{}{PATH}", call.base),
            tenant => format!("{}{PATH}/t/{tenant}", call.base),
        };
        let document = json!({
            "issuer": token,
            "token_endpoint": token,
            "jwks_uri": format!("{root}/oauth2/jwks"),
            "registration_endpoint": format!("{root}/api/identity/oauth2/dcr/v1.1/register"),
            "grant_types_supported": ["client_credentials"],
            "response_types_supported": ["code", "code id_token"],
            "subject_types_supported": ["public"],
            "scopes_supported": SCOPES,
            "id_token_signing_alg_values_supported": ALGORITHMS,
            "request_object_signing_alg_values_supported": ALGORITHMS,
            // Any can be registered; tokens are given for these.
            "token_endpoint_auth_methods_supported":
                METHODS.iter().filter(|method| **method != "tls_client_auth").collect::<Vec<_>>(),
            "token_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
        });
        answer::json(StatusCode::OK, &document)
    }

    /// The public keys (RFC 7517 section 5).
    pub fn jwks(&self) -> Response {
        answer::json(StatusCode::OK, &json!({ "keys": [self.key.public_jwk()] }))
    }
}
