//! Access tokens of the realm: JWTs with the claims Keycloak puts into a service account's token.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Realm, RealmError, issuer, scopes};
use crate::call::Call;
use crate::jose::{jwk, jws::Unverified};
use crate::store::Client;

/// How long an access token lives, in seconds.
pub const LIFETIME: i64 = 300;

/// Whether `exp` has passed. Keycloak writes 0 for never.
pub fn is_expired(claims: &Value, now: i64) -> bool {
    match claims.get("exp").and_then(Value::as_i64) {
        Some(0) => false,
        Some(exp) => exp <= now,
        None => true,
    }
}

impl Realm {
    /// Makes an access token of this scope.
    ///
    /// # Errors
    /// When it can't be signed.
    pub(super) fn make_access_token(
        &self,
        call: &Call,
        client: &Client,
        web_origins: &[String],
        scope: &str,
    ) -> Result<String, RealmError> {
        let now = self.clock.now();
        let address = call.address.map(|address| address.to_string());
        let mut claims = json!({
            "exp": now.saturating_add(LIFETIME),
            "iat": now,
            "jti": format!("trrtcc:{}", Uuid::new_v4()),
            "iss": issuer(&call.base),
            "aud": scopes::audience(scope),
            "sub": client.service_account,
            "typ": "Bearer",
            "azp": client.client_id,
            "acr": "1",
        });
        let rest = json!({
            "realm_access": { "roles": scopes::roles(scope, client.approved) },
            "scope": scope,
            "email_verified": false,
            "clientHost": address,
            "preferred_username": format!("service-account-{}", client.client_id),
            "clientAddress": address,
            "client_id": client.client_id,
        });
        if let (Some(claims), Value::Object(rest)) = (claims.as_object_mut(), rest) {
            if !web_origins.is_empty() {
                claims.insert("allowed-origins".to_owned(), json!(web_origins));
            }
            claims.extend(rest.into_iter().filter(|(_, value)| !value.is_null()));
        }
        Ok(self.keys.signing(self.token_algorithm).sign(&claims)?)
    }

    /// The claims of an access token that this realm signed for callers at `base`, that hasn't expired
    /// and wasn't revoked; else `None`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn own_access_token(&self, token: &str, base: &str) -> Result<Option<Value>, RealmError> {
        let Some(parts) = Unverified::parse(token) else { return Ok(None) };
        let right = jwk::verified_by_set(&parts, &self.keys.public_set())
            && parts.claim_text("iss") == Some(issuer(base).as_str())
            && parts.claim_text("typ") == Some("Bearer")
            && !is_expired(&parts.claims, self.clock.now());
        if !right || self.store.is_revoked(parts.claim_text("jti").unwrap_or_default())? {
            return Ok(None);
        }
        Ok(Some(parts.claims))
    }
}
