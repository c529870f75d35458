//! A directory of an open banking ecosystem: it knows software, publishes its keys, and signs statements about it
//! (RFC 7591 section 2.3), the way the directory of Open Banking in the United Kingdom does.

mod answers;
pub mod keys;
pub mod software;
mod statement;

use serde_json::{Value, json};

use crate::clock::Clock;
use crate::jose::random_text;
use crate::jose::signing_key::{RsaAlgorithm, SigningKey};
use crate::realm::{RealmError, keys as realm_keys};
use crate::store::{Store, StoreError};
use software::Software;

/// What tells one directory from another.
#[derive(Debug)]
pub struct Place {
    /// Where it is.
    pub path: &'static str,
    /// The `iss` of its statements.
    pub issuer: &'static str,
    /// The name that its key is kept under.
    key: &'static str,
    /// The one organisation in it.
    organisation_id: &'static str,
    organisation_name: &'static str,
}

/// The directory that the sample bank trusts.
pub const EXAMPLE: Place = Place {
    path: "/directory",
    issuer: "Example Directory",
    key: "directory PS256",
    organisation_id: "0015800000SANDBOXA",
    organisation_name: "Sandbox Organisation Ltd",
};
/// One that it doesn't trust.
pub const OTHER: Place = Place {
    path: "/other-directory",
    issuer: "Other Directory",
    key: "other directory PS256",
    organisation_id: "0015800000SANDBOXB",
    organisation_name: "Other Organisation Ltd",
};

/// A directory.
#[derive(Debug)]
pub struct Directory {
    store: Store,
    clock: Clock,
    key: SigningKey,
    place: &'static Place,
}

impl Directory {
    /// The directory of this place over this store; its key is made if it isn't there yet.
    ///
    /// # Errors
    /// When the store fails or the key can't be made.
    pub fn new(store: Store, clock: Clock, place: &'static Place) -> Result<Self, RealmError> {
        let (kid, bytes) = realm_keys::load_or_make(&store, place.key, clock.now(), || {
            Ok((random_text::<20>()?, SigningKey::generate()?))
        })?;
        let key = SigningKey::from_pkcs8(kid, RsaAlgorithm::Ps256, &bytes)?;
        Ok(Self { store, clock, key, place })
    }

    /// The `iss` of its statements.
    pub fn issuer(&self) -> &'static str {
        self.place.issuer
    }

    /// The keys that sign its statements, as a set (RFC 7517 section 5).
    pub fn public_set(&self) -> Value {
        json!({ "keys": [self.key.public_jwk()] })
    }

    /// The software of this identifier.
    ///
    /// # Errors
    /// When the database fails.
    pub fn software(&self, software_id: &str) -> Result<Option<Software>, StoreError> {
        self.store.software(self.place.issuer, software_id)
    }

    /// The keys of a piece of software or of an organisation: those in use, or those that were revoked.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keys_of(&self, holder: &str, revoked: bool) -> Result<Value, StoreError> {
        Ok(json!({ "keys": self.store.directory_keys(self.place.issuer, holder, revoked)? }))
    }
}
