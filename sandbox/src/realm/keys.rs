//! The realm's keys: made once, kept in the store, so that a restart leaves old tokens valid.

use serde_json::{Value, json};
use uuid::Uuid;

use super::RealmError;
use crate::jose::hmac_key::{self, HmacKey};
use crate::jose::random_text;
use crate::jose::signing_key::{RsaAlgorithm, SigningKey};
use crate::store::Store;

/// The keys.
#[derive(Debug)]
pub struct RealmKeys {
    hmac: HmacKey,
    rs256: SigningKey,
    ps256: SigningKey,
}

impl RealmKeys {
    /// Reads the keys, and makes those that aren't there.
    pub(super) fn load_or_make(store: &Store, now: i64) -> Result<Self, RealmError> {
        let (kid, bytes) = load_or_make(store, hmac_key::ALGORITHM, now, || {
            Ok((Uuid::new_v4().to_string(), HmacKey::generate()?))
        })?;
        let hmac = HmacKey::from_bytes(kid, &bytes);
        Ok(Self {
            hmac,
            rs256: rsa(store, RsaAlgorithm::Rs256, now)?,
            ps256: rsa(store, RsaAlgorithm::Ps256, now)?,
        })
    }

    /// The key for initial and registration access tokens.
    pub fn hmac(&self) -> &HmacKey {
        &self.hmac
    }

    /// The key for access tokens of this algorithm.
    pub fn signing(&self, algorithm: RsaAlgorithm) -> &SigningKey {
        match algorithm {
            RsaAlgorithm::Rs256 => &self.rs256,
            RsaAlgorithm::Ps256 => &self.ps256,
        }
    }

    /// The published keys (RFC 7517 section 5).
    pub fn public_set(&self) -> Value {
        json!({ "keys": [self.rs256.public_jwk(), self.ps256.public_jwk()] })
    }
}

fn rsa(store: &Store, algorithm: RsaAlgorithm, now: i64) -> Result<SigningKey, RealmError> {
    let (kid, bytes) =
        load_or_make(store, algorithm.name(), now, || Ok((random_text::<32>()?, SigningKey::generate()?)))?;
    Ok(SigningKey::from_pkcs8(kid, algorithm, &bytes)?)
}

/// Reads the key kept under this name, or makes one and keeps it.
///
/// # Errors
/// When the store fails or the key can't be made.
pub(crate) fn load_or_make(
    store: &Store,
    algorithm: &str,
    now: i64,
    make: impl FnOnce() -> Result<(String, Vec<u8>), RealmError>,
) -> Result<(String, Vec<u8>), RealmError> {
    if let Some(found) = store.key(algorithm)? {
        return Ok(found);
    }
    let (kid, secret) = make()?;
    match store.add_key(&kid, algorithm, &secret, now) {
        Ok(()) => Ok((kid, secret)),
        // Another program with the same file was quicker; its key is the one to use.
        Err(refused) => store.key(algorithm)?.ok_or(RealmError::from(refused)),
    }
}
