//! Commands by which a partner checks with OpenSSL what the portal says, without trusting it.

use super::{Algorithm, jwk::KeyKind};

/// Prints the thumbprint (RFC 7638) of a private key file, from its public half alone. It works in every POSIX shell.
/// The last bytes of SubjectPublicKeyInfo are the key itself.
#[must_use]
pub fn thumbprint(kind: KeyKind, file: &str) -> Option<String> {
    let public = format!("openssl pkey -in {file} -pubout -outform DER");
    let (material, members) = match kind {
        KeyKind::Ec("P-256") => (
            format!("{public} | tail -c 64"),
            [r#"{"crv":"P-256","kty":"EC","x":""#, "head -c 32", r#"","y":""#, "tail -c 32", r#""}"#]
                .as_slice(),
        ),
        KeyKind::Ed25519 => (
            format!("{public} | tail -c 32"),
            [r#"{"crv":"Ed25519","kty":"OKP","x":""#, "cat", r#""}"#].as_slice(),
        ),
        // After the modulus stand the tag, the length and the three bytes of the exponent 65537.
        KeyKind::Rsa(bits) if bits.is_multiple_of(8) => (
            format!("{public} | tail -c {} | head -c {}", bits / 8 + 5, bits / 8),
            [r#"{"e":"AQAB","kty":"RSA","n":""#, "cat", r#""}"#].as_slice(),
        ),
        _ => return None,
    };
    let json: String = members
        .iter()
        .map(|part| match *part {
            command if !command.contains('"') => format!("\"$(key | {command} | b64)\""),
            text => format!("'{text}'"),
        })
        .collect();
    Some(format!(
        "b64() {{ openssl base64 -A | tr '+/' '-_' | tr -d '='; }}\nkey() {{ {material}; }}\nprintf '%s' {json} | openssl dgst -sha256 -binary | b64; echo\n"
    ))
}

/// Signs a file with a private key and prints the signature as Base64 on one line. The salt of RSASSA-PSS is as long as
/// the hash (RFC 7518, 3.5); an ECDSA signature comes out in DER.
#[must_use]
pub fn sign(algorithm: Algorithm, key: &str, input: &str) -> String {
    let made = match algorithm {
        Algorithm::Ps256 => format!(
            "openssl dgst -sha256 -sign {key} -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 {input}"
        ),
        Algorithm::Rs256 | Algorithm::Es256 => format!("openssl dgst -sha256 -sign {key} {input}"),
        Algorithm::EdDsa => format!("openssl pkeyutl -sign -inkey {key} -rawin -in {input}"),
    };
    format!("{made} | openssl base64 -A; echo\n")
}
