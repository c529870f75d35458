//! Which pages may read the realm's answers (the CORS protocol of the Fetch standard), with Keycloak's gaps:
//! a refusal of the registration endpoint carries no such header.

use axum::http::{HeaderName, StatusCode, header};
use axum::response::Response;

use crate::answer;
use crate::call::Call;

const ALLOWED_HEADERS: &str = "Origin, Accept, X-Requested-With, Access-Control-Request-Method, \
                               Access-Control-Request-Headers, DPoP, Content-Type, Authorization";

/// Answers a preflight: always yes, whatever the origin. It proves nothing about the request that follows.
pub fn preflight(call: &Call, methods: &'static str) -> Response {
    let mut response = answer::empty(StatusCode::OK);
    if let Some(origin) = call.origin() {
        echo(&mut response, origin);
        answer::set(&mut response, header::ACCESS_CONTROL_ALLOW_METHODS, methods);
        answer::set(&mut response, header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS);
        answer::set(&mut response, header::ACCESS_CONTROL_MAX_AGE, "3600");
    }
    response
}

/// Lets the calling page read this answer.
pub fn readable(call: &Call, mut response: Response) -> Response {
    if let Some(origin) = call.origin().filter(|_| call.is_foreign()) {
        echo(&mut response, origin);
    }
    response
}

/// As [`readable`], with the further header of the token endpoint.
pub fn readable_token_answer(call: &Call, response: Response) -> Response {
    let mut response = readable(call, response);
    if call.is_foreign() {
        let exposed: HeaderName = header::ACCESS_CONTROL_EXPOSE_HEADERS;
        answer::set(&mut response, exposed, "Access-Control-Allow-Methods");
    }
    response
}

/// Whether the page's origin may use what carries these allowed origins. No `Origin`, or this server's own, always may.
///
/// # Errors
/// The refusal.
pub fn check(call: &Call, allowed: &[String]) -> Result<(), Response> {
    if !call.is_foreign() {
        return Ok(());
    }
    let listed = call.origin().is_some_and(|origin| allowed.iter().any(|one| one == "*" || one == origin));
    if listed { Ok(()) } else { Err(answer::bare_refusal(StatusCode::FORBIDDEN, "Invalid origin")) }
}

fn echo(response: &mut Response, origin: &str) {
    answer::set_text(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    answer::set(response, header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    answer::set(response, header::VARY, "Origin");
}
