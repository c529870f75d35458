//! Takes tokens and secrets out of what is shown and reported.

use serde_json::{Map, Value};

use crate::domain::{json, secret::Secret};

/// What stands where something was left out.
pub(super) const LEFT_OUT: &str = "(left out)";

/// Members that are tokens, secrets or proofs.
const MEMBERS: [&str; 9] = [
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
    "client_assertion",
    "registration_access_token",
    "software_statement",
    "password",
    "signature",
];

/// Longer answers are cut, in characters.
const LONGEST: usize = 8_000;
/// Shorter words are no tokens, in characters.
const SHORTEST_TOKEN: usize = 20;

/// The members of a request, for showing.
pub(super) fn members(members: &Map<String, Value>) -> Value {
    let keep = |(name, value): (&String, &Value)| (name.clone(), value_of(name, value, &[]));
    Value::Object(members.iter().map(keep).collect())
}

/// The body of an answer, for showing. `secrets` are those that are known.
pub(super) fn body(text: &str, secrets: &[Secret]) -> String {
    let shown = match serde_json::from_str::<Value>(text) {
        Ok(value) => json::pretty(&value_of("", &value, secrets)),
        Err(_) => {
            // What is no JSON has no members to go by. Where it speaks of secrets, anything that looks like one goes.
            let risky = MEMBERS.iter().any(|name| text.contains(name));
            words(&without_values(text), secrets, risky)
        }
    };
    match shown.char_indices().nth(LONGEST).and_then(|(end, _)| shown.get(..end)) {
        Some(beginning) => format!("{beginning}…"),
        None => shown,
    }
}

fn value_of(name: &str, value: &Value, secrets: &[Secret]) -> Value {
    match value {
        Value::String(text) if MEMBERS.contains(&name) && !text.is_empty() => LEFT_OUT.into(),
        Value::String(text) => words(text, secrets, false).into(),
        Value::Array(items) => items.iter().map(|item| value_of(name, item, secrets)).collect(),
        Value::Object(members) => {
            let keep = |(name, value): (&String, &Value)| (name.clone(), value_of(name, value, secrets));
            Value::Object(members.iter().map(keep).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// A broken JSON text without the strings that stand behind the names of such members.
fn without_values(text: &str) -> String {
    let pieces: Vec<&str> = text.split('"').collect();
    let is_value = |index: usize| {
        let back =
            |by: usize| index.checked_sub(by).and_then(|at| pieces.get(at)).copied().unwrap_or_default();
        back(1).trim() == ":" && MEMBERS.contains(&back(2))
    };
    let keep = |(index, piece): (usize, &&str)| if is_value(index) { LEFT_OUT } else { *piece }.to_owned();
    let kept: Vec<String> = pieces.iter().enumerate().map(keep).collect();
    kept.join("\"")
}

/// A text without the secrets that are known and without what looks like a token.
fn words(text: &str, secrets: &[Secret], risky: bool) -> String {
    let mut known = text.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        known = known.replace(secret.expose(), LEFT_OUT);
    }
    let (mut out, mut word) = (String::with_capacity(known.len()), String::new());
    for letter in known.chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.') {
            word.push(letter);
        } else {
            flush(&mut word, &mut out, risky);
            out.push(letter);
        }
    }
    flush(&mut word, &mut out, risky);
    out
}

fn flush(word: &mut String, out: &mut String, risky: bool) {
    let jwt = word.contains("eyJ") && word.len() >= SHORTEST_TOKEN;
    let opaque =
        risky && word.len() >= SHORTEST_TOKEN && word.contains(|letter: char| letter.is_ascii_digit());
    out.push_str(if jwt || opaque { LEFT_OUT } else { word });
    word.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_secret_is_shown_even_of_a_broken_answer() {
        let known = [Secret::new("k-1")];
        for text in [
            r#"{"client_secret":"short","client_id":"c"}"#,
            r#"{"client_secret" : "short","client_id":"c""#,
            r#"{"software_statement":"eyJhbGciOiJQUzI1NiJ9.e30.c2ln""#,
            r#"{"error_description":"bad k-1 and eyJhbGciOiJQUzI1NiJ9.e30.c2ln"}"#,
            r#"[{"inside":{"access_token":"k-1"}}]"#,
            "<p>access_token a0123456789012345678901</p>",
        ] {
            let shown = body(text, &known);
            for secret in ["short", "eyJ", "k-1", "a0123"] {
                assert!(!shown.contains(secret), "{shown}");
            }
            assert!(shown.contains(LEFT_OUT), "{shown}");
        }
        assert_eq!(body("<h1>405</h1>", &known), "<h1>405</h1>");
        assert_eq!(body(&"é".repeat(9_000), &[]).chars().count(), LONGEST + 1);
    }
}
