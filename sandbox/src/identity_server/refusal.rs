//! Refusals in the server's shape. Only a 400 has a body; a 401 says neither whether the password is wrong nor whether
//! there is no such application.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use uuid::Uuid;

use super::awkward;
use crate::awkward::Awkward;
use crate::realm::RealmError;

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
    Fault(RealmError),
}

impl<E: Into<RealmError>> From<E> for Refusal {
    fn from(fault: E) -> Self {
        Self::Fault(fault.into())
    }
}

impl Refusal {
    /// The answer, as it is wanted for the request.
    pub(super) fn answer(self, wanted: Option<Awkward>) -> Response {
        let described = |error: &str, description: &str| {
            let body = json!({
                "error": error,
                "error_description": description,
                "traceId": Uuid::new_v4().to_string(),
            });
            awkward::refusal(StatusCode::BAD_REQUEST, &body, wanted)
        };
        let empty = |status| awkward::empty(status, wanted);
        match self {
            Self::Metadata(description) => described("invalid_client_metadata", &description),
            Self::RedirectUri(description) => described("invalid_redirect_uri", description),
            Self::Statement(description) => described("invalid_software_statement", description),
            Self::Unauthorized => empty(StatusCode::UNAUTHORIZED),
            Self::Forbidden => empty(StatusCode::FORBIDDEN),
            Self::Method => empty(StatusCode::METHOD_NOT_ALLOWED),
            Self::MediaType => empty(StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Self::Fault(reason) => {
                tracing::error!(%reason, "a request could not be served");
                empty(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}
