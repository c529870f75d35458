//! Header or payload of a token, read as far as it can be read.

use std::str::Utf8Chunk;
use std::sync::Arc;

use super::base64url::Decoded;
use super::json::{Document, Span};
use crate::domain::room;

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
        let mut layer = match String::from_utf8(decoded.bytes) {
            Ok(text) => Self::undecided(text, None),
            Err(error) => {
                let bytes = error.as_bytes();
                Self::undecided(lossy(bytes, lossy_length(bytes)), Some(error.utf8_error().valid_up_to()))
            }
        };
        layer.document = Document::of(&layer.text);
        layer
    }

    pub(super) async fn read_gently(decoded: Decoded, pause: &impl AsyncFn()) -> Self {
        let mut layer = match String::from_utf8(decoded.bytes) {
            Ok(text) => Self::undecided(text, None),
            Err(error) => {
                let bytes = error.as_bytes();
                let length = lossy_length(bytes);
                pause().await;
                Self::undecided(lossy(bytes, length), Some(error.utf8_error().valid_up_to()))
            }
        };
        pause().await;
        layer.document = Document::of_gently(&layer.text, pause).await;
        layer
    }

    /// One that stands in its token as it is.
    pub(super) fn plain(text: &str) -> Self {
        Self::read(Decoded { bytes: text.as_bytes().to_vec(), problems: Vec::new() })
    }

    /// The text, not read as JSON yet.
    fn undecided(text: String, invalid_utf8_at: Option<usize>) -> Self {
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

/// How long the bytes are as text. Its room is asked for once: a text that grows takes up to three times as much, for good.
fn lossy_length(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().map(|chunk| chunk.valid().len() + replaced(&chunk).len()).sum()
}

/// The bytes as text, with U+FFFD in the place of what is no UTF-8.
fn lossy(bytes: &[u8], length: usize) -> String {
    let mut text = String::with_capacity(room::of(length));
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(replaced(&chunk));
    }
    text
}

fn replaced(chunk: &Utf8Chunk<'_>) -> &'static str {
    if chunk.invalid().is_empty() { "" } else { "\u{fffd}" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_utf8_is_replaced_as_everywhere() {
        for bytes in [
            &b""[..],
            b"abc",
            b"\xff",
            b"a\xf0\x9f\x98b\xe2\x28\xa1",
            b"\xed\xa0\x80",
            "ш\u{1f600}".as_bytes(),
        ] {
            let text = lossy(bytes, lossy_length(bytes));
            assert_eq!((text.len(), text.as_str()), (lossy_length(bytes), &*String::from_utf8_lossy(bytes)));
        }
    }
}
