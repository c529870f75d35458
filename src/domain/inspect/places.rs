//! From a claim to its characters in what was pasted, and from a character back to the claim.

use std::ops::Range;

use super::Inspection;
use super::findings::Place;
use super::shape::{Part, Segment};

/// Where in the pasted text something stands, as byte offsets. Nothing when it is not in there: a claim of a JSON form
/// that was written with escapes, for example.
#[must_use]
pub fn in_text(text: &str, inspection: &Inspection, place: &Place) -> Option<Range<usize>> {
    let token = match place {
        Place::Token(range) => range.clone(),
        Place::Decoded(part, span) => {
            let segment = segment(inspection, *part)?;
            let plain = *part == Part::Payload && inspection.unencoded;
            let (start, end) = if plain {
                (span.start, span.end)
            } else {
                (span.start / 3 * 4 + span.start % 3, encoded_end(span.end))
            };
            let limit = segment.range.end;
            (segment.range.start + start).min(limit)..(segment.range.start + end).min(limit)
        }
    };
    let walk = Walk::new(text, inspection)?;
    let (start, end) = (walk.to_text(token.start), walk.to_text(token.end));
    // A damaged part may hold characters that are longer than a byte: they are marked whole.
    let back = (0..=start).rev().find(|at| text.is_char_boundary(*at))?;
    let on = (end..=text.len()).find(|at| text.is_char_boundary(*at))?;
    Some(back..on)
}

/// The part and the byte in it that a character of the pasted text stands for.
#[must_use]
pub fn at(text: &str, inspection: &Inspection, offset: usize) -> Option<(Part, usize)> {
    let at = Walk::new(text, inspection)?.to_token(offset)?;
    let segment = inspection.segments.iter().find(|segment| segment.range.contains(&at))?;
    let into = at - segment.range.start;
    let plain = segment.part == Part::Payload && inspection.unencoded;
    Some((segment.part, if plain { into } else { into / 4 * 3 + (into % 4).saturating_sub(1) }))
}

/// Four characters hold three bytes; a byte ends in the character after the one it begins in.
fn encoded_end(bytes: usize) -> usize {
    bytes / 3 * 4 + if bytes.is_multiple_of(3) { 0 } else { bytes % 3 + 1 }
}

fn segment(inspection: &Inspection, part: Part) -> Option<&Segment> {
    inspection.segments.iter().find(|segment| segment.part == part)
}

/// The pasted text beside the token that was taken out of it: white space inside was left out.
struct Walk<'a> {
    pasted: &'a str,
    start: usize,
    token: &'a str,
    /// Nothing was left out.
    is_same: bool,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, inspection: &'a Inspection) -> Option<Self> {
        let token = inspection.token.expose();
        let pasted = text.get(inspection.place.clone()).unwrap_or(text);
        let start = if pasted.len() == text.len() { 0 } else { inspection.place.start };
        if let Some(at) = pasted.find(token) {
            return Some(Self { pasted, start: start + at, token, is_same: true });
        }
        let first = token.chars().next()?;
        let at = pasted.find(first)?;
        Some(Self { pasted: pasted.get(at..)?, start: start + at, token, is_same: false })
    }

    fn to_text(&self, offset: usize) -> usize {
        if self.is_same {
            return self.start + offset.min(self.token.len());
        }
        let mut expected = self.token.char_indices().peekable();
        for (at, character) in self.pasted.char_indices() {
            match expected.peek() {
                Some((in_token, _)) if *in_token >= offset => return self.start + at,
                Some((_, next)) if *next == character => drop(expected.next()),
                Some(_) => {}
                None => return self.start + at,
            }
        }
        self.start + self.pasted.len()
    }

    fn to_token(&self, offset: usize) -> Option<usize> {
        let into = offset.checked_sub(self.start)?;
        if self.is_same {
            return (into < self.token.len()).then_some(into);
        }
        let mut expected = self.token.char_indices().peekable();
        for (at, character) in self.pasted.char_indices() {
            let (in_token, next) = *expected.peek()?;
            if at >= into {
                return Some(in_token);
            }
            if next == character {
                expected.next();
            }
        }
        None
    }
}
