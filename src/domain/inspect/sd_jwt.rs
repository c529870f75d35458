//! What the holder of an SD-JWT discloses (RFC 9901): each disclosure read, and the place where its digest stands.

use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::domain::jose;

use super::Layer;
use super::base64url;
use super::json::{Document, Node, Span};
use super::shape::{Part, Segment};
use super::way::Way;

/// Digests beyond these are only counted.
const MAX_DIGESTS: usize = 4_096;

/// The disclosures of an SD-JWT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SdJwt {
    /// In the order of the token.
    pub disclosures: Vec<Disclosure>,
    /// `_sd_alg`, or `sha-256` where there is none (RFC 9901, 4.1.1).
    pub algorithm: String,
    /// Digests that no disclosure belongs to: claims that were not shown, or decoys (RFC 9901, 4.2.5).
    pub undisclosed: usize,
    /// Whether a key binding JWT stands at the end.
    pub key_binding: bool,
    /// Whether it ends with `~` or a key binding, as it must (RFC 9901, 4).
    pub ends_properly: bool,
}

/// One disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// Where it stands in the token.
    pub range: Span,
    /// What it says, byte for byte.
    pub text: String,
    /// The salt.
    pub salt: Option<String>,
    /// The name of the claim; nothing for an element of an array.
    pub name: Option<String>,
    /// The value as it was written.
    pub value: Option<String>,
    /// Where its digest stands: `address` for a member of it, empty for the top.
    pub belongs_to: Belongs,
    /// Why it is not a disclosure, when it is none.
    pub problem: Option<&'static str>,
}

/// Where the digest of a disclosure stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// In the object or array of this path; empty for the claims themselves.
    To(String),
    /// Nowhere: the SD-JWT must be refused (RFC 9901, 7.1).
    Nowhere,
    /// The digest algorithm is not known here.
    Unknown,
}

/// Digests in order, each with its place and whether a disclosure was found for it.
struct Digests {
    list: Vec<(String, String, bool)>,
    more: usize,
}

impl SdJwt {
    /// Reads what follows the first `~`.
    pub(super) fn read(token: &str, segments: &[Segment], payload: Option<&Layer>) -> Self {
        let nothing = Document::default();
        let claims = payload.map_or(&nothing, |layer| &layer.document);
        let algorithm = claims.text("_sd_alg").unwrap_or("sha-256").to_owned();
        let digest = digest_function(&algorithm);
        let mut disclosures = Vec::new();
        let mut digests = Digests { list: Vec::new(), more: 0 };
        if let Some(root) = claims.root() {
            digests.collect(root, Way::Top);
        }
        for segment in segments.iter().filter(|segment| segment.part == Part::Disclosure) {
            let raw = token.get(segment.range.clone()).unwrap_or_default();
            disclosures.push(disclosure(raw, segment, &mut digests));
        }
        digests.list.sort_unstable();
        for disclosure in &mut disclosures {
            let raw = token.get(disclosure.range.clone()).unwrap_or_default();
            disclosure.belongs_to = match digest {
                Some(digest) => digests.find(&digest(raw.as_bytes())),
                None => Belongs::Unknown,
            };
        }
        let undisclosed = digests.list.iter().filter(|(.., found)| !found).count() + digests.more;
        let key_binding = segments.iter().any(|segment| segment.part == Part::KeyBinding);
        Self {
            disclosures,
            algorithm,
            undisclosed,
            key_binding,
            ends_properly: key_binding || token.ends_with('~'),
        }
    }
}

/// The digest in base64url, for the names of the IANA registry that servers use.
fn digest_function(name: &str) -> Option<fn(&[u8]) -> String> {
    match name {
        "sha-256" => Some(|bytes| jose::base64url(&Sha256::digest(bytes))),
        "sha-384" => Some(|bytes| jose::base64url(&Sha384::digest(bytes))),
        "sha-512" => Some(|bytes| jose::base64url(&Sha512::digest(bytes))),
        _ => None,
    }
}

impl Digests {
    fn add(&mut self, digest: &str, way: Way<'_>) {
        if self.list.len() < MAX_DIGESTS {
            self.list.push((digest.to_owned(), way.to_string(), false));
        } else {
            self.more += 1;
        }
    }

    /// All digests below a value: the elements of `_sd`, and `{"...": digest}` in arrays (RFC 9901, 4.2.4).
    fn collect(&mut self, node: Node<'_>, way: Way<'_>) {
        for member in node.members() {
            match member.name {
                "_sd" => {
                    for digest in member.node.elements().iter().filter_map(Node::as_str) {
                        self.add(digest, way);
                    }
                }
                _ => self.collect(member.node, Way::Member(&way, member.name)),
            }
        }
        for (index, element) in node.elements().iter().enumerate() {
            let mut members = element.members().iter();
            match (members.next(), members.next()) {
                (Some(only), None) if only.name == "..." => {
                    if let Some(digest) = only.node.as_str() {
                        self.add(digest, way);
                    }
                }
                _ => self.collect(element, Way::Element(&way, index)),
            }
        }
    }

    fn find(&mut self, digest: &str) -> Belongs {
        let at = self.list.partition_point(|(known, ..)| known.as_str() < digest);
        match self.list.get_mut(at) {
            Some((known, place, found)) if known == digest => {
                *found = true;
                Belongs::To(place.clone())
            }
            _ => Belongs::Nowhere,
        }
    }
}

/// `[salt, name, value]` for a member, `[salt, value]` for an element (RFC 9901, 4.2.1 and 4.2.2).
fn disclosure(raw: &str, segment: &Segment, digests: &mut Digests) -> Disclosure {
    let text = String::from_utf8_lossy(&base64url::decode(raw).bytes).into_owned();
    let document = Document::read(&text);
    let elements = document.root().map(Node::elements).unwrap_or_default();
    let (salt, name, value) = match *elements.iter().take(4).collect::<Vec<_>>() {
        [salt, value] => (salt.as_str(), None, Some(value)),
        [salt, name, value] => (salt.as_str(), name.as_str(), Some(value)),
        _ => (None, None, None),
    };
    let problem = if !segment.problems.is_empty() {
        Some("It is not strict base64url.")
    } else if !document.problems.is_empty() {
        Some("It is not JSON.")
    } else if value.is_none() {
        Some("It is not an array of two or three elements.")
    } else if salt.is_none() {
        Some("Its salt is not a string.")
    } else if elements.len() == 3 && name.is_none() {
        Some("Its name is not a string.")
    } else if matches!(name, Some("_sd" | "...")) {
        Some("Its name is reserved.")
    } else {
        None
    };
    if let Some(value) = value {
        digests.collect(value, Way::Member(&Way::Top, name.unwrap_or("[]")));
    }
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Disclosure {
        range: segment.range.clone(),
        salt: owned(salt),
        name: owned(name),
        value: owned(value.and_then(|value| text.get(value.span()))),
        belongs_to: Belongs::Unknown,
        problem,
        text,
    }
}
