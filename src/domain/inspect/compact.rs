//! The compact forms: parts joined by dots, and what an SD-JWT appends with `~`.

use super::base64url::{self, Decoded};
use super::json::Document;
use super::shape::{Part, Segment, Shape, Taken, begins_object, is_unencoded};

const JWS: [Part; 3] = [Part::Header, Part::Payload, Part::Signature];
const JWE: [Part; 5] =
    [Part::Header, Part::EncryptedKey, Part::InitialisationVector, Part::Ciphertext, Part::AuthenticationTag];

/// More parts than this are told as one, so that nothing grows with their number.
const MAX_PARTS: usize = 64;

/// More disclosures than this are told as one part.
const MAX_DISCLOSURES: usize = 256;

/// The parts read so far, and where the next one begins.
struct Parts {
    taken: Taken,
    at: usize,
}

impl Parts {
    /// Takes a part in base64url and the character after it.
    fn encoded(&mut self, part: Part, text: &str) {
        let decoded = base64url::decode(text);
        self.taken.segments.push(Segment {
            part,
            range: self.at..self.at + text.len(),
            bytes: decoded.bytes.len(),
            problems: decoded.problems.clone(),
        });
        self.at += text.len() + 1;
        match part {
            Part::Header => self.taken.header = Some(decoded),
            Part::Payload => self.taken.payload = Some(decoded),
            _ => {}
        }
    }

    /// Takes a part that stands there as it is.
    fn plain(&mut self, part: Part, text: &str) {
        let range = self.at..self.at + text.len();
        self.taken.segments.push(Segment { part, range, bytes: text.len(), problems: Vec::new() });
        self.at += text.len() + 1;
        if part == Part::Payload {
            self.taken.payload = Some(Decoded { bytes: text.as_bytes().to_vec(), problems: Vec::new() });
        }
    }
}

pub(super) fn parts(token: &str) -> Taken {
    let mut parts = Parts { taken: Taken::new(Shape::Other), at: 0 };
    parts.taken.unencoded = is_unencoded(token);
    let (jwt, disclosed) = match token.split_once('~') {
        Some((jwt, disclosed)) if !parts.taken.unencoded => (jwt, Some(disclosed)),
        _ => (token, None),
    };
    let count = jwt.split('.').count();
    parts.taken.encrypted = is_encrypted(jwt, count);
    if parts.taken.unencoded && count >= 3 {
        unencoded(jwt, &mut parts);
    } else {
        compact(jwt, &mut parts);
    }
    parts.taken.disclosing = disclosed.is_some();
    if let Some(disclosed) = disclosed {
        disclosures(disclosed, &mut parts);
    }
    let mut taken = parts.taken;
    let is_empty = |part: Part| taken.segments.iter().any(|s| s.part == part && s.range.is_empty());
    taken.shape = match count {
        5 if taken.encrypted => Shape::Encrypted,
        3 | 4 if taken.encrypted => Shape::Truncated,
        3 if is_empty(Part::Signature) => Shape::Unsecured,
        3 if is_empty(Part::Payload) => Shape::Detached,
        3 if disclosed.is_some() => Shape::SelectiveDisclosure,
        3 => Shape::Signed,
        0..=2 => Shape::Truncated,
        _ => Shape::Segments(count),
    };
    taken
}

/// Five parts, or a header that names an encryption (RFC 7516, 9); but where claims can be read, nothing is encrypted.
fn is_encrypted(jwt: &str, count: usize) -> bool {
    let mut segments = jwt.split('.');
    let header = segments.next().unwrap_or_default();
    let names_encryption = || {
        let bytes = base64url::decode(header).bytes;
        bytes.windows(5).any(|bytes| bytes == br#""enc""#)
            && Document::read(&String::from_utf8_lossy(&bytes)).get("enc").is_some()
    };
    !segments.next().is_some_and(begins_object) && (count == 5 || names_encryption())
}

fn compact(jwt: &str, parts: &mut Parts) {
    let names: &[Part] = if parts.taken.encrypted { &JWE } else { &JWS };
    for (index, text) in jwt.splitn(MAX_PARTS, '.').enumerate() {
        match names.get(index) {
            Some(part) => parts.encoded(*part, text),
            None if index + 1 < MAX_PARTS => parts.encoded(Part::Extra, text),
            None => parts.plain(Part::Extra, text),
        }
    }
}

/// Header, payload as it is, signature: the payload may hold dots only when it travels elsewhere (RFC 7797, 5.2),
/// but it is shown all the same.
fn unencoded(jwt: &str, parts: &mut Parts) {
    let Some((header, rest)) = jwt.split_once('.') else { return };
    let Some((payload, signature)) = rest.rsplit_once('.') else { return };
    parts.encoded(Part::Header, header);
    parts.plain(Part::Payload, payload);
    parts.encoded(Part::Signature, signature);
}

/// What follows the first `~`: disclosures, and a JWT at the very end when there is a key binding.
fn disclosures(text: &str, parts: &mut Parts) {
    let mut pieces = text.splitn(MAX_DISCLOSURES, '~').peekable();
    while let Some(piece) = pieces.next() {
        let is_last = pieces.peek().is_none();
        if is_last && piece.contains('~') {
            parts.plain(Part::Extra, piece);
        } else if is_last && piece.contains('.') {
            parts.plain(Part::KeyBinding, piece);
        } else if !(is_last && piece.is_empty()) {
            parts.encoded(Part::Disclosure, piece);
        }
    }
}
