//! The bodies that are taken, and what must hold for their members.

use std::collections::HashSet;

use axum::response::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use url::Url;

use super::app::{Attribute, KeyProduct};
use super::{certificates, decisions, products, refusal};
use crate::call::Call;

/// The most attributes an application or a key has, as at Apigee.
const MOST_ATTRIBUTES: usize = 18;
/// The most characters of an attribute's name and value, as at Apigee.
const LONGEST: (usize, usize) = (1024, 2048);
/// The most characters of a certificate: one with an RSA key of 4096 bits takes about 2,000.
const LONGEST_CERTIFICATE: usize = 16_384;
/// The most characters of an application's name and of a chosen key or secret.
const LONGEST_NAME: usize = 255;

/// What an application is made of, or made anew. Members that only answers have are taken and not looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AppBody {
    /// The name.
    pub name: Option<String>,
    /// The products for its new key.
    pub api_products: Vec<ProductName>,
    /// The attributes.
    pub attributes: Vec<Attribute>,
    /// Where people are sent back to.
    pub callback_url: String,
    /// How long new keys last, in milliseconds.
    pub key_expires_in: Option<Milliseconds>,
}

/// What a key is made of, or what is added to it.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct KeyBody {
    /// A key of the partner's choice.
    pub consumer_key: Option<String>,
    /// A secret of the partner's choice.
    pub consumer_secret: Option<String>,
    /// Products to add.
    pub api_products: Vec<ProductName>,
    /// Attributes to set.
    pub attributes: Vec<Attribute>,
    /// How long the key lasts, in milliseconds.
    pub key_expires_in: Option<Milliseconds>,
}

/// A product's name, alone or as answers have it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum ProductName {
    /// The name.
    Alone(String),
    /// An object with the name.
    Object {
        /// The name.
        apiproduct: String,
    },
}

/// An int64, which JSON carries as a string.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "Value")]
pub struct Milliseconds(i64);

impl TryFrom<Value> for Milliseconds {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        let number = value.as_i64().or_else(|| value.as_str()?.parse().ok());
        number.map(Self).ok_or_else(|| format!("{value} is not a number of milliseconds"))
    }
}

impl Milliseconds {
    /// How long that is; `None` for ever, which is written -1.
    ///
    /// # Errors
    /// When it is no time at all.
    pub fn duration(wish: Option<Self>) -> Result<Option<i64>, Response> {
        match wish {
            None | Some(Self(-1)) => Ok(None),
            Some(Self(time)) if time > 0 => Ok(Some(time)),
            Some(Self(time)) => Err(refusal::invalid(&format!(
                "keyExpiresIn is {time}; it is -1, or a number of milliseconds above 0."
            ))),
        }
    }
}

/// Reads the body.
///
/// # Errors
/// When it isn't JSON of that shape.
pub fn read<T: DeserializeOwned>(call: &Call) -> Result<T, Response> {
    if !call.is_of_type("application/json") {
        return Err(refusal::invalid("The body is JSON: send Content-Type: application/json."));
    }
    // Read as an object first: a list would otherwise do for a struct.
    let members: Result<Map<String, Value>, _> = serde_json::from_slice(&call.body);
    members
        .and_then(|members| serde_json::from_value(Value::Object(members)))
        .map_err(|reason| refusal::invalid(&format!("Invalid JSON payload received. {reason}.")))
}

/// The products, each once, as they stand when they have just been added.
///
/// # Errors
/// When one isn't the bank's.
pub fn products(names: &[ProductName]) -> Result<Vec<KeyProduct>, Response> {
    let mut list: Vec<KeyProduct> = Vec::new();
    for name in names {
        let (ProductName::Alone(name) | ProductName::Object { apiproduct: name }) = name;
        let product = products::named(name).ok_or_else(|| {
            refusal::invalid(&format!("API product {name} does not exist. GET apiproducts lists them."))
        })?;
        if list.iter().all(|one| one.apiproduct != *name) {
            list.push(KeyProduct { apiproduct: name.clone(), status: product.first_status() });
        }
    }
    Ok(list)
}

/// Attributes of an application.
///
/// # Errors
/// When there are too many, one is too long, or a name stands twice.
pub fn app_attributes(list: Vec<Attribute>) -> Result<Vec<Attribute>, Response> {
    checked(list, |one| fits(&one, LONGEST.1).map(|()| one))
}

/// Attributes of a key; a certificate is read and written in one line. Why an administrator decided is the bank's to
/// say, so that one is left out.
///
/// # Errors
/// As with an application, and when the certificate can't be taken.
pub fn key_attributes(mut list: Vec<Attribute>, now: i64) -> Result<Vec<Attribute>, Response> {
    list.retain(|one| one.name != decisions::REASON);
    checked(list, |mut one| {
        if one.name != certificates::ATTRIBUTE {
            return fits(&one, LONGEST.1).map(|()| one);
        }
        fits(&one, LONGEST_CERTIFICATE)?;
        one.value = certificates::normalised(&one.value, now).map_err(|reason| refusal::invalid(&reason))?;
        Ok(one)
    })
}

fn checked(
    list: Vec<Attribute>,
    each: impl Fn(Attribute) -> Result<Attribute, Response>,
) -> Result<Vec<Attribute>, Response> {
    if list.len() > MOST_ATTRIBUTES {
        let sentence = format!("{} attributes are too many. There may be {MOST_ATTRIBUTES}.", list.len());
        return Err(refusal::invalid(&sentence));
    }
    let mut names = HashSet::new();
    if let Some(twice) = list.iter().find(|one| !names.insert(one.name.clone())) {
        return Err(refusal::invalid(&format!("The attribute {} stands there twice.", twice.name)));
    }
    list.into_iter().map(each).collect()
}

fn fits(one: &Attribute, longest: usize) -> Result<(), Response> {
    if one.name.is_empty() || one.name.chars().count() > LONGEST.0 {
        return Err(refusal::invalid(&format!(
            "The name of an attribute has 1 to {} characters.",
            LONGEST.0
        )));
    }
    if one.value.chars().count() > longest {
        let sentence = format!("The value of the attribute {} has more than {longest} characters.", one.name);
        return Err(refusal::invalid(&sentence));
    }
    Ok(())
}

/// Checks an application's name.
///
/// # Errors
/// When it is missing, or has a character it can't have.
pub fn app_name(name: Option<String>) -> Result<String, Response> {
    let name = name.unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '$' | ' ' | '%');
    let starts = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if starts && name.len() <= LONGEST_NAME && name.chars().all(plain) && !name.ends_with(' ') {
        return Ok(name);
    }
    Err(refusal::invalid(
        "The name of an app starts with a letter or digit and has only letters, digits, spaces and . _ - $ %, \
         255 of them at most.",
    ))
}

/// Checks where people are sent back to; nowhere is fine too.
///
/// # Errors
/// When it isn't an address of the web.
pub fn callback(url: String) -> Result<String, Response> {
    let good = Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if url.is_empty() || good {
        return Ok(url);
    }
    Err(refusal::invalid(&format!(
        "callbackUrl \"{url}\" is not a URL that starts with https:// or http://."
    )))
}

/// Checks a key or secret of the partner's choice.
///
/// # Errors
/// When it has a character it can't have.
pub fn chosen(name: &str, text: String) -> Result<String, Response> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !text.is_empty() && text.len() <= LONGEST_NAME && text.chars().all(plain) {
        return Ok(text);
    }
    Err(refusal::invalid(&format!(
        "{name} has only letters, digits, _ and -, {LONGEST_NAME} of them at most."
    )))
}
