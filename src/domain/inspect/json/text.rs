//! The characters of strings and numbers.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::Span;

/// The characters of a name, a string or a number.
///
/// They are a place in the text that was read wherever nothing had to be undone: a token of a megabyte holds tens of
/// thousands of strings, and as copies they would take more room than the token.
#[derive(Clone, Default)]
pub struct Text {
    of: Arc<String>,
    place: Span,
}

impl Text {
    /// What stands at this place.
    pub(super) fn at(of: &Arc<String>, place: Span) -> Self {
        Self { of: Arc::clone(of), place }
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.of.get(self.place.clone()).unwrap_or_default()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self { place: 0..text.len(), of: Arc::new(text) }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

/// Only these characters, never the text around them.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}
