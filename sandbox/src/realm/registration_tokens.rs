//! Initial and registration access tokens (RFC 7591 section 1.2): JWTs that only this server reads.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Realm, RealmError, access_token, fault, issuer};
use crate::answer;
use crate::call::Call;
use crate::store::{Client, InitialToken};

/// What the caller of the registration endpoint showed.
#[derive(Debug)]
pub(super) enum Shown {
    /// No bearer token.
    Nothing,
    /// An initial access token with this `jti`.
    Initial(String),
    /// A registration access token with this `jti`.
    Registration(String),
    /// An access token for calling APIs, which means nothing here.
    Access,
}

/// How an initial access token is to be.
#[derive(Clone, Debug)]
pub struct Grant {
    /// How many registrations it allows.
    pub count: i64,
    /// After how many seconds it expires; 0 means never.
    pub expiration: i64,
    /// Origins of pages that may use it.
    pub web_origins: Vec<String>,
}

impl Realm {
    /// Makes an initial access token for callers that reach this server at `base`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn make_initial_token(&self, base: &str, grant: &Grant) -> Result<String, RealmError> {
        let now = self.clock.now();
        let expires_at = if grant.expiration == 0 { 0 } else { now.saturating_add(grant.expiration) };
        let jti = Uuid::new_v4().to_string();
        let issuer = issuer(base);
        let mut claims = json!({
            "exp": expires_at, "iat": now, "jti": jti, "iss": issuer, "aud": issuer, "typ": "InitialAccessToken",
        });
        if let (Some(claims), false) = (claims.as_object_mut(), grant.web_origins.is_empty()) {
            claims.insert("allowed-origins".to_owned(), json!(grant.web_origins));
        }
        self.store.forget_expired_initial_tokens(now)?;
        self.store.add_initial_token(&InitialToken {
            jti,
            expires_at,
            remaining: grant.count,
            allowed_origins: grant.web_origins.clone(),
        })?;
        Ok(self.keys.hmac().sign(&claims))
    }

    /// The registration access token of a client. The same one each time, until the client's `jti` changes.
    pub(super) fn registration_token(&self, base: &str, client: &Client) -> String {
        let issuer = issuer(base);
        self.keys.hmac().sign(&json!({
            "exp": 0,
            "iat": client.registration_iat,
            "jti": client.registration_jti,
            "iss": issuer,
            "aud": issuer,
            "typ": "RegistrationAccessToken",
            "registration_auth": "authenticated",
            "allowed-origins": client.registration_origins,
        }))
    }

    /// Reads the bearer token of a call to the registration endpoint.
    pub(super) fn shown(&self, call: &Call) -> Result<Shown, Response> {
        let Some(token) = call.bearer() else { return Ok(Shown::Nothing) };
        if self.own_access_token(token, &call.base).map_err(fault)?.is_some() {
            return Ok(Shown::Access);
        }
        let undecodable = || invalid_token("Failed decode token");
        let claims = self.keys.hmac().verified(token).ok_or_else(undecodable)?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        if text("iss") != Some(issuer(&call.base).as_str())
            || access_token::is_expired(&claims, self.clock.now())
        {
            return Err(undecodable());
        }
        let jti = text("jti").map(str::to_owned).ok_or_else(undecodable)?;
        match text("typ") {
            Some("InitialAccessToken") => Ok(Shown::Initial(jti)),
            Some("RegistrationAccessToken") => Ok(Shown::Registration(jti)),
            _ => Err(invalid_token("Invalid type of token")),
        }
    }

    /// The initial access token behind a `jti`, if a registration is left on it.
    pub(super) fn usable_initial_token(&self, jti: &str) -> Result<InitialToken, Response> {
        let found = self.store.initial_token(jti).map_err(fault)?;
        let token = found.ok_or_else(|| invalid_token("Initial Access Token not found"))?;
        if token.remaining < 1 {
            return Err(used_up());
        }
        Ok(token)
    }
}

/// The refusal of an initial access token without a registration left.
pub(super) fn used_up() -> Response {
    invalid_token("No remaining count on initial access token")
}

/// A 401 of the registration endpoint.
pub(super) fn invalid_token(description: &str) -> Response {
    answer::refusal(StatusCode::UNAUTHORIZED, "invalid_token", description)
}
