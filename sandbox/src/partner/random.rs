//! Random letters and digits, for keys, secrets and tokens.

use crate::jose::CryptoError;

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// So many of them, each as likely as any other.
///
/// # Errors
/// When the system gives no random bytes.
pub fn alphanumerics(length: usize) -> Result<String, CryptoError> {
    let mut text = String::with_capacity(length);
    let mut bytes = [0_u8; 64];
    while text.len() < length {
        aws_lc_rs::rand::fill(&mut bytes).map_err(|_| CryptoError("no random bytes could be had"))?;
        // The upper two values of 64 stand for nothing, so that none is more likely than another.
        let letters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte & 63)));
        text.extend(letters.take(length - text.len()).map(|letter| char::from(*letter)));
    }
    Ok(text)
}
