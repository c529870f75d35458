//! What a paste holds: one token or several, on their own or in a command, a URL, a form, an answer or a log.

mod document;
mod scan;
mod words;

use std::ops::Range;

use crate::domain::secret::Secret;

use super::clean::{self, Around, Repair};
use super::shape;

/// A longer text is not read at all: no token is that long, and a page would not answer for seconds.
pub const MAX_INPUT: usize = 10_000_000;

/// No more tokens than this are listed.
pub const MAX_FOUND: usize = 32;

/// A token and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it was called there: `access_token`, `header Authorization`, `token 2`; empty when it is the whole text.
    pub name: String,
    /// The token, cleaned.
    pub token: Secret,
    /// Byte offsets in the pasted text.
    pub range: Range<usize>,
    /// What was taken off, in the order it was done.
    pub repairs: Vec<Repair>,
}

/// Everything in a paste that looks like a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paste {
    /// The most interesting one, or the text itself when there is none.
    pub chosen: Found,
    /// The others, in the order of the text.
    pub others: Vec<Found>,
    /// So many more are there than are listed.
    pub unlisted: usize,
    /// Its length in bytes, when it is longer than [`MAX_INPUT`] and was not read.
    pub too_large: Option<usize>,
}

/// Reads a paste. Never fails: what holds no token comes back as it is. A text longer than [`MAX_INPUT`] gives
/// nothing. A token that is all of the paste, or all but what is around it, shares its memory.
#[must_use]
pub fn read(pasted: &Secret) -> Paste {
    let text = pasted.expose();
    if text.len() > MAX_INPUT {
        let nothing = whole(Secret::default(), 0..0, Vec::new());
        return Paste { too_large: Some(text.len()), ..nothing };
    }
    let mut repairs = Vec::new();
    let rest = clean::outer(text, &mut repairs);
    let start = offset(text, rest);
    let place = start..start + rest.len();
    let itself = |repairs| whole(pasted.part(place.clone()).unwrap_or_default(), place.clone(), repairs);
    if rest.starts_with(['{', '['])
        && let Some(paste) = document::read(rest, start, &repairs)
    {
        return paste;
    }
    if words::is_one_token(rest) || rest.contains("-----BEGIN ") || shape::is_unencoded(rest) {
        return itself(repairs);
    }
    let mut list = List::default();
    match words::layout(rest) {
        words::Layout::OneToken => {}
        words::Layout::Tokens(ranges) => {
            for range in ranges {
                let piece = rest.get(range.clone()).unwrap_or_default();
                let mut repairs = repairs.clone();
                let token = clean::without_gaps(piece, &mut repairs);
                list.add(String::new(), token, start + range.start..start + range.end, repairs);
            }
        }
        words::Layout::Text => scan::scan(rest, start, around(rest), &mut list),
    }
    if let Some(paste) = list.into_paste() {
        return paste;
    }
    if !rest.contains(clean::is_gap) {
        return itself(repairs);
    }
    let token = clean::without_gaps(rest, &mut repairs);
    whole(token, place, repairs)
}

fn whole(token: Secret, range: Range<usize>, repairs: Vec<Repair>) -> Paste {
    let chosen = Found { name: String::new(), token, range, repairs };
    Paste { chosen, others: Vec::new(), unlisted: 0, too_large: None }
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// What kind of text this is.
fn around(text: &str) -> Around {
    let command = text.trim_start_matches(['$', '>', '#', ' ']);
    if command.starts_with("curl ") || text.contains("\ncurl ") || text.contains("\n$ curl ") {
        Around::Curl
    } else if text.contains(char::is_whitespace) {
        Around::Text
    } else if text.contains("://") || text.starts_with(['/', '?', '#']) {
        Around::Url
    } else if text.contains('=') {
        Around::Form
    } else {
        Around::Text
    }
}

/// The tokens found so far.
#[derive(Default)]
struct List {
    found: Vec<Found>,
    unlisted: usize,
}

impl List {
    /// Adds a token, unless the very same is there already.
    fn add(&mut self, name: String, token: Secret, range: Range<usize>, repairs: Vec<Repair>) {
        if token.is_empty() || self.has(&token) {
            return;
        }
        if self.is_full() {
            self.unlisted += 1;
        } else {
            self.found.push(Found { name, token, range, repairs });
        }
    }

    fn has(&self, token: &Secret) -> bool {
        self.found.iter().any(|known| known.token == *token)
    }

    fn is_full(&self) -> bool {
        self.found.len() >= MAX_FOUND
    }

    /// The most interesting one and the others; nothing when none was found.
    fn into_paste(mut self) -> Option<Paste> {
        let several = self.found.len() > 1;
        for (index, found) in self.found.iter_mut().enumerate() {
            if several && found.name.is_empty() {
                found.name = format!("token {}", index + 1);
            }
        }
        let best = self.found.iter().enumerate().min_by_key(|(_, found)| rank(&found.name))?.0;
        let chosen = self.found.remove(best);
        Some(Paste { chosen, others: self.found, unlisted: self.unlisted, too_large: None })
    }
}

/// The most interesting first: what calls an API, then what else an answer holds.
fn rank(name: &str) -> usize {
    const ORDER: [&str; 5] =
        ["access_token", "header Authorization", "id_token", "refresh_token", "registration_access_token"];
    ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len())
}
