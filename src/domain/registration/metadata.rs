//! Client metadata as the portal sends it (RFC 7591, 2). Strict: there is no room for other members.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The document that describes a client.
///
/// A member that is `None` is not sent; an empty list is sent as `[]`, because servers tell the two apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClientMetadata {
    /// Name for people.
    pub client_name: String,
    /// What it is for; only developer apps have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whom the operator may write to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Vec<String>>,
    /// Where a sign-in may return to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_uris: Option<Vec<String>>,
    /// How tokens are got.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_types: Option<Vec<String>>,
    /// What the authorization endpoint may return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_types: Option<Vec<String>>,
    /// How the client proves itself at the token endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_endpoint_auth_method: Option<String>,
    /// Scopes, separated by spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Public keys (RFC 7517), by value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks: Option<Value>,
    /// Public keys, by reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    /// What a registration by software statement says beyond that; other servers never see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software: Option<Box<Software>>,
}

/// A registration by software statement (RFC 7591, 2.3): what it says beyond [`ClientMetadata`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Software {
    /// `software_statement`, compact.
    pub statement: String,
    /// `alg` of the key that signs the request.
    pub algorithm: String,
    /// `kid` of that key.
    pub kid: String,
    /// Further members by their names: texts, of which an empty one is left out, and switches. Which there are, the
    /// dialect says ([`super::Dialect::software_members`]).
    pub members: Map<String, Value>,
}

impl Software {
    /// A member; `None` for an empty text.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.get(name).filter(|value| value.as_str() != Some(""))
    }

    /// A member as text; empty when there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.members.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

impl ClientMetadata {
    /// All members by their names: for comparing. What is sent, the dialect decides.
    #[must_use]
    pub fn members(&self) -> Map<String, Value> {
        let mut members = self.plain();
        if let Some(software) = &self.software {
            members.insert("software_statement".to_owned(), software.statement.as_str().into());
            for (name, value) in &software.members {
                members.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        members
    }

    /// The members of RFC 7591, 2, in the order in which they are sent.
    #[must_use]
    pub fn plain(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(mut members)) => {
                members.shift_remove("software");
                members
            }
            _ => Map::new(),
        }
    }

    /// The scopes one by one.
    #[must_use]
    pub fn scopes(&self) -> Vec<String> {
        self.scope.as_deref().unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    }
}
