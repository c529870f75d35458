//! An application of a partner with its keys, and how Apigee writes it (`organizations.developers.apps`).

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::products;
use crate::identity::people;

/// How an application, a key or a product of a key stands. Each of the three has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It can be used.
    Approved,
    /// It waits for an administrator.
    Pending,
    /// It was rejected or taken back.
    Revoked,
}

impl Status {
    /// The word in documents.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Pending => "pending",
            Self::Revoked => "revoked",
        }
    }
}

/// A name with a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// The name.
    pub name: String,
    /// The value.
    #[serde(default)]
    pub value: String,
}

/// A consumer secret.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConsumerSecret(pub String);

impl fmt::Debug for ConsumerSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConsumerSecret(…)")
    }
}

/// A product of a key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeyProduct {
    /// The product's name.
    pub apiproduct: String,
    /// How it stands.
    pub status: Status,
}

/// A key of an application: what a program proves to be by.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Key {
    /// The client identifier.
    pub consumer_key: String,
    /// The secret.
    pub consumer_secret: ConsumerSecret,
    /// The products it may use, or may yet.
    pub products: Vec<KeyProduct>,
    /// When it was made, in milliseconds since 1970.
    pub issued_at: i64,
    /// Until when it lasts, in milliseconds since 1970; `None` for ever.
    pub expires_at: Option<i64>,
    /// How it stands.
    pub status: Status,
    /// Its attributes, the certificate among them.
    pub attributes: Vec<Attribute>,
}

/// An application.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct App {
    /// Its identifier, a UUID.
    pub app_id: String,
    /// Whose it is: an address of e-mail.
    pub developer: String,
    /// Its name, which its developer uses once.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
    /// Where people are sent back to; may be empty.
    pub callback_url: String,
    /// How long new keys last, in milliseconds; `None` for ever.
    pub key_expires_in: Option<i64>,
    /// How it stands.
    pub status: Status,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
    /// When it was last changed, in milliseconds since 1970.
    pub modified_at: i64,
    /// Its keys, the oldest first.
    pub keys: Vec<Key>,
}

impl Key {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|one| one.name == name).map(|one| one.value.as_str())
    }

    /// Sets an attribute, or takes it away.
    pub fn set_attribute(&mut self, name: &str, value: Option<&str>) {
        self.attributes.retain(|one| one.name != name);
        if let Some(value) = value {
            self.attributes.push(Attribute { name: name.to_owned(), value: value.to_owned() });
        }
    }

    /// Whether it can be used at this time, in milliseconds since 1970.
    pub fn is_usable(&self, now: i64) -> bool {
        self.status == Status::Approved && self.expires_at.is_none_or(|until| now < until)
    }

    /// Whether it may use this product.
    pub fn may_use(&self, product: &str) -> bool {
        self.products.iter().any(|one| one.apiproduct == product && one.status == Status::Approved)
    }

    /// How it is written in JSON.
    pub fn document(&self) -> Value {
        let mut scopes: Vec<&str> = self
            .products
            .iter()
            .filter_map(|one| products::named(&one.apiproduct))
            .flat_map(|product| product.scopes.iter().copied())
            .collect();
        scopes.dedup();
        json!({
            "consumerKey": self.consumer_key,
            "consumerSecret": self.consumer_secret,
            "apiProducts": self.products,
            "attributes": self.attributes,
            "issuedAt": self.issued_at.to_string(),
            "expiresAt": self.expires_at.unwrap_or(-1).to_string(),
            "scopes": scopes,
            "status": self.status,
        })
    }
}

impl App {
    /// The key of this name.
    pub fn key(&self, consumer_key: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.consumer_key == consumer_key)
    }

    /// The key of this name, to be changed.
    pub fn key_mut(&mut self, consumer_key: &str) -> Option<&mut Key> {
        self.keys.iter_mut().find(|key| key.consumer_key == consumer_key)
    }

    /// How it is written in JSON. The times are strings: JSON's numbers don't hold every int64.
    pub fn document(&self) -> Value {
        json!({
            "appId": self.app_id,
            "name": self.name,
            "attributes": self.attributes,
            "callbackUrl": self.callback_url,
            "createdAt": self.created_at.to_string(),
            "lastModifiedAt": self.modified_at.to_string(),
            "developerId": people::by_email(&self.developer).map(|person| person.subject),
            "keyExpiresIn": self.key_expires_in.unwrap_or(-1).to_string(),
            "scopes": [],
            "status": self.status,
            "credentials": self.keys.iter().map(Key::document).collect::<Vec<_>>(),
        })
    }
}
