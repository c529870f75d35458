//! What can be done to a key of an app, each by one request of its own.

use serde_json::json;

use super::app::CERTIFICATE;
use crate::domain::{
    http::{Method, Request, Text},
    json,
    registration::Authorization,
    url::percent_encode,
};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyAction {
    /// A second key beside the first.
    AddKey,
    /// Takes a key back. It stays in the list.
    RevokeKey {
        /// `consumerKey`.
        key: String,
    },
    /// Removes a key.
    DeleteKey {
        /// `consumerKey`.
        key: String,
    },
    /// Asks for more products in a key.
    AddProducts {
        /// `consumerKey`.
        key: String,
        /// Names at the server.
        products: Vec<String>,
    },
    /// Takes a product out of a key.
    RemoveProduct {
        /// `consumerKey`.
        key: String,
        /// Name at the server.
        product: String,
    },
    /// Registers the certificate whose key signs.
    SetCertificate {
        /// `consumerKey`.
        key: String,
        /// DER as Base64 on one line: "Base64 encoded public X.509".
        certificate: String,
    },
}

impl KeyAction {
    /// What it is called in the history.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::AddKey => "Added a key".to_owned(),
            Self::RevokeKey { .. } => "Revoked a key".to_owned(),
            Self::DeleteKey { .. } => "Deleted a key".to_owned(),
            Self::AddProducts { products, .. } => format!("Asked for {}", products.join(", ")),
            Self::RemoveProduct { product, .. } => format!("Took out {product}"),
            Self::SetCertificate { .. } => "Registered a certificate".to_owned(),
        }
    }
}

/// The request. `app` is the address of the app as the page reaches it.
#[must_use]
pub fn request(app: &str, action: &KeyAction, authorization: &Authorization) -> Request {
    let key_address = |key: &str| format!("{app}/keys/{}", percent_encode(key));
    let (method, address, body) = match action {
        KeyAction::AddKey => (Method::Post, format!("{app}/keys"), Some(json!({}))),
        KeyAction::RevokeKey { key } => (Method::Post, format!("{}?action=revoke", key_address(key)), None),
        KeyAction::DeleteKey { key } => (Method::Delete, key_address(key), None),
        KeyAction::AddProducts { key, products } => {
            (Method::Post, key_address(key), Some(json!({ "apiProducts": products })))
        }
        KeyAction::RemoveProduct { key, product } => {
            (Method::Delete, format!("{}/apiproducts/{}", key_address(key), percent_encode(product)), None)
        }
        KeyAction::SetCertificate { key, certificate } => (
            Method::Post,
            key_address(key),
            Some(json!({ "attributes": [{ "name": CERTIFICATE, "value": certificate }] })),
        ),
    };
    let mut request = Request::new(method, address);
    if let Some(value) = authorization.header() {
        request = request.header("Authorization", value);
    }
    match body {
        Some(body) => request.body("application/json", Text::plain(json::pretty(&body))),
        None => request,
    }
}
