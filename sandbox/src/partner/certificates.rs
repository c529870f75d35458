//! The certificate of a key: taken as one line of base64 or as PEM, kept as one line.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::html::moment;
use crate::jose::certificate::Certificate;

/// The attribute of a key that carries it.
pub const ATTRIBUTE: &str = "x509-certificate";

/// The least bits an RSA key has.
const LEAST_BITS: usize = 2048;

/// The certificate as one line of base64.
///
/// # Errors
/// Why it can't be taken, as a sentence.
pub fn normalised(text: &str, now: i64) -> Result<String, String> {
    let der = der(text)?;
    let certificate = Certificate::from_der(&der)
        .map_err(|reason| format!("The value of {ATTRIBUTE} is not an X.509 certificate: {reason}."))?;
    match certificate.rsa_bits {
        None => {
            return Err(
                "The certificate carries no RSA key. Assertions here are signed with RS256.".to_owned()
            );
        }
        Some(bits) if bits < LEAST_BITS => {
            return Err(format!(
                "The certificate's RSA key has {bits} bits. It must have {LEAST_BITS} or more."
            ));
        }
        Some(_) => {}
    }
    if certificate.not_after < now {
        return Err(format!(
            "The certificate expired on {}. Send one that is valid.",
            moment(certificate.not_after)
        ));
    }
    Ok(STANDARD.encode(der))
}

/// The bytes of a certificate that was kept.
pub fn stored(line: &str) -> Option<Vec<u8>> {
    STANDARD.decode(line).ok()
}

fn der(text: &str) -> Result<Vec<u8>, String> {
    let body = match text.split_once("-----BEGIN ") {
        None => text,
        Some(_) if text.contains("PRIVATE KEY-----") => {
            return Err(
                "This is a private key, which must not leave you. Make a new one, and send its certificate."
                    .to_owned(),
            );
        }
        Some((_, rest)) => {
            let (label, rest) = rest.split_once("-----").unwrap_or_default();
            if label != "CERTIFICATE" {
                return Err(format!(
                    "This is a PEM block of the kind {label}. A certificate begins with -----BEGIN CERTIFICATE-----."
                ));
            }
            let (body, after) = rest
                .split_once("-----END CERTIFICATE-----")
                .ok_or("The PEM text is cut off: -----END CERTIFICATE----- is missing.")?;
            if after.contains("-----BEGIN ") {
                return Err(
                    "There are several PEM blocks. Send the one certificate of this key, without its chain."
                        .to_owned(),
                );
            }
            body
        }
    };
    let line: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    if line.is_empty() {
        return Err(format!("The value of {ATTRIBUTE} is empty."));
    }
    STANDARD.decode(line).map_err(|reason| format!("The certificate is not base64: {reason}."))
}
