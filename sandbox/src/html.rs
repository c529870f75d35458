//! Pages that this server writes itself: plain HTML and forms, without a script.

use axum::http::{HeaderName, StatusCode, header};
use axum::response::Response;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::answer;

/// An answer with a page. Its forms may lead to this server and, through its redirects, to `form_target`.
pub fn answer(status: StatusCode, html: String, form_target: &str) -> Response {
    let mut response = answer::with_type(status, "text/html; charset=utf-8", html);
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self'{}{form_target}; base-uri 'none'; frame-ancestors 'none'",
        if form_target.is_empty() { "" } else { " " },
    );
    answer::set_text(&mut response, header::CONTENT_SECURITY_POLICY, &policy);
    // The forms are recognised by their Origin, which `no-referrer` would take away.
    answer::set(&mut response, header::REFERRER_POLICY, "same-origin");
    answer::set(&mut response, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    response
}

/// An answer with a style sheet.
pub fn style(css: &'static str) -> Response {
    answer::with_type(StatusCode::OK, "text/css; charset=utf-8", css)
}

/// Seconds since 1970 as a date-time of RFC 3339; empty when there is no such date.
pub fn moment(at: i64) -> String {
    let moment = OffsetDateTime::from_unix_timestamp(at).ok();
    moment.and_then(|moment| moment.format(&Rfc3339).ok()).unwrap_or_default()
}

/// Text for a place between tags or in a quoted attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
