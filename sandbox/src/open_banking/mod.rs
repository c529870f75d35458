//! The gateway of a bank in open banking, after WSO2's: clients register by a signed request that carries a software
//! statement (Open Banking DCR 3.3), get tokens by a signed assertion or a client certificate, and call its products.

mod access;
mod accounts;
mod client;
mod client_auth;
mod document;
mod members;
mod metadata;
mod payments;
mod products;
mod refusal;
mod registration;
mod request;
mod rules;
mod statement;
mod token;

use std::sync::Arc;

use serde_json::{Value, json};

use crate::clock::Clock;
use crate::directory::Directory;
use crate::jose::random_text;
use crate::jose::signing_key::{RsaAlgorithm, SigningKey};
use crate::mtls::authority::Material;
use crate::realm::{RealmError, keys};
use crate::store::Store;
use products::Quotas;

pub use client::Client;
pub use metadata::WELL_KNOWN;
pub use products::Product;
pub use refusal::nowhere;
pub use registration::{Operation, REGISTER};
pub use token::TOKEN;

/// Where it is.
pub const PATH: &str = "/open-banking";
/// The identifier of the bank, for which requests are meant.
const AUDIENCE: &str = "OPENBANK0001";
/// The algorithms that clients may sign with.
const ALGORITHMS: [&str; 2] = ["PS256", "ES256"];
/// How far two clocks may differ, in seconds.
const SKEW: i64 = 30;
/// The name that the signing key is kept under.
const KEY: &str = "open banking PS256";

/// The gateway.
#[derive(Debug)]
pub struct OpenBanking {
    store: Store,
    clock: Clock,
    key: SigningKey,
    /// The directory whose statements count.
    directory: Arc<Directory>,
    /// The one whose statements don't.
    other: Arc<Directory>,
    /// Whether a statement may come again.
    statement_reuse: bool,
    quotas: Quotas,
}

impl OpenBanking {
    /// A gateway over this store; its key is made if it isn't there yet. It trusts the first directory, and knows of the
    /// other one.
    ///
    /// # Errors
    /// When the store fails or the key can't be made.
    pub fn new(
        store: Store,
        clock: Clock,
        directory: Arc<Directory>,
        other: Arc<Directory>,
        statement_reuse: bool,
    ) -> Result<Self, RealmError> {
        let (kid, bytes) = keys::load_or_make(&store, KEY, clock.now(), || {
            Ok((random_text::<20>()?, SigningKey::generate()?))
        })?;
        let key = SigningKey::from_pkcs8(kid, RsaAlgorithm::Ps256, &bytes)?;
        Ok(Self { store, clock, key, directory, other, statement_reuse, quotas: Quotas::default() })
    }

    /// The certificates for mutual TLS; they are made if they aren't there yet.
    ///
    /// # Errors
    /// When the store fails or they can't be made.
    pub fn certificates(&self) -> Result<Material, RealmError> {
        Material::load_or_make(&self.store, &self.clock)
    }

    fn public_set(&self) -> Value {
        json!({ "keys": [self.key.public_jwk()] })
    }
}

/// The issuer for callers that reached this server at `base`.
fn issuer(base: &str) -> String {
    format!("{base}{PATH}")
}
