//! Public keys as somebody hands them in (RFC 7517 section 4, RFC 7518 section 6).

use aws_lc_rs::digest;
use serde_json::{Map, Value, json};

use crate::jose::{base64url, from_base64url};

/// Members that only a private or a secret key has (RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
/// The fewest bytes of an RSA modulus (RFC 7518 section 3.3: 2048 bits).
const RSA_BYTES: usize = 256;
/// The bytes of a coordinate on P-256.
const P256_BYTES: usize = 32;
/// The most characters of a `kid`.
const LONGEST_KID: usize = 128;

/// The key with its `kid`, which is its thumbprint (RFC 7638) when it came without one.
///
/// # Errors
/// Why it isn't taken, as a sentence.
pub fn taken(body: &[u8]) -> Result<(String, Value), String> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(jwk)) => of_members(jwk),
        Ok(_) => Err("The body is one JSON Web Key: a JSON object.".to_owned()),
        Err(reason) => Err(format!("The body is not JSON: {reason}.")),
    }
}

/// As [`taken`], for a key that was read already.
///
/// # Errors
/// Why it isn't taken, as a sentence.
pub fn of_value(jwk: &Value) -> Result<(String, Value), String> {
    match jwk {
        Value::Object(jwk) => of_members(jwk.clone()),
        _ => Err("The key is one JSON Web Key: a JSON object.".to_owned()),
    }
}

fn of_members(mut jwk: Map<String, Value>) -> Result<(String, Value), String> {
    if let Some(name) = PRIVATE.iter().find(|name| jwk.contains_key(**name)) {
        return Err(format!(
            "The key has the private member {name}. Keep it to yourself, and hand in the public key."
        ));
    }
    let thumbprint =
        thumbprint(&jwk).ok_or("The keys here are RSA of 2048 bits or more, and EC on P-256.")?;
    if jwk.get("use").is_some_and(|of| of != "sig") {
        return Err("The key's use is not sig: software signs with it.".to_owned());
    }
    let kid = match jwk.get("kid") {
        None => thumbprint,
        Some(Value::String(kid)) if !kid.is_empty() && kid.len() <= LONGEST_KID => kid.clone(),
        Some(_) => return Err("The key's kid is a string of 1 to 128 characters.".to_owned()),
    };
    jwk.insert("kid".to_owned(), json!(kid));
    Ok((kid, Value::Object(jwk)))
}

/// The SHA-256 thumbprint (RFC 7638 section 3) of a key that can be used here.
fn thumbprint(jwk: &Map<String, Value>) -> Option<String> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    let bytes = |name: &str| text(name).and_then(from_base64url);
    let coordinate = |name: &str| bytes(name).filter(|bytes| bytes.len() == P256_BYTES);
    let required = match text("kty")? {
        "RSA" => {
            bytes("n").filter(|n| n.len() >= RSA_BYTES && n.first() != Some(&0))?;
            bytes("e").filter(|e| !e.is_empty() && e.len() <= 8)?;
            json!({ "e": text("e")?, "kty": "RSA", "n": text("n")? })
        }
        "EC" if text("crv")? == "P-256" => {
            coordinate("x").zip(coordinate("y"))?;
            json!({ "crv": "P-256", "kty": "EC", "x": text("x")?, "y": text("y")? })
        }
        _ => return None,
    };
    Some(base64url(digest::digest(&digest::SHA256, required.to_string().as_bytes()).as_ref()))
}
