//! Tokens in any text: a command, a URL, a form, an HTTP message, a log. One pass over the bytes; what stands before
//! a token gives it its name.

use std::ops::Range;

use crate::domain::inspect::clean::{self, Around, Repair};
use crate::domain::inspect::shape;
use crate::domain::secret::Secret;
use crate::domain::url;

use super::List;

/// A shorter word is no token, whatever it begins with.
const SHORTEST: usize = 10;

/// So many bytes before a word tell what it is called.
const CONTEXT: usize = 96;

/// What is percent-encoded may be percent-encoded again, but not more often than this.
const LEVELS: usize = 2;

/// Names whose value is a token even when it is opaque (RFC 6749, 6750, 7009, 7521, 7592, 8693; OpenID Connect).
const NAMES: [&str; 10] = [
    "access_token",
    "id_token",
    "refresh_token",
    "registration_access_token",
    "initial_access_token",
    "client_assertion",
    "subject_token",
    "actor_token",
    "logout_token",
    "token",
];

/// Adds every token of the text, which begins at `start` of the paste.
pub(super) fn scan(text: &str, start: usize, around: Around, list: &mut List) {
    Scanner { around, place: Place::From(start), level: 0, name: None }.read(text, list);
}

#[derive(Clone)]
enum Place {
    /// The text stands in the paste, from this byte on.
    From(usize),
    /// The text was decoded; it all came from here.
    Decoded(Range<usize>),
}

struct Scanner {
    around: Around,
    place: Place,
    level: usize,
    /// What a token is called that has no name of its own.
    name: Option<String>,
}

impl Scanner {
    fn read(&self, text: &str, list: &mut List) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let from = at;
            while bytes.get(at).is_some_and(|byte| is_word(*byte)) {
                at += 1;
            }
            if at > from {
                at = self.word(text, from, at, list);
            }
            at += 1;
        }
    }

    /// Looks at one word and tells where it really ends.
    fn word(&self, text: &str, from: usize, to: usize, list: &mut List) -> usize {
        // `\n` in front of it, as programs write a line break in a log.
        let escaped = from > 0 && text.as_bytes().get(from - 1) == Some(&b'\\');
        let skipped = escaped && text.get(from..).is_some_and(|rest| rest.starts_with(['n', 'r', 't']));
        let from = from + usize::from(skipped);
        let Some(word) = text.get(from..to) else { return to };
        if word.contains('%') && self.level < LEVELS && self.decoded(text, from, word, list) {
            return to;
        }
        let is_jwt =
            word.len() >= SHORTEST && shape::begins_object(word.split('.').next().unwrap_or_default());
        let end = if is_jwt { longer(text, to) } else { to };
        let token = text.get(from..end).unwrap_or(word);
        let (token, end) = if is_jwt { without_full_stop(token, end) } else { (token, end) };
        match context(text, from) {
            Some(found) if is_jwt || found.is_certain => self.add(Some(found.name), token, from..end, list),
            None if is_jwt => self.add(None, token, from..end, list),
            _ => {}
        }
        end
    }

    /// Undoes the percent-encoding of a word and looks into it. False when it is not percent-encoded.
    fn decoded(&self, text: &str, from: usize, word: &str, list: &mut List) -> bool {
        let Some(decoded) = url::percent_decode(word) else { return false };
        let place = match &self.place {
            Place::From(start) => Place::Decoded(start + from..start + from + word.len()),
            decoded @ Place::Decoded(_) => decoded.clone(),
        };
        let name = context(text, from);
        let is_certain = name.as_ref().is_some_and(|found| found.is_certain);
        let name = name.map(|found| found.name);
        let inner = Self { around: self.around, place, level: self.level + 1, name };
        let before = list.found.len();
        inner.read(&decoded, list);
        if is_certain && list.found.len() == before && !decoded.contains(char::is_whitespace) {
            inner.add(None, decoded.trim_matches('"'), 0..0, list);
        }
        true
    }

    fn add(&self, name: Option<String>, token: &str, range: Range<usize>, list: &mut List) {
        let name = name.or_else(|| self.name.clone()).unwrap_or_default();
        let mut repairs = Vec::new();
        clean::note(&mut repairs, Repair::TakenOut(self.around, name.clone()));
        let range = match &self.place {
            Place::From(start) => start + range.start..start + range.end,
            Place::Decoded(range) => {
                clean::note(&mut repairs, Repair::PercentEncoding);
                range.clone()
            }
        };
        list.add(name, Secret::new(token), range, repairs);
    }
}

/// The characters of base64url, of an SD-JWT, and of a percent-encoded text.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'%')
}

/// Where a token ends that holds plain base64 or padding.
fn longer(text: &str, to: usize) -> usize {
    let rest = text.get(to..).unwrap_or_default();
    let more = rest.bytes().take_while(|byte| is_word(*byte) || matches!(byte, b'+' | b'/' | b'=')).count();
    to + more
}

/// The full stop of the sentence in which the token stands; two dots are the token's own.
fn without_full_stop(token: &str, end: usize) -> (&str, usize) {
    match token.strip_suffix('.') {
        Some(shorter) if shorter.matches('.').nth(1).is_some() => (shorter, end - 1),
        _ => (token, end),
    }
}

struct Named {
    name: String,
    /// Whether the name alone makes a token of what follows.
    is_certain: bool,
}

/// What stands before a word: `name=`, `"name": "`, `Header: Bearer `.
fn context(text: &str, at: usize) -> Option<Named> {
    let mut from = at.saturating_sub(CONTEXT);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..at)?;
    let is_quote = |c: char| matches!(c, '"' | '\'' | '\\' | ' ' | '\t');
    let bare = before.trim_end_matches(is_quote);
    let schemed = ["bearer", "dpop"].iter().find_map(|scheme| {
        let (start, end) = bare.split_at_checked(bare.len().checked_sub(scheme.len())?)?;
        (end.eq_ignore_ascii_case(scheme) && bare.len() < before.len()).then_some(start)
    });
    let bare = schemed.unwrap_or(bare).trim_end_matches(is_quote);
    let (separator, rest) = match bare.char_indices().next_back() {
        Some((place, c @ ('=' | ':'))) => (c, bare.get(..place)?),
        _ if schemed.is_some() => return Some(Named { name: "Bearer".to_owned(), is_certain: false }),
        _ => return None,
    };
    let unquoted = rest.trim_end_matches(is_quote);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name = unquoted.rsplit(|c| !is_name(c)).next().filter(|name| !name.is_empty())?;
    let is_known = NAMES.contains(&name);
    let is_header = separator == ':' && unquoted.len() == rest.len() && !is_known;
    Some(Named {
        is_certain: if schemed.is_some() {
            name.eq_ignore_ascii_case("authorization")
        } else {
            is_known && (separator == '=' || unquoted.len() < rest.len())
        },
        name: match (is_header, name.eq_ignore_ascii_case("authorization")) {
            (true, true) => "header Authorization".to_owned(),
            (true, false) => format!("header {name}"),
            _ => name.to_owned(),
        },
    })
}
