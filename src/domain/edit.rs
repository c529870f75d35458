//! What is different between a text and the same text a moment later, for whoever holds the first and is told only that.

/// One place in which two texts differ. Offsets and counts are those of JavaScript: units of UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit<'a> {
    /// Where they begin to differ.
    pub at: usize,
    /// How many units of the first text are gone.
    pub removed: usize,
    /// What stands there in the second.
    pub inserted: &'a str,
}

/// What turns one text into another; nothing when they are equal.
#[must_use]
pub fn between<'a>(before: &str, after: &'a str) -> Option<Edit<'a>> {
    if before == after {
        return None;
    }
    let same = |(a, b): &(u8, u8)| a == b;
    let mut start = before.bytes().zip(after.bytes()).take_while(same).count();
    while !after.is_char_boundary(start) || !before.is_char_boundary(start) {
        start -= 1;
    }
    let (head, before) = before.split_at_checked(start)?;
    let (_, after) = after.split_at_checked(start)?;
    let mut end = before.bytes().rev().zip(after.bytes().rev()).take_while(same).count();
    while !before.is_char_boundary(before.len() - end) || !after.is_char_boundary(after.len() - end) {
        end -= 1;
    }
    let removed = before.get(..before.len() - end)?;
    let inserted = after.get(..after.len() - end)?;
    Some(Edit { at: units(head), removed: units(removed), inserted })
}

fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}
