//! Tokens of a wished length: many small objects, and in the middle a long run of letters to type in.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// What is typed. Four of these letters are the three bytes `aaa`: at the right place every fourth keystroke leaves a
/// token that can be read, and the others one that is broken.
pub const LETTERS: &str = "YWFh";

/// Something that stands in every token, in the middle, where [`LETTERS`] fit.
pub const NEEDLE: &str = "YWFhYWFhYWFhYWFhYWFhYWFh";

const RUN: usize = 300;

/// A signed token of about this many bytes; the signature is not one.
#[must_use]
pub fn of(bytes: usize) -> String {
    // An object is about 131 bytes, and base64url makes four characters of three bytes.
    let objects = (bytes.saturating_sub(1_300) * 3 / 4 / 131).max(4);
    let access: Vec<Value> = (0..objects).map(|number| entry(number, number == objects / 2)).collect();
    let header = json!({ "alg": "RS256", "typ": "at+jwt", "kid": "2026-01" });
    let payload = json!({
        "iss": "https://id.example/realms/bank", "sub": "5f1d7f6e-2c53-4a41-a9c7-0f6a2b9f3f11",
        "aud": "https://api.example", "client_id": "gateway", "iat": 1_790_000_000, "exp": 4_100_000_000_u64,
        "jti": "b2f6", "scope": "accounts payments", "authorization_details": access
    });
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", encode(&header), encode(&payload), "c2ln".repeat(85))
}

fn entry(number: usize, is_middle: bool) -> Value {
    let note = if is_middle { "a".repeat(RUN) } else { format!("entry {number}") };
    json!({
        "account": format!("UA{number:027}"), "active": number.is_multiple_of(2), "limit": number * 137 % 100_000,
        "note": note, "actions": ["read", "list"], "until": null
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_about_as_wished() {
        for wished in [5_000, 100_000, 1_000_000] {
            let length = of(wished).len();
            assert!(length.abs_diff(wished) < wished / 10, "{length} instead of {wished}");
        }
    }

    #[test]
    fn letters_fit_in_the_middle() {
        let token = of(5_000);
        let at = token.find(NEEDLE).unwrap() + NEEDLE.len() / 2;
        let (before, after) = token.split_at(at);
        let payload = format!("{before}{LETTERS}{after}").split('.').nth(1).unwrap().to_owned();
        let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
        assert_eq!(claims["authorization_details"].as_array().unwrap().len(), 21);
    }
}
