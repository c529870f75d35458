//! A bank's partner portal on Apigee: developer apps with API products, each of which may wait for an administrator.
//!
//! An app belongs to who made it, so that a sign-in opens it. Its keys (consumer key and secret) exist before anybody has
//! approved anything; app, key and product in a key each have a status of their own.

mod app;
mod requests;

pub use app::{App, Credential, ProductStatus, Status};
pub use requests::{KeyAction, request as key_request};

use serde_json::{Value, json};

use super::{
    ClientMetadata, Dialect, Document, Habits, Management, Operation, Refusal, Registration, Remark,
    refusal::ServerWords,
};
use crate::domain::{
    form::{Field, Problem},
    http::Response,
    jose::{Algorithm, jwks},
};

/// The dialect.
pub struct Apigee;

/// Its name in `portal.json`.
pub(super) const ID: &str = "apigee";

/// The longest name of an app.
const LONGEST: usize = 255;

impl Dialect for Apigee {
    fn id(&self) -> &'static str {
        ID
    }

    fn name(&self) -> &'static str {
        "Apigee"
    }

    fn management(&self) -> Management {
        Management::SignIn
    }

    fn habits(&self) -> Habits {
        Habits {
            sends_secret_again: true,
            waiting: "The key exists, and a product in it waits for an administrator. The bank writes an e-mail when it is approved.",
            not_granted: "A product that waits for approval, or was revoked, is not in the token.",
            developer_apps: true,
            ..Habits::default()
        }
    }

    fn check(&self, metadata: &ClientMetadata) -> Vec<Problem> {
        let name = &metadata.client_name;
        let mut problems = Vec::new();
        let odd = name.chars().find(|c| !(c.is_ascii_alphanumeric() || " _-.".contains(*c)));
        if let Some(odd) = odd {
            problems.push(Problem::new(
                Field::Name,
                format!("The name of an app takes letters, digits, spaces, dots, - and _. Take out “{odd}”."),
            ));
        }
        if name.len() > LONGEST {
            problems
                .push(Problem::new(Field::Name, format!("The name is longer than {LONGEST} characters.")));
        }
        let keys = metadata.jwks.as_ref().map(jwks::understood).unwrap_or_default();
        if keys.iter().any(|key| key.alg.as_deref() != Some(Algorithm::Rs256.name())) {
            problems.push(Problem::new(
                Field::Keys,
                "This bank takes assertions that are signed with RS256. Make an RSA key for RS256, or load one.",
            ));
        }
        problems
    }

    fn document(&self, metadata: &ClientMetadata, client_id: Option<&str>) -> Document {
        let mut attributes = vec![json!({ "name": "DisplayName", "value": metadata.client_name })];
        if let Some(description) = &metadata.description {
            attributes.push(json!({ "name": app::NOTES, "value": description }));
        }
        let callback = metadata.redirect_uris.iter().flatten().next().cloned().unwrap_or_default();
        let mut document = json!({
            "name": metadata.client_name,
            "attributes": attributes,
            "callbackUrl": callback,
        });
        // Products in an update make a new key: they are added to a key and taken out of it instead.
        if let (None, Some(members)) = (client_id, document.as_object_mut()) {
            members.insert("apiProducts".to_owned(), json!(metadata.scopes()));
        }
        Document::Json(document)
    }

    fn read(&self, operation: Operation, response: &Response) -> Result<Registration, Refusal> {
        if !response.is_success() {
            return Err(self.refusal(operation, response));
        }
        App::read(&response.body).map(App::into_registration).map_err(|problem| {
            Refusal::new(
                response,
                ServerWords::default(),
                format!("The server said yes, but its answer cannot be read. {problem}"),
                "The app may exist. Look for it in the bank’s own portal, or ask the operator.",
            )
        })
    }

    fn refusal(&self, operation: Operation, response: &Response) -> Refusal {
        let words = words(&response.body);
        let (meaning, next) = match (response.status, operation) {
            (401, _) => (
                "The bank does not accept your sign-in: it has ended, or is for another portal.",
                "Sign in again. What you typed is kept.",
            ),
            (403, _) => (
                "This belongs to another partner, or your sign-in has not the right to do it.",
                "Sign in as the person who made the app, or ask the operator.",
            ),
            (409, Operation::Create) => {
                ("There is an app of this name already.", "Choose another name under Details.")
            }
            (404, Operation::Create) => (
                "The bank does not know you as a developer, or the address of its portal is wrong.",
                "Ask the operator whether you are registered as a partner.",
            ),
            (404, _) => (
                "The app no longer exists at the bank.",
                "It was deleted there: forget it here, or make a new one.",
            ),
            (400, _) => (
                "The bank does not accept the request: usually a product it does not know, or a name it does not take.",
                "Its words below may say which. Change it, or ask the operator.",
            ),
            _ => {
                return Refusal {
                    error: words.error,
                    description: words.description,
                    ..Refusal::from_status(response)
                };
            }
        };
        Refusal::new(response, words, meaning, next)
    }

    fn resource(&self, registered: &serde_json::Map<String, Value>, _client_id: &str) -> Option<String> {
        registered.get("name").and_then(Value::as_str).map(str::to_owned)
    }

    fn remarks(&self, metadata: &ClientMetadata) -> Vec<Remark> {
        let mut remarks = vec![Remark {
            member: "apiProducts",
            text: "is the list of API products. One that needs approval comes back as `pending`, and its key works for the others.",
        }];
        if metadata.redirect_uris.iter().flatten().next().is_none() {
            remarks
                .push(Remark { member: "callbackUrl", text: "is empty: nobody signs in through this app." });
        }
        remarks
    }
}

/// What Apigee wrote, in any of its three envelopes: Google's `error`, the gateway's `fault`, and `ErrorCode`.
fn words(body: &str) -> ServerWords {
    let Ok(object) = crate::domain::json::object(body) else { return ServerWords::read(body) };
    let at = |path: &[&str]| {
        let mut value = object.members.get(*path.first()?)?;
        for name in path.iter().skip(1) {
            value = value.get(name)?;
        }
        value.as_str().map(str::to_owned)
    };
    let error = at(&["error", "status"])
        .or_else(|| at(&["fault", "detail", "errorcode"]))
        .or_else(|| at(&["ErrorCode"]));
    let description =
        at(&["error", "message"]).or_else(|| at(&["fault", "faultstring"])).or_else(|| at(&["Error"]));
    if error.is_none() && description.is_none() {
        return ServerWords::read(body);
    }
    ServerWords { error, description, html: false }
}
