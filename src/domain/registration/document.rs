//! What a dialect sends as the body of a create or an update.

use serde_json::{Map, Value};

use crate::domain::{
    config::RequestForm,
    http::{Request, Text},
    jose::{Unsigned, compact},
    json,
    secret::Secret,
};

/// What a dialect sends as the body of a create or an update.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// Plain JSON (`application/json`).
    Json(Value),
    /// A request that has to be signed before it is sent.
    Unsigned(Box<Unsigned>),
    /// A signed request.
    Jwt {
        /// Compact (RFC 7515, 7.1).
        text: Text,
        /// `application/jwt`.
        media_type: &'static str,
    },
}

impl Document {
    /// A request with its signature, which may have been made elsewhere.
    #[must_use]
    pub fn signed(unsigned: &Unsigned, signature: &[u8]) -> Self {
        let request = compact(&unsigned.signing_input(), signature);
        Self::Jwt {
            text: Text::plain(request.expose().to_owned()),
            media_type: RequestForm::Jwt.media_type(),
        }
    }

    /// What it says, for people: of a request that is signed, its claims.
    #[must_use]
    pub fn shown(&self) -> Value {
        match self {
            Self::Json(value) => value.clone(),
            Self::Unsigned(unsigned) => Value::Object(unsigned.claims.clone()),
            Self::Jwt { text, .. } => Value::Object(claims(text).unwrap_or_default()),
        }
    }

    /// Puts it into a request. One that is not signed yet is shown by its name, and is nothing when it is sent.
    #[must_use]
    pub(super) fn into_body(self, request: Request) -> Request {
        match self {
            Self::Json(value) => request.body("application/json", Text::plain(json::pretty(&value))),
            Self::Unsigned(_) => request.body(
                RequestForm::Jwt.media_type(),
                Text::default().hidden("signed request", "SIGNED_REQUEST", Secret::default()),
            ),
            Self::Jwt { text, media_type } => request.body(media_type, text),
        }
    }
}

/// The claims of a compact token.
fn claims(text: &Text) -> Option<Map<String, Value>> {
    let compact = text.reveal();
    let bytes = crate::domain::jose::from_base64url(compact.expose().split('.').nth(1)?)?;
    serde_json::from_slice(&bytes).ok()
}
