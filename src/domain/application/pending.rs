//! A write whose answer is not stored: what was meant, and what was found out about it since.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Application;
use crate::domain::{
    jose::jwks,
    registration::{ClientMetadata, Registration},
};

/// A write on its way. It is stored in the record of its application before the request leaves, and goes in the same
/// write to the store that brings the answer: there is no moment with both, or with neither. The registration access
/// token it left with is the one in the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    /// What was sent.
    pub write: Write,
    /// When, seconds since 1970.
    pub at: i64,
    /// The document of a change.
    #[serde(default)]
    pub asked: Option<ClientMetadata>,
    /// The products that come with it.
    #[serde(default)]
    pub products: Vec<String>,
    /// What a read said about it afterwards.
    #[serde(default)]
    pub finding: Finding,
}

/// The two writes to a registration that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Write {
    /// PUT.
    Change,
    /// DELETE.
    Delete,
}

/// What is known of a write without an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    /// Nothing yet: nobody has asked since, or there was no answer.
    #[default]
    Unknown,
    /// A read with the old token was let in, and the registration is as it was: it can be sent again.
    NotMade,
    /// A read with the old token was refused: the write was carried out and the new token is lost, or the client was
    /// switched off. Servers answer both in the same words.
    Refused {
        /// HTTP status.
        status: u16,
        /// When, seconds since 1970.
        at: i64,
    },
}

impl Pending {
    /// A write that leaves now.
    #[must_use]
    pub fn new(write: Write, at: i64) -> Self {
        Self { write, at, asked: None, products: Vec::new(), finding: Finding::Unknown }
    }

    /// A change that leaves now.
    #[must_use]
    pub fn change(asked: &ClientMetadata, products: &[String], at: i64) -> Self {
        Self { asked: Some(asked.clone()), products: products.to_vec(), ..Self::new(Write::Change, at) }
    }
}

impl Application {
    /// Settles a write without an answer by a read that was let in: a change that is seen in the registration was
    /// made, and is taken over; anything else was not. Returns whether the write was made, or `None` when there was
    /// none.
    pub fn settle(&mut self, read: &Registration) -> Option<bool> {
        let pending = self.pending.take()?;
        let made = match (&pending.write, &pending.asked) {
            (Write::Change, Some(asked)) => {
                is_seen(&self.asked.members(), &asked.members(), &read.members) == Some(true)
            }
            _ => false,
        };
        match pending.asked {
            Some(asked) if made => {
                self.asked = asked;
                self.products = pending.products;
            }
            asked => self.pending = Some(Pending { asked, finding: Finding::NotMade, ..pending }),
        }
        Some(made)
    }

    /// Notes that a read with the token of the record was refused while a write has no answer.
    pub fn doubt(&mut self, status: u16, at: i64) {
        if let Some(pending) = &mut self.pending {
            pending.finding = Finding::Refused { status, at };
        }
    }
}

/// Whether a registration shows what a change asked for. Only members that the change alters can tell; `None` when
/// the server shows none of them.
fn is_seen(
    before: &Map<String, Value>,
    asked: &Map<String, Value>,
    seen: &Map<String, Value>,
) -> Option<bool> {
    let altered: Vec<&String> = asked
        .keys()
        .chain(before.keys().filter(|name| !asked.contains_key(*name)))
        .filter(|name| before.get(*name) != asked.get(*name))
        .collect();
    let telling: Vec<bool> = altered
        .into_iter()
        .filter_map(|name| {
            let shown = seen.get(name)?;
            let same = if name.as_str() == "jwks" { same_keys } else { alike };
            let like = |wanted: Option<&Value>| wanted.is_some_and(|wanted| same(wanted, shown));
            // A value that is neither the old nor the new one was made up by the server, and tells nothing.
            (like(asked.get(name)) || like(before.get(name))).then(|| like(asked.get(name)))
        })
        .collect();
    (!telling.is_empty()).then(|| telling.into_iter().all(|as_asked| as_asked))
}

/// The same keys, whatever a server adds to each.
fn same_keys(left: &Value, right: &Value) -> bool {
    let (left, right) = (jwks::understood(left), jwks::understood(right));
    left.len() == right.len() && left.iter().all(|key| right.iter().any(|other| other.is_same_key(key)))
}

/// The same value; of lists, and of scopes in one text, the same things in any order.
fn alike(left: &Value, right: &Value) -> bool {
    let things = |value: &Value| -> Option<Vec<String>> {
        let mut things: Vec<String> = match value {
            Value::String(text) => text.split_whitespace().map(str::to_owned).collect(),
            Value::Array(items) => items.iter().map(ToString::to_string).collect(),
            _ => return None,
        };
        things.sort();
        Some(things)
    };
    left == right || matches!((things(left), things(right)), (Some(left), Some(right)) if left == right)
}
