//! The compact serialization of RFC 7515 section 3.1, taken apart and put together.

use serde_json::Value;

use super::{base64url, from_base64url};

/// A compact JWS taken apart. Nothing in it has been verified.
#[derive(Debug)]
pub struct Unverified<'a> {
    /// The JOSE header.
    pub header: Value,
    /// The payload, a JSON object of claims.
    pub claims: Value,
    /// What the signature covers: encoded header, a dot, encoded payload.
    pub signing_input: &'a str,
    /// The signature's bytes.
    pub signature: Vec<u8>,
}

impl<'a> Unverified<'a> {
    /// Takes `token` apart; `None` when it isn't a compact JWS whose header and payload are JSON objects.
    pub fn parse(token: &'a str) -> Option<Self> {
        let (signing_input, signature) = token.rsplit_once('.')?;
        let (header, payload) = signing_input.split_once('.')?;
        Some(Self {
            header: object(header)?,
            claims: object(payload)?,
            signing_input,
            signature: from_base64url(signature)?,
        })
    }

    /// A member of the header that is a string.
    pub fn header_text(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }

    /// A claim that is a string.
    pub fn claim_text(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }
}

fn object(part: &str) -> Option<Value> {
    let value: Value = serde_json::from_slice(&from_base64url(part)?).ok()?;
    value.is_object().then_some(value)
}

/// The text that is signed, for a header of `alg` and `kid` and these claims.
pub fn signing_input(alg: &str, kid: &str, claims: &Value) -> String {
    // The odd spaces are Keycloak's. A reader that writes the header anew instead of taking its bytes fails on them.
    let header = format!("{{\"alg\":\"{alg}\",\"typ\" : \"JWT\",\"kid\" : \"{kid}\"}}");
    format!("{}.{}", base64url(header.as_bytes()), base64url(claims.to_string().as_bytes()))
}

/// The whole token.
pub fn compact(signing_input: String, signature: &[u8]) -> String {
    let mut token = signing_input;
    token.push('.');
    token.push_str(&base64url(signature));
    token
}
