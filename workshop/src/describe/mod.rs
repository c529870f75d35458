//! What a certificate or a certification request says: who, by whom, until when, for what.

mod extensions;
mod pkcs7;

use der::{Decode, Encode};
use x509_cert::{
    certificate::{CertificateInner, Raw},
    name::Name,
    request::CertReq,
};

use crate::{
    Problem,
    input::{self, Block},
    oids,
    public_key::PublicKey,
};

/// A certificate or a request, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// Whether it is a certificate; else it is a request for one.
    pub is_certificate: bool,
    /// The subject, in the order of the certificate: `C=GB, O=Northline, CN=treasury`.
    pub subject: String,
    /// Who signed it; empty for a request.
    pub issuer: String,
    /// Whether issuer and subject are the same.
    pub self_issued: bool,
    /// The serial number in hexadecimal; empty for a request.
    pub serial: String,
    /// From when, seconds since 1970; 0 for a request.
    pub not_before: u64,
    /// Until when, seconds since 1970; 0 for a request.
    pub not_after: u64,
    /// Alternative names, each with its kind: `DNS api.example`.
    pub names: Vec<String>,
    /// What the key may do.
    pub usages: Vec<String>,
    /// What for.
    pub purposes: Vec<String>,
    /// What an eIDAS certificate states: the kind, roles, the authority.
    pub qualified: Vec<String>,
    /// The key in words: `RSA, 2048 bits`.
    pub key: String,
    /// What signed it: `RS256`, `ES256`…
    pub signature: String,
    /// The public key as SubjectPublicKeyInfo.
    pub spki: Vec<u8>,
    /// The whole as DER.
    pub der: Vec<u8>,
}

/// More than any chain has. Each is compared with each when they are put in order.
const MOST: usize = 100;

/// Reads everything there is in a text: certificates and requests in any order, bundles, with text around them. A leaf
/// comes first, then who signed it, as far as that is there; the rest follows.
///
/// # Errors
/// A sentence: it holds something else, or is damaged.
pub fn read(text: &str) -> Result<Vec<Described>, Problem> {
    let mut found: Vec<Described> = Vec::new();
    for block in input::blocks(text)? {
        for described in of_block(&block)? {
            if found.iter().any(|known| known.der == described.der) {
                continue;
            }
            if found.len() >= MOST {
                return Err(Problem::new(
                    "There are more than 100 certificates in this text. Paste those that belong together.",
                ));
            }
            found.push(described);
        }
    }
    Ok(in_order(found))
}

fn of_block(block: &Block) -> Result<Vec<Described>, Problem> {
    match block.label.as_str() {
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => Ok(vec![certificate(&block.der)?]),
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Ok(vec![request(&block.der)?]),
        "PKCS7" | "CMS" => pkcs7::certificates(&block.der)?.iter().map(|der| certificate(der)).collect(),
        "" => bare(&block.der),
        label if label.ends_with("PRIVATE KEY") => Err(Problem::new(
            "There is a private key in this text. Take it out: it must not travel with a certificate. Nothing was sent.",
        )),
        label => Err(Problem::new(format!("This is {}, not a certificate.", input::what(label)))),
    }
}

fn bare(der: &[u8]) -> Result<Vec<Described>, Problem> {
    if let Ok(certificate) = certificate(der) {
        return Ok(vec![certificate]);
    }
    if let Ok(request) = request(der) {
        return Ok(vec![request]);
    }
    match pkcs7::certificates(der) {
        Ok(bundle) => bundle.iter().map(|der| certificate(der)).collect(),
        Err(_) => Err(Problem::new(
            "This is neither a certificate, nor a certification request, nor a bundle of them.",
        )),
    }
}

fn certificate(der: &[u8]) -> Result<Described, Problem> {
    let damaged =
        |_| Problem::new("The certificate is damaged: it cannot be read. Copy the whole file again.");
    let read = CertificateInner::<Raw>::from_der(der).map_err(damaged)?;
    let tbs = read.tbs_certificate();
    let validity = tbs.validity();
    let mut described = Described {
        is_certificate: true,
        subject: name(tbs.subject()),
        issuer: name(tbs.issuer()),
        self_issued: tbs.subject() == tbs.issuer(),
        serial: tbs.serial_number().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect(),
        not_before: validity.not_before.to_unix_duration().as_secs(),
        not_after: validity.not_after.to_unix_duration().as_secs(),
        signature: oids::name(&oids::SIGNATURES, read.signature_algorithm().oid),
        der: der.to_vec(),
        ..Described::default()
    };
    described.take_key(&tbs.subject_public_key_info().to_der()?)?;
    if let Some(list) = tbs.extensions() {
        extensions::take(&mut described, list);
    }
    Ok(described)
}

fn request(der: &[u8]) -> Result<Described, Problem> {
    let damaged = |_| Problem::new("The certification request is damaged: it cannot be read.");
    let read = CertReq::from_der(der).map_err(damaged)?;
    let mut described = Described {
        subject: name(&read.info.subject),
        signature: oids::name(&oids::SIGNATURES, read.algorithm.oid),
        der: der.to_vec(),
        ..Described::default()
    };
    described.take_key(&read.info.public_key.to_der()?)?;
    let wanted = read.info.attributes.iter().filter(|attribute| attribute.oid == oids::EXTENSION_REQUEST);
    for value in wanted.flat_map(|attribute| attribute.values.iter()) {
        if let Ok(list) = value.decode_as::<x509_cert::ext::Extensions>() {
            extensions::take(&mut described, &list);
        }
    }
    Ok(described)
}

impl Described {
    fn take_key(&mut self, spki: &[u8]) -> Result<(), Problem> {
        let key = PublicKey::of_spki(spki)?;
        self.key = key.words;
        self.spki = key.spki;
        Ok(())
    }
}

/// A name as people write it, in its own order.
fn name(name: &Name) -> String {
    let parts: Vec<String> = name
        .iter()
        .map(|part| {
            let value = std::str::from_utf8(part.value.value()).map_or_else(
                |_| part.value.value().iter().map(|byte| format!("{byte:02x}")).collect(),
                |text| text.replace(',', "\\,"),
            );
            format!("{}={value}", oids::name(&oids::ATTRIBUTES, part.oid))
        })
        .collect();
    parts.join(", ")
}

/// Those that sign nobody first, each followed by who signed it.
fn in_order(mut rest: Vec<Described>) -> Vec<Described> {
    let mut ordered: Vec<Described> = Vec::new();
    while !rest.is_empty() {
        let signs_another = |one: &Described| {
            rest.iter().any(|other| other.der != one.der && !other.self_issued && other.issuer == one.subject)
        };
        let next = ordered
            .last()
            .and_then(|last| rest.iter().position(|one| one.is_certificate && one.subject == last.issuer))
            .or_else(|| rest.iter().position(|one| !one.self_issued && !signs_another(one)))
            .or_else(|| rest.iter().position(|one| !signs_another(one)))
            .unwrap_or(0);
        ordered.push(rest.remove(next));
    }
    ordered
}
