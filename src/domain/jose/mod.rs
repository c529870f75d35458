//! Keys and signed assertions as values (RFC 7515, 7517, 7518, 7523, 7638). What needs cryptography, hashing or
//! signing, is done by the browser; here is what goes in and what comes out.

pub mod algorithm;
pub mod assertion;
pub mod elsewhere;
pub mod jwk;
pub mod jwks;
pub mod openssl;
pub mod pem;
mod roca;
pub mod unsigned;

pub use algorithm::{Algorithm, KeyWish};
pub use jwk::PublicJwk;
pub use unsigned::{Unsigned, compact};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Base64url without padding (RFC 7515, 2).
#[must_use]
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads [`base64url`]; `None` when it is not that.
#[must_use]
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
