//! A set of public keys as a partner pastes it (RFC 7517, 5): a set, one key, or a list of keys.

use serde_json::{Map, Value};

use super::PublicJwk;
use crate::domain::json;

/// Reads what a partner pasted as the keys of an application.
///
/// # Errors
/// A sentence: it is not JSON, holds no key, a private one, or keys that cannot be told apart.
pub fn read(text: &str) -> Result<Vec<PublicJwk>, String> {
    let text = text.trim();
    if text.contains("-----BEGIN") {
        return Err(
            "This is PEM. Load it with the button beside the field: the portal makes the JSON Web Key of it."
                .to_owned(),
        );
    }
    let text = if text.starts_with('[') { format!("{{\"keys\":{text}}}") } else { text.to_owned() };
    let object = json::object(&text)?;
    if let Some(member) = object.doubled.first() {
        return Err(format!(
            "The member “{member}” stands twice in one object, so it is not clear which one counts."
        ));
    }
    let keys = keys(&object.members)?;
    check(&keys)?;
    Ok(keys)
}

/// The keys of a registration or of another set that servers gave. Keys that are not understood are left out, as
/// RFC 7517, 5 has it.
#[must_use]
pub fn understood(set: &Value) -> Vec<PublicJwk> {
    let keys = set.get("keys").and_then(Value::as_array);
    keys.into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .filter_map(|members| PublicJwk::read(members).ok())
        .collect()
}

/// No application has more keys at a time.
const MOST: usize = 256;

fn keys(members: &Map<String, Value>) -> Result<Vec<PublicJwk>, String> {
    match members.get("keys") {
        None => PublicJwk::read(members).map(|key| vec![key]),
        Some(Value::Array(list)) if list.is_empty() => Err("The set has no key in it.".to_owned()),
        Some(Value::Array(list)) if list.len() > MOST => {
            Err(format!("There are {} keys in this set. Take those that are in use.", list.len()))
        }
        Some(Value::Array(list)) => list
            .iter()
            .enumerate()
            .map(|(index, key)| {
                let numbered = |problem: String| match list.len() {
                    1 => problem,
                    _ => format!("Key {}: {problem}", index + 1),
                };
                let members = key.as_object().ok_or_else(|| {
                    numbered(format!("A key is an object, and this is {}.", json::kind(key)))
                })?;
                PublicJwk::read(members).map_err(numbered)
            })
            .collect(),
        Some(other) => Err(format!("“keys” is a list, and here it is {}.", json::kind(other))),
    }
}

/// A server picks a key by its `kid`, so that one name must not mean two keys (RFC 7517, 4.5).
fn check(keys: &[PublicJwk]) -> Result<(), String> {
    for (index, key) in keys.iter().enumerate() {
        let Some(before) =
            keys.iter().take(index).position(|before| before.kid == key.kid || before.is_same_key(key))
        else {
            continue;
        };
        let both = format!("Key {} and key {}", before + 1, index + 1);
        return Err(match (&key.kid, keys.get(before).is_some_and(|known| known.is_same_key(key))) {
            (_, true) => format!("{both} are the same key. Take one of them out."),
            (Some(kid), false) => {
                format!(
                    "{both} have the same kid “{kid}”, so a server cannot tell which one to use. Give each its own."
                )
            }
            (None, false) => {
                format!("{both} have no kid, so a server cannot tell which one to use. Give each its own.")
            }
        });
    }
    if let Some(key) = keys.iter().find(|key| !key.is_for_signing()) {
        return Err(format!(
            "A key says “use”: “{}”. A client is recognised by a signature, so it needs “sig”.",
            key.purpose.as_deref().unwrap_or_default()
        ));
    }
    Ok(())
}
