//! Asking about an access token (RFC 7662) and revoking one (RFC 7009).

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::client_auth::{Disbelief, unauthorized};
use super::token::{bad_request, check_repetitions, field, read_form};
use super::{Outcome, Realm, cors, either, fault, metadata};
use crate::answer;
use crate::call::Call;
use crate::store::Client;

impl Realm {
    /// Says whether a token is active, and what it holds. Only the client it was issued to is told.
    pub fn introspect(&self, call: &Call) -> Response {
        either(self.try_introspect(call))
    }

    /// Makes a token invalid before it expires.
    pub fn revoke(&self, call: &Call) -> Response {
        either(self.try_revoke(call))
    }

    fn try_introspect(&self, call: &Call) -> Outcome {
        let form = read_form(call);
        let client = self.authenticated(call, &form).map_err(|why| match why {
            Disbelief::Credentials(_) => unauthorized("invalid_client", "Client authentication failed."),
            other => other.into(),
        })?;
        check_repetitions(&form)?;
        let token = field(&form, "token").ok_or_else(|| bad_request("Token not provided."))?;
        let claims = self.own_access_token(token, &call.base).map_err(fault)?;
        let Some(mut claims) = claims.filter(|claims| is_issued_to(claims, &client)) else {
            return Ok(answer::json(StatusCode::OK, &json!({ "active": false })));
        };
        if let Some(members) = claims.as_object_mut() {
            members.insert("username".to_owned(), json!(format!("service-account-{}", client.client_id)));
            members.insert("token_type".to_owned(), json!("Bearer"));
            members.insert("active".to_owned(), json!(true));
        }
        Ok(answer::json(StatusCode::OK, &claims))
    }

    fn try_revoke(&self, call: &Call) -> Outcome {
        let form = read_form(call);
        let client = self.authenticated(call, &form)?;
        cors::check(call, &metadata::web_origins(&client.metadata))?;
        Ok(cors::readable_token_answer(call, either(self.revoked(call, &form, &client))))
    }

    fn revoked(&self, call: &Call, form: &[(String, String)], client: &Client) -> Outcome {
        check_repetitions(form)?;
        let token = field(form, "token").ok_or_else(|| bad_request("Token not provided"))?;
        let Some(claims) = self.own_access_token(token, &call.base).map_err(fault)? else {
            // RFC 7009 section 2.2: a token that is no longer valid is as good as revoked.
            return Ok(answer::empty(StatusCode::OK));
        };
        if !is_issued_to(&claims, client) {
            return Err(bad_request("Unmatching clients"));
        }
        let jti = claims.get("jti").and_then(Value::as_str).unwrap_or_default();
        let expires_at = claims.get("exp").and_then(Value::as_i64).unwrap_or_default();
        self.store.revoke(jti, expires_at, self.clock.now()).map_err(fault)?;
        Ok(answer::empty(StatusCode::OK))
    }
}

fn is_issued_to(claims: &Value, client: &Client) -> bool {
    claims.get("azp").and_then(Value::as_str) == Some(client.client_id.as_str())
}
