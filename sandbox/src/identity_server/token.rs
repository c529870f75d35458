//! The token endpoint (RFC 6749 section 4.4), and whom a token speaks for.

use aws_lc_rs::digest;
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::application::Application;
use super::client_auth::{Refused, field};
use super::{IdentityServer, SUPER_TENANT, document, issuer, members, named_tenant};
use crate::answer;
use crate::awkward::Awkward;
use crate::call::Call;
use crate::store::StoreError;

/// The scopes there are.
pub(super) const SCOPES: [&str; 3] = ["accounts", "payments", "fundsconfirmations"];
/// What a token has when no scope is asked for.
const DEFAULT_SCOPE: &str = "default";
/// The `typ` of tokens that are JWTs (RFC 9068 section 2.1).
const ACCESS_TOKEN: &str = "at+jwt";

/// Whom a token was given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The application.
    pub client_id: String,
    /// The scopes, with spaces between.
    pub scope: String,
}

impl IdentityServer {
    /// Gives out a token, as it is wanted for the request.
    pub fn token(&self, call: &Call, wanted: Option<Awkward>) -> Response {
        if call.method != Method::POST {
            return answer::empty(StatusCode::METHOD_NOT_ALLOWED);
        }
        let mut response = self.try_token(call).unwrap_or_else(|refused| refused.answer(wanted));
        answer::set(&mut response, header::PRAGMA, "no-cache");
        response
    }

    /// Whom a token was given to, unless it has expired or its application is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub fn accepted(&self, token: &str) -> Result<Option<Granted>, StoreError> {
        let found = self.store.application_token(digest_of(token).as_ref(), self.clock.now())?;
        Ok(found.map(|(client_id, scope)| Granted { client_id, scope }))
    }

    fn try_token(&self, call: &Call) -> Result<Response, Refused> {
        let tenant = named_tenant(call.uri.path()).unwrap_or(SUPER_TENANT);
        let form = call.form();
        let grant = field(&form, "grant_type")
            .ok_or(Refused::Request("invalid_request", "Missing grant_type parameter value"))?;
        let application = self.authenticated(call, &form, tenant)?;
        if grant != "client_credentials" {
            return Err(Refused::Request("unsupported_grant_type", "Unsupported grant_type value"));
        }
        if !members::texts(&application.members, "grant_types").contains(&grant) {
            let sentence = "The authenticated client is not authorized to use this authorization grant type";
            return Err(Refused::Request("unauthorized_client", sentence));
        }
        let scope = granted_scope(&application, field(&form, "scope"));
        let now = self.clock.now();
        let lifetime = application.members.get("ext_application_token_lifetime").and_then(Value::as_i64);
        let lifetime = lifetime.unwrap_or(document::APPLICATION_TOKEN);
        let token = self.made(&application, &issuer(&call.base, tenant), &scope, lifetime)?;
        let digest = digest_of(&token);
        let expires_at = now.saturating_add(lifetime);
        self.store.add_application_token(digest.as_ref(), &application.client_id, &scope, expires_at, now)?;
        let body = json!({
            "access_token": token,
            "scope": scope,
            "token_type": "Bearer",
            "expires_in": lifetime,
        });
        Ok(answer::json(StatusCode::OK, &body))
    }

    /// A token of the type that the application was registered with.
    fn made(
        &self,
        application: &Application,
        issuer: &str,
        scope: &str,
        lifetime: i64,
    ) -> Result<String, Refused> {
        let jti = Uuid::new_v4().to_string();
        if application.token_type() != "JWT" {
            return Ok(jti);
        }
        let (now, client_id) = (self.clock.now(), &application.client_id);
        let claims = json!({
            "sub": client_id,
            "aut": "APPLICATION",
            "iss": issuer,
            "client_id": client_id,
            "aud": client_id,
            "nbf": now,
            "azp": client_id,
            "org_name": application.tenant,
            "scope": scope,
            "exp": now.saturating_add(lifetime),
            "iat": now,
            "jti": jti,
        });
        Ok(self.key.sign(ACCESS_TOKEN, &claims)?)
    }
}

/// The scopes asked for that the application may have. Others are dropped without a word.
fn granted_scope(application: &Application, asked: Option<&str>) -> String {
    let registered = members::text(&application.members, "scope");
    let may = |scope: &&str| match registered {
        Some(registered) => registered.split_whitespace().any(|one| one == *scope),
        None => SCOPES.contains(scope),
    };
    let scopes: Vec<&str> = asked.unwrap_or_default().split_whitespace().filter(may).collect();
    if scopes.is_empty() { DEFAULT_SCOPE.to_owned() } else { scopes.join(" ") }
}

fn digest_of(token: &str) -> digest::Digest {
    digest::digest(&digest::SHA256, token.as_bytes())
}
