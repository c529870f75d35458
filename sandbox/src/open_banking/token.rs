//! The token endpoint: application tokens (RFC 6749 section 4.4), bound to the client certificate where there is one
//! (RFC 8705 section 3).

use aws_lc_rs::digest;
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::client::Client;
use super::client_auth::field;
use super::refusal::Refusal;
use super::{OpenBanking, issuer};
use crate::answer;
use crate::awkward::Awkward;
use crate::call::Call;
use crate::jose::base64url;

/// Where it is.
pub const TOKEN: &str = "/open-banking/oauth2/token";
/// The `typ` of its tokens (RFC 9068 section 2.1).
pub(super) const ACCESS_TOKEN: &str = "at+jwt";
/// How long they last, in seconds.
const LIFETIME: i64 = 3600;

impl OpenBanking {
    /// Gives out a token.
    pub fn token(&self, call: &Call, awkward: Option<Awkward>) -> Response {
        if call.method != Method::POST {
            let sentence = "The method here is POST.";
            let mut response =
                answer::refusal(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", sentence);
            answer::set(&mut response, header::ALLOW, "POST");
            return response;
        }
        let mut response = self.try_token(call, awkward).unwrap_or_else(|refusal| refusal.answer(awkward));
        answer::set(&mut response, header::PRAGMA, "no-cache");
        response
    }

    fn try_token(&self, call: &Call, awkward: Option<Awkward>) -> Result<Response, Refusal> {
        let form = call.form();
        let doubled = form
            .iter()
            .enumerate()
            .find(|(index, (name, _))| form.iter().take(*index).any(|(before, _)| before == name));
        if let Some((_, (name, _))) = doubled {
            return Err(Refusal::bad("invalid_request", format!("The parameter {name} stands twice")));
        }
        let grant = field(&form, "grant_type")
            .ok_or_else(|| Refusal::bad("invalid_request", "Missing grant_type parameter value"))?;
        let client = self.authenticated(call, &form)?;
        if grant != "client_credentials" {
            return Err(Refusal::bad("unsupported_grant_type", "Unsupported grant_type value"));
        }
        let grants = client.metadata.get("grant_types").and_then(Value::as_array);
        if !grants.is_some_and(|grants| grants.iter().any(|one| one == grant)) {
            let sentence = "The client is not registered with this grant type";
            return Err(Refusal::bad("unauthorized_client", sentence));
        }
        self.granting(call, &client, field(&form, "scope"), awkward)
    }

    fn granting(
        &self,
        call: &Call,
        client: &Client,
        asked: Option<&str>,
        awkward: Option<Awkward>,
    ) -> Result<Response, Refusal> {
        let now = self.clock.now();
        let scope = scope_of(client, asked);
        let mut claims = json!({
            "iss": issuer(&call.base),
            "sub": client.client_id,
            "aud": client.client_id,
            "client_id": client.client_id,
            "scope": scope,
            "iat": now,
            "exp": now.saturating_add(LIFETIME),
            "jti": Uuid::new_v4().to_string(),
        });
        if let (Some(thumbprint), Some(claims)) = (thumbprint(call), claims.as_object_mut()) {
            claims.insert("cnf".to_owned(), json!({ "x5t#S256": thumbprint }));
        }
        let expires_in = match awkward {
            Some(Awkward::StringNumbers) => json!(LIFETIME.to_string()),
            _ => json!(LIFETIME),
        };
        let token = self.key.sign_as(ACCESS_TOKEN, &claims)?;
        Ok(answer::json(
            StatusCode::OK,
            &json!({ "access_token": token, "scope": scope, "token_type": "Bearer", "expires_in": expires_in }),
        ))
    }
}

/// The registered scopes that are asked for, or all of them. Others are dropped without a word.
fn scope_of(client: &Client, asked: Option<&str>) -> String {
    let registered: Vec<&str> = client.text("scope").unwrap_or_default().split_whitespace().collect();
    match asked {
        None => registered.join(" "),
        Some(asked) => {
            asked.split_whitespace().filter(|one| registered.contains(one)).collect::<Vec<_>>().join(" ")
        }
    }
}

/// The SHA-256 thumbprint of the connection's client certificate (RFC 8705 section 3.1).
pub(super) fn thumbprint(call: &Call) -> Option<String> {
    let certificate = call.certificate.as_deref()?;
    Some(base64url(digest::digest(&digest::SHA256, certificate).as_ref()))
}
