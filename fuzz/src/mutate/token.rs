//! Changes of tokens: a part is decoded, changed and encoded again, so that the change is seen by more than base64url.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use fastrand::Rng;

use super::{bytes, json, one, place, put};
use crate::dictionary::DICTIONARY;

/// One change.
#[must_use]
pub fn change(token: Vec<u8>, other: &[u8], rng: &mut Rng) -> Vec<u8> {
    match rng.u8(..16) {
        0..=8 => inside(token, other, rng),
        9 => around(&token, rng),
        10 | 11 => parts(&token, other, rng),
        12 => broken(token, rng),
        13 => as_json(&token, rng),
        14 => json::change(token, other, rng),
        _ => bytes::change(token, other, rng),
    }
}

fn is_between(byte: u8) -> bool {
    !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=' | b'+' | b'/'))
}

/// A part of the token, changed behind its encoding.
fn inside(mut token: Vec<u8>, other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let at = place(token.len(), rng);
    let start = token.iter().take(at).rposition(|byte| is_between(*byte)).map_or(0, |dot| dot + 1);
    let length = token.iter().skip(start).position(|byte| is_between(*byte)).unwrap_or(token.len() - start);
    let part = token.get(start..start + length).unwrap_or_default();
    let Ok(decoded) = URL_SAFE_NO_PAD.decode(part) else { return bytes::change(token, other, rng) };
    let changed = if decoded.first().is_some_and(|byte| matches!(byte, b'{' | b'[' | b' ')) || rng.u8(..) < 64
    {
        json::change(decoded, other, rng)
    } else {
        bytes::change(decoded, other, rng)
    };
    let encoded = match rng.u8(..32) {
        0 => STANDARD.encode(changed),
        1 => URL_SAFE.encode(changed),
        _ => URL_SAFE_NO_PAD.encode(changed),
    };
    put(&mut token, start..start + length, encoded.as_bytes());
    token
}

/// Words around it, as people copy them.
fn around(token: &[u8], rng: &mut Rng) -> Vec<u8> {
    let words = one(&DICTIONARY.around, rng);
    let mut out = Vec::new();
    for (index, piece) in words.split('@').enumerate() {
        if index > 0 {
            out.extend_from_slice(token);
        }
        out.extend_from_slice(piece.as_bytes());
    }
    out
}

/// Parts more, less, elsewhere, or of another token.
fn parts(token: &[u8], other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let split = |bytes: &[u8]| bytes.split(|byte| *byte == b'.').map(<[u8]>::to_vec).collect::<Vec<_>>();
    let mut parts = split(token);
    let others = split(other);
    let at = rng.usize(..parts.len().max(1));
    match rng.u8(..5) {
        0 => parts.truncate(at),
        1 => parts.insert(at.min(parts.len()), Vec::new()),
        2 => parts.rotate_left(at),
        3 => {
            let taken = rng.choice(&others).cloned().unwrap_or_default();
            if let Some(part) = parts.get_mut(at) {
                *part = taken;
            }
        }
        _ => {
            let taken = rng.choice(&others).cloned().unwrap_or_default();
            parts.insert(at.min(parts.len()), taken);
        }
    }
    parts.join(&if rng.u8(..) < 240 { b'.' } else { b'~' })
}

/// Gaps inside, as a mail or a terminal makes them.
fn broken(mut token: Vec<u8>, rng: &mut Rng) -> Vec<u8> {
    let gap = rng.choice(["\n", "\r\n", " ", "\u{200b}", "\u{ad}", "\n    ", "\\n"]).unwrap_or_default();
    for _ in 0..1 + rng.usize(..4) {
        let at = place(token.len(), rng);
        put(&mut token, at..at, gap.as_bytes());
    }
    token
}

/// The same token as JSON (RFC 7515, 7.2).
fn as_json(token: &[u8], rng: &mut Rng) -> Vec<u8> {
    let text = String::from_utf8_lossy(token);
    let mut parts = text.split('.').map(|part| part.replace(['"', '\\'], ""));
    let mut next = || parts.next().unwrap_or_default();
    let (header, payload, signature) = (next(), next(), next());
    let one = format!(r#""protected":"{header}","header":{{"kid":"1"}},"signature":"{signature}""#);
    let json = match rng.u8(..3) {
        0 => format!(r#"{{"payload":"{payload}",{one}}}"#),
        1 => format!(r#"{{"payload":"{payload}","signatures":[{{{one}}},{{{one}}}]}}"#),
        _ => format!(r#"{{"protected":"{header}","iv":"AA","ciphertext":"{payload}","tag":"{signature}"}}"#),
    };
    json.into_bytes()
}
