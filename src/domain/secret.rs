//! A text that must not be seen by accident.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use zeroize::Zeroizing;

use super::room;

/// A client secret, a token or another text that opens a door.
///
/// Its `Debug` is redacted, it has no `Display`. Clones and parts of it share its memory, which is wiped when the last
/// of them is dropped. It serialises as it is, because the only place that serialises records is the encrypted store.
#[derive(Clone, Default, Deserialize)]
#[serde(from = "String")]
pub struct Secret {
    of: Arc<Zeroizing<String>>,
    place: Range<usize>,
}

impl Secret {
    /// Wraps a text. Surrounding white space is kept: trimming is the business of who reads it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { place: 0..text.len(), of: Arc::new(Zeroizing::new(text)) }
    }

    /// What stands at these bytes of it; nothing when characters begin or end elsewhere.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Option<Self> {
        self.expose().get(range.clone())?;
        let place = self.place.start + range.start..self.place.start + range.end;
        Some(Self { of: Arc::clone(&self.of), place })
    }

    /// Puts something else in the place of these bytes; clones and parts stay as they are. Nothing happens when
    /// characters begin or end elsewhere.
    pub fn splice(&mut self, range: Range<usize>, piece: &str) {
        let text = self.expose();
        let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else { return };
        let length = before.len() + piece.len() + after.len();
        let is_alone = text.len() == self.of.len() && Arc::strong_count(&self.of) == 1;
        if !is_alone || self.of.capacity() < length {
            let mut copy = String::with_capacity(room::with_more(length));
            copy.extend([before, piece, after]);
            self.of = Arc::new(Zeroizing::new(copy));
        } else if let Some(own) = Arc::get_mut(&mut self.of) {
            own.replace_range(range, piece);
        }
        self.place = 0..length;
    }

    /// The text itself. Every call of this is a place to look at in a review.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.of.get(self.place.clone()).unwrap_or_default()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.place.is_empty()
    }

    /// The last four characters, by which a person recognises a secret; nothing when it has fewer than twelve,
    /// because four of those would tell too much.
    #[must_use]
    pub fn last_four(&self) -> Option<String> {
        let count = self.expose().chars().count();
        (count >= 12).then(|| self.expose().chars().skip(count - 4).collect())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_tells_nothing() {
        assert_eq!(format!("{:?}", Secret::new("j8PD1ZO9E9MA")), "Secret(…)");
    }

    #[test]
    fn a_change_leaves_clones_and_parts_alone() {
        let mut text = Secret::new("один.two.три");
        let part = text.part(9..12).unwrap();
        assert_eq!((part.expose(), text.part(1..9)), ("two", None));
        assert!(std::ptr::eq(part.expose().as_ptr(), text.expose().as_ptr().wrapping_add(9)), "not copied");
        text.splice(9..12, "zwei");
        text.splice(0..0, "> ");
        text.splice(1..3, "no character begins here");
        assert_eq!((text.expose(), part.expose()), ("> один.zwei.три", "two"));
        let mut inner = part.part(1..3).unwrap();
        inner.splice(0..1, "W");
        assert_eq!((inner.expose(), part.expose()), ("Wo", "two"));
    }

    #[test]
    fn a_part_is_written_as_what_it_is() {
        let part = Secret::new("one two").part(4..7).unwrap();
        let written = serde_json::to_string(&part).unwrap();
        assert_eq!((written.as_str(), serde_json::from_str::<Secret>(&written).unwrap()), ("\"two\"", part));
    }

    #[test]
    fn a_short_secret_has_no_last_four() {
        assert_eq!(Secret::new("j8PD1ZO9E9MA").last_four().as_deref(), Some("E9MA"));
        assert_eq!(Secret::new("short").last_four(), None);
    }
}
