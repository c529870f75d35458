//! A directory of open banking, as far as a page may ask it: a statement, software for trying, a key of the software.
//! Every address comes out of `portal.json`.

use serde_json::{Map, Value, json};

use crate::domain::{
    config::Directory,
    http::{Method, Request, Response, Text},
    jose::PublicJwk,
    json as reading, url,
};

/// Software to be made for trying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// `client_name`.
    pub name: String,
    /// `redirect_uris`.
    pub redirect_uris: Vec<String>,
    /// `roles`; none leaves them to the directory.
    pub roles: Vec<String>,
    /// The public half of the key that is going to sign.
    pub key: Option<PublicJwk>,
}

/// Software as a directory made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// ID of its organisation.
    pub organisation: String,
    /// Its own ID.
    pub software: String,
    /// The statement, compact.
    pub statement: String,
}

/// Asks for a statement of one piece of software.
#[must_use]
pub fn statement(page_origin: &str, template: &str, organisation: &str, software: &str) -> Request {
    let mut request = Request::new(Method::Get, address(page_origin, template, organisation, software));
    request.headers = vec![("Accept", Text::plain("application/jwt, application/json"))];
    request
}

/// Asks for software to be made.
#[must_use]
pub fn software(page_origin: &str, trial: &str, wish: &Wish) -> Request {
    let mut members = Map::new();
    members.insert("client_name".to_owned(), wish.name.as_str().into());
    members.insert("redirect_uris".to_owned(), json!(wish.redirect_uris));
    if !wish.roles.is_empty() {
        members.insert("roles".to_owned(), json!(wish.roles));
    }
    if let Some(key) = &wish.key {
        members.insert("jwk".to_owned(), key.to_value());
    }
    let body = reading::pretty(&Value::Object(members));
    Request::new(Method::Post, url::absolute(page_origin, trial)).body("application/json", Text::plain(body))
}

/// Publishes the public half of a key.
#[must_use]
pub fn publish(
    page_origin: &str,
    template: &str,
    organisation: &str,
    software: &str,
    key: &PublicJwk,
) -> Request {
    Request::new(Method::Post, address(page_origin, template, organisation, software))
        .body("application/json", Text::plain(reading::pretty(&key.to_value())))
}

/// The statement in an answer: the body itself, or a member of an object.
#[must_use]
pub fn read_statement(response: &Response) -> Option<String> {
    if !response.is_success() {
        return None;
    }
    let body = response.body.trim();
    match reading::object(body) {
        Ok(object) => reading::string(&object.members, "software_statement"),
        Err(_) => Some(body.to_owned()),
    }
    .filter(|statement| !statement.is_empty())
}

/// The software in an answer.
#[must_use]
pub fn read_made(response: &Response) -> Option<Made> {
    let object = reading::object(&response.body).ok().filter(|_| response.is_success())?;
    let member = |name: &str| reading::string(&object.members, name);
    Some(Made {
        organisation: member("organisation_id")?,
        software: member("software_id")?,
        statement: member("software_statement")?,
    })
}

/// Under which `kid` a key stands in the set of an answer: a directory may give it another one.
#[must_use]
pub fn read_published(response: &Response, key: &PublicJwk) -> Option<String> {
    let set: Value = serde_json::from_str(&response.body).ok().filter(|_| response.is_success())?;
    crate::domain::jose::jwks::understood(&set).into_iter().find(|known| known.is_same_key(key))?.kid
}

/// The host that an address of the directory belongs to, for the words on a button.
#[must_use]
pub fn host(page_origin: &str, address: &str) -> String {
    url::host(&url::absolute(page_origin, address))
}

fn address(page_origin: &str, template: &str, organisation: &str, software: &str) -> String {
    url::absolute(page_origin, &Directory::address(template, organisation, software))
}
