//! Digests that tokens name: `at_hash`, `ath`, `jkt`, `x5t#S256`.

use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::domain::jose::base64url;

/// SHA-256 in base64url (RFC 7638, 3; RFC 9449, 4.2).
pub(super) fn sha256(bytes: &[u8]) -> String {
    base64url(&Sha256::digest(bytes))
}

/// The left half of the digest that goes with an algorithm (OpenID Connect Core, 3.1.3.6); nothing for an algorithm
/// that names none.
pub(super) fn left_half(algorithm: &str, text: &str) -> Option<String> {
    let half = |bytes: &[u8]| bytes.get(..bytes.len() / 2).map(base64url);
    match algorithm {
        // Ed25519 digests with SHA-512 (RFC 8032, 5.1), and this is what servers take for its tokens.
        "EdDSA" | "Ed25519" => half(&Sha512::digest(text.as_bytes())),
        _ => match algorithm.get(2..) {
            Some("256") => half(&Sha256::digest(text.as_bytes())),
            Some("384") => half(&Sha384::digest(text.as_bytes())),
            Some("512") => half(&Sha512::digest(text.as_bytes())),
            _ => None,
        },
    }
}
