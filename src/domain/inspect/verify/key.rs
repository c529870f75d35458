//! One key that a signature may be checked with: what it is, where it came from, and what it may be used for.

use serde_json::{Map, Value};

use super::algorithm::{Algorithm, Family};
use crate::domain::jose::jwk::KeyKind;
use crate::domain::jose::{PublicJwk, from_base64url};
use crate::domain::secret::Secret;
use crate::domain::{json, time};

/// Members that only the private half has (RFC 7518, 6.2.2 and 6.3.2; RFC 8037, 2).
const PRIVATE: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "oth"];

/// Where a key came from. It decides what a right signature means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A person pasted it.
    Pasted,
    /// The keys that an environment publishes.
    Environment {
        /// Where they were fetched.
        host: String,
        /// When, in Unix seconds.
        fetched_at: i64,
    },
    /// It was made or kept in the Workshop.
    Workshop,
    /// The token brings it along, in the header parameter of that name. Whoever wrote the token chose it.
    CarriedByToken(&'static str),
    /// It was fetched where a software statement says that the keys of the software are. Whoever wrote the statement
    /// chose that: it counts as far as the signature of the statement does.
    NamedByStatement {
        /// The address.
        address: String,
        /// When, in Unix seconds.
        fetched_at: i64,
    },
}

impl Source {
    /// Whether a person or the portal's settings chose it, and not the token.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        !matches!(self, Self::CarriedByToken(_) | Self::NamedByStatement { .. })
    }

    /// Where it came from, in words that go on a sentence: `from the keys of …, fetched 5 min ago`.
    #[must_use]
    pub fn words(&self, now: i64) -> String {
        match self {
            Self::Pasted => "pasted by you".to_owned(),
            Self::Environment { host, fetched_at } => {
                format!("from the keys of `{host}`, fetched {}", time::relative(*fetched_at, now))
            }
            Self::Workshop => "from your Workshop".to_owned(),
            Self::CarriedByToken(name) => format!("from the token itself (`{name}`)"),
            Self::NamedByStatement { address, fetched_at } => {
                let when = time::relative(*fetched_at, now);
                format!("from `{address}`, which a software statement names, fetched {when}")
            }
        }
    }
}

/// What a signature is checked with.
#[derive(Clone, Debug, PartialEq)]
pub enum Material {
    /// A public key.
    Public(PublicJwk),
    /// A shared secret.
    Hmac {
        /// The bytes as `k` of a JSON Web Key: base64url.
        k: Secret,
        /// How many bytes.
        bytes: usize,
    },
    /// Nothing can be checked with it; a sentence that says why.
    NotUnderstood(String),
}

/// One key.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// What it is called on screen: `key 2 of 3`.
    pub label: String,
    /// `kid`.
    pub kid: Option<String>,
    /// `kty`, as written.
    pub kty: String,
    /// `alg`, as written.
    pub alg: Option<String>,
    /// `use`, as written.
    pub purpose: Option<String>,
    /// `key_ops`, as written.
    pub key_ops: Option<Vec<String>>,
    /// Where it came from.
    pub source: Source,
    /// Whether the private half came with it. Only the public half is kept.
    pub was_private: bool,
    /// What it is.
    pub material: Material,
}

impl Key {
    /// Reads a JSON Web Key (RFC 7517, 4). One that is not understood stays visible, with the reason.
    #[must_use]
    pub fn read(members: &Map<String, Value>, label: String, source: Source) -> Self {
        let text = |name: &str| json::string(members, name);
        let kty = text("kty").unwrap_or_default();
        let is_private = PRIVATE.iter().any(|name| members.contains_key(*name));
        let material = if kty == "oct" { secret(members) } else { public(members) };
        Self {
            label,
            kid: text("kid"),
            kty,
            alg: text("alg"),
            purpose: text("use"),
            key_ops: members.get("key_ops").map(|_| json::strings(members, "key_ops").unwrap_or_default()),
            source,
            was_private: is_private,
            material: material.unwrap_or_else(Material::NotUnderstood),
        }
    }

    /// A secret that is not written as a JSON Web Key.
    #[must_use]
    pub fn of_secret(bytes: &[u8], label: &str, source: Source) -> Self {
        let mut members = Map::new();
        members.insert("kty".to_owned(), "oct".into());
        members.insert("k".to_owned(), crate::domain::jose::base64url(bytes).into());
        Self::read(&members, label.to_owned(), source)
    }

    /// A public key as SubjectPublicKeyInfo (RFC 5280, 4.1.2.7), as it stands in a PEM file or in a certificate.
    #[must_use]
    pub fn of_spki(der: &[u8], label: &str, source: Source) -> Self {
        let unread =
            "This public key is damaged, or of a kind that is not known here: RSA, EC and Ed25519 are.";
        super::spki::members(der).map_or_else(
            || Self {
                label: label.to_owned(),
                kid: None,
                kty: String::new(),
                alg: None,
                purpose: None,
                key_ops: None,
                source: source.clone(),
                was_private: false,
                material: Material::NotUnderstood(unread.to_owned()),
            },
            |members| Self::read(&members, label.to_owned(), source.clone()),
        )
    }

    /// Why it cannot be tried with that algorithm, as a sentence; nothing when it can.
    #[must_use]
    pub fn unfit(&self, algorithm: &Algorithm) -> Option<String> {
        let wrong_kind =
            || Some(format!("It is not {}, which `{}` needs.", algorithm.wants(), algorithm.name));
        let fits = match (&self.material, algorithm.family) {
            (Material::NotUnderstood(why), _) => return Some(why.clone()),
            (Material::Hmac { .. }, family) => family == Family::Hmac,
            (Material::Public(key), Family::RsaPkcs1 | Family::RsaPss) => matches!(key.kind, KeyKind::Rsa(_)),
            (Material::Public(key), Family::Ecdsa) => key.kind == KeyKind::Ec(algorithm.curve),
            (Material::Public(key), Family::Ed25519) => key.kind == KeyKind::Ed25519,
            // A public key is known to everybody, so it is never taken as a secret.
            (Material::Public(_), Family::Hmac) => false,
        };
        if !fits {
            return wrong_kind();
        }
        if let Some(purpose) = self.purpose.as_deref().filter(|purpose| *purpose != "sig") {
            return Some(format!("Its `use` is `{purpose}`, so it is not for signatures."));
        }
        let verifies =
            |operation: &String| operation == "verify" || (self.was_private && operation == "sign");
        if self.key_ops.as_ref().is_some_and(|operations| !operations.iter().any(verifies)) {
            return Some("Its `key_ops` do not hold `verify`.".to_owned());
        }
        self.alg
            .as_deref()
            .filter(|alg| !algorithm.is_also(alg))
            .map(|alg| format!("Its `alg` is `{alg}`, and the token says `{}`.", algorithm.name))
    }

    /// What must be said beside a right signature, as sentences.
    #[must_use]
    pub fn warnings(&self, algorithm: &Algorithm) -> Vec<String> {
        let mut said = Vec::new();
        if let Material::Hmac { bytes, .. } = self.material
            && bytes < algorithm.hash_bytes
        {
            said.push(format!(
                "The secret has {bytes} bytes, and `{}` needs {} (RFC 7518, 3.2). Who has one token can guess a short secret without asking anybody, and then sign whatever they like.",
                algorithm.name, algorithm.hash_bytes
            ));
        }
        if self.was_private {
            said.push("This was a private key, and only its public half was used. A private key belongs in no page but its owner's.".to_owned());
        }
        said
    }
}

fn secret(members: &Map<String, Value>) -> Result<Material, String> {
    let k = members.get("k").and_then(Value::as_str).unwrap_or_default();
    let bytes = from_base64url(k).ok_or("The secret `k` is not base64url.")?.len();
    if bytes == 0 {
        return Err("The secret `k` is empty. Anybody can sign with that.".to_owned());
    }
    Ok(Material::Hmac { k: Secret::new(k), bytes })
}

fn public(members: &Map<String, Value>) -> Result<Material, String> {
    let half = members.iter().filter(|(name, _)| !PRIVATE.contains(&name.as_str()));
    let half: Map<String, Value> = half.map(|(name, value)| (name.clone(), value.clone())).collect();
    let even = json::string(members, "e")
        .and_then(|e| from_base64url(&e))
        .and_then(|e| e.last().copied())
        .is_some_and(|last| last.is_multiple_of(2));
    if even && json::string(members, "kty").as_deref() == Some("RSA") {
        return Err(
            "The public exponent of this RSA key is even, so it is none. The key is damaged.".to_owned()
        );
    }
    PublicJwk::read(&half).map(Material::Public)
}
