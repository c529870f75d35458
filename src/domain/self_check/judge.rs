//! Whether an answer is what was expected.

use serde_json::{Map, Value};

use super::scenario::Expect;
use crate::domain::{
    http::Response,
    json,
    registration::{discovery, refusal::ServerWords},
    url,
};

/// What came, in a few words: status and, where it is a code and not a sentence, `error`.
pub(super) fn came(response: &Response) -> String {
    let code = ServerWords::read(&response.body).error;
    match code.filter(|code| !response.is_success() && code.len() <= 60 && !code.contains(' ')) {
        Some(code) => format!("{} {code}", response.status),
        None => response.status.to_string(),
    }
}

/// Compares an answer with what was expected. `client_id` is that of the client it is about.
///
/// # Errors
/// A sentence: what is not as it should be.
pub(super) fn judge(expect: Expect, response: &Response, client_id: Option<&str>) -> Result<(), String> {
    match expect {
        Expect::Status(status) => exactly(status, response),
        Expect::Success if response.is_success() => Ok(()),
        Expect::Success => Err(format!("It answered {}.", came(response))),
        Expect::Created => {
            exactly(201, response)?;
            client_id.map(drop).ok_or_else(|| "The answer names no `client_id`.".to_owned())
        }
        Expect::Endpoint => endpoint(response),
        Expect::Token => {
            exactly(200, response)?;
            let members = json::object(&response.body)?.members;
            let token = json::string(&members, "access_token");
            token.map(drop).ok_or_else(|| "The answer has no `access_token`.".to_owned())
        }
        Expect::Registration => {
            exactly(200, response)?;
            registration(&response.body, client_id)
        }
    }
}

fn exactly(status: u16, response: &Response) -> Result<(), String> {
    if response.status == status {
        Ok(())
    } else {
        Err(format!("It answered {} where {status} is asked for.", came(response)))
    }
}

/// `https`, or this computer: there is no certificate for it.
fn endpoint(response: &Response) -> Result<(), String> {
    let document = discovery::read(response)?;
    let address =
        document.registration_endpoint.ok_or("The discovery document names no `registration_endpoint`.")?;
    let parts = url::parts(&address)?;
    match parts.scheme.as_str() {
        "https" => Ok(()),
        "http" if url::is_loopback(&parts.host) => Ok(()),
        scheme => Err(format!("The `registration_endpoint` is at {}, over {scheme}.", parts.host)),
    }
}

/// The JSON type of a member.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Texts,
    Integer,
}

/// Members of the answer (OBClientRegistrationResponse1), their types, and whether they have to be there.
const MEMBERS: [(&str, Kind, bool); 16] = [
    ("client_id", Kind::Text, true),
    ("client_id_issued_at", Kind::Integer, false),
    ("client_secret", Kind::Text, false),
    ("client_secret_expires_at", Kind::Integer, false),
    ("redirect_uris", Kind::Texts, true),
    ("token_endpoint_auth_method", Kind::Text, true),
    ("token_endpoint_auth_signing_alg", Kind::Text, false),
    ("grant_types", Kind::Texts, true),
    ("response_types", Kind::Texts, false),
    ("scope", Kind::Text, false),
    ("software_id", Kind::Text, false),
    ("software_statement", Kind::Text, false),
    ("application_type", Kind::Text, false),
    ("id_token_signed_response_alg", Kind::Text, false),
    ("request_object_signing_alg", Kind::Text, false),
    ("tls_client_auth_subject_dn", Kind::Text, false),
];

fn registration(body: &str, client_id: Option<&str>) -> Result<(), String> {
    let read = json::object(body)?;
    if let Some(name) = read.doubled.first() {
        return Err(format!("The member `{name}` stands there twice."));
    }
    for (name, kind, required) in MEMBERS {
        member(&read.members, name, kind, required)?;
    }
    if json::string(&read.members, "client_id").as_deref() == client_id {
        Ok(())
    } else {
        Err("The answer is of another client: its `client_id` is not the one that was asked for.".to_owned())
    }
}

fn member(members: &Map<String, Value>, name: &str, kind: Kind, required: bool) -> Result<(), String> {
    let (fits, wanted) = match (members.get(name), kind) {
        (None | Some(Value::Null), _) if required => {
            return Err(format!("The member `{name}` is missing."));
        }
        (None | Some(Value::Null), _) => return Ok(()),
        (Some(value), Kind::Text) => (value.is_string(), "a string"),
        (Some(value), Kind::Integer) => (value.is_i64() || value.is_u64(), "a number"),
        (Some(value), Kind::Texts) => {
            (value.as_array().is_some_and(|items| items.iter().all(Value::is_string)), "an array of strings")
        }
    };
    let is = members.get(name).map_or("nothing", json::kind);
    if fits { Ok(()) } else { Err(format!("The member `{name}` is {is}, and has to be {wanted}.")) }
}
