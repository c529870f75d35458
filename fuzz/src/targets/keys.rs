//! Keys: JSON Web Keys, sets of them, secrets, public keys and the end of certificates in DER.

use portico::domain::expiry;
use portico::domain::inspect::verify::key::Material;
use portico::domain::inspect::verify::keys::MOST;
use portico::domain::inspect::verify::{Key, Keys, Source, algorithm::ALGORITHMS};
use portico::domain::jose::{PublicJwk, jwks};
use portico::domain::json;
use portico_workshop::{describe, public_key::PublicKey};

use super::text;
use crate::outcome::{Broken, Outcome, Said, holds};

pub fn read(input: &[u8]) -> Outcome {
    let text = text(input);
    let mut said = Said::default();
    match Keys::read(&text) {
        Ok(keys) => {
            let right = (1..=MOST).contains(&keys.keys.len());
            holds(right, "so many keys are read", || keys.keys.len().to_string())?;
            for key in &keys.keys {
                one(key, &mut said)?;
            }
        }
        Err(words) => sentence(&words, &mut said)?,
    }
    match jwks::read(&text) {
        Ok(keys) => {
            for key in &keys {
                published(key)?;
            }
            said.add_size(keys.len());
        }
        Err(words) => sentence(&words, &mut said)?,
    }
    Ok(said.number())
}

fn sentence(words: &str, said: &mut Said) -> Result<(), Broken> {
    said.add(words.get(..24));
    holds(words.ends_with(['.', '!', '?']), "an error is a sentence", || words.to_owned())
}

fn one(key: &Key, said: &mut Said) -> Result<(), Broken> {
    said.add((std::mem::discriminant(&key.material), key.was_private, key.kid.is_some()));
    for algorithm in &ALGORITHMS {
        match key.unfit(algorithm) {
            Some(words) => {
                holds(words.ends_with('.'), "why a key does not fit is a sentence", || words.clone())?;
                said.add(words.get(..12));
            }
            None => said.add((algorithm.name, key.warnings(algorithm).len())),
        }
    }
    match &key.material {
        Material::Public(public) => published(public),
        Material::Hmac { bytes, .. } => holds(*bytes > 0, "a secret is not empty", String::new),
        Material::NotUnderstood(words) => {
            holds(!words.is_empty(), "it is said why a key is not understood", String::new)
        }
    }
}

/// Written and read again a key is the same.
fn published(key: &PublicJwk) -> Result<(), Broken> {
    let value = key.to_value();
    let read = value.as_object().map(PublicJwk::read);
    let same = matches!(&read, Some(Ok(again)) if again == key);
    holds(same, "a key that is written is read as the same", || format!("{value} {read:?}"))?;
    let input = key.thumbprint_input();
    holds(json::object(&input).is_ok(), "what is hashed for a thumbprint is JSON", || input.clone())
}

pub fn spki(input: &[u8]) -> Outcome {
    let key = Key::of_spki(input, "the key", Source::Pasted);
    let mut said = Said::default();
    one(&key, &mut said)?;
    let other = PublicKey::of_spki(input);
    // Ours looks at no more than it needs, so that it takes some that the other refuses.
    if let (Material::Public(public), Ok(other)) = (&key.material, &other) {
        let words = public.kind.words();
        holds(words == other.words, "two readers of public keys agree", || {
            format!("{words} {}", other.words)
        })?;
    }
    said.add(other.map(|other| other.words).map_err(|problem| problem.text));
    Ok(said.number())
}

pub fn expiry(input: &[u8]) -> Outcome {
    let end = expiry::not_after(input);
    let text = portico_workshop::input::single_line(input);
    let read = describe::read(&text);
    let mut said = Said::default();
    said.add(end.map(i64::leading_zeros));
    said.add(read.as_ref().err().map(|problem| &problem.text));
    for other in read.iter().flatten().filter(|read| read.is_certificate && read.der == input) {
        let known = i64::try_from(other.not_after).ok();
        holds(end == known, "two readers agree when a certificate ends", || format!("{end:?} {known:?}"))?;
        said.add((&other.key, &other.signature));
    }
    Ok(said.number())
}
