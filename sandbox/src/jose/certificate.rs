//! X.509 certificates (RFC 5280): read, to know whose key they carry and until when.

use x509_cert::Certificate as X509;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::spki::SubjectPublicKeyInfoRef;

/// `rsaEncryption` (RFC 8017).
pub const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// `id-ecPublicKey` (RFC 5480).
pub const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// `id-Ed25519` (RFC 8410).
pub const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// A certificate, with what is asked of it here.
#[derive(Clone, Debug)]
pub struct Certificate {
    spki: Vec<u8>,
    /// The subject, as RFC 4514 writes it.
    pub subject: String,
    /// Valid from, in seconds since 1970.
    pub not_before: i64,
    /// Valid until, in seconds since 1970, inclusive.
    pub not_after: i64,
    /// Bits of the key's modulus, when it is an RSA key.
    pub rsa_bits: Option<usize>,
}

/// The bytes are not a certificate; the text is the parser's.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotACertificate(#[from] x509_cert::der::Error);

impl Certificate {
    /// Reads DER.
    ///
    /// # Errors
    /// When the bytes are something else.
    pub fn from_der(der: &[u8]) -> Result<Self, NotACertificate> {
        let certificate = X509::from_der(der)?;
        let certificate = certificate.tbs_certificate();
        let spki = certificate.subject_public_key_info().to_der()?;
        let seconds = |time: x509_cert::time::Time| {
            i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
        };
        let validity = certificate.validity();
        Ok(Self {
            rsa_bits: rsa_bits(&spki),
            spki,
            subject: certificate.subject().to_string(),
            not_before: seconds(validity.not_before),
            not_after: seconds(validity.not_after),
        })
    }

    /// The key, as a `SubjectPublicKeyInfo` in DER.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }
}

/// Which kind of key a `SubjectPublicKeyInfo` carries.
pub(super) fn key_of_spki(spki: &[u8]) -> Option<ObjectIdentifier> {
    Some(SubjectPublicKeyInfoRef::from_der(spki).ok()?.algorithm.oid)
}

fn rsa_bits(spki: &[u8]) -> Option<usize> {
    let key = aws_lc_rs::rsa::PublicKey::from_der(spki).ok()?;
    (key_of_spki(spki)? == RSA).then(|| {
        let modulus = key.modulus().big_endian_without_leading_zero();
        let leading = modulus.first().map_or(0, |byte| byte.leading_zeros());
        (modulus.len() * 8).saturating_sub(usize::try_from(leading).unwrap_or_default())
    })
}
