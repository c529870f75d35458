//! Issuers other than the own realm whose access tokens the product APIs accept. Their keys come from their discovery
//! document and are kept for a while.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::jose::{jwk, jws::Unverified};
use crate::remote;

/// How long fetched keys are good.
const KEEP: Duration = Duration::from_secs(600);
/// How soon keys may be fetched again because a token names one that isn't there.
const NOT_SOONER: Duration = Duration::from_secs(5);

/// The issuers.
#[derive(Debug)]
pub struct TrustedIssuers {
    http: reqwest::Client,
    list: Vec<Issuer>,
}

#[derive(Debug)]
struct Issuer {
    name: String,
    keys: Mutex<Option<(Instant, Value)>>,
}

impl TrustedIssuers {
    /// These issuers, reached with this client.
    pub fn new(http: reqwest::Client, names: &[String]) -> Self {
        let list = names
            .iter()
            .map(|name| Issuer { name: name.trim_end_matches('/').to_owned(), keys: Mutex::new(None) })
            .collect();
        Self { http, list }
    }

    /// Whether tokens of this issuer are accepted.
    pub fn knows(&self, issuer: &str) -> bool {
        self.list.iter().any(|one| one.name == issuer)
    }

    /// Whether a key of the token's issuer made its signature.
    ///
    /// # Errors
    /// Why the issuer's keys can't be had, as a sentence.
    pub async fn verifies(&self, token: &Unverified<'_>) -> Result<bool, String> {
        let name = token.claim_text("iss").unwrap_or_default();
        let Some(issuer) = self.list.iter().find(|one| one.name == name) else { return Ok(false) };
        if let Some(keys) = issuer.kept(token) {
            return Ok(jwk::verified_by_set(token, &keys));
        }
        let keys = self.fetch(&issuer.name).await?;
        *issuer.keys.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), keys.clone()));
        Ok(jwk::verified_by_set(token, &keys))
    }

    async fn fetch(&self, issuer: &str) -> Result<Value, String> {
        let metadata =
            remote::json(&self.http, &format!("{issuer}/.well-known/openid-configuration")).await?;
        if metadata.get("issuer").and_then(Value::as_str) != Some(issuer) {
            return Err(format!("The discovery document of {issuer} names another issuer."));
        }
        let uri = metadata.get("jwks_uri").and_then(Value::as_str);
        let uri = uri.ok_or_else(|| format!("The discovery document of {issuer} has no jwks_uri."))?;
        remote::json(&self.http, uri).await
    }
}

impl Issuer {
    /// The keys kept, unless they are old, or lack the token's and may be fetched again.
    fn kept(&self, token: &Unverified<'_>) -> Option<Value> {
        let kept = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, keys) = kept.as_ref()?;
        let good = if jwk::names_key_of(token, keys) { KEEP } else { NOT_SOONER };
        (since.elapsed() < good).then(|| keys.clone())
    }
}
