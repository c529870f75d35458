//! The product APIs: small, but with the checks, answers and refusals a real one has. Pages of any origin may call them,
//! because a call stands on its bearer token alone.

pub mod access;
pub mod cash_accounts;
pub mod data_factory;
pub mod payments;
pub mod start_bp;
pub mod trusted_issuers;

use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::answer;
use crate::call::Call;

/// Lets a page of any origin read the answer of a product API.
pub fn open(mut response: Response) -> Response {
    answer::set(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    answer::set(
        &mut response,
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        "WWW-Authenticate, Retry-After, Location",
    );
    response
}

/// Answers a preflight of a product API.
pub fn preflight() -> Response {
    let mut response = open(answer::empty(StatusCode::NO_CONTENT));
    answer::set(&mut response, header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS");
    answer::set(
        &mut response,
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        "Authorization, Content-Type, Accept, X-Request-ID",
    );
    answer::set(&mut response, header::ACCESS_CONTROL_MAX_AGE, "3600");
    response
}

/// The answer for a path that no product has.
pub fn unknown_path(call: &Call) -> Response {
    not_found(&format!("No product has the path {}. The catalogue lists the calls.", call.uri.path()))
}

/// The answer for a method that the path doesn't take.
pub fn wrong_method(call: &Call) -> Response {
    let sentence = format!("{} is not a method of this path. The catalogue lists the calls.", call.method);
    answer::refusal(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", &sentence)
}

/// A 404.
fn not_found(description: &str) -> Response {
    answer::refusal(StatusCode::NOT_FOUND, "not_found", description)
}

/// A 400.
fn bad_request(description: &str) -> Response {
    answer::refusal(StatusCode::BAD_REQUEST, "invalid_request", description)
}

/// The JSON object in the body.
fn object(call: &Call) -> Result<Map<String, Value>, Response> {
    if !call.is_of_type("application/json") {
        let sentence = "The body is JSON: send Content-Type: application/json.";
        return Err(answer::refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", sentence));
    }
    match serde_json::from_slice(&call.body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(bad_request("The body is one JSON object.")),
        Err(reason) => Err(bad_request(&format!("The body is not JSON: {reason}."))),
    }
}

/// Seconds since 1970 as a date, year first.
fn date(seconds: i64) -> Option<String> {
    Some(OffsetDateTime::from_unix_timestamp(seconds).ok()?.date().to_string())
}

/// Seconds since 1970 as a date-time of RFC 3339.
pub(crate) fn date_time(seconds: i64) -> Option<String> {
    OffsetDateTime::from_unix_timestamp(seconds).ok()?.format(&Rfc3339).ok()
}
