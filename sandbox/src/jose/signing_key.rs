//! RSA keys of the realm (RFC 7518 sections 3.3 and 3.5).

use std::fmt;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{self, KeyPair as _};
use serde_json::{Value, json};

use super::{CryptoError, base64url, jws};

/// A signature algorithm of the realm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum RsaAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    #[value(name = "RS256")]
    Rs256,
    /// RSASSA-PSS with SHA-256.
    #[value(name = "PS256")]
    Ps256,
}

impl RsaAlgorithm {
    /// The name in a JOSE header (RFC 7518 section 3.1).
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
        }
    }
}

/// A private RSA key with its identifier, for one algorithm.
pub struct SigningKey {
    kid: String,
    algorithm: RsaAlgorithm,
    pair: KeyPair,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl SigningKey {
    /// A new key of 2048 bits as PKCS #8.
    ///
    /// # Errors
    /// When the library can't make one.
    pub fn generate() -> Result<Vec<u8>, CryptoError> {
        let pair =
            KeyPair::generate(KeySize::Rsa2048).map_err(|_| CryptoError("an RSA key could not be made"))?;
        let der: Pkcs8V1Der<'_> =
            pair.as_der().map_err(|_| CryptoError("an RSA key could not be written as PKCS #8"))?;
        Ok(der.as_ref().to_vec())
    }

    /// Reads a key kept as PKCS #8.
    ///
    /// # Errors
    /// When the bytes aren't such a key.
    pub fn from_pkcs8(kid: String, algorithm: RsaAlgorithm, bytes: &[u8]) -> Result<Self, CryptoError> {
        let pair = KeyPair::from_pkcs8(bytes)
            .map_err(|_| CryptoError("a stored signing key is not an RSA key in PKCS #8"))?;
        Ok(Self { kid, algorithm, pair })
    }

    /// The algorithm this key signs with.
    pub fn algorithm(&self) -> RsaAlgorithm {
        self.algorithm
    }

    /// The public half as a JSON Web Key (RFC 7517).
    pub fn public_jwk(&self) -> Value {
        let public = self.pair.public_key();
        json!({
            "kid": self.kid,
            "kty": "RSA",
            "alg": self.algorithm.name(),
            "use": "sig",
            "n": base64url(public.modulus().big_endian_without_leading_zero()),
            "e": base64url(public.exponent().big_endian_without_leading_zero()),
        })
    }

    /// Signs the claims.
    ///
    /// # Errors
    /// When the library refuses, for example for want of random bytes.
    pub fn sign(&self, claims: &Value) -> Result<String, CryptoError> {
        self.signed(jws::signing_input(self.algorithm.name(), &self.kid, claims))
    }

    /// Signs the claims under a header of `alg`, `kid` and this `typ`, in this order and without spaces.
    ///
    /// # Errors
    /// As [`SigningKey::sign`].
    pub fn sign_as(&self, typ: &str, claims: &Value) -> Result<String, CryptoError> {
        let header = json!({ "alg": self.algorithm.name(), "kid": self.kid, "typ": typ }).to_string();
        self.signed(format!("{}.{}", base64url(header.as_bytes()), base64url(claims.to_string().as_bytes())))
    }

    fn signed(&self, input: String) -> Result<String, CryptoError> {
        let encoding: &'static dyn signature::RsaEncoding = match self.algorithm {
            RsaAlgorithm::Rs256 => &signature::RSA_PKCS1_SHA256,
            RsaAlgorithm::Ps256 => &signature::RSA_PSS_SHA256,
        };
        let mut bytes = vec![0_u8; self.pair.public_modulus_len()];
        self.pair
            .sign(encoding, &SystemRandom::new(), input.as_bytes(), &mut bytes)
            .map_err(|_| CryptoError("a token could not be signed"))?;
        Ok(jws::compact(input, &bytes))
    }
}
