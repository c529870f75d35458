//! Refusals of the gateway, in the forms in which they are met.

use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::json;

use crate::answer;
use crate::awkward::Awkward;
use crate::call::Call;

/// Why something is not done.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The caller's doing.
    Said {
        /// The status.
        status: StatusCode,
        /// The `error`.
        error: &'static str,
        /// The `error_description`.
        description: String,
    },
    /// This server's own fault.
    Fault(Response),
}

impl Refusal {
    /// 400 with this `error`.
    pub fn bad(error: &'static str, description: impl Into<String>) -> Self {
        Self::Said { status: StatusCode::BAD_REQUEST, error, description: description.into() }
    }

    /// A member of the request is not right (RFC 7591 section 3.2.2).
    pub fn metadata(description: impl Into<String>) -> Self {
        Self::bad("invalid_client_metadata", description)
    }

    /// The software statement is not right (RFC 7591 section 3.2.2).
    pub fn statement(description: impl Into<String>) -> Self {
        Self::bad("invalid_software_statement", description)
    }

    /// 401 with this `error`.
    pub fn unauthorised(error: &'static str, description: impl Into<String>) -> Self {
        Self::Said { status: StatusCode::UNAUTHORIZED, error, description: description.into() }
    }

    /// The answer, perhaps in one of its awkward forms.
    pub fn answer(self, awkward: Option<Awkward>) -> Response {
        let (status, error, description) = match self {
            Self::Said { status, error, description } => (status, error, description),
            Self::Fault(response) => return response,
        };
        let body = json!({ "error": error, "error_description": description });
        let mut response = match awkward {
            Some(Awkward::HtmlError) => answer::with_type(status, "text/html", page(status)),
            Some(Awkward::WrappedErrors) => answer::json(status, &json!({ "errors": body })),
            _ => answer::json(status, &body),
        };
        if status == StatusCode::UNAUTHORIZED && error == "invalid_token" {
            answer::set(&mut response, header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        }
        response
    }
}

impl<E: Into<crate::realm::RealmError>> From<E> for Refusal {
    fn from(reason: E) -> Self {
        Self::Fault(answer::fault(&reason.into()))
    }
}

/// What a web server before the gateway says when it thinks it knows better.
fn page(status: StatusCode) -> String {
    let reason = status.canonical_reason().unwrap_or("Error");
    format!(
        "<html>\r\n<head><title>{0} {reason}</title></head>\r\n<body>\r\n<center><h1>{0} {reason}</h1></center>\r\n</body>\r\n</html>\r\n",
        status.as_u16()
    )
}

/// The answer for a path that the gateway doesn't have.
pub fn nowhere(call: &Call) -> Response {
    let error = json!({
        "code": "404",
        "message": "Not Found",
        "description": format!("The requested resource is not available: {}", call.uri.path()),
        "links": [],
    });
    answer::json(StatusCode::NOT_FOUND, &json!({ "errors": [error] }))
}
