//! Encrypted private keys (RFC 5958, 3): PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC (RFC 8018, 6.2), which OpenSSL has
//! opened since 1.0. The page encrypts; here it gets its wrapping. The crate for it knows every scheme there is, and
//! weighs as much as all the rest.

use der::{
    Any, Decode, Encode, Sequence,
    asn1::{ObjectIdentifier, OctetString},
};
use spki::AlgorithmIdentifierOwned;

use crate::{Problem, private_key::null};

const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
const HMAC_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.9");
const AES_256_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.42");

/// EncryptedPrivateKeyInfo.
#[derive(Sequence)]
struct EncryptedPrivateKeyInfo {
    algorithm: AlgorithmIdentifierOwned,
    data: OctetString,
}

/// PBES2-params (RFC 8018, A.4).
#[derive(Sequence)]
struct Pbes2 {
    key_derivation: AlgorithmIdentifierOwned,
    encryption: AlgorithmIdentifierOwned,
}

/// PBKDF2-params (RFC 8018, A.2); the length of the key is left out, because the cipher says it.
#[derive(Sequence)]
struct Pbkdf2 {
    salt: OctetString,
    iterations: u32,
    prf: AlgorithmIdentifierOwned,
}

/// EncryptedPrivateKeyInfo of a key that the page has encrypted.
///
/// # Errors
/// When the initialisation vector is of a wrong length.
pub fn encrypted_pkcs8(
    salt: &[u8],
    iterations: u32,
    iv: &[u8],
    ciphertext: &[u8],
) -> Result<Vec<u8>, Problem> {
    if iv.len() != 16 {
        return Err(Problem::new("The initialisation vector has 16 bytes."));
    }
    let prf = identifier(HMAC_SHA256, null()?);
    let pbkdf2 = Pbkdf2 { salt: OctetString::new(salt)?, iterations, prf };
    let pbes2 = Pbes2 {
        key_derivation: identifier(PBKDF2, Any::encode_from(&pbkdf2)?),
        encryption: identifier(AES_256_CBC, Any::encode_from(&OctetString::new(iv)?)?),
    };
    let algorithm = identifier(PBES2, Any::encode_from(&pbes2)?);
    Ok(EncryptedPrivateKeyInfo { algorithm, data: OctetString::new(ciphertext)? }.to_der()?)
}

/// Whether it looks like an encrypted key, of whatever scheme.
pub(crate) fn is_encrypted(der: &[u8]) -> bool {
    EncryptedPrivateKeyInfo::from_der(der).is_ok()
}

fn identifier(oid: ObjectIdentifier, parameters: Any) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid, parameters: Some(parameters) }
}
