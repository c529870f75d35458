//! Changes of JSON that mostly leave it JSON.

use fastrand::Rng;

use super::{LONGEST, bytes, one, place, put};
use crate::dictionary::DICTIONARY;

/// One change.
#[must_use]
pub fn change(mut text: Vec<u8>, other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let value = one(&DICTIONARY.values, rng);
    let name = one(&DICTIONARY.names, rng);
    match rng.u8(..9) {
        // A member more, at the beginning of an object.
        0..=2 => {
            let member = format!("\"{name}\":{value},");
            if let Some(at) = some_byte(&text, b'{', rng) {
                put(&mut text, at + 1..at + 1, member.as_bytes());
            } else {
                text = format!("{{{}}}", member.trim_end_matches(',')).into_bytes();
            }
        }
        // Another value.
        3 | 4 => {
            if let Some(at) = some_byte(&text, b':', rng) {
                let end = end_of_value(&text, at + 1);
                put(&mut text, at + 1..end, value.as_bytes());
            }
        }
        // Another name.
        5 => {
            if let Some(at) = some_byte(&text, b':', rng) {
                let start = start_of_name(&text, at);
                put(&mut text, start..at, format!("\"{name}\"").as_bytes());
            }
        }
        // A member twice.
        6 => {
            if let (Some(at), Some(open)) = (some_byte(&text, b':', rng), some_byte(&text, b'{', rng)) {
                let member = start_of_name(&text, at)..end_of_value(&text, at + 1);
                let mut member = text.get(member).unwrap_or_default().to_vec();
                member.push(b',');
                put(&mut text, open + 1..open + 1, &member);
            }
        }
        // Deeper.
        7 => deeper(&mut text, rng),
        _ => return bytes::change(text, other, rng),
    }
    text
}

fn deeper(text: &mut Vec<u8>, rng: &mut Rng) {
    let levels = if rng.bool() { 1 } else { rng.usize(..100) };
    let (open, close) = if rng.bool() { ("[", "]") } else { ("{\"a\":", "}") };
    let Some(at) = some_byte(text, b':', rng) else { return };
    let end = end_of_value(text, at + 1);
    if text.len() + levels * 6 < LONGEST {
        put(text, end..end, close.repeat(levels).as_bytes());
        put(text, at + 1..at + 1, open.repeat(levels).as_bytes());
    }
}

/// Where one of the bytes of that kind stands.
fn some_byte(text: &[u8], byte: u8, rng: &mut Rng) -> Option<usize> {
    let from = place(text.len(), rng);
    let find = |part: &[u8], start: usize| Some(start + part.iter().position(|known| *known == byte)?);
    find(text.get(from..)?, from).or_else(|| find(text, 0))
}

/// The end of the value that begins there, roughly: strings and brackets are counted.
fn end_of_value(text: &[u8], start: usize) -> usize {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.iter().enumerate().skip(start) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' if depth == 0 => return at,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// The beginning of the name before a colon.
fn start_of_name(text: &[u8], colon: usize) -> usize {
    let before = text.get(..colon).unwrap_or_default();
    let mut quotes = before.iter().enumerate().rev().filter(|(_, byte)| **byte == b'"');
    let _ = quotes.next();
    quotes.next().map_or(colon, |(at, _)| at)
}
