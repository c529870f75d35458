//! Answers in JSON. Every refusal has an `error` member (RFC 6749 section 5.2, RFC 7591 section 3.2.2).

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;
use serde_json::json;

/// An answer with a JSON body that no cache may keep.
pub fn json<T: Serialize>(status: StatusCode, body: &T) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => with_type(status, "application/json", bytes),
        Err(reason) => {
            tracing::error!(%reason, "an answer could not be written as JSON");
            empty(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// An answer with these bytes and media type, not to be kept by a cache.
pub fn with_type(status: StatusCode, media_type: &'static str, bytes: impl Into<Body>) -> Response {
    let mut response = empty(status);
    *response.body_mut() = bytes.into();
    set(&mut response, header::CONTENT_TYPE, media_type);
    response
}

/// An answer without a body, not to be kept by a cache.
pub fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    set(&mut response, header::CACHE_CONTROL, "no-store");
    set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}

/// A refusal: `{"error": …, "error_description": …}`.
pub fn refusal(status: StatusCode, error: &str, description: &str) -> Response {
    json(status, &json!({ "error": error, "error_description": description }))
}

/// A refusal whose only member is `error`, the way Keycloak words a few of them.
pub fn bare_refusal(status: StatusCode, error: &str) -> Response {
    json(status, &json!({ "error": error }))
}

/// The answer when the fault is this server's own. The reason goes to the log, not to the caller.
pub fn fault(reason: &dyn std::fmt::Display) -> Response {
    tracing::error!(%reason, "a request could not be served");
    refusal(
        StatusCode::INTERNAL_SERVER_ERROR,
        "server_error",
        "The server could not finish this request. Its log says why.",
    )
}

/// Sets a header to a fixed value, replacing any other.
pub fn set(response: &mut Response, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}

/// Sets a header to a computed value; a value that cannot stand in a header is left out.
pub fn set_text(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
