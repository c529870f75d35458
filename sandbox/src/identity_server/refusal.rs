//! Refusals in the server's shape. Only a 400 has a body; a 401 says neither whether the password is wrong nor whether
//! there is no such application.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use uuid::Uuid;

use super::Fault;
use crate::answer;

/// Why a request is refused.
#[derive(Debug)]
pub(super) enum Refusal {
    /// 400 `invalid_client_metadata`.
    Metadata(String),
    /// 400 `invalid_redirect_uri`.
    RedirectUri(&'static str),
    /// 400 `invalid_software_statement`.
    Statement(&'static str),
    /// 401: who asks is not known, or the application isn't.
    Unauthorized,
    /// 403: the application is somebody else's.
    Forbidden,
    /// 405.
    Method,
    /// 415.
    MediaType,
    /// 500: this server's own fault.
    Fault(Fault),
}

impl<E: Into<Fault>> From<E> for Refusal {
    fn from(fault: E) -> Self {
        Self::Fault(fault.into())
    }
}

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Metadata(description) => described("invalid_client_metadata", &description),
            Refusal::RedirectUri(description) => described("invalid_redirect_uri", description),
            Refusal::Statement(description) => described("invalid_software_statement", description),
            Refusal::Unauthorized => answer::empty(StatusCode::UNAUTHORIZED),
            Refusal::Forbidden => answer::empty(StatusCode::FORBIDDEN),
            Refusal::Method => answer::empty(StatusCode::METHOD_NOT_ALLOWED),
            Refusal::MediaType => answer::empty(StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Refusal::Fault(reason) => {
                tracing::error!(%reason, "a request could not be served");
                answer::empty(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

fn described(error: &str, description: &str) -> Response {
    let body =
        json!({ "error": error, "error_description": description, "traceId": Uuid::new_v4().to_string() });
    answer::json(StatusCode::BAD_REQUEST, &body)
}
