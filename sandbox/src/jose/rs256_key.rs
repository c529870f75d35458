//! RS256 with a `typ` of the caller's choice (RFC 7515 section 4.1.9), where the tokens of one key differ by it.

use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use serde_json::{Value, json};

use super::jws::{self, Unverified};
use super::signing_key::{RsaAlgorithm, SigningKey};
use super::verify::{PublicKey, verify};
use super::{CryptoError, base64url};

/// A private RSA key with its public half.
pub struct Rs256Key {
    kid: String,
    pair: KeyPair,
    public: Value,
}

impl fmt::Debug for Rs256Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rs256Key").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Rs256Key {
    /// Reads a key kept as PKCS #8.
    ///
    /// # Errors
    /// When the bytes aren't such a key.
    pub fn from_pkcs8(kid: String, bytes: &[u8]) -> Result<Self, CryptoError> {
        let public = SigningKey::from_pkcs8(kid.clone(), RsaAlgorithm::Rs256, bytes)?.public_jwk();
        let pair = KeyPair::from_pkcs8(bytes)
            .map_err(|_| CryptoError("a stored key is not an RSA key in PKCS #8"))?;
        Ok(Self { kid, pair, public })
    }

    /// The public half as a JSON Web Key (RFC 7517).
    pub fn public_jwk(&self) -> &Value {
        &self.public
    }

    /// Signs the claims, under a header of this `typ`.
    ///
    /// # Errors
    /// When the library refuses, for example for want of random bytes.
    pub fn sign(&self, typ: &str, claims: &Value) -> Result<String, CryptoError> {
        let header = json!({ "alg": "RS256", "typ": typ, "kid": self.kid });
        let input = format!(
            "{}.{}",
            base64url(header.to_string().as_bytes()),
            base64url(claims.to_string().as_bytes())
        );
        let mut bytes = vec![0_u8; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input.as_bytes(), &mut bytes)
            .map_err(|_| CryptoError("a token could not be signed"))?;
        Ok(jws::compact(input, &bytes))
    }

    /// The claims of a token that this key signed under this `typ`, else `None`.
    pub fn verified(&self, typ: &str, token: &str) -> Option<Value> {
        let parts = Unverified::parse(token)?;
        if parts.header_text("alg")? != "RS256" || parts.header_text("typ")? != typ {
            return None;
        }
        verify("RS256", PublicKey::Jwk(&self.public), parts.signing_input, &parts.signature).ok()?;
        Some(parts.claims)
    }
}
