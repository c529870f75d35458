//! Signatures checked with a public key in whichever form it is at hand: a JSON Web Key (RFC 7517), a
//! `SubjectPublicKeyInfo` or a certificate (RFC 5280). RS256, PS256 and ES256 (RFC 7518), EdDSA with Ed25519 (RFC 8037).

use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use serde_json::Value;

use super::{certificate::Certificate, from_base64url};

/// A public key.
#[derive(Clone, Copy, Debug)]
pub enum PublicKey<'a> {
    /// A JSON Web Key.
    Jwk(&'a Value),
    /// A `SubjectPublicKeyInfo` in DER.
    Spki(&'a [u8]),
    /// An X.509 certificate in DER. Only its key is looked at, not its dates or who issued it.
    Certificate(&'a [u8]),
}

/// Why a signature doesn't count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unverifiable {
    /// The algorithm is none of those known here; `none` and the HMACs are not.
    #[error("the algorithm is not RS256, PS256, ES256 or EdDSA")]
    Algorithm,
    /// The key can't be read, or is not one for the algorithm.
    #[error("the key can't be read, or is not one for this algorithm")]
    Key,
    /// The key is right, the signature isn't.
    #[error("the signature is wrong")]
    Signature,
}

/// Whether `signature` is that of `signing_input` (RFC 7515 section 5.2) by this algorithm and key.
///
/// # Errors
/// Why it is not.
pub fn verify(
    alg: &str,
    key: PublicKey<'_>,
    signing_input: &str,
    signature: &[u8],
) -> Result<(), Unverifiable> {
    let algorithm = Algorithm::named(alg).ok_or(Unverifiable::Algorithm)?;
    let message = signing_input.as_bytes();
    match key {
        PublicKey::Jwk(jwk) => algorithm.verify_with_jwk(jwk, message, signature),
        PublicKey::Spki(spki) => algorithm.verify_with_spki(spki, message, signature),
        PublicKey::Certificate(der) => {
            let certificate = Certificate::from_der(der).map_err(|_| Unverifiable::Key)?;
            algorithm.verify_with_spki(certificate.spki(), message, signature)
        }
    }
}

#[derive(Clone, Copy)]
enum Algorithm {
    Rsa(&'static signature::RsaParameters),
    P256,
    Ed25519,
}

impl Algorithm {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "RS256" => Self::Rsa(&signature::RSA_PKCS1_2048_8192_SHA256),
            "PS256" => Self::Rsa(&signature::RSA_PSS_2048_8192_SHA256),
            "ES256" => Self::P256,
            "EdDSA" | "Ed25519" => Self::Ed25519,
            _ => return None,
        })
    }

    fn verify_with_spki(self, spki: &[u8], message: &[u8], bytes: &[u8]) -> Result<(), Unverifiable> {
        // The library also reads keys in their bare forms; those are not what this one is said to be.
        let info = super::certificate::key_of_spki(spki).ok_or(Unverifiable::Key)?;
        let (parameters, oid): (&'static dyn VerificationAlgorithm, _) = match self {
            Self::Rsa(parameters) => (parameters, super::certificate::RSA),
            Self::P256 => (&signature::ECDSA_P256_SHA256_FIXED, super::certificate::EC),
            Self::Ed25519 => (&signature::ED25519, super::certificate::ED25519),
        };
        if info != oid {
            return Err(Unverifiable::Key);
        }
        checked(parameters, spki, message, bytes)
    }

    fn verify_with_jwk(self, jwk: &Value, message: &[u8], bytes: &[u8]) -> Result<(), Unverifiable> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let member = |name: &str| -> Result<Vec<u8>, Unverifiable> {
            text(name).and_then(from_base64url).ok_or(Unverifiable::Key)
        };
        let sized = |name: &str| {
            member(name).and_then(|bytes| (bytes.len() == 32).then_some(bytes).ok_or(Unverifiable::Key))
        };
        match (self, text("kty"), text("crv")) {
            (Self::Rsa(parameters), Some("RSA"), _) => {
                let key = PublicKeyComponents { n: member("n")?, e: member("e")? };
                key.verify(parameters, message, bytes).map_err(|_| Unverifiable::Signature)
            }
            (Self::P256, Some("EC"), Some("P-256")) => {
                let point = [vec![4_u8], sized("x")?, sized("y")?].concat();
                checked(&signature::ECDSA_P256_SHA256_FIXED, &point, message, bytes)
            }
            (Self::Ed25519, Some("OKP"), Some("Ed25519")) => {
                checked(&signature::ED25519, &sized("x")?, message, bytes)
            }
            _ => Err(Unverifiable::Key),
        }
    }
}

fn checked(
    parameters: &'static dyn VerificationAlgorithm,
    key: &[u8],
    message: &[u8],
    bytes: &[u8],
) -> Result<(), Unverifiable> {
    UnparsedPublicKey::new(parameters, key).verify(message, bytes).map_err(|_| Unverifiable::Signature)
}
