//! Changes that know nothing: bits, cuts, repetitions, pieces of another input, words of the dictionary.

use fastrand::Rng;

use super::{LONGEST, one, place, put, range};
use crate::dictionary::DICTIONARY;

/// One change.
#[must_use]
pub fn change(mut bytes: Vec<u8>, other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let here = range(bytes.len(), rng);
    let at = here.start;
    match rng.u8(..12) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << rng.u8(..8);
            }
        }
        1 => {
            let byte = rng.u8(..);
            put(&mut bytes, at..at, &[byte]);
        }
        2 => put(&mut bytes, here, &[]),
        3 => bytes.truncate(at),
        4 => put(&mut bytes, 0..at, &[]),
        5 => {
            let piece = other.get(range(other.len(), rng)).unwrap_or_default();
            put(&mut bytes, here, piece);
        }
        6 => {
            let rest = other.get(place(other.len(), rng)..).unwrap_or_default();
            bytes.truncate(at);
            bytes.extend_from_slice(rest);
        }
        7 => {
            let piece = bytes.get(here).unwrap_or_default().to_vec();
            let times = 1 + rng.usize(..8) * rng.usize(..8);
            if piece.len() * times <= LONGEST {
                put(&mut bytes, at..at, &piece.repeat(times));
            }
        }
        8 => {
            let piece = bytes.get(here.clone()).unwrap_or_default().to_vec();
            put(&mut bytes, here, &[]);
            let to = place(bytes.len(), rng);
            put(&mut bytes, to..to, &piece);
        }
        9 | 10 => put_word(&mut bytes, at, rng),
        _ => {
            let piece = rng.choice(&DICTIONARY.der).map(Vec::as_slice).unwrap_or_default();
            let end = if rng.bool() { at } else { (at + piece.len()).min(bytes.len()) };
            put(&mut bytes, at..end, piece);
        }
    }
    bytes
}

/// Writes a word of the dictionary between or over what is there.
fn put_word(bytes: &mut Vec<u8>, at: usize, rng: &mut Rng) {
    let list = if rng.u8(..) < 200 { &DICTIONARY.words } else { &DICTIONARY.names };
    let word = one(list, rng).as_bytes();
    let end = if rng.bool() { at } else { (at + word.len()).min(bytes.len()) };
    put(bytes, at..end, word);
}
