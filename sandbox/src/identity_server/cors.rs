//! Which pages may read the answers (the CORS protocol of the Fetch standard), as the server comes: GET, POST and HEAD
//! from the listed origins. PUT and DELETE are refused to a page of another origin, so it can neither update nor delete.

use axum::http::{Method, StatusCode, header};
use axum::response::Response;

use crate::answer;
use crate::call::Call;
use crate::identity::origins::Origins;

const METHODS: &str = "GET, POST, HEAD, OPTIONS";

/// Refuses a request of a page that may not send it; a request of no page, or of this origin's own, passes.
///
/// # Errors
/// The refusal, which the page can't read.
pub fn check(origins: &Origins, call: &Call) -> Result<(), Response> {
    if !call.is_foreign() {
        return Ok(());
    }
    let asked = call.header(header::ACCESS_CONTROL_REQUEST_METHOD);
    let method = asked.filter(|_| call.method == Method::OPTIONS).unwrap_or(call.method.as_str());
    if !origins.allow_call(call) {
        return Err(plain(StatusCode::FORBIDDEN, "CORS origin denied"));
    }
    if METHODS.split(", ").any(|known| known == method) {
        return Ok(());
    }
    Err(plain(StatusCode::METHOD_NOT_ALLOWED, "Unsupported HTTP method"))
}

/// Answers a preflight that passed.
pub fn preflight(call: &Call) -> Response {
    let mut response = readable(call, answer::empty(StatusCode::OK));
    answer::set(&mut response, header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    if let Some(asked) = call.header(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        answer::set_text(&mut response, header::ACCESS_CONTROL_ALLOW_HEADERS, asked);
    }
    answer::set(&mut response, header::ACCESS_CONTROL_MAX_AGE, "3600");
    response
}

/// Lets the calling page read an answer to a request that passed.
pub fn readable(call: &Call, mut response: Response) -> Response {
    if let Some(origin) = call.origin().filter(|_| call.is_foreign()) {
        answer::set_text(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        answer::set(&mut response, header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    answer::set(&mut response, header::VARY, "Origin");
    response
}

fn plain(status: StatusCode, sentence: &'static str) -> Response {
    answer::with_type(status, "text/plain; charset=utf-8", sentence)
}
