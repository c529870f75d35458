//! Verification with published keys (RFC 7517 sets; RS256, PS256 and ES256 of RFC 7518, EdDSA of RFC 8037).

use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::{self, UnparsedPublicKey};
use serde_json::Value;

use super::{from_base64url, jws::Unverified};

/// Whether one key of the set `{"keys": […]}` made the signature. A key must not contradict the token's `alg` or `kid`.
pub fn verified_by_set(token: &Unverified<'_>, set: &Value) -> bool {
    let Some(keys) = set.get("keys").and_then(Value::as_array) else { return false };
    keys.iter().any(|key| verified_by(token, key).is_some())
}

/// Whether the set holds a key with the token's `kid`.
pub fn names_key_of(token: &Unverified<'_>, set: &Value) -> bool {
    let kid = token.header.get("kid");
    let keys = set.get("keys").and_then(Value::as_array);
    keys.is_some_and(|keys| keys.iter().any(|key| key.get("kid") == kid))
}

fn verified_by(token: &Unverified<'_>, key: &Value) -> Option<()> {
    let algorithm = token.header_text("alg")?;
    let contradicts = |name: &str, wanted: Option<&str>| matches!((key.get(name).and_then(Value::as_str), wanted), (Some(is), Some(wanted)) if is != wanted);
    if contradicts("alg", Some(algorithm))
        || contradicts("kid", token.header_text("kid"))
        || contradicts("use", Some("sig"))
    {
        return None;
    }
    let message = token.signing_input.as_bytes();
    match (key.get("kty")?.as_str()?, algorithm) {
        ("RSA", "RS256") => rsa(key, &signature::RSA_PKCS1_2048_8192_SHA256, message, &token.signature),
        ("RSA", "PS256") => rsa(key, &signature::RSA_PSS_2048_8192_SHA256, message, &token.signature),
        ("OKP", "EdDSA" | "Ed25519") => ed25519(key, message, &token.signature),
        ("EC", "ES256") => p256(key, message, &token.signature),
        _ => None,
    }
}

fn rsa(
    key: &Value,
    parameters: &'static signature::RsaParameters,
    message: &[u8],
    bytes: &[u8],
) -> Option<()> {
    let (n, e) = (member(key, "n")?, member(key, "e")?);
    PublicKeyComponents { n, e }.verify(parameters, message, bytes).ok()
}

fn p256(key: &Value, message: &[u8], bytes: &[u8]) -> Option<()> {
    if key.get("crv")?.as_str()? != "P-256" {
        return None;
    }
    let (x, y) = (member(key, "x")?, member(key, "y")?);
    if x.len() != 32 || y.len() != 32 {
        return None;
    }
    let point = [&[4_u8], x.as_slice(), y.as_slice()].concat();
    UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point).verify(message, bytes).ok()
}

fn ed25519(key: &Value, message: &[u8], bytes: &[u8]) -> Option<()> {
    if key.get("crv")?.as_str()? != "Ed25519" {
        return None;
    }
    UnparsedPublicKey::new(&signature::ED25519, member(key, "x")?).verify(message, bytes).ok()
}

fn member(key: &Value, name: &str) -> Option<Vec<u8>> {
    from_base64url(key.get(name)?.as_str()?)
}
