//! The lines of a history hold together: each carries a digest over itself and the digest of the line before it, so that
//! no line can be changed, taken out or put in between without breaking what follows.
//!
//! A record of an older build has lines without digests; they are chained when it is next saved. The last line alone is
//! ever replaced, by one that counts the same refusal once more.

use serde_json::Value;

use super::Entry;

/// What the chain says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No line has a digest yet.
    Unchained,
    /// Every line is as it was written; so many at the end have no digest yet.
    Unbroken {
        /// When the first line was written, seconds since 1970.
        since: i64,
        /// Lines that the chain does not hold yet.
        open: usize,
    },
    /// A line is not as it was written, or one before it is gone.
    Broken {
        /// Which one, counted from 1, the oldest first.
        line: usize,
    },
}

/// What the digest of a line is made over: the digest of the line before it (empty for the first), and the line without
/// its own, as JSON with sorted members and without white space (as RFC 8785 has it: there are texts and whole numbers
/// only).
#[must_use]
pub fn hashed(before: &str, entry: &Entry) -> String {
    let bare = Entry { hash: None, ..entry.clone() };
    // A line of texts and numbers can always be written.
    let mut value = serde_json::to_value(bare).unwrap_or_default();
    value.sort_all_objects();
    format!("{before}{value}")
}

/// The first line that the chain does not hold yet, and what its digest is made over. A line without a digest among others
/// that have one stays as it is: it was tampered with.
#[must_use]
pub fn next_open(entries: &[Entry]) -> Option<(usize, String)> {
    let held = entries.iter().rposition(|entry| entry.hash.is_some());
    let index = held.map_or(0, |held| held + 1);
    let before = held.and_then(|held| entries.get(held)?.hash.as_deref()).unwrap_or_default();
    entries.get(index).map(|entry| (index, hashed(before, entry)))
}

/// What a verdict is made from: for each line that should have a digest, what that is made over.
#[must_use]
pub fn to_verify(entries: &[Entry]) -> Vec<String> {
    let mut before = "";
    let mut out = Vec::new();
    for entry in entries.iter().take(held(entries)) {
        out.push(hashed(before, entry));
        before = entry.hash.as_deref().unwrap_or_default();
    }
    out
}

/// The verdict, by the digests (Base64url) of what [`to_verify`] gave.
#[must_use]
pub fn verdict(entries: &[Entry], digests: &[String]) -> Verdict {
    let held = held(entries);
    let Some(first) = entries.first().filter(|_| held > 0) else { return Verdict::Unchained };
    let is_whole = |(index, entry): (usize, &Entry)| entry.hash.as_ref() == digests.get(index);
    match entries.iter().take(held).enumerate().position(|line| !is_whole(line)) {
        Some(index) => Verdict::Broken { line: index + 1 },
        None => Verdict::Unbroken { since: first.at, open: entries.len() - held },
    }
}

/// How many lines the chain holds, or should.
fn held(entries: &[Entry]) -> usize {
    entries.iter().rposition(|entry| entry.hash.is_some()).map_or(0, |last| last + 1)
}

/// A line as the chain holds it, for a file.
pub(super) fn record(entry: &Entry) -> Value {
    let bare = Entry { hash: None, ..entry.clone() };
    serde_json::to_value(bare).unwrap_or_default()
}
