//! Private keys: PKCS #8 (RFC 5958), PKCS #1 (RFC 8017, A.1.2) and SEC 1 (RFC 5915), all brought into PKCS #8.

use der::{
    Any, Decode, Encode, Tag,
    asn1::{AnyRef, ObjectIdentifier, OctetStringRef},
};
use pkcs8::PrivateKeyInfoRef;
use spki::AlgorithmIdentifierRef;

use crate::{
    Problem, encrypted,
    input::{self, Block},
    oids,
};

/// RSA keys below this are refused: no server takes them (RFC 7518, 3.3).
const RSA_LEAST: usize = 2048;

/// A private key that was read.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey {
    /// As PKCS #8, the one form that browsers import.
    pub pkcs8: Vec<u8>,
    /// `RSA`, `EC` or `OKP`, as `kty` has it.
    pub kind: &'static str,
}

impl PrivateKey {
    /// Reads a private key out of whatever was pasted.
    ///
    /// # Errors
    /// A sentence: what it is instead, how to open it, or what is damaged.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let blocks = input::blocks(text)?;
        let curve = blocks.iter().find(|block| block.label == "EC PARAMETERS");
        let curve = curve.and_then(|block| ObjectIdentifier::from_der(&block.der).ok());
        let keys: Vec<&Block> = blocks
            .iter()
            .filter(|block| block.label.is_empty() || block.label.ends_with("PRIVATE KEY"))
            .collect();
        let key = match keys.as_slice() {
            [one] => *one,
            [] => {
                let other = blocks.first().map(|block| input::what(&block.label)).unwrap_or_default();
                return Err(Problem::new(format!(
                    "This is {other}, not a private key. The private key is usually in a file of its own, beside it."
                )));
            }
            many => {
                return Err(Problem::new(format!(
                    "There are {} private keys in this text. Paste the one that is meant.",
                    many.len()
                )));
            }
        };
        if key.encrypted {
            return Err(Problem::new(ENCRYPTED));
        }
        match key.label.as_str() {
            "RSA PRIVATE KEY" => Self::of_pkcs1(&key.der),
            "EC PRIVATE KEY" => Self::of_sec1(&key.der, curve),
            "OPENSSH PRIVATE KEY" => Err(Problem::new(OPENSSH)),
            "DSA PRIVATE KEY" => Err(Problem::new(
                "This is a DSA key. No server takes such signatures any more: make an EC, RSA or Ed25519 key.",
            )),
            "" => Self::of_bare(&key.der, curve),
            _ => Self::of_pkcs8(&key.der),
        }
    }

    /// DER without a label: the three forms look different enough.
    fn of_bare(der: &[u8], curve: Option<ObjectIdentifier>) -> Result<Self, Problem> {
        if encrypted::is_encrypted(der) {
            return Err(Problem::new(ENCRYPTED));
        }
        if PrivateKeyInfoRef::from_der(der).is_ok() {
            return Self::of_pkcs8(der);
        }
        if pkcs1::RsaPrivateKeyRef::from_der(der).is_ok() {
            return Self::of_pkcs1(der);
        }
        if sec1::EcPrivateKey::from_der(der).is_ok() {
            return Self::of_sec1(der, curve);
        }
        Err(Problem::new("This is not a private key: it is neither PKCS #8, PKCS #1 nor SEC 1."))
    }

    fn of_pkcs8(der: &[u8]) -> Result<Self, Problem> {
        let info = PrivateKeyInfoRef::from_der(der).map_err(|_| damaged("PKCS #8"))?;
        let bytes = info.private_key.as_bytes();
        match info.algorithm.oid {
            // Browsers refuse a key that says it is for PSS only; the numbers in it are the same.
            oids::RSA | oids::RSA_PSS => Self::of_pkcs1(bytes),
            oids::EC => {
                let curve =
                    info.algorithm.parameters.and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
                Self::of_sec1(bytes, curve)
            }
            oids::ED25519 => wrap(oids::ED25519, None, bytes, "OKP"),
            other => Err(Problem::new(format!(
                "This key is of a kind that cannot sign here ({other}). Take an EC key on P-256, an RSA key, or Ed25519."
            ))),
        }
    }

    fn of_pkcs1(der: &[u8]) -> Result<Self, Problem> {
        let key = pkcs1::RsaPrivateKeyRef::from_der(der).map_err(|_| damaged("RSA"))?;
        let bits = bits(key.modulus.as_bytes());
        if bits < RSA_LEAST {
            return Err(Problem::new(format!(
                "This RSA key has {bits} bits. Servers take {RSA_LEAST} and more: make a larger one."
            )));
        }
        wrap(oids::RSA, Some(AnyRef::NULL), der, "RSA")
    }

    fn of_sec1(der: &[u8], curve: Option<ObjectIdentifier>) -> Result<Self, Problem> {
        let key = sec1::EcPrivateKey::from_der(der).map_err(|_| damaged("EC"))?;
        let named = key.parameters.as_ref().and_then(|parameters| parameters.named_curve()).or(curve);
        match named {
            Some(oids::P256) => {}
            Some(other) => {
                return Err(Problem::new(format!(
                    "This key is on the curve {}. ES256 needs P-256: `openssl ecparam -name prime256v1 -genkey -noout -out key.pem` makes one.",
                    oids::name(&oids::CURVES, other)
                )));
            }
            None => {
                return Err(Problem::new(
                    "The key does not say on which curve it lies. Paste the whole file, with the block “EC PARAMETERS”.",
                ));
            }
        }
        let parameters = oids::P256.to_der()?;
        wrap(oids::EC, Some(AnyRef::from_der(&parameters)?), der, "EC")
    }
}

/// What to do with a key behind a password. The page has no field for it: the password is better typed where the key is.
const ENCRYPTED: &str = "This private key is encrypted with a password. Open it on your computer, and paste what comes out: openssl pkcs8 -in key.pem -topk8 -nocrypt -out open.pem";
const OPENSSH: &str = "This is a key in the format of OpenSSH. A copy of it can be converted: ssh-keygen -p -m PKCS8 -N '' -f copy-of-key";

fn damaged(form: &str) -> Problem {
    Problem::new(format!("The {form} key is damaged: its numbers cannot be read. Copy the whole file again."))
}

fn wrap(
    oid: ObjectIdentifier,
    parameters: Option<AnyRef<'_>>,
    key: &[u8],
    kind: &'static str,
) -> Result<PrivateKey, Problem> {
    let algorithm = AlgorithmIdentifierRef { oid, parameters };
    let info = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(key)?);
    Ok(PrivateKey { pkcs8: info.to_der()?, kind })
}

/// The bits of a number without its leading zeros.
pub(crate) fn bits(number: &[u8]) -> usize {
    let significant: Vec<u8> = number.iter().copied().skip_while(|byte| *byte == 0).collect();
    significant.first().map_or(0, |first| significant.len() * 8 - first.leading_zeros() as usize)
}

/// `NULL` as the parameters of RSA have it.
pub(crate) fn null() -> Result<Any, Problem> {
    Ok(Any::new(Tag::Null, Vec::new())?)
}
