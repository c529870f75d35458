//! How a text is built: the parts of a JWS (RFC 7515, 3.1 and 7.2), a JWE (RFC 7516, 3.1 and 7.2) or an SD-JWT
//! (RFC 9901, 4), or no such thing.

use std::ops::Range;

use super::base64url::{self, Decoded};
use super::compact;
use super::json::{Document, Value};
use super::json_form::{self, JsonForm};

/// A part of a token.
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
    /// SD-JWT disclosure: one claim that the holder chose to show.
    Disclosure,
    /// SD-JWT key binding: a JWT by which the holder proves the key.
    KeyBinding,
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
            Self::Disclosure => "disclosure",
            Self::KeyBinding => "key binding",
            Self::Extra => "extra part",
        }
    }
}

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
    /// A signed JWT, then what the holder discloses, parted by `~` (RFC 9901, 4).
    SelectiveDisclosure,
    /// A JSON object with one signature (RFC 7515, 7.2.2).
    JsonFlattened,
    /// A JSON object with a list of signatures (RFC 7515, 7.2.1).
    JsonGeneral,
    /// A JSON object with a ciphertext (RFC 7516, 7.2).
    JsonEncrypted,
    /// Fewer parts than the form has: one or two of three, or less than five of a JWE.
    Truncated,
    /// A number of parts that no compact form has.
    Segments(usize),
    /// One word that is not a JWT: so many characters.
    Opaque(usize),
    /// No token: words, a document, an address.
    Other,
    /// So many bytes: more than are read.
    TooLarge(usize),
}

impl Shape {
    /// Its name in a list of facts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "nothing",
            Self::Signed => "signed, compact",
            Self::Unsecured => "not signed",
            Self::Detached => "signed, payload detached",
            Self::Encrypted => "encrypted, compact",
            Self::SelectiveDisclosure => "SD-JWT",
            Self::JsonFlattened => "signed, JSON with one signature",
            Self::JsonGeneral => "signed, JSON with a list of signatures",
            Self::JsonEncrypted => "encrypted, JSON",
            Self::Truncated => "cut off",
            Self::Segments(_) => "a number of parts that no form has",
            Self::Opaque(_) => "one word",
            Self::Other => "no token",
            Self::TooLarge(_) => "too large to read",
        }
    }
}

/// The form, its parts, and what the first two say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub shape: Shape,
    pub segments: Vec<Segment>,
    pub header: Option<Decoded>,
    pub payload: Option<Decoded>,
    /// The payload stands there as it is, not in base64url (RFC 7797).
    pub unencoded: bool,
    /// It is a JWE, or what is left of one.
    pub encrypted: bool,
    /// `~` stands in it: an SD-JWT, or what is left of one.
    pub disclosing: bool,
    pub json_form: Option<JsonForm>,
    /// The text as JSON when it looks like that and is no JSON form of a token.
    pub document: Option<Document>,
}

impl Taken {
    pub(super) fn new(shape: Shape) -> Self {
        Self {
            shape,
            segments: Vec::new(),
            header: None,
            payload: None,
            unencoded: false,
            encrypted: false,
            disclosing: false,
            json_form: None,
            document: None,
        }
    }
}

/// Whether the text is a JWT or what is left of one: its header or its payload begins a JSON object.
pub(super) fn is_jwt(text: &str) -> bool {
    text.split('.').take(2).any(begins_object)
}

/// Whether a text within another is a JWT: header and at least the beginning of a second part.
pub(super) fn is_whole_jwt(text: &str) -> bool {
    text.split_once('.').is_some_and(|(header, _)| begins_object(header))
}

/// Eight characters of base64url hold the six bytes that tell; the next eight when those are white space.
pub(super) fn begins_object(segment: &str) -> bool {
    let mut rest = segment;
    let bytes = loop {
        let start: String = rest.chars().take(8).collect();
        let bytes = base64url::decode(&start).bytes;
        match rest.get(8..) {
            Some(more) if bytes.len() == 6 && bytes.trim_ascii().is_empty() => rest = more,
            _ => break bytes,
        }
    };
    let text = bytes.trim_ascii_start();
    match text.split_first() {
        Some((b'{', rest)) => matches!(rest.trim_ascii_start().first(), None | Some(b'"' | b'}')),
        _ => false,
    }
}

/// Whether the header says that the payload stands there as it is (`"b64":false`, RFC 7797, 3).
pub(super) fn is_unencoded(text: &str) -> bool {
    let Some((header, _)) = text.split_once('.') else { return false };
    begins_object(header) && says_unencoded(&base64url::decode(header))
}

fn says_unencoded(header: &Decoded) -> bool {
    // Nearly no header has the name at all.
    header.bytes.windows(3).any(|bytes| bytes == b"b64")
        && Document::read(&String::from_utf8_lossy(&header.bytes))
            .get("b64")
            .is_some_and(|node| node.value() == Value::Bool(false))
}

pub(super) fn take(token: &str) -> Taken {
    if token.starts_with(['{', '[']) {
        let document = Document::read(token);
        return json_form::take(token, &document)
            .unwrap_or_else(|| Taken { document: Some(document), ..Taken::new(Shape::Other) });
    }
    if is_jwt(token) {
        return compact::parts(token);
    }
    Taken::new(if token.is_empty() {
        Shape::Empty
    } else if is_word(token) {
        Shape::Opaque(token.chars().count())
    } else {
        Shape::Other
    })
}

/// One run of printable ASCII that is neither a document nor an address.
fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
        && !text.starts_with(['{', '[', '<'])
        && !text.starts_with("-----")
        && !text.contains("://")
}
