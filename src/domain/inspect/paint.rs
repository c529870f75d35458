//! Which characters of what was pasted belong to which part of the token, so that they can be coloured in place.

use std::ops::Range;

use super::bytes::Bytes;
use super::{Inspection, shape};

/// A run of characters: the place of its part in [`Inspection::segments`], or nothing for what surrounds the token; and
/// its bytes in the text.
pub type Run = (Option<usize>, Range<usize>);

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
    let found = raw.get(place..).and_then(|rest| rest.find(&telling)).filter(|_| inspection.is_jwt());
    let begin = found.map_or(raw.len(), |at| place + at);
    let mut runs = Vec::new();
    go_on(&mut runs, None, begin);
    let mut parts = Parts::of(inspection);
    let mut expected = token.char_indices().peekable();
    let mut last = None;
    for (at, character) in raw.get(begin..).unwrap_or_default().char_indices() {
        match expected.peek().copied() {
            Some((at, next)) if next == character => {
                expected.next();
                last = parts.at(at);
            }
            // What was taken out inside, such as a line break, belongs to the part it stands in.
            Some(_) => {}
            None => last = None,
        }
        go_on(&mut runs, last, begin + at + character.len_utf8());
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

/// The text goes on to this byte with this part.
fn go_on(runs: &mut Vec<Run>, part: Option<usize>, end: usize) {
    match runs.last_mut() {
        Some((last, range)) if *last == part => range.end = end,
        last => {
            let start = last.map_or(0, |(_, range)| range.end);
            if start < end {
                runs.push((part, start..end));
            }
        }
    }
}

/// The parts of a text that has just been typed, before anybody has read it: what looks like the beginning of a token and
/// goes on with dots. Nothing is decoded but a few bytes, so that it keeps up with typing.
#[must_use]
pub fn quick(raw: &str) -> Vec<Run> {
    let Some(Range { start, end }) = first_jwt(raw) else { return vec![(None, 0..raw.len())] };
    // A token may be broken into lines.
    let more = raw.get(end..).unwrap_or_default();
    let end = end + more.bytes().position(|byte| ENDS.contains(byte)).unwrap_or(more.len());
    let mut runs = Vec::new();
    go_on(&mut runs, None, start);
    let mut at = start;
    for (part, text) in raw.get(start..end).unwrap_or_default().split('.').enumerate().take(PARTS) {
        if part > 0 {
            at += 1;
            go_on(&mut runs, None, at);
        }
        at += text.len();
        go_on(&mut runs, Some(part), at);
    }
    go_on(&mut runs, None, raw.len());
    runs
}

/// Letters were typed at this byte of a text of this length. Gives the run that grew by them; nothing when they may have
/// changed more than that, or when the runs are not those of the text.
pub fn grow(runs: &mut [Run], length: usize, at: usize, letters: &str) -> Option<usize> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if runs.last()?.1.end != length || !letters.bytes().all(is_plain) {
        return None;
    }
    // The first part makes it a token, or not.
    let holds =
        |(part, range): &Run| part.is_some_and(|part| part > 0) && range.start < at && at <= range.end;
    let grown = runs.iter().position(holds)?;
    let (_, rest) = runs.split_at_mut_checked(grown)?;
    for (number, (_, range)) in rest.iter_mut().enumerate() {
        range.end += letters.len();
        range.start += if number > 0 { letters.len() } else { 0 };
    }
    Some(grown)
}

/// The first word that looks like a token or the beginning of one.
fn first_jwt(raw: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let word = rest.get(..word_end(rest)).unwrap_or_default();
        if shape::is_jwt(word) {
            return Some(at..at + word.len());
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
        let again: String = runs.iter().filter_map(|(_, range)| raw.get(range.clone())).collect();
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
        assert_eq!(runs.first().unwrap().1, 0.."Authorization: Bearer ".len());
        assert_eq!(parts(&runs), [None, Some(0), None, Some(1), None, Some(2), None]);
    }

    #[test]
    fn a_line_break_inside_belongs_to_its_part() {
        let broken = TOKEN.replace("Jzd", "J\n zd");
        let runs = painted(&broken);
        assert_eq!(parts(&runs), [Some(0), None, Some(1), None, Some(2)]);
        assert_eq!(broken.get(runs[2].1.clone()), Some("eyJ\n zdWIiOiJhIn0"));
    }

    #[test]
    fn a_part_that_grows_is_cut_as_if_it_was_looked_at_again() {
        for raw in [TOKEN.to_owned(), format!("Bearer {TOKEN}, and more"), TOKEN.replace("Jzd", "J\n zd")] {
            let mut grown = 0;
            for at in 0..=raw.len() {
                for letters in ["x", "-_9"] {
                    let mut runs = quick(&raw);
                    let mut text = raw.clone();
                    text.insert_str(at, letters);
                    let Some(number) = grow(&mut runs, raw.len(), at, letters) else { continue };
                    assert_eq!(runs, quick(&text), "{text}");
                    assert!(runs[number].1.contains(&at));
                    grown += 1;
                }
            }
            assert!(grown >= 2 * "eyJzdWIiOiJhIn0c2ln".len(), "{raw}");
        }
    }

    #[test]
    fn what_may_change_more_than_a_part_is_looked_at_again() {
        let runs = quick(TOKEN);
        let payload = TOKEN.find('.').unwrap() + 2;
        let at = |length, at, letters| grow(&mut runs.clone(), length, at, letters);
        assert_eq!(at(TOKEN.len(), payload, "x"), Some(2));
        for letters in [".", "x y", "\"", "é"] {
            assert_eq!(at(TOKEN.len(), payload, letters), None, "{letters}");
        }
        assert_eq!(at(TOKEN.len(), 1, "x"), None, "the header makes it a token");
        assert_eq!(at(TOKEN.len() + 1, payload, "x"), None, "another text");
        assert_eq!(grow(&mut [], 0, 0, "x"), None);
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
