//! Reading the answer to a registration, whatever shape it has (RFC 7591, 3.2.1; RFC 7592, 3).

use serde_json::{Map, Value};

use crate::domain::{http::Response, json, secret::Secret};

/// What a server registered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registration {
    /// `client_id`.
    pub client_id: String,
    /// `client_secret`; absent means "as before", never "none".
    pub client_secret: Option<Secret>,
    /// `client_secret_expires_at` in seconds since 1970; 0 means never; `None` when the server did not say.
    pub client_secret_expires_at: Option<i64>,
    /// `client_id_issued_at` in seconds since 1970.
    pub client_id_issued_at: Option<i64>,
    /// `registration_client_uri` as printed.
    pub registration_client_uri: Option<String>,
    /// `registration_access_token`; absent means "as before".
    pub registration_access_token: Option<Secret>,
    /// All other members as they came, without secrets: for showing and comparing, never for sending back.
    pub members: Map<String, Value>,
    /// What had to be repaired or is unusual, in sentences.
    pub notes: Vec<String>,
}

const SECRETS: [&str; 2] = ["client_secret", "registration_access_token"];

impl Registration {
    /// Lifts a registration out of an answer with a success status.
    ///
    /// # Errors
    /// A sentence: the body is not JSON, or has no `client_id`.
    pub fn read(response: &Response) -> Result<Self, String> {
        let json::Object { mut members, doubled } = json::object(&response.body)?;
        let mut notes: Vec<String> = doubled
            .iter()
            .map(|name| {
                format!("The answer has the member {name} twice; the last one that is not null counts.")
            })
            .collect();
        let client_id = json::string(&members, "client_id").ok_or("The answer has no client_id.")?;
        for name in ["client_id_issued_at", "client_secret_expires_at"] {
            if members.get(name).is_some_and(Value::is_string) {
                notes.push(format!("The answer writes {name} as a string; it was read as a number."));
            }
        }
        let [client_secret, registration_access_token] = SECRETS.map(|name| {
            let secret = json::string(&members, name).map(Secret::new);
            members.shift_remove(name);
            secret
        });
        let nulls = members.values().filter(|value| value.is_null()).count();
        members.retain(|_, value| !value.is_null());
        if nulls > 0 {
            notes.push(format!("{nulls} members of the answer are null; they count as absent."));
        }
        Ok(Self {
            client_id,
            client_secret,
            client_secret_expires_at: json::integer(&members, "client_secret_expires_at"),
            client_id_issued_at: json::integer(&members, "client_id_issued_at"),
            registration_client_uri: json::string(&members, "registration_client_uri"),
            registration_access_token,
            members,
            notes,
        })
    }
}
