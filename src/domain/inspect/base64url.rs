//! base64url without padding (RFC 7515, 2): strictly first, then as much as can be read, with every deviation said.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::domain::room;

/// The bytes of a segment and what was wrong with its text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Decoded {
    /// All bytes, or those before the first character that cannot be read.
    pub bytes: Vec<u8>,
    /// Empty exactly when the segment is strict base64url.
    pub problems: Vec<Problem>,
}

/// One deviation from strict base64url.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Byte offset in the segment.
    pub at: usize,
    /// What is there.
    pub what: Deviation,
}

/// How a segment deviates from strict base64url.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// A character outside the alphabet; nothing after it was read.
    Character(char),
    /// `+` or `/`: the alphabet of plain base64 (RFC 4648, 4). Read all the same.
    PlainAlphabet,
    /// `=` at the end. RFC 7515, 2 leaves the padding out. Read all the same.
    Padding,
    /// One character too many: no text of this length holds whole bytes, so a character is missing.
    Length,
    /// The last character holds bits that belong to no byte: a strict reader refuses it.
    TrailingBits,
}

impl Deviation {
    /// What a person reads after "character N".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Character(c) => {
                format!("{} is not a base64url character, nothing after it can be read", visible(*c))
            }
            Self::PlainAlphabet => "`+` and `/` belong to plain base64, base64url has `-` and `_`".to_owned(),
            Self::Padding => "the padding `=` is left out in tokens".to_owned(),
            Self::Length => "the part is cut: its last character is only a piece of a byte".to_owned(),
            Self::TrailingBits => "the last character carries bits that belong to nothing".to_owned(),
        }
    }
}

/// A character as it can be shown: itself, or its number when it has no picture of its own.
fn visible(c: char) -> String {
    if c.is_ascii_graphic() || c.is_alphanumeric() {
        format!("`{c}`")
    } else {
        format!("U+{:04X}", u32::from(c))
    }
}

/// So many characters at a time are tried strictly: a whole number of bytes.
const PIECE: usize = 4096;

/// Decodes one segment. Never fails: see [`Decoded::problems`].
#[must_use]
pub fn decode(segment: &str) -> Decoded {
    let room = room::of(base64::decoded_len_estimate(segment.len()));
    let mut decoded = Decoded { bytes: Vec::with_capacity(room), problems: Vec::new() };
    let mut at = 0;
    // Most of a damaged segment is as it should be.
    while at < segment.len() {
        // No piece ends in the middle of a character: what is beyond ASCII is read on its own.
        let piece = segment.get(at..at + PIECE).or_else(|| segment.get(at..)).unwrap_or_default();
        let before = decoded.bytes.len();
        if URL_SAFE_NO_PAD.decode_vec(piece, &mut decoded.bytes).is_err() {
            decoded.bytes.truncate(before);
            if !decode_leniently(segment, at..at + piece.len(), &mut decoded) {
                break;
            }
        }
        at += piece.len();
    }
    decoded
}

fn value(byte: u8) -> Option<u32> {
    let (from, base) = match byte {
        b'A'..=b'Z' => (b'A', 0),
        b'a'..=b'z' => (b'a', 26),
        b'0'..=b'9' => (b'0', 52),
        b'-' | b'+' => return Some(62),
        b'_' | b'/' => return Some(63),
        _ => return None,
    };
    Some(u32::from(byte - from) + base)
}

/// Reads these bytes of the segment, character by character. False when nothing after them can be read.
fn decode_leniently(segment: &str, place: Range<usize>, decoded: &mut Decoded) -> bool {
    let mut bits = 0_u32;
    let mut held = 0_u32;
    let mut last = place.start;
    let start = place.start;
    for (at, c) in segment.get(place).unwrap_or_default().char_indices() {
        let at = start + at;
        if c == '=' && segment.get(at..).is_some_and(|rest| rest.bytes().all(|b| b == b'=')) {
            decoded.problems.push(Problem { at, what: Deviation::Padding });
            end(last, bits, held, decoded);
            return false;
        }
        let Some(six) = u8::try_from(c).ok().and_then(value) else {
            decoded.problems.push(Problem { at, what: Deviation::Character(c) });
            return false;
        };
        if matches!(c, '+' | '/') && decoded.problems.is_empty() {
            decoded.problems.push(Problem { at, what: Deviation::PlainAlphabet });
        }
        bits = (bits << 6 | six) & 0x3FFF;
        held += 6;
        last = at;
        if held >= 8 {
            held -= 8;
            decoded.bytes.extend(u8::try_from(bits >> held & 0xFF));
        }
    }
    end(last, bits, held, decoded);
    true
}

/// Says what is left over behind the last byte.
fn end(last: usize, bits: u32, held: u32, decoded: &mut Decoded) {
    if held == 6 {
        decoded.problems.push(Problem { at: last, what: Deviation::Length });
    } else if bits & ((1 << held) - 1) != 0 {
        decoded.problems.push(Problem { at: last, what: Deviation::TrailingBits });
    }
}
