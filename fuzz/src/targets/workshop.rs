//! Private keys, public keys, certificates and requests, in PEM and in DER.

use portico_workshop::describe;
use portico_workshop::input::single_line;
use portico_workshop::private_key::PrivateKey;
use portico_workshop::public_key::PublicKey;
use portico_workshop::{Problem, input as blocks};

use super::text;
use crate::outcome::{Broken, Outcome, Said, holds, number_of};

pub fn private_key(input: &[u8]) -> Outcome {
    let text = text(input);
    match PrivateKey::read(&text) {
        Ok(key) => {
            let again = PrivateKey::read(&single_line(&key.pkcs8)).map(|again| again.pkcs8);
            let same = again.as_ref() == Ok(&key.pkcs8);
            holds(same, "a key that was read is read again as the same", || {
                format!("{:?}", again.map(|key| key.len()))
            })?;
            Ok(number_of((key.kind, key.pkcs8.len().leading_zeros())))
        }
        Err(problem) => sentence(&problem),
    }
}

pub fn private_key_der(input: &[u8]) -> Outcome {
    private_key(single_line(input).as_bytes())
}

fn sentence(problem: &Problem) -> Outcome {
    let Problem { text, .. } = problem;
    let right = !text.is_empty() && !text.contains("Error");
    holds(right, "a problem is a sentence for a person", || text.clone())?;
    Ok(number_of(text.get(..30)))
}

pub fn public_key(input: &[u8]) -> Outcome {
    let text = text(input);
    match PublicKey::read(&text) {
        Ok(key) => {
            let again = PublicKey::of_spki(&key.spki);
            holds(again.as_ref() == Ok(&key), "a key that was read is read again as the same", || {
                format!("{key:?} {again:?}")
            })?;
            Ok(number_of((key.kind, key.words.get(..6))))
        }
        Err(problem) => sentence(&problem),
    }
}

pub fn describe(input: &[u8]) -> Outcome {
    let text = text(input);
    let mut said = Said::default();
    match describe::read(&text) {
        Ok(all) => {
            for read in &all {
                whole(read)?;
                said.add((read.is_certificate, read.self_issued, read.key.get(..6), read.signature.get(..6)));
                for list in [&read.names, &read.usages, &read.purposes, &read.qualified] {
                    said.add_size(list.len());
                }
            }
        }
        Err(problem) => said.add(sentence(&problem)?),
    }
    said.add_size(blocks::blocks(&text).map(|blocks| blocks.len()).unwrap_or_default());
    Ok(said.number())
}

fn whole(read: &describe::Described) -> Result<(), Broken> {
    let again = describe::read(&single_line(&read.der));
    let same = again.as_ref().is_ok_and(|again| matches!(again.as_slice(), [one] if one == read));
    holds(same, "what was read is read again as the same", || format!("{read:?} {again:?}"))?;
    let right = !read.key.is_empty() && (read.is_certificate || read.issuer.is_empty());
    holds(right, "what was read has a key", || format!("{read:?}"))
}

pub fn describe_der(input: &[u8]) -> Outcome {
    describe(single_line(input).as_bytes())
}
