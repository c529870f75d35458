//! Which registered key something belongs to that a partner holds. Nothing of it is kept, and nothing is sent.

use super::load;
use crate::{
    browser::{signing, workshop},
    domain::{
        jose::{Algorithm, PublicJwk, jwks},
        secret::Secret,
    },
};

/// What was pasted.
#[derive(Clone, Debug, PartialEq)]
pub enum Pasted {
    /// A private key.
    PrivateKey,
    /// A public key.
    PublicKey,
    /// A request for a certificate.
    Request,
    /// A certificate.
    Certificate {
        /// From when, seconds since 1970.
        not_before: i64,
        /// Until when, seconds since 1970.
        not_after: i64,
    },
}

/// What was found out about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it is.
    pub pasted: Pasted,
    /// Thumbprint of its key (RFC 7638).
    pub thumbprint: String,
    /// The registered key that it belongs to.
    pub registered: Option<PublicJwk>,
}

/// Compares what was pasted with the registered keys.
///
/// # Errors
/// A sentence: what it is instead, or what is damaged.
pub async fn check(text: &Secret, registered: &[PublicJwk]) -> Result<Found, String> {
    let (pasted, public) = read(text).await?;
    let thumbprint = signing::thumbprint(&public).await.map_err(|problem| problem.to_string())?;
    let registered = registered.iter().find(|key| key.is_same_key(&public)).cloned();
    Ok(Found { pasted, thumbprint, registered })
}

async fn read(text: &Secret) -> Result<(Pasted, PublicJwk), String> {
    let trimmed = text.expose().trim();
    let is_jwk = trimmed.starts_with('{');
    if trimmed.contains("PRIVATE KEY-----") || (is_jwk && trimmed.contains("\"d\"")) {
        // What it signs with makes no difference to whose it is.
        let pair = load::load(text, Algorithm::Ps256).await?;
        return Ok((Pasted::PrivateKey, pair.public));
    }
    if is_jwk {
        let mut keys = jwks::read(trimmed)?.into_iter();
        return match (keys.next(), keys.next()) {
            (Some(key), None) => Ok((Pasted::PublicKey, key)),
            _ => Err("This is a set of several keys. Paste the one that is meant.".to_owned()),
        };
    }
    let program = workshop::open().await?;
    if trimmed.contains("PUBLIC KEY-----") {
        return Ok((Pasted::PublicKey, public_of(&program.public_key(trimmed)?.spki).await?));
    }
    let read = program.read_certificates(trimmed).map_err(|problem| problem.text)?;
    let Some(leaf) = read.into_iter().next() else {
        return Err("There is no certificate in it.".to_owned());
    };
    let pasted = if leaf.is_certificate {
        Pasted::Certificate { not_before: leaf.not_before, not_after: leaf.not_after }
    } else {
        Pasted::Request
    };
    Ok((pasted, public_of(&leaf.spki).await?))
}

/// The browser has to be told what a key is for before it takes it, so it is asked until it does.
async fn public_of(spki: &[u8]) -> Result<PublicJwk, String> {
    for algorithm in [Algorithm::Ps256, Algorithm::Es256, Algorithm::EdDsa] {
        if let Ok(public) = signing::public_of_spki(spki, algorithm).await {
            return Ok(public);
        }
    }
    Err("Its key is of a kind that this browser does not read. P-256, RSA and Ed25519 are known.".to_owned())
}
