//! Replacing a key without a moment in which no key works: the new one beside the old one, proved by a token, then the old
//! one goes. Each step is stored, so that it can be left and taken up again.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Application;
use crate::domain::{
    jose::{PublicJwk, jwks},
    registration::ClientMetadata,
};

/// A replacement that was begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rotation {
    /// The public half of the new key.
    pub new: Value,
    /// Whether a token was given for it.
    pub proved: bool,
    /// When it was begun, seconds since 1970.
    pub started_at: i64,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The new key is chosen; the server does not know it.
    Chosen,
    /// The server knows both.
    Beside,
    /// A token was given for the new one; the old one can go.
    Proved,
    /// The server knows the new one only.
    Finished,
}

impl Rotation {
    /// A replacement by this key.
    #[must_use]
    pub fn new(key: &PublicJwk, now: i64) -> Self {
        Self { new: key.to_value(), proved: false, started_at: now }
    }

    /// The new key.
    #[must_use]
    pub fn key(&self) -> Option<PublicJwk> {
        self.new.as_object().and_then(|members| PublicJwk::read(members).ok())
    }
}

impl Application {
    /// The replacement that is under way, and what comes next.
    #[must_use]
    pub fn rotating(&self) -> Option<(PublicJwk, Stage)> {
        let rotation = self.rotation.as_ref()?;
        let new = rotation.key()?;
        let registered = self.keys();
        let known = registered.iter().any(|key| key.is_same_key(&new));
        let stage = match (known, registered.len(), rotation.proved) {
            (false, ..) => Stage::Chosen,
            (true, 1, _) => Stage::Finished,
            (true, _, false) => Stage::Beside,
            (true, _, true) => Stage::Proved,
        };
        Some((new, stage))
    }

    /// The document with the new key beside the others. The old ones stay as the partner wrote them.
    #[must_use]
    pub fn with_key(&self, new: &PublicJwk) -> ClientMetadata {
        let mut keys = self.asked_keys();
        if !keys.iter().any(|key| key.is_same_key(new)) {
            keys.push(new.clone());
        }
        self.with_keys(&keys)
    }

    /// The document with the new key alone.
    #[must_use]
    pub fn with_key_only(&self, new: &PublicJwk) -> ClientMetadata {
        self.with_keys(std::slice::from_ref(new))
    }

    /// The document without a key.
    #[must_use]
    pub fn without_key(&self, key: &PublicJwk) -> ClientMetadata {
        let keys: Vec<PublicJwk> =
            self.asked_keys().into_iter().filter(|known| !known.is_same_key(key)).collect();
        self.with_keys(&keys)
    }

    fn with_keys(&self, keys: &[PublicJwk]) -> ClientMetadata {
        ClientMetadata { jwks: Some(PublicJwk::set(keys)), ..self.asked.clone() }
    }

    fn asked_keys(&self) -> Vec<PublicJwk> {
        self.asked.jwks.as_ref().map(jwks::understood).unwrap_or_default()
    }
}
