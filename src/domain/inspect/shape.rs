//! How a text is built: the parts of a compact JWS (RFC 7515, 3.1) or JWE (RFC 7516, 3.1), or no such thing.

use std::ops::Range;

use super::base64url::{self, Decoded};

/// A part of a token in compact form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// JOSE header.
    Header,
    /// Claims.
    Payload,
    /// JWS signature.
    Signature,
    /// JWE encrypted key.
    EncryptedKey,
    /// JWE initialisation vector.
    InitialisationVector,
    /// JWE ciphertext.
    Ciphertext,
    /// JWE authentication tag.
    AuthenticationTag,
    /// More than the form has.
    Extra,
}

impl Part {
    /// Its name in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Payload => "payload",
            Self::Signature => "signature",
            Self::EncryptedKey => "encrypted key",
            Self::InitialisationVector => "initialisation vector",
            Self::Ciphertext => "ciphertext",
            Self::AuthenticationTag => "authentication tag",
            Self::Extra => "extra part",
        }
    }
}

const JWS: [Part; 3] = [Part::Header, Part::Payload, Part::Signature];
const JWE: [Part; 5] =
    [Part::Header, Part::EncryptedKey, Part::InitialisationVector, Part::Ciphertext, Part::AuthenticationTag];

/// A part and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Which part.
    pub part: Part,
    /// Byte offsets in the cleaned token, the dots not included.
    pub range: Range<usize>,
    /// Number of bytes it decodes to.
    pub bytes: usize,
    /// Deviations from base64url; `at` counts from the start of the segment.
    pub problems: Vec<base64url::Problem>,
}

/// The form of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing at all.
    Empty,
    /// Header, payload, signature.
    Signed,
    /// The third part is empty: nobody signed it (RFC 7519, 6).
    Unsecured,
    /// The second part is empty: the payload travels elsewhere (RFC 7515, appendix F).
    Detached,
    /// Five parts: a JWE. Only its header can be read.
    Encrypted,
    /// One or two parts of three.
    Truncated,
    /// A number of parts that no compact form has.
    Segments(usize),
    /// One word that is not a JWT: so many characters.
    Opaque(usize),
    /// No token: words, a document, an address.
    Other,
}

/// The form, its parts, and what the first two say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub shape: Shape,
    pub segments: Vec<Segment>,
    pub header: Option<Decoded>,
    pub payload: Option<Decoded>,
}

/// Whether the text is a JWT or what is left of one: its header or its payload begins a JSON object.
pub(super) fn is_jwt(text: &str) -> bool {
    text.split('.').take(2).any(begins_object)
}

/// Eight characters of base64url hold the six bytes that tell.
fn begins_object(segment: &str) -> bool {
    let start: String = segment.chars().take(8).collect();
    let bytes = base64url::decode(&start).bytes;
    let text = bytes.trim_ascii_start();
    match text.split_first() {
        Some((b'{', rest)) => matches!(rest.trim_ascii_start().first(), None | Some(b'"' | b'}')),
        _ => false,
    }
}

pub(super) fn take(token: &str) -> Taken {
    if is_jwt(token) {
        return parts(token);
    }
    let shape = if token.is_empty() {
        Shape::Empty
    } else if is_word(token) {
        Shape::Opaque(token.chars().count())
    } else {
        Shape::Other
    };
    Taken { shape, segments: Vec::new(), header: None, payload: None }
}

/// One run of printable ASCII that is neither a document nor an address.
fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
        && !text.starts_with(['{', '[', '<'])
        && !text.starts_with("-----")
        && !text.contains("://")
}

fn parts(token: &str) -> Taken {
    let count = token.split('.').count();
    let names: &[Part] = if count == 5 { &JWE } else { &JWS };
    let mut taken =
        Taken { shape: Shape::Segments(count), segments: Vec::new(), header: None, payload: None };
    let mut start = 0;
    for (index, text) in token.split('.').enumerate() {
        let part = names.get(index).copied().unwrap_or(Part::Extra);
        let decoded = base64url::decode(text);
        taken.segments.push(Segment {
            part,
            range: start..start + text.len(),
            bytes: decoded.bytes.len(),
            problems: decoded.problems.clone(),
        });
        match part {
            Part::Header => taken.header = Some(decoded),
            Part::Payload => taken.payload = Some(decoded),
            _ => {}
        }
        start += text.len() + 1;
    }
    let is_empty = |part: Part| taken.segments.iter().any(|s| s.part == part && s.range.is_empty());
    taken.shape = match count {
        5 => Shape::Encrypted,
        3 if is_empty(Part::Signature) => Shape::Unsecured,
        3 if is_empty(Part::Payload) => Shape::Detached,
        3 => Shape::Signed,
        0..=2 => Shape::Truncated,
        _ => Shape::Segments(count),
    };
    taken
}
