//! A signature that was made elsewhere, read from whatever a person pastes: Base64, Base64url, hexadecimal digits, or a
//! whole compact token. An ECDSA signature in DER, as OpenSSL makes it, becomes what JOSE wants (RFC 7518, 3.4).

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};

use super::Algorithm;

/// Bytes of each half of an ES256 signature, and of an Ed25519 one.
const HALF: usize = 32;
/// Below this no RSA signature is long: keys of less than 2048 bits are refused (RFC 7518, 3.3).
const RSA_LEAST: usize = 256;

/// Reads a signature for an algorithm. `signing_input` is what was signed: a whole token has to begin with it.
///
/// # Errors
/// A sentence: what it is instead, and what to paste.
pub fn read(text: &str, algorithm: Algorithm, signing_input: &str) -> Result<Vec<u8>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("Paste the signature.".to_owned());
    }
    if text.contains("PRIVATE KEY-----") {
        return Err("This is a private key. It must not leave the place where it is kept: take it out of here, and paste the signature.".to_owned());
    }
    if text.contains("-----BEGIN") {
        return Err("This is PEM: a key or a certificate, and no signature.".to_owned());
    }
    let bytes = decoded(signature_of(text, signing_input)?).ok_or(
        "This is neither Base64, Base64url nor hexadecimal digits. Paste all of it and nothing else.",
    )?;
    fitting(bytes, algorithm)
}

/// The part of a text that is the signature: the last one of a compact token, or what `openssl dgst -hex` prints behind
/// the equals sign.
fn signature_of<'a>(text: &'a str, signing_input: &str) -> Result<&'a str, String> {
    // The name of the file stands in front of that, and has a dot, too.
    if let Some((_, signature)) = text.split_once(")= ") {
        return Ok(signature);
    }
    match text.rsplit_once('.') {
        None => Ok(text),
        Some((signed, signature)) if signed.trim() == signing_input => Ok(signature),
        Some(_) => Err(
            "This token says something else than what was to be signed here. Sign the text above, as it is."
                .to_owned(),
        ),
    }
}

/// Bytes out of hexadecimal digits, with or without colons, or of Base64 in either alphabet.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
    if digits.len().is_multiple_of(2) && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return from_hex(&digits);
    }
    let standard: String = digits
        .trim_end_matches('=')
        .chars()
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    STANDARD_NO_PAD.decode(standard).ok()
}

fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let (pairs, _) = digits.as_bytes().as_chunks::<2>();
    pairs.iter().map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// The signature in the form and length that the algorithm has.
fn fitting(bytes: Vec<u8>, algorithm: Algorithm) -> Result<Vec<u8>, String> {
    let (name, length) = (algorithm.name(), bytes.len());
    match algorithm {
        Algorithm::Es256 if length == 2 * HALF => Ok(bytes),
        Algorithm::Es256 => from_der(&bytes).ok_or_else(|| {
            format!("This is no signature for {name}: that is 64 bytes, or DER as OpenSSL makes it. This has {length} bytes.")
        }),
        Algorithm::EdDsa if length == 2 * HALF => Ok(bytes),
        Algorithm::EdDsa => Err(format!("This is no signature for {name}: that has 64 bytes, and this {length}.")),
        Algorithm::Ps256 | Algorithm::Rs256 if length >= RSA_LEAST => Ok(bytes),
        Algorithm::Ps256 | Algorithm::Rs256 => Err(format!(
            "This is no signature for {name}: that has 256 bytes or more, as many as the key, and this {length}."
        )),
    }
}

/// `r` and `s` out of `SEQUENCE { INTEGER, INTEGER }` (RFC 3279, 2.2.3), each filled up to its full length.
fn from_der(der: &[u8]) -> Option<Vec<u8>> {
    let (inner, rest) = element(der, 0x30)?;
    let (r, more) = element(inner, 0x02)?;
    let (s, end) = element(more, 0x02)?;
    if !rest.is_empty() || !end.is_empty() {
        return None;
    }
    let mut raw = filled(r)?;
    raw.extend(filled(s)?);
    Some(raw)
}

/// An element with a length of one byte, and what follows it. No ECDSA signature on P-256 needs more.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (head, rest) = der.split_at_checked(2)?;
    match head {
        [found, length] if *found == tag && *length < 0x80 => rest.split_at_checked(usize::from(*length)),
        _ => None,
    }
}

/// A positive integer as bytes of full length.
fn filled(integer: &[u8]) -> Option<Vec<u8>> {
    let zeros = integer.iter().take_while(|byte| **byte == 0).count();
    let significant = integer.get(zeros..)?;
    let missing = HALF.checked_sub(significant.len())?;
    let mut bytes = vec![0; missing];
    bytes.extend(significant);
    Some(bytes)
}
