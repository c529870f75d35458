//! Changes inputs: at random, and with knowledge of how they are built.

pub mod bytes;
pub mod der;
pub mod json;
pub mod pem;
pub mod token;

use fastrand::Rng;

/// How an input is built, as far as the changes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Any text.
    Text,
    /// JSON.
    Json,
    /// Parts in base64url, joined by dots and tildes, perhaps with words around them.
    Token,
    /// Blocks in Base64 between dashes.
    Pem,
    /// Bytes in DER.
    Der,
}

/// Inputs are not made longer than this.
pub const LONGEST: usize = 16 * 1024;

/// A changed copy. `other` is a second input of which pieces may be taken.
#[must_use]
pub fn changed(form: Form, input: &[u8], other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut changed = input.to_vec();
    // Mostly one change, sometimes many.
    let times = 1 + (rng.u32(..) | 0x8000_0000).trailing_zeros().min(6);
    for _ in 0..times {
        changed = once(form, changed, other, rng);
    }
    changed.truncate(LONGEST);
    changed
}

fn once(form: Form, input: Vec<u8>, other: &[u8], rng: &mut Rng) -> Vec<u8> {
    if rng.u8(..) < 64 {
        return bytes::change(input, other, rng);
    }
    match form {
        Form::Text => bytes::change(input, other, rng),
        Form::Json => json::change(input, other, rng),
        Form::Token => token::change(input, other, rng),
        Form::Pem => pem::change(input, other, rng),
        Form::Der => der::change(input, other, rng),
    }
}

/// A place in something of that length, the end included.
pub(crate) fn place(length: usize, rng: &mut Rng) -> usize {
    rng.usize(..=length)
}

/// One of a list; nothing only when it is empty.
pub(crate) fn one<'a>(list: &'a [String], rng: &mut Rng) -> &'a str {
    rng.choice(list).map(String::as_str).unwrap_or_default()
}

/// A range of something of that length, mostly a short one.
pub(crate) fn range(length: usize, rng: &mut Rng) -> std::ops::Range<usize> {
    let start = place(length, rng);
    let most = length - start;
    let most = if rng.u8(..) < 192 { most.min(16) } else { most };
    start..start + place(most, rng)
}

/// Puts a piece in place of a range.
pub(crate) fn put(bytes: &mut Vec<u8>, range: std::ops::Range<usize>, piece: &[u8]) {
    if range.start <= range.end && range.end <= bytes.len() && bytes.len() + piece.len() <= LONGEST {
        bytes.splice(range, piece.iter().copied());
    }
}
