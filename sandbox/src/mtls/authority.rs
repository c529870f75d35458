//! The certificates: an authority of this server's own, and what it signed, all made at the first start and kept.

use std::fmt;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType,
};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::clock::Clock;
use crate::jose::CryptoError;
use crate::realm::{RealmError, keys};
use crate::store::{Store, StoreError};

/// The name that they are kept under.
const KEPT: &str = "mutual TLS";
/// How long they are valid, in days.
const DAYS: i64 = 3650;
/// The names by which the listener is reached.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Certificates and private keys in PEM (RFC 7468).
#[derive(Clone, Deserialize, Serialize)]
pub struct Material {
    /// The authority.
    pub ca_certificate: String,
    /// Its key, with which further certificates can be signed.
    pub ca_key: String,
    /// The listener.
    pub server_certificate: String,
    /// Its key.
    pub server_key: String,
    /// The one sample client.
    pub client_certificate: String,
    /// Its key.
    pub client_key: String,
}

impl fmt::Debug for Material {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Material").finish_non_exhaustive()
    }
}

impl Material {
    /// Reads what is kept, or makes it.
    ///
    /// # Errors
    /// When the store fails or something can't be made.
    pub fn load_or_make(store: &Store, clock: &Clock) -> Result<Self, RealmError> {
        let now = clock.now();
        let (_, bytes) = keys::load_or_make(store, KEPT, now, || {
            let made = made(now).map_err(|_| CryptoError("a certificate could not be made"))?;
            Ok((KEPT.to_owned(), serde_json::to_vec(&made).map_err(StoreError::from)?))
        })?;
        Ok(serde_json::from_slice(&bytes).map_err(StoreError::from)?)
    }
}

fn made(now: i64) -> Result<Material, rcgen::Error> {
    let ca_key = KeyPair::generate()?;
    let mut ca = named("Portico sandbox authority", now);
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let ca_certificate = ca.self_signed(&ca_key)?;
    let issuer = Issuer::from_params(&ca, &ca_key);

    let server_key = KeyPair::generate()?;
    let mut server = named("localhost", now);
    let names = CertificateParams::new(NAMES.map(str::to_owned).to_vec())?.subject_alt_names;
    server.subject_alt_names = names;
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let server_certificate = server.signed_by(&server_key, &issuer)?;

    let client_key = KeyPair::generate()?;
    let mut client = named("sandbox client", now);
    client.subject_alt_names = vec![SanType::DnsName("client.sandbox.example".try_into()?)];
    client.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    client.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let client_certificate = client.signed_by(&client_key, &issuer)?;

    Ok(Material {
        ca_certificate: ca_certificate.pem(),
        ca_key: ca_key.serialize_pem(),
        server_certificate: server_certificate.pem(),
        server_key: server_key.serialize_pem(),
        client_certificate: client_certificate.pem(),
        client_key: client_key.serialize_pem(),
    })
}

fn named(common_name: &str, now: i64) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "GB");
    params.distinguished_name.push(DnType::OrganizationName, "Sandbox Organisation Ltd");
    params.distinguished_name.push(DnType::CommonName, common_name);
    if let Ok(now) = OffsetDateTime::from_unix_timestamp(now) {
        params.not_before = now - Duration::days(1);
        params.not_after = now + Duration::days(DAYS);
    }
    params.use_authority_key_identifier_extension = true;
    params
}
