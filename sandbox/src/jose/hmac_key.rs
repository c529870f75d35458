//! HS512 (RFC 7518 section 3.2) for tokens that only this server reads: initial and registration access tokens.

use std::fmt;

use aws_lc_rs::hmac;
use serde_json::Value;

use super::{CryptoError, jws};

/// The name of the algorithm in a JOSE header.
pub const ALGORITHM: &str = "HS512";

/// The realm's HMAC key.
pub struct HmacKey {
    kid: String,
    key: hmac::Key,
}

impl fmt::Debug for HmacKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HmacKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl HmacKey {
    /// New secret bytes for such a key.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate() -> Result<Vec<u8>, CryptoError> {
        let mut bytes = vec![0_u8; 64];
        aws_lc_rs::rand::fill(&mut bytes).map_err(|_| CryptoError("no random bytes could be had"))?;
        Ok(bytes)
    }

    /// The key made of these secret bytes.
    pub fn from_bytes(kid: String, bytes: &[u8]) -> Self {
        Self { kid, key: hmac::Key::new(hmac::HMAC_SHA512, bytes) }
    }

    /// Signs the claims.
    pub fn sign(&self, claims: &Value) -> String {
        let input = jws::signing_input(ALGORITHM, &self.kid, claims);
        let tag = hmac::sign(&self.key, input.as_bytes());
        jws::compact(input, tag.as_ref())
    }

    /// The claims of a token that this key signed, else `None`.
    pub fn verified(&self, token: &str) -> Option<Value> {
        let parts = jws::Unverified::parse(token)?;
        if parts.header_text("alg")? != ALGORITHM || parts.header_text("kid")? != self.kid {
            return None;
        }
        hmac::verify(&self.key, parts.signing_input.as_bytes(), &parts.signature).ok()?;
        Some(parts.claims)
    }
}
