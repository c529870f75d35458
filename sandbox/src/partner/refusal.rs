//! Refusals in the two shapes that Apigee has: Google's for the management API, a fault for what stands before it.

use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::json;

use crate::answer;
use crate::identity::Unaccepted;

/// Google's shape, with the status of `google.rpc.Code`.
pub fn google(code: StatusCode, status: &str, message: &str) -> Response {
    answer::json(code, &json!({ "error": { "code": code.as_u16(), "message": message, "status": status } }))
}

/// The gateway's shape.
pub fn fault(code: StatusCode, sentence: &str, error_code: &str) -> Response {
    answer::json(
        code,
        &json!({ "fault": { "faultstring": sentence, "detail": { "errorcode": error_code } } }),
    )
}

/// 400.
pub fn invalid(message: &str) -> Response {
    google(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", message)
}

/// 403.
pub fn denied(message: &str) -> Response {
    google(StatusCode::FORBIDDEN, "PERMISSION_DENIED", message)
}

/// 404.
pub fn not_found(message: &str) -> Response {
    google(StatusCode::NOT_FOUND, "NOT_FOUND", message)
}

/// 409.
pub fn exists(message: &str) -> Response {
    google(StatusCode::CONFLICT, "ALREADY_EXISTS", message)
}

/// 500; the reason goes to the log.
pub fn internal(reason: &dyn std::fmt::Display) -> Response {
    tracing::error!(%reason, "a request could not be served");
    let message = "The server could not finish this request. Its log says why.";
    google(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", message)
}

/// No access token came.
pub fn unauthenticated() -> Response {
    let message = "Request is missing required authentication credential. Expected OAuth 2 access token: \
                   Authorization: Bearer, then the token of the sign-in.";
    let mut response = google(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message);
    answer::set(&mut response, header::WWW_AUTHENTICATE, "Bearer realm=\"northbank\"");
    response
}

/// The access token doesn't count: the gateway before the API says so.
pub fn unaccepted(reason: &Unaccepted) -> Response {
    let mut response = match reason {
        Unaccepted::Expired => fault(
            StatusCode::UNAUTHORIZED,
            "Access Token expired",
            "keymanagement.service.access_token_expired",
        ),
        Unaccepted::Invalid => fault(
            StatusCode::UNAUTHORIZED,
            "Invalid Access Token",
            "keymanagement.service.invalid_access_token",
        ),
        Unaccepted::Fault(reason) => return internal(reason),
    };
    answer::set(
        &mut response,
        header::WWW_AUTHENTICATE,
        "Bearer realm=\"northbank\", error=\"invalid_token\"",
    );
    response
}
