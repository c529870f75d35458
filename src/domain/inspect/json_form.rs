//! Tokens written as a JSON object: JWS general and flattened (RFC 7515, 7.2), JWE (RFC 7516, 7.2).

use super::Layer;
use super::base64url::{self, Decoded};
use super::json::{Document, Elements, Node, Span, Value};
use super::shape::{Part, Segment, Shape, Taken};

/// Members of a signed object.
const JWS_MEMBERS: [&str; 5] = ["payload", "protected", "header", "signature", "signatures"];

/// More signatures or recipients than this are only counted.
const MAX_ENTRIES: usize = 32;

/// What a JSON form says beyond header, payload and signature of its first entry.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct JsonForm {
    /// The signatures of a JWS, the recipients of a JWE. The inspection shows the first one.
    pub entries: Vec<Entry>,
    /// So many more are there than are listed.
    pub unlisted: usize,
    /// Header of a JWE that all recipients share and nobody protects (RFC 7516, 7.2.1).
    pub unprotected: Option<Layer>,
    /// False when the text ends in the middle.
    pub complete: bool,
    /// It has both `signature` and `signatures`, which no form allows (RFC 7515, 7.2.2).
    pub ambiguous: bool,
}

/// One signature, or one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The header that the signature covers.
    pub protected: Option<Layer>,
    /// The header that anybody on the way could have changed.
    pub unprotected: Option<Layer>,
    /// Where the signature or the encrypted key stands in the text.
    pub place: Option<Span>,
    /// Length of the signature or the encrypted key.
    pub bytes: usize,
}

impl Entry {
    /// A header parameter and whether it is protected.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<(&str, bool)> {
        let protected = self.protected.as_ref().and_then(|layer| layer.document.text(name));
        let unprotected = || self.unprotected.as_ref().and_then(|layer| layer.document.text(name));
        protected.map(|text| (text, true)).or_else(|| Some((unprotected()?, false)))
    }

    /// Names that stand in both headers, which must not be (RFC 7515, 7.2.1).
    #[must_use]
    pub fn written_in_both(&self) -> Vec<&str> {
        let (Some(protected), Some(unprotected)) = (&self.protected, &self.unprotected) else {
            return Vec::new();
        };
        let mut names: Vec<&str> = protected.document.members().iter().map(|member| member.name).collect();
        names.sort_unstable();
        let others = unprotected.document.members().iter().map(|member| member.name);
        others.filter(|name| names.binary_search(name).is_ok()).collect()
    }
}

/// Whether a document is a token in JSON form.
pub(super) fn is_form(document: &Document) -> bool {
    is_jwe(document) || is_jws(document)
}

fn is_jwe(document: &Document) -> bool {
    let has = |name: &&str| document.get(name).is_some();
    document.text("ciphertext").is_some()
        && ["protected", "unprotected", "header", "recipients"].iter().any(has)
}

fn is_jws(document: &Document) -> bool {
    let signed = document.text("signature").is_some()
        || document.get("signatures").is_some_and(|node| matches!(node.value(), Value::Array(_)));
    let has = |name: &str| document.get(name).is_some();
    signed && (has("payload") || has("protected") || has("header") || has("signatures"))
        || is_cut_jws(document)
}

/// Cut before its signature: nothing but members of a JWS, and one that tells.
fn is_cut_jws(document: &Document) -> bool {
    let is_cut = document.root().is_some_and(|root| !root.is_complete());
    let is_known = |name: &str, node: Node<'_>| JWS_MEMBERS.contains(&name) || node.value() == Value::Unread;
    is_cut
        && document.members().iter().all(|member| is_known(member.name, member.node))
        && ["payload", "protected"].iter().any(|name| document.text(name).is_some())
}

/// Takes a JSON form apart; `None` when it is none.
pub(super) fn take(text: &str, document: &Document) -> Option<Taken> {
    let reader = Reader { text };
    if is_jwe(document) {
        Some(reader.encrypted(document))
    } else {
        is_jws(document).then(|| reader.signed(document))
    }
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn signed(&self, document: &Document) -> Taken {
        let root = document.root();
        let general = document.get("signatures").filter(|node| matches!(node.value(), Value::Array(_)));
        let mut taken = Taken::new(if general.is_some() { Shape::JsonGeneral } else { Shape::JsonFlattened });
        let objects = general.map(Node::elements).or_else(|| root.map(Node::alone));
        let objects = objects.unwrap_or_default();
        let first = objects.first();
        taken.header = self.segment(first, "protected", Part::Header, &mut taken.segments);
        taken.payload = self.payload(document, &mut taken);
        self.segment(first, "signature", Part::Signature, &mut taken.segments);
        taken.json_form = Some(JsonForm {
            ambiguous: general.is_some() && document.get("signature").is_some(),
            ..self.form(document, objects, "signature")
        });
        taken
    }

    /// The payload, which is not encoded when the header says so (RFC 7797, 4).
    fn payload(&self, document: &Document, taken: &mut Taken) -> Option<Decoded> {
        let header = taken.header.clone().map(Layer::read);
        let says =
            |layer: Layer| layer.document.get("b64").is_some_and(|node| node.value() == Value::Bool(false));
        taken.unencoded = header.is_some_and(says);
        let decoded = self.segment(document.root(), "payload", Part::Payload, &mut taken.segments)?;
        if !taken.unencoded {
            return Some(decoded);
        }
        let plain = document.text("payload").unwrap_or_default().as_bytes().to_vec();
        if let Some(segment) = taken.segments.last_mut() {
            segment.bytes = plain.len();
            segment.problems.clear();
        }
        Some(Decoded { bytes: plain, problems: Vec::new() })
    }

    fn encrypted(&self, document: &Document) -> Taken {
        let mut taken = Taken { encrypted: true, ..Taken::new(Shape::JsonEncrypted) };
        let root = document.root();
        let recipients = document.get("recipients").map(Node::elements);
        let objects = recipients.or_else(|| root.map(Node::alone)).unwrap_or_default();
        taken.header = self.segment(root, "protected", Part::Header, &mut taken.segments);
        self.segment(objects.first(), "encrypted_key", Part::EncryptedKey, &mut taken.segments);
        for (name, part) in [
            ("iv", Part::InitialisationVector),
            ("ciphertext", Part::Ciphertext),
            ("tag", Part::AuthenticationTag),
        ] {
            self.segment(root, name, part, &mut taken.segments);
        }
        taken.json_form = Some(JsonForm {
            unprotected: self.plain_header(document.get("unprotected")),
            ..self.form(document, objects, "encrypted_key")
        });
        taken
    }

    fn form(&self, document: &Document, objects: Elements<'_>, what: &str) -> JsonForm {
        JsonForm {
            entries: objects.iter().take(MAX_ENTRIES).map(|object| self.entry(object, what)).collect(),
            unlisted: objects.len().saturating_sub(MAX_ENTRIES),
            unprotected: None,
            complete: document.root().is_some_and(|root| root.is_complete()),
            ambiguous: false,
        }
    }

    fn entry(&self, object: Node<'_>, what: &str) -> Entry {
        let mut segments = Vec::new();
        let protected = self.segment(Some(object), "protected", Part::Header, &mut segments);
        segments.clear();
        self.segment(Some(object), what, Part::Signature, &mut segments);
        Entry {
            protected: protected.map(Layer::read),
            unprotected: self.plain_header(object.get("header")),
            bytes: segments.first().map_or(0, |segment| segment.bytes),
            place: segments.pop().map(|segment| segment.range),
        }
    }

    /// A header that stands there as JSON, with places in its own text.
    fn plain_header(&self, node: Option<Node<'_>>) -> Option<Layer> {
        let text = self.text.get(node.filter(|node| !node.members().is_empty())?.span())?;
        Some(Layer::plain(text))
    }

    /// Decodes the string of that name and notes where it stands, the quotation marks not included.
    fn segment(
        &self,
        object: Option<Node<'_>>,
        name: &str,
        part: Part,
        segments: &mut Vec<Segment>,
    ) -> Option<Decoded> {
        let node = object?.get(name)?;
        let decoded = base64url::decode(node.as_str()?);
        let end = node.span().end - usize::from(node.is_complete());
        let range = (node.span().start + 1).min(end)..end;
        segments.push(Segment {
            part,
            range,
            bytes: decoded.bytes.len(),
            problems: decoded.problems.clone(),
        });
        Some(decoded)
    }
}
