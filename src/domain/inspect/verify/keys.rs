//! Keys as a person pastes them or as a server publishes them: read one by one, the odd ones kept with the reason.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::key::{Key, Source};
use crate::domain::inspect::json::Document;
use crate::domain::jose::from_base64url;
use crate::domain::json;

/// So many keys of one set are read. More than any server has.
pub const MOST: usize = 256;

/// The keys at hand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keys {
    /// In the order in which they stood.
    pub keys: Vec<Key>,
    /// Keys beyond [`MOST`] that were not read.
    pub left_out: usize,
}

/// Whether it is PEM (RFC 7468): the Workshop's program reads that, and gives what [`Key::of_spki`] takes.
#[must_use]
pub fn is_pem(text: &str) -> bool {
    text.contains("-----BEGIN ")
}

impl Keys {
    /// Reads what a person pasted: a JSON Web Key, a set, a bare public key as Keycloak shows it, or a shared secret.
    /// A secret may be meant as text or as base64url; where both can be, there are two keys, and one of them will fit.
    ///
    /// # Errors
    /// A sentence: it is something else, and what to paste instead.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("Paste a key: a JSON Web Key, a set of keys, PEM, or a shared secret.".to_owned());
        }
        if is_pem(text) {
            return Err("This is PEM, which the Workshop's part of the portal reads.".to_owned());
        }
        if text.starts_with(['{', '[']) {
            return Self::of_json(text);
        }
        if text.starts_with("https://") || text.starts_with("http://") {
            return Err("This is an address. Nothing is fetched from where a paste points: open it, and paste the keys that it shows.".to_owned());
        }
        if text.starts_with("eyJ") && text.contains('.') {
            return Err("This is a token and not a key.".to_owned());
        }
        Ok(Self::of_one(Self::bare(text)).unwrap_or_else(|| Self::secret(text)))
    }

    fn of_one(key: Option<Key>) -> Option<Self> {
        key.map(|key| Self { keys: vec![key], left_out: 0 })
    }

    /// A public key in base64 without the lines around it.
    fn bare(text: &str) -> Option<Key> {
        let der = STANDARD.decode(text.split_ascii_whitespace().collect::<String>()).ok()?;
        super::spki::members(&der)
            .map(|members| Key::read(&members, "the public key".to_owned(), Source::Pasted))
    }

    fn secret(text: &str) -> Self {
        let plain = Key::of_secret(text.as_bytes(), "the secret as text", Source::Pasted);
        let decoded = from_base64url(text.trim_end_matches('='))
            .filter(|bytes| !bytes.is_empty())
            .map(|bytes| Key::of_secret(&bytes, "the secret read as base64url", Source::Pasted));
        Self { keys: std::iter::once(plain).chain(decoded).collect(), left_out: 0 }
    }

    fn of_json(text: &str) -> Result<Self, String> {
        let wrapped = if text.starts_with('[') { format!("{{\"keys\":{text}}}") } else { text.to_owned() };
        let object = json::object(&wrapped)?;
        if let Some(member) = object.doubled.first() {
            return Err(format!(
                "The member `{member}` stands twice in one object, so it is not clear which one counts."
            ));
        }
        Self::of_members(&object.members, &Source::Pasted)
    }

    fn of_members(members: &Map<String, Value>, source: &Source) -> Result<Self, String> {
        let list = match members.get("keys") {
            None if members.contains_key("kty") => {
                let key = Key::read(members, "the key".to_owned(), source.clone());
                return Ok(Self { keys: vec![key], left_out: 0 });
            }
            None => return Err("This is JSON, but no key: it has neither `kty` nor `keys`.".to_owned()),
            Some(Value::Array(list)) if list.is_empty() => return Err("The set has no key in it.".to_owned()),
            Some(Value::Array(list)) => list,
            Some(other) => return Err(format!("`keys` is a list, and here it is {}.", json::kind(other))),
        };
        let nothing = Map::new();
        let read = |(index, value): (usize, &Value)| {
            let label = format!("key {} of {}", index.saturating_add(1), list.len());
            Key::read(value.as_object().unwrap_or(&nothing), label, source.clone())
        };
        Ok(Self {
            keys: list.iter().take(MOST).enumerate().map(read).collect(),
            left_out: list.len().saturating_sub(MOST),
        })
    }

    /// The keys that a host publishes (RFC 7517, 5); the source says where they were fetched and who chose that.
    ///
    /// # Errors
    /// A sentence: it is no set of keys.
    pub fn published(value: &Value, host: &str, source: &Source) -> Result<Self, String> {
        let members =
            value.as_object().ok_or_else(|| format!("`{host}` gave {}, no keys.", json::kind(value)))?;
        Self::of_members(members, source)
    }

    /// The key that a header carries in `jwk` (RFC 7515, 4.1.3). It is shown and may be tried, and is never trusted.
    #[must_use]
    pub fn carried(header_text: &str, header: &Document) -> Self {
        let raw = header.get("jwk").and_then(|node| header_text.get(node.span()));
        let read = raw.and_then(|raw| json::object(raw).ok());
        let key = read.map(|object| {
            Key::read(&object.members, "the key in the token".to_owned(), Source::CarriedByToken("jwk"))
        });
        Self::of_one(key).unwrap_or_default()
    }

    /// Takes in keys of a source that may have been asked before. A key stands here once; one that somebody chose is
    /// not pushed out by the same one that a token brings along or a statement names.
    pub fn take_in(&mut self, mut others: Self) {
        others.keys.retain(|new| {
            !self
                .keys
                .iter()
                .any(|old| old.material == new.material && old.source.is_chosen() && !new.source.is_chosen())
        });
        self.keys.retain(|old| !others.keys.iter().any(|new| new.material == old.material));
        self.add(others);
    }

    /// Adds others behind these.
    pub fn add(&mut self, mut others: Self) {
        self.keys.append(&mut others.keys);
        self.left_out = self.left_out.saturating_add(others.left_out);
    }
}

/// The certificate that a header carries (RFC 7515, 4.1.6), the leaf, as PEM for the Workshop's program.
#[must_use]
pub fn carried_certificate(header: &Document) -> Option<String> {
    let first = header.get("x5c")?.elements().first()?.as_str()?;
    Some(format!("-----BEGIN CERTIFICATE-----\n{first}\n-----END CERTIFICATE-----\n"))
}
