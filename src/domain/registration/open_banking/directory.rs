//! What is asked of a directory: a statement, software for trying, a key. Nothing secret is sent there, and nothing is
//! sent but what a button says.

use serde_json::{Value, json};

use super::SoftwareStatement;
use crate::domain::{
    config::{Directory, Environment},
    http::{Method, Request, Response, Text},
    json,
    registration::discovery::through,
    url,
};

/// A piece of software at a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoftwareAtDirectory {
    /// `organisation_id`, `org_id` in the statement.
    pub organisation: String,
    /// `software_id`.
    pub software: String,
}

impl SoftwareAtDirectory {
    /// The one that a statement is about.
    #[must_use]
    pub fn of(statement: &SoftwareStatement) -> Option<Self> {
        let organisation = statement.organisation_id.clone()?;
        Some(Self { organisation, software: statement.software_id.clone() })
    }

    fn address(&self, template: &str, environment: &Environment, page_origin: &str) -> String {
        let address = Directory::address(template, &self.organisation, &self.software);
        through(environment, page_origin, &url::absolute(page_origin, &address))
    }

    /// Asks for a statement, issued now; `None` where the directory gives out none.
    #[must_use]
    pub fn statement(
        &self,
        directory: &Directory,
        environment: &Environment,
        page_origin: &str,
    ) -> Option<Request> {
        let template = directory.statement.as_deref()?;
        Some(Request::new(Method::Get, self.address(template, environment, page_origin)))
    }

    /// Shows a public key (RFC 7517) to the directory; `None` where it takes none.
    #[must_use]
    pub fn add_key(
        &self,
        key: &Value,
        directory: &Directory,
        environment: &Environment,
        page_origin: &str,
    ) -> Option<Request> {
        let template = directory.keys.as_deref()?;
        let request = Request::new(Method::Post, self.address(template, environment, page_origin));
        Some(request.body("application/json", Text::plain(json::pretty(key))))
    }
}

/// The request that makes software for trying; `None` where the directory makes none. The answer is read by [`read`].
#[must_use]
pub fn try_out(
    directory: &Directory,
    page_origin: &str,
    name: &str,
    redirect_uris: &[String],
    key: Option<&Value>,
) -> Option<Request> {
    let address = url::absolute(page_origin, directory.trial.as_deref()?);
    let mut body = json!({ "client_name": name, "redirect_uris": redirect_uris });
    if let (Some(key), Some(members)) = (key, body.as_object_mut()) {
        members.insert("jwk".to_owned(), key.clone());
    }
    Some(Request::new(Method::Post, address).body("application/json", Text::plain(json::pretty(&body))))
}

/// Reads a statement out of an answer: of a directory, or to [`try_out`].
///
/// # Errors
/// A sentence: the directory refused, or its answer holds no statement.
pub fn read(response: &Response) -> Result<SoftwareStatement, String> {
    match response.status {
        200..=299 => {
            let members = json::object(&response.body).map(|object| object.members).unwrap_or_default();
            let named = json::string(&members, "software_statement");
            SoftwareStatement::read(named.as_deref().unwrap_or(&response.body))
        }
        404 => Err("The directory knows no such organisation or software. Compare both IDs.".to_owned()),
        status => Err(format!("The directory answered {status}. Try again later, or paste a statement.")),
    }
}
