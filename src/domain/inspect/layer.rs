//! Header or payload of a token, read as far as it can be read.

use std::sync::Arc;

use super::base64url::Decoded;
use super::json::{Document, Span};

/// Header or payload: its bytes as text, and what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Exactly what was signed; bytes that are not UTF-8 are U+FFFD here.
    pub text: Arc<String>,
    /// Where the first byte stands that is not UTF-8.
    pub invalid_utf8_at: Option<usize>,
    /// The JSON in it, with places in [`Layer::text`].
    pub document: Document,
}

impl Layer {
    pub(super) fn read(decoded: Decoded) -> Self {
        let mut layer = Self::undecided(decoded);
        layer.document = Document::of(&layer.text);
        layer
    }

    pub(super) async fn read_gently(decoded: Decoded, pause: &impl AsyncFn()) -> Self {
        let mut layer = Self::undecided(decoded);
        pause().await;
        layer.document = Document::of_gently(&layer.text, pause).await;
        layer
    }

    /// One that stands in its token as it is.
    pub(super) fn plain(text: &str) -> Self {
        Self::read(Decoded { bytes: text.as_bytes().to_vec(), problems: Vec::new() })
    }

    /// The text, not read as JSON yet.
    fn undecided(decoded: Decoded) -> Self {
        let (text, invalid_utf8_at) = match String::from_utf8(decoded.bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid_up_to = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(valid_up_to))
            }
        };
        Self { text: Arc::new(text), invalid_utf8_at, document: Document::default() }
    }

    /// A payload that is not encoded may be anything; only what begins like JSON is read as JSON.
    pub(super) fn unencoded(decoded: Decoded) -> Self {
        let mut layer = Self::read(decoded);
        if !layer.text.trim_start().starts_with('{') {
            layer.document = Document::default();
        }
        layer
    }

    /// The characters at a place, as they were written.
    #[must_use]
    pub fn raw(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }
}
