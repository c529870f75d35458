//! A text that must not be seen by accident.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A client secret, a token or another text that opens a door.
///
/// Its `Debug` is redacted, it has no `Display`, and its memory is wiped when it is dropped. It serialises as it
/// is, because the only place that serialises records is the encrypted store.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Wraps a text. Surrounding white space is kept: trimming is the business of who reads it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself. Every call of this is a place to look at in a review.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The last four characters, by which a person recognises a secret; nothing when it has fewer than twelve,
    /// because four of those would tell too much.
    #[must_use]
    pub fn last_four(&self) -> Option<String> {
        let count = self.0.chars().count();
        (count >= 12).then(|| self.0.chars().skip(count - 4).collect())
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
    fn a_short_secret_has_no_last_four() {
        assert_eq!(Secret::new("j8PD1ZO9E9MA").last_four().as_deref(), Some("E9MA"));
        assert_eq!(Secret::new("short").last_four(), None);
    }
}
