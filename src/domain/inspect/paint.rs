//! Which characters of what was pasted belong to which part of the token, so that they can be coloured in place.

use std::ops::Range;

use super::bytes::Bytes;
use super::{Inspection, shape};

/// A run of characters: the place of its part in [`Inspection::segments`], or nothing for what surrounds the token.
pub type Run = (Option<usize>, String);

/// What ends a token in the text around it.
const ENDS: Bytes = Bytes::of(b"\"'`,;&=:<>{}\\");
/// The same, white space, and what may be white space beyond ASCII.
const BREAKS: Bytes = ENDS.and(b"\t\n\x0b\x0c\r ").beyond_ascii();

/// So many characters tell where the token begins in the text around it.
const TELLING: usize = 8;

/// No form has more parts than a JWE.
const PARTS: usize = 5;

/// Cuts the text into runs. Put together again they are the text, character by character.
#[must_use]
pub fn runs(raw: &str, inspection: &Inspection) -> Vec<Run> {
    let token = inspection.token.expose();
    let telling: String = token.chars().take(TELLING).collect();
    let place = inspection.place.start;
    // Several tokens may begin alike; where it stands is known.
    let begin = raw.get(place..).and_then(|rest| rest.find(&telling)).filter(|_| inspection.is_jwt());
    let Some((before, rest)) = begin.and_then(|at| raw.split_at_checked(place + at)) else {
        return push(Vec::new(), None, raw);
    };
    let mut runs = push(Vec::new(), None, before);
    let mut parts = Parts::of(inspection);
    let mut expected = token.char_indices().peekable();
    let mut last = None;
    for character in rest.chars() {
        match expected.peek().copied() {
            Some((at, next)) if next == character => {
                expected.next();
                last = parts.at(at);
            }
            // What was taken out inside, such as a line break, belongs to the part it stands in.
            Some(_) => {}
            None => last = None,
        }
        runs = push(runs, last, character.encode_utf8(&mut [0; 4]));
    }
    runs
}

/// The segments in the order of the text: a JSON form may write the payload before the header.
struct Parts {
    rest: std::iter::Peekable<std::vec::IntoIter<(Range<usize>, usize)>>,
}

impl Parts {
    fn of(inspection: &Inspection) -> Self {
        let ranges = inspection.segments.iter().enumerate();
        let mut all: Vec<_> = ranges.map(|(index, segment)| (segment.range.clone(), index)).collect();
        all.sort_unstable_by_key(|(range, _)| range.start);
        Self { rest: all.into_iter().peekable() }
    }

    /// The segment at that byte; asked with growing numbers only.
    fn at(&mut self, at: usize) -> Option<usize> {
        while self.rest.peek().is_some_and(|(range, _)| range.end <= at) {
            self.rest.next();
        }
        self.rest.peek().filter(|(range, _)| range.start <= at).map(|(_, index)| *index)
    }
}

fn push(mut runs: Vec<Run>, part: Option<usize>, text: &str) -> Vec<Run> {
    match runs.last_mut() {
        Some((last, run)) if *last == part => run.push_str(text),
        _ if text.is_empty() => {}
        _ => runs.push((part, text.to_owned())),
    }
    runs
}

/// The parts of a text that has just been typed, as byte offsets, before anybody has read it: what looks like the
/// beginning of a token and goes on with dots. Nothing is decoded but a few bytes, so that it keeps up with typing.
#[must_use]
pub fn quick(raw: &str) -> Vec<(Option<usize>, Range<usize>)> {
    let Some(start) = first_jwt(raw) else { return vec![(None, 0..raw.len())] };
    let token = raw.get(start..).unwrap_or_default();
    let end = token.bytes().position(|byte| ENDS.contains(byte)).unwrap_or(token.len());
    let token = token.get(..end).unwrap_or_default();
    let mut runs = vec![(None, 0..start)];
    let mut at = start;
    for (part, text) in token.split('.').enumerate().take(PARTS) {
        if part > 0 {
            runs.push((None, at..at + 1));
            at += 1;
        }
        runs.push((Some(part), at..at + text.len()));
        at += text.len();
    }
    runs.push((None, at..raw.len()));
    runs.retain(|(_, range)| !range.is_empty());
    runs
}

/// Where the first word begins that looks like a token.
fn first_jwt(raw: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let word = rest.get(..word_end(rest)).unwrap_or_default();
        if shape::is_jwt(word) {
            return Some(at);
        }
        at += word.len();
        at += raw.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    }
    None
}

/// Where a word ends: at what ends a token, or at white space, of which some is not ASCII.
fn word_end(text: &str) -> usize {
    let mut at = 0;
    while let Some(more) =
        text.as_bytes().get(at..).and_then(|rest| rest.iter().position(|b| BREAKS.contains(*b)))
    {
        at += more;
        match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some(c) if !c.is_ascii() && !c.is_whitespace() => at += c.len_utf8(),
            _ => return at,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::inspect::inspect;

    const TOKEN: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln";

    fn painted(raw: &str) -> Vec<Run> {
        let runs = runs(raw, &inspect(raw, 0, &[]));
        let again: String = runs.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(again, raw);
        runs
    }

    fn parts(runs: &[Run]) -> Vec<Option<usize>> {
        runs.iter().map(|(part, _)| *part).collect()
    }

    #[test]
    fn the_three_parts_and_the_dots_between_them() {
        assert_eq!(parts(&painted(TOKEN)), [Some(0), None, Some(1), None, Some(2)]);
    }

    #[test]
    fn what_stands_around_it_has_no_colour() {
        let runs = painted(&format!("Authorization: Bearer {TOKEN}\n"));
        assert_eq!(runs.first().unwrap().1, "Authorization: Bearer ");
        assert_eq!(parts(&runs), [None, Some(0), None, Some(1), None, Some(2), None]);
    }

    #[test]
    fn a_line_break_inside_belongs_to_its_part() {
        let broken = TOKEN.replace("Jzd", "J\n zd");
        let runs = painted(&broken);
        assert_eq!(parts(&runs), [Some(0), None, Some(1), None, Some(2)]);
        assert_eq!(runs[2].1, "eyJ\n zdWIiOiJhIn0");
    }

    #[test]
    fn what_is_being_typed_is_cut_like_what_was_read() {
        for raw in
            [TOKEN.to_owned(), format!("Authorization: Bearer {TOKEN}"), TOKEN.replace("Jzd", "J\n zd")]
        {
            let read: Vec<Option<usize>> = parts(&painted(&raw));
            let typed = quick(&raw);
            assert_eq!(typed.iter().map(|(part, _)| *part).collect::<Vec<_>>(), read, "{raw}");
            let again: String = typed.iter().filter_map(|(_, range)| raw.get(range.clone())).collect();
            assert_eq!(again, raw);
        }
        assert_eq!(quick("opaque"), [(None, 0..6)]);
    }

    #[test]
    fn what_is_no_jwt_is_one_run() {
        assert_eq!(parts(&painted("opaque-token-value")), [None]);
        assert_eq!(painted(""), []);
    }
}
