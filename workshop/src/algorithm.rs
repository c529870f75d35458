//! Signature algorithms of certificates for the `alg` names of JOSE.

use der::{
    Any, Encode, Sequence,
    asn1::{BitString, Uint},
};
use spki::AlgorithmIdentifierOwned;

use crate::{Problem, oids, private_key::null};

/// The algorithms that can sign a certificate here, by their JOSE names (RFC 7518, 3.1; RFC 8037).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// sha256WithRSAEncryption.
    Rs256,
    /// RSASSA-PSS with SHA-256, MGF1 with SHA-256, and a salt of 32 bytes.
    Ps256,
    /// ecdsa-with-SHA256.
    Es256,
    /// Ed25519.
    EdDsa,
}

/// RSASSA-PSS-params (RFC 8017, A.2.3).
#[derive(Sequence)]
struct PssParameters {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    hash: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT")]
    mask: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "2", tag_mode = "EXPLICIT")]
    salt_length: u8,
}

/// ECDSA-Sig-Value (RFC 3279, 2.2.3).
#[derive(Sequence)]
struct EcdsaSignature {
    r: Uint,
    s: Uint,
}

impl Algorithm {
    /// By its name.
    ///
    /// # Errors
    /// When it is another one.
    pub fn parse(name: &str) -> Result<Self, Problem> {
        match name {
            "RS256" => Ok(Self::Rs256),
            "PS256" => Ok(Self::Ps256),
            "ES256" => Ok(Self::Es256),
            "EdDSA" | "Ed25519" => Ok(Self::EdDsa),
            other => Err(Problem::new(format!("A certificate cannot be signed with {other} here."))),
        }
    }

    /// Its identifier.
    ///
    /// # Errors
    /// Never for these four; DER says so by its types.
    pub fn identifier(self) -> Result<AlgorithmIdentifierOwned, Problem> {
        let plain = |oid, parameters| AlgorithmIdentifierOwned { oid, parameters };
        Ok(match self {
            Self::Rs256 => plain(oids::SHA256_WITH_RSA, Some(null()?)),
            Self::Es256 => plain(oids::ECDSA_SHA256, None),
            Self::EdDsa => plain(oids::ED25519, None),
            Self::Ps256 => {
                let hash = plain(oids::SHA256, Some(null()?));
                let mask = plain(oids::MGF1, Some(Any::encode_from(&hash)?));
                let parameters = PssParameters { hash, mask, salt_length: 32 };
                plain(oids::RSA_PSS, Some(Any::encode_from(&parameters)?))
            }
        })
    }

    /// A signature of WebCrypto as X.509 wants it: ECDSA comes as `r ‖ s` and becomes two numbers.
    ///
    /// # Errors
    /// When an ECDSA signature has another length.
    pub fn signature(self, bytes: &[u8]) -> Result<BitString, Problem> {
        if self != Self::Es256 {
            return Ok(BitString::from_bytes(bytes)?);
        }
        let halves = bytes.split_at_checked(32).filter(|(_, s)| s.len() == 32);
        let (r, s) = halves.ok_or_else(|| Problem::new("An ES256 signature has 64 bytes."))?;
        let value = EcdsaSignature { r: Uint::new(r)?, s: Uint::new(s)? };
        Ok(BitString::from_bytes(&value.to_der()?)?)
    }
}
