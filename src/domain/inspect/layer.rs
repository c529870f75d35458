//! Header or payload of a token, read as far as it can be read.

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
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Self::undecided(text, Some(error.utf8_error().valid_up_to()))
            }
        };
        layer.document = Document::of(&layer.text);
        layer
    }

    pub(super) async fn read_gently(decoded: Decoded, pause: &impl AsyncFn()) -> Self {
        let mut layer = match String::from_utf8(decoded.bytes) {
            Ok(text) => Self::undecided(text, None),
            Err(error) => {
                let valid_up_to = error.utf8_error().valid_up_to();
                Self::undecided(lossy(error.into_bytes(), pause).await, Some(valid_up_to))
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

/// U+FFFD.
const REPLACED: &[u8] = "\u{fffd}".as_bytes();

/// So many pieces of what is no UTF-8 are replaced between two pauses.
const AT_ONCE: usize = 16 * 1024;

/// The bytes as text, with U+FFFD in the place of what is no UTF-8. They become it where they are: beside them it would
/// need room that WebAssembly never gives back.
async fn lossy(mut bytes: Vec<u8>, pause: &impl AsyncFn()) -> String {
    let mut length = 0;
    for (count, chunk) in bytes.utf8_chunks().enumerate() {
        length += chunk.valid().len() + if chunk.invalid().is_empty() { 0 } else { REPLACED.len() };
        if count % AT_ONCE == AT_ONCE - 1 {
            pause().await;
        }
    }
    // Nothing is replaced by less than it was: what is written stays behind what is read, from the end of the room.
    let before = bytes.len();
    bytes.reserve_exact(room::of(length).saturating_sub(before));
    bytes.resize(length, 0);
    bytes.copy_within(..before, length - before);
    let (mut read, mut written, mut count) = (length - before, 0, 0);
    while let Some(rest) = bytes.get(read..).filter(|rest| !rest.is_empty()) {
        let (valid, broken) = match str::from_utf8(rest) {
            Ok(text) => (text.len(), 0),
            Err(error) => {
                let valid = error.valid_up_to();
                (valid, error.error_len().unwrap_or(rest.len() - valid))
            }
        };
        bytes.copy_within(read..read + valid, written);
        read += valid + broken;
        written += valid;
        if broken > 0 {
            bytes.iter_mut().skip(written).zip(REPLACED).for_each(|(byte, replaced)| *byte = *replaced);
            written += REPLACED.len();
        }
        count += 1;
        if count % AT_ONCE == 0 {
            pause().await;
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future as _;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    #[test]
    fn what_is_no_utf8_is_replaced_as_everywhere() {
        let samples = [
            &b""[..],
            b"abc",
            b"\xff",
            b"a\xf0\x9f\x98b\xe2\x28\xa1",
            b"\xed\xa0\x80",
            "ш\u{1f600}".as_bytes(),
        ];
        let long = b"a\xffb".repeat(2 * AT_ONCE);
        let mut state = 1_u32;
        let mut any = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let noise: Vec<u8> = (0..50_000).map(|_| any()).collect();
        for bytes in samples.into_iter().chain([&long[..], &noise]) {
            let pause = async || {};
            let mut text = pin!(lossy(bytes.to_vec(), &pause));
            let Poll::Ready(text) = text.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
                panic!("its pauses are over at once");
            };
            assert_eq!(text, String::from_utf8_lossy(bytes));
        }
    }
}
