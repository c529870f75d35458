//! A signed object before its signature (RFC 7515, 5.1): header and claims in the order in which they are written.

use serde_json::{Map, Value};

use super::base64url;
use crate::domain::secret::Secret;

/// Header and claims that are about to be signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsigned {
    /// The protected header.
    pub header: Map<String, Value>,
    /// The claims.
    pub claims: Map<String, Value>,
}

impl Unsigned {
    /// What is signed: both halves in Base64url with a dot between them (RFC 7515, 5.1).
    #[must_use]
    pub fn signing_input(&self) -> String {
        let part = |members: &Map<String, Value>| {
            base64url(serde_json::to_string(members).unwrap_or_default().as_bytes())
        };
        format!("{}.{}", part(&self.header), part(&self.claims))
    }
}

/// Puts the signature behind what was signed (RFC 7515, 7.1).
#[must_use]
pub fn compact(signing_input: &str, signature: &[u8]) -> Secret {
    Secret::new(format!("{signing_input}.{}", base64url(signature)))
}
