//! How the words of a text belong together: one token broken into pieces, several tokens, or words around them.

use std::ops::Range;

use crate::domain::inspect::bytes::Bytes;
use crate::domain::inspect::clean::is_gap;
use crate::domain::inspect::shape;

/// So many characters hold the first two bytes of an object.
const SHORTEST: usize = 3;

/// How a text is laid out.
pub(super) enum Layout {
    /// All of it is one token, perhaps damaged.
    OneToken,
    /// Nothing but tokens, each perhaps in pieces.
    Tokens(Vec<Range<usize>>),
    /// Something else is there too.
    Text,
}

/// A character of base64url, of plain base64, or between the parts of a token.
fn is_token_character(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_token_byte)
}

fn is_token_byte(byte: u8) -> bool {
    const TOKEN: Bytes =
        Bytes::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789").and(b"-_.~+/=");
    TOKEN.contains(byte)
}

/// Whether this is one token and nothing else. Most pastes are, and this one pass is all they need.
pub(super) fn is_one_token(text: &str) -> bool {
    text.bytes().all(is_token_byte) && shape::begins_object(text.split('.').next().unwrap_or_default())
}

pub(super) fn layout(text: &str) -> Layout {
    let start: String = text.chars().filter(|c| !is_gap(*c)).take(8).collect();
    let first = start.split('.').next().unwrap_or_default();
    // Two letters before something strange are a word like any other: `ew: …`.
    let is_word = first.chars().take_while(|c| is_token_character(*c)).count() < SHORTEST;
    if is_word || !shape::begins_object(first) {
        return Layout::Text;
    }
    match text.find(|c| !is_gap(c) && !is_token_character(c)) {
        None => tokens(text),
        Some(at) => damaged(text, at),
    }
}

/// A token begins the text and something strange follows: words after a whole token, or damage inside of it.
fn damaged(text: &str, strange: usize) -> Layout {
    let (before, after) = text.split_at_checked(strange).unwrap_or((text, ""));
    let first = before.split(is_gap).next().unwrap_or_default();
    let is_whole = first.split('.').count() >= 3;
    let follows = text.get(first.len()..).unwrap_or_default();
    let ends_here =
        follows.starts_with(|c| is_gap(c) || matches!(c, ',' | ';' | ')' | ']' | '}' | '"' | '\'' | '<'));
    // Of a second token the first characters are enough.
    if is_whole && (ends_here || after.trim_start_matches(|c| !is_token_character(c)).starts_with("ey")) {
        Layout::Text
    } else {
        Layout::OneToken
    }
}

fn tokens(text: &str) -> Layout {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let (mut dots, mut last) = (0, None);
    let mut at = 0;
    for word in text.split(is_gap) {
        let range = at..at + word.len();
        at = range.end + text.get(range.end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        if word.is_empty() {
            continue;
        }
        let begins = shape::begins_object(word.split('.').next().unwrap_or_default());
        // The payload begins like a header, and so does the key binding at the end of an SD-JWT.
        let goes_on = last == Some('~') || (last == Some('.') && dots == 1);
        match ranges.last_mut() {
            Some(range_before) if !begins || goes_on => range_before.end = range.end,
            _ => {
                ranges.push(range);
                dots = 0;
            }
        }
        dots += word.matches('.').count();
        last = word.chars().next_back();
    }
    if ranges.len() > 1 { Layout::Tokens(ranges) } else { Layout::OneToken }
}
