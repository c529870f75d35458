//! The public keys of a client that proves itself by a signature.

use serde_json::Value;

use super::{Draft, Field, Problem, software};
use crate::domain::{
    config::{Environment, PRIVATE_KEY_JWT},
    jose::{PublicJwk, jwks},
    registration, url,
};

/// Where the public keys of a client come from that proves itself by a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// A key pair of this browser.
    Here,
    /// A set that is pasted.
    Pasted,
    /// An address that the server fetches them from.
    Address,
}

impl KeySource {
    /// Its name in a draft.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Pasted => "pasted",
            Self::Address => "address",
        }
    }

    /// By its name; anything else is [`KeySource::Here`].
    #[must_use]
    pub fn parse(name: &str) -> Self {
        [Self::Pasted, Self::Address].into_iter().find(|known| known.as_str() == name).unwrap_or(Self::Here)
    }
}

/// The public keys, by value or by reference (RFC 7591, 2: never both).
pub(super) fn check(
    draft: &Draft,
    environment: &Environment,
    problems: &mut Vec<Problem>,
) -> (Option<Value>, Option<String>) {
    let habits = registration::dialect_of(environment).habits();
    if habits.takes_statements() {
        return (software::key_here(draft).map(|key| PublicJwk::set(&[key])), None);
    }
    if draft.method(environment) != PRIVATE_KEY_JWT {
        return (None, None);
    }
    let mut problem = |text: String| problems.push(Problem::new(Field::Keys, text));
    let source = if habits.developer_apps { KeySource::Here } else { KeySource::parse(&draft.key_source) };
    match source {
        KeySource::Here if draft.key_here.is_empty() => {
            problem("Make a key pair, or load one: its public half is what the server gets.".to_owned());
        }
        KeySource::Pasted if draft.keys.trim().is_empty() => {
            problem("Paste the public keys as a JWKS or a JSON Web Key.".to_owned());
        }
        KeySource::Address => match keys_address_problem(draft.jwks_uri.trim()) {
            Some(text) => problem(text),
            None => return (None, Some(draft.jwks_uri.trim().to_owned())),
        },
        source => {
            let text = if source == KeySource::Here { &draft.key_here } else { &draft.keys };
            match jwks::read(text) {
                Ok(keys) => return (Some(PublicJwk::set(&keys)), None),
                Err(text) => problem(text),
            }
        }
    }
    (None, None)
}

pub(super) fn keys_address_problem(address: &str) -> Option<String> {
    let text = match url::parts(address) {
        _ if address.is_empty() => "Enter the https address at which the server finds your public keys.",
        Err(text) => return Some(text),
        Ok(parts) if parts.has_fragment || parts.has_userinfo => "Take out the # part and the user name.",
        Ok(parts) if parts.scheme == "https" && !parts.host.is_empty() => return None,
        Ok(parts) if parts.scheme == "http" && url::is_loopback(&parts.host) => return None,
        Ok(_) => "Use https: who can change this answer can speak for your application.",
    };
    Some(text.to_owned())
}
