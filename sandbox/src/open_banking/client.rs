//! A registered client.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::statement::Statement;

/// Claims that belong to the request, not to the client.
const OF_THE_REQUEST: [&str; 6] = ["iss", "iat", "exp", "aud", "jti", "nbf"];
/// The most characters of a name.
const LONGEST_NAME: usize = 70;

/// A client.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Client {
    /// Its identifier, chosen by this server.
    pub client_id: String,
    /// The directory of its statement.
    pub directory: String,
    /// Its software.
    pub software_id: String,
    /// When it registered, or was last updated, in seconds since 1970.
    pub issued_at: i64,
    /// Its name.
    pub name: String,
    /// What it registered, the statement among it.
    pub metadata: Map<String, Value>,
    /// The claims of its statement.
    pub statement: Map<String, Value>,
    /// Whether it was deleted. It is kept, so that a bank can be made to break its own rules.
    #[serde(skip)]
    pub deleted: bool,
}

impl Client {
    /// The client that a request asks for.
    pub(super) fn asked(
        client_id: String,
        claims: Map<String, Value>,
        statement: Statement,
        now: i64,
    ) -> Self {
        let mut metadata = claims;
        metadata.retain(|name, _| !OF_THE_REQUEST.contains(&name.as_str()) && name != "client_id");
        let named = metadata.get("client_name").or_else(|| statement.claims.get("software_client_name"));
        let name = sanitised(named.and_then(Value::as_str).unwrap_or(&statement.software_id));
        if let Some(given) = metadata.get_mut("client_name") {
            *given = Value::String(name.clone());
        }
        Self {
            client_id,
            directory: statement.issuer,
            software_id: statement.software_id,
            issued_at: now,
            name,
            metadata,
            statement: statement.claims,
            deleted: false,
        }
    }

    /// A registered member that is a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.metadata.get(name)?.as_str()
    }
}

/// The name, with what the server behind the gateway does not take made a low line.
fn sanitised(name: &str) -> String {
    let taken = |c: char| !c.is_whitespace() && !"~!#$;%^&*+={}|\\<>\"'/,[]()".contains(c);
    name.chars().take(LONGEST_NAME).map(|c| if taken(c) { c } else { '_' }).collect()
}
