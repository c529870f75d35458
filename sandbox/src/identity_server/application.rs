//! A registered application, and what an update leaves of it.

use std::fmt;

use serde_json::{Map, Value, json};

use super::members::{self, FLAGS};

/// What a type of token is called when none is asked for: an opaque one.
const DEFAULT_TOKEN_TYPE: &str = "Default";
/// An update without `client_name` doesn't look at these.
const ONLY_WITH_NAME: [&str; 3] = ["ext_application_display_name", "jwks_uri", "software_statement"];
/// Looked at when the application is made, not kept.
const ONLY_ONCE: [&str; 8] = [
    "ext_param_client_id",
    "ext_param_client_secret",
    "client_id",
    "client_secret",
    "iat",
    "exp",
    "jti",
    "aud",
];

/// An application.
#[derive(Clone)]
pub struct Application {
    /// `client_id`.
    pub client_id: String,
    /// `client_secret`.
    pub client_secret: String,
    /// The tenant it belongs to.
    pub tenant: String,
    /// Who registered it, without the tenant.
    pub owner: String,
    /// The members it was registered with.
    pub members: Map<String, Value>,
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Application").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl Application {
    /// Its name, unique in its tenant.
    pub fn name(&self) -> &str {
        members::text(&self.members, "client_name").unwrap_or_default()
    }

    /// The types of token it gets: `JWT`, or `Default` for an opaque one.
    pub(super) fn token_type(&self) -> &str {
        members::text(&self.members, "ext_token_type").unwrap_or(DEFAULT_TOKEN_TYPE)
    }

    /// This application after an update. What is left out keeps its value, but a flag that is left out becomes false,
    /// and `require_pushed_authorization_requests` takes the value of `require_signed_request_object`.
    pub(super) fn updated(&self, asked: &Map<String, Value>) -> Self {
        let mut after = self.clone();
        let has_name = members::text(asked, "client_name").is_some();
        for (name, value) in &unified(asked.clone()) {
            let is_skipped = is_empty(value) || (!has_name && ONLY_WITH_NAME.contains(&name.as_str()));
            if !is_skipped {
                after.members.insert(name.clone(), value.clone());
            }
        }
        for name in FLAGS {
            after.members.insert((*name).to_owned(), json!(members::flag(asked, name)));
        }
        let signed = members::flag(asked, "require_signed_request_object");
        after.members.insert("require_pushed_authorization_requests".to_owned(), json!(signed));
        after
    }
}

/// The members that are kept: the two names of the token type as one, without what counts only once.
pub(super) fn unified(mut asked: Map<String, Value>) -> Map<String, Value> {
    if let Some(token_type) = asked.shift_remove("token_type_extension") {
        asked.entry("ext_token_type").or_insert(token_type);
    }
    asked.retain(|name, _| !ONLY_ONCE.contains(&name.as_str()));
    asked
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}
