//! What Open Banking adds to a call: the ID by which a bank finds it again, and the form of its refusals
//! (Open Banking Read/Write API 3.1, "Headers" and "Error Response Structure"; FAPI 1.0 Part 1, 6.2.2).

use serde_json::{Map, Value};

use crate::domain::json;

/// The header that names a call; the answer repeats it.
pub const INTERACTION_ID: &str = "x-fapi-interaction-id";

/// A refusal as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// `Code`: the reason in general.
    pub code: Option<String>,
    /// `Id`: by which the bank finds this refusal.
    pub id: Option<String>,
    /// `Message`, for people.
    pub message: Option<String>,
    /// `Errors`: the single reasons, in the order of the answer.
    pub errors: Vec<Reason>,
}

/// One reason of a refusal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// `ErrorCode`, such as `UK.OBIE.Field.Missing`.
    pub code: Option<String>,
    /// `Message`, for people.
    pub message: Option<String>,
    /// `Path`: which member it is about.
    pub path: Option<String>,
    /// `Url`: where more is said.
    pub url: Option<String>,
}

impl Refused {
    /// Reads a body; `None` when it has another form.
    #[must_use]
    pub fn read(body: &str) -> Option<Self> {
        let members = json::object(body).ok()?.members;
        let errors = match members.get("Errors") {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_object).map(reason).collect(),
            Some(_) => Vec::new(),
            None if members.contains_key("Code") && members.contains_key("Message") => Vec::new(),
            None => return None,
        };
        Some(Self {
            code: text(&members, "Code"),
            id: text(&members, "Id"),
            message: text(&members, "Message"),
            errors,
        })
    }

    /// `Code` and `Message` in one line; `None` when there is neither.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        match (&self.code, &self.message) {
            (Some(code), Some(message)) => Some(format!("{code}: {message}")),
            (code, message) => code.clone().or_else(|| message.clone()),
        }
    }
}

fn reason(members: &Map<String, Value>) -> Reason {
    Reason {
        code: text(members, "ErrorCode"),
        message: text(members, "Message"),
        path: text(members, "Path"),
        url: text(members, "Url"),
    }
}

/// A text that is not empty; a number as it was written.
fn text(members: &Map<String, Value>, name: &str) -> Option<String> {
    match members.get(name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
