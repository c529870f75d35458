//! Certification requests (RFC 2986) and self-signed certificates (RFC 5280), in two steps around a signature that the
//! page makes.

mod extensions;
mod qualified;
mod subject;

use der::{
    Any, Decode, Encode, Sequence,
    asn1::{BitString, GeneralizedTime, SetOfVec, UtcTime},
};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use std::time::Duration;
use x509_cert::{
    attr::Attribute,
    certificate::Version,
    ext::Extensions,
    name::Name,
    request::CertReqInfo,
    serial_number::SerialNumber,
    time::{Time, Validity},
};

use crate::{Problem, algorithm::Algorithm, oids};

pub use qualified::Qualified;

/// The longest life that is offered, in days.
const LONGEST: u32 = 3_650;
/// The first second of 2050: from there on times are written in full (RFC 5280, 4.1.2.5).
const YEAR_2050: u64 = 2_524_608_000;

/// Whether somebody else signs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A request that an authority answers with a certificate.
    Request,
    /// A certificate that its own key signs.
    SelfSigned {
        /// From when, seconds since 1970.
        not_before: u64,
        /// For how many days.
        days: u32,
        /// Random bytes for the serial number; 16 are enough (RFC 5280, 4.1.2.2: at most 20).
        serial: Vec<u8>,
    },
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Request or certificate.
    pub form: Form,
    /// Attributes of the subject in their order, by short name.
    pub subject: Vec<(String, String)>,
    /// Alternative names: `dns`, `ip`, `uri` or `email`, and the name.
    pub names: Vec<(String, String)>,
    /// What the key may do: `digitalSignature`, `nonRepudiation`, `keyEncipherment`…
    pub usages: Vec<String>,
    /// What for: `clientAuth`, `serverAuth`.
    pub purposes: Vec<String>,
    /// What an eIDAS certificate has beside that.
    pub qualified: Option<Qualified>,
    /// The public key as SubjectPublicKeyInfo.
    pub spki: Vec<u8>,
    /// What names the key: a digest of it (RFC 5280, 4.2.1.2).
    pub key_id: Vec<u8>,
}

/// TBSCertificate (RFC 5280, 4.1.2) as far as it is made here. The type of `x509-cert` can only be made together with a
/// signer, and the signer is the browser.
#[derive(Sequence)]
struct TbsCertificate {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    version: Version,
    serial_number: SerialNumber,
    signature: AlgorithmIdentifierOwned,
    issuer: Name,
    validity: Validity,
    subject: Name,
    subject_public_key_info: SubjectPublicKeyInfoOwned,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT")]
    extensions: Extensions,
}

/// What both look like from outside (RFC 5280, 4.1; RFC 2986, 4.2).
#[derive(Sequence)]
struct Signed {
    to_be_signed: Any,
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

impl Wish {
    /// The bytes that have to be signed.
    ///
    /// # Errors
    /// Which field has to be changed.
    pub fn to_be_signed(&self, algorithm: Algorithm) -> Result<Vec<u8>, Problem> {
        let subject = subject::name(&self.subject)?;
        let extensions = extensions::of(self)?;
        let key = SubjectPublicKeyInfoOwned::from_der(&self.spki)
            .map_err(|_| Problem::new("The public key cannot be read."))?;
        match &self.form {
            Form::Request => request(subject, key, extensions),
            Form::SelfSigned { not_before, days, serial } => {
                if !(1..=LONGEST).contains(days) {
                    return Err(Problem::of("days", format!("Choose from 1 to {LONGEST} days.")));
                }
                let end = not_before.saturating_add(u64::from(*days) * 86_400);
                let tbs = TbsCertificate {
                    version: Version::V3,
                    serial_number: SerialNumber::new(&positive(serial))?,
                    signature: algorithm.identifier()?,
                    issuer: subject.clone(),
                    validity: Validity::new(time(*not_before)?, time(end)?),
                    subject,
                    subject_public_key_info: key,
                    extensions,
                };
                Ok(tbs.to_der()?)
            }
        }
    }
}

/// Puts the signature to what was signed.
///
/// # Errors
/// When the signature is not one of the algorithm.
pub fn assemble(to_be_signed: &[u8], algorithm: Algorithm, signature: &[u8]) -> Result<Vec<u8>, Problem> {
    let signed = Signed {
        to_be_signed: Any::from_der(to_be_signed)?,
        algorithm: algorithm.identifier()?,
        signature: algorithm.signature(signature)?,
    };
    Ok(signed.to_der()?)
}

fn request(
    subject: Name,
    public_key: SubjectPublicKeyInfoOwned,
    extensions: Extensions,
) -> Result<Vec<u8>, Problem> {
    let mut attributes = SetOfVec::new();
    if !extensions.is_empty() {
        let values = SetOfVec::try_from([Any::encode_from(&extensions)?])?;
        attributes.insert(Attribute { oid: oids::EXTENSION_REQUEST, values })?;
    }
    let info = CertReqInfo { version: x509_cert::request::Version::V1, subject, public_key, attributes };
    Ok(info.to_der()?)
}

/// A serial number is a positive integer, and not zero.
fn positive(serial: &[u8]) -> Vec<u8> {
    let mut serial: Vec<u8> = serial.iter().copied().take(19).collect();
    if let Some(first) = serial.first_mut() {
        *first = *first & 0x7f | 0x40;
    }
    serial
}

fn time(seconds: u64) -> Result<Time, Problem> {
    let duration = Duration::from_secs(seconds);
    Ok(if seconds < YEAR_2050 {
        Time::UtcTime(UtcTime::from_unix_duration(duration)?)
    } else {
        Time::GeneralTime(GeneralizedTime::from_unix_duration(duration)?)
    })
}

/// The names of what a key may do.
pub(crate) fn usages_of(flags: der::flagset::FlagSet<x509_cert::ext::pkix::KeyUsages>) -> Vec<String> {
    extensions::USAGES
        .iter()
        .filter(|(_, flag)| flags.contains(*flag))
        .map(|(name, _)| (*name).to_owned())
        .collect()
}
