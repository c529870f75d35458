//! Public keys as SubjectPublicKeyInfo (RFC 5280, 4.1.2.7), and what kind they are.

use der::{
    Decode, Encode,
    asn1::{AnyRef, BitString, ObjectIdentifier},
};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};

use crate::{Problem, describe, input, oids, private_key};

/// A public key that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// As SubjectPublicKeyInfo. A key that says it is for PSS only is told apart no more: browsers refuse those.
    pub spki: Vec<u8>,
    /// `RSA`, `EC` or `OKP`, as `kty` has it; empty for any other kind.
    pub kind: String,
    /// In words: `RSA, 2048 bits`, `EC, P-256`, `Ed25519`.
    pub words: String,
}

impl PublicKey {
    /// Reads a public key: PEM or DER, also out of a certificate or a certification request.
    ///
    /// # Errors
    /// A sentence: what it is instead.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let blocks = input::blocks(text)?;
        if blocks.iter().any(|block| block.label.ends_with("PRIVATE KEY")) {
            return Err(Problem::new(
                "This is a private key. Only the public half belongs here; the private one stays with you.",
            ));
        }
        match blocks.as_slice() {
            [one] if one.label == "RSA PUBLIC KEY" => Self::of_pkcs1(&one.der),
            [one] if one.label == "PUBLIC KEY" || SubjectPublicKeyInfoRef::from_der(&one.der).is_ok() => {
                Self::of_spki(&one.der)
            }
            _ => {
                let first = describe::read(text)?.into_iter().next();
                let first = first.ok_or_else(|| Problem::new("There is no public key in this text."))?;
                Self::of_spki(&first.spki)
            }
        }
    }

    fn of_pkcs1(der: &[u8]) -> Result<Self, Problem> {
        pkcs1::RsaPublicKeyRef::from_der(der).map_err(|_| Problem::new("The RSA public key is damaged."))?;
        let algorithm = AlgorithmIdentifierOwned { oid: oids::RSA, parameters: Some(private_key::null()?) };
        let spki = SubjectPublicKeyInfoOwned { algorithm, subject_public_key: BitString::from_bytes(der)? };
        Self::of_spki(&spki.to_der()?)
    }

    /// Of SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn of_spki(der: &[u8]) -> Result<Self, Problem> {
        let damaged = |_| Problem::new("The public key is damaged: it cannot be read.");
        let info = SubjectPublicKeyInfoRef::from_der(der).map_err(damaged)?;
        let bytes = info.subject_public_key.as_bytes().unwrap_or_default();
        let curve =
            info.algorithm.parameters.and_then(|any: AnyRef<'_>| any.decode_as::<ObjectIdentifier>().ok());
        let (kind, words) = match info.algorithm.oid {
            oids::RSA | oids::RSA_PSS => {
                let key = pkcs1::RsaPublicKeyRef::from_der(bytes).map_err(damaged)?;
                ("RSA", format!("RSA, {} bits", private_key::bits(key.modulus.as_bytes())))
            }
            oids::EC => {
                let curve = curve.map(|curve| oids::name(&oids::CURVES, curve)).unwrap_or_default();
                ("EC", format!("EC, {curve}"))
            }
            oids::ED25519 => ("OKP", "Ed25519".to_owned()),
            other => ("", other.to_string()),
        };
        let mut owned = SubjectPublicKeyInfoOwned::from_der(der)?;
        if owned.algorithm.oid == oids::RSA_PSS {
            owned.algorithm =
                AlgorithmIdentifierOwned { oid: oids::RSA, parameters: Some(private_key::null()?) };
        }
        Ok(Self { spki: owned.to_der()?, kind: kind.to_owned(), words })
    }
}
