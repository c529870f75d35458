//! A developer app as Apigee answers it. Times are milliseconds in strings; three things have a status of their own.

use serde_json::{Map, Value, json};

use crate::domain::{json, registration::Registration, secret::Secret};

/// A status of an app, a key, or a product in a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It works, as far as this goes.
    Approved,
    /// It waits for an administrator.
    Pending,
    /// It was taken back, or refused.
    Revoked,
    /// A word that is not known here.
    Other,
}

impl Status {
    /// By the word of the server.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "approved" => Self::Approved,
            "pending" => Self::Pending,
            "revoked" => Self::Revoked,
            _ => Self::Other,
        }
    }
}

/// A product in a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductStatus {
    /// Its name at the server.
    pub name: String,
    /// Whether it was approved.
    pub status: Status,
}

/// A key of an app.
#[derive(Clone, Debug, PartialEq)]
pub struct Credential {
    /// `consumerKey`: the client ID.
    pub consumer_key: String,
    /// `consumerSecret`; only in an answer, never in a record.
    pub consumer_secret: Option<Secret>,
    /// Of the key itself.
    pub status: Status,
    /// Its products.
    pub products: Vec<ProductStatus>,
    /// When it was made, seconds since 1970.
    pub issued_at: Option<i64>,
    /// When it ends, seconds since 1970; `None` means never, or not said.
    pub expires_at: Option<i64>,
    /// Whether a certificate is registered for it.
    pub certificate: Option<String>,
    /// Why an administrator refused or revoked it.
    pub reason: Option<String>,
}

impl Credential {
    /// Whether the key itself and a product in it are approved.
    #[must_use]
    pub fn opens_something(&self) -> bool {
        self.status == Status::Approved
            && self.products.iter().any(|product| product.status == Status::Approved)
    }
}

/// The attribute of a key that holds its certificate.
pub(super) const CERTIFICATE: &str = "x509-certificate";
/// The attribute with the words of an administrator.
const REASON: &str = "status-reason";

/// The attribute of an app with its description.
pub(super) const NOTES: &str = "Notes";

/// The value of an attribute, of an app or a key.
fn attribute(members: &Map<String, Value>, name: &str) -> Option<String> {
    members
        .get("attributes")
        .and_then(Value::as_array)?
        .iter()
        .find(|attribute| attribute.get("name").and_then(Value::as_str) == Some(name))
        .and_then(|attribute| attribute.get("value"))
        .and_then(Value::as_str)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
}

/// A developer app.
#[derive(Clone, Debug, PartialEq)]
pub struct App {
    /// `appId`.
    pub id: String,
    /// `name`; stands in addresses.
    pub name: String,
    /// Of the app: a revoked one takes all its keys along, whatever they say.
    pub status: Status,
    /// `callbackUrl`.
    pub callback_url: String,
    /// `createdAt`, seconds since 1970.
    pub created_at: Option<i64>,
    /// In the order of the server.
    pub credentials: Vec<Credential>,
    /// The answer without secrets.
    members: Map<String, Value>,
}

impl App {
    /// Reads an answer.
    ///
    /// # Errors
    /// A sentence.
    pub fn read(body: &str) -> Result<Self, String> {
        Self::of(json::object(body)?.members)
    }

    /// Reads an app out of what was kept of an answer.
    ///
    /// # Errors
    /// A sentence.
    pub fn of(mut members: Map<String, Value>) -> Result<Self, String> {
        let name = json::string(&members, "name").ok_or("The answer has no name.")?;
        let credentials: Vec<Credential> = members
            .get_mut("credentials")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
            .filter_map(|credential| read_credential(credential.as_object_mut()?))
            .collect();
        Ok(Self {
            id: json::string(&members, "appId").unwrap_or_default(),
            status: Status::parse(&json::string(&members, "status").unwrap_or_default()),
            callback_url: json::string(&members, "callbackUrl").unwrap_or_default(),
            created_at: seconds(&members, "createdAt"),
            name,
            credentials,
            members,
        })
    }

    /// The key that is used: the newest one that opens something, else the newest that is not revoked, else the newest.
    #[must_use]
    pub fn current(&self) -> Option<&Credential> {
        let newest = |wanted: &dyn Fn(&&Credential) -> bool| {
            self.credentials.iter().filter(wanted).max_by_key(|credential| credential.issued_at)
        };
        newest(&|credential| credential.opens_something())
            .or_else(|| newest(&|credential| credential.status != Status::Revoked))
            .or_else(|| newest(&|_| true))
    }

    /// As the rest of the portal knows registrations.
    #[must_use]
    pub fn into_registration(self) -> Registration {
        let current = self.current().cloned();
        let mut members = self.members;
        let products: Vec<&str> =
            current.iter().flat_map(|key| &key.products).map(|product| product.name.as_str()).collect();
        members.insert("client_name".to_owned(), json!(self.name));
        members.insert("scope".to_owned(), json!(products.join(" ")));
        let notes = attribute(&members, NOTES);
        if let Some(notes) = notes {
            members.insert("description".to_owned(), json!(notes));
        }
        let callbacks: Vec<&String> =
            Some(&self.callback_url).into_iter().filter(|url| !url.is_empty()).collect();
        members.insert("redirect_uris".to_owned(), json!(callbacks));
        Registration {
            client_id: current.as_ref().map(|key| key.consumer_key.clone()).unwrap_or_default(),
            client_secret_expires_at: current.as_ref().and_then(|key| key.expires_at),
            client_secret: current.and_then(|key| key.consumer_secret),
            client_id_issued_at: self.created_at,
            registration_client_uri: None,
            registration_access_token: None,
            members,
            notes: Vec::new(),
        }
    }
}

/// Lifts a key out and takes its secret away.
fn read_credential(members: &mut Map<String, Value>) -> Option<Credential> {
    let consumer_secret = json::string(members, "consumerSecret").map(Secret::new);
    members.shift_remove("consumerSecret");
    let products = members.get("apiProducts").and_then(Value::as_array);
    Some(Credential {
        consumer_key: json::string(members, "consumerKey")?,
        consumer_secret,
        status: Status::parse(&json::string(members, "status").unwrap_or_default()),
        products: products
            .into_iter()
            .flatten()
            .filter_map(|product| {
                let text = |name: &str| product.get(name).and_then(Value::as_str);
                Some(ProductStatus {
                    name: text("apiproduct")?.to_owned(),
                    status: Status::parse(text("status").unwrap_or_default()),
                })
            })
            .collect(),
        issued_at: seconds(members, "issuedAt"),
        expires_at: seconds(members, "expiresAt"),
        certificate: attribute(members, CERTIFICATE),
        reason: attribute(members, REASON),
    })
}

/// Milliseconds in a string, or as a number; `-1` means never.
fn seconds(members: &Map<String, Value>, name: &str) -> Option<i64> {
    json::integer(members, name)
        .filter(|milliseconds| *milliseconds > 0)
        .map(|milliseconds| milliseconds / 1_000)
}
