//! JSON Web Signature and Key (RFC 7515, RFC 7517): just what the realm signs and what the product APIs verify.

pub mod certificate;
pub mod hmac_key;
pub mod jwk;
pub mod jws;
pub mod rs256_key;
pub mod signing_key;
pub mod verify;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// base64url without padding (RFC 7515 section 2).
pub fn base64url(bytes: &[u8]) -> String {
    BASE64URL.encode(bytes)
}

/// The bytes of a base64url text, or `None` when it isn't one.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    BASE64URL.decode(text).ok()
}

/// Random bytes from the cryptographic library, base64url encoded.
pub fn random_text<const N: usize>() -> Result<String, CryptoError> {
    let mut bytes = [0_u8; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| CryptoError("no random bytes could be had"))?;
    Ok(base64url(&bytes))
}

/// A cryptographic operation failed; the text says which.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CryptoError(pub &'static str);
