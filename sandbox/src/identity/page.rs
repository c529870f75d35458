//! The pages of the provider: who is it, and what went wrong.

use axum::http::StatusCode;
use axum::response::Response;
use url::Host;

use super::people::PEOPLE;
use super::request::AuthorizationRequest;
use crate::html::{self, escaped};

/// The style sheet.
pub const STYLE: &str = "/identity/style.css";
/// Where the form leads.
pub const AUTHORIZE: &str = "/identity/authorize";

const CSS: &str = "
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 26rem; margin: 12vh auto; padding: 0 1rem; }
h1 { font-size: 1.35rem; }
form { display: grid; gap: .75rem; }
button { font: inherit; text-align: start; padding: .75rem 1rem; min-height: 3rem; border-radius: .5rem; }
button small { display: block; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; }
";

/// The style sheet's answer.
pub fn style() -> Response {
    html::style(CSS)
}

/// Asks who it is.
pub(super) fn ask(request: &AuthorizationRequest) -> Response {
    let hidden: String = request
        .parameters
        .iter()
        .map(|(name, value)| {
            format!("<input type=hidden name=\"{}\" value=\"{}\">", escaped(name), escaped(value))
        })
        .collect();
    let hint = request.hint.as_deref().unwrap_or_default();
    let people: String = PEOPLE
        .iter()
        .map(|person| {
            let focus = if person.email.eq_ignore_ascii_case(hint) { " autofocus" } else { "" };
            format!(
                "<button name=person value=\"{0}\"{focus}>{1}, {2}<small>{0}</small></button>",
                person.email, person.name, person.organization
            )
        })
        .collect();
    let body = format!(
        "<h1>Who signs in?</h1><p>This is a sign-in for trying: it asks for no password.</p>\
         <form method=post action={AUTHORIZE}>{hidden}{people}<button name=cancel value=yes>Cancel</button></form>"
    );
    html::answer(StatusCode::OK, page("Sign in", &body), &form_target(request))
}

/// Says something to the person.
pub(super) fn say(status: StatusCode, title: &str, sentence: &str) -> Response {
    let body = format!("<h1>{}</h1><p>{}</p>", escaped(title), escaped(sentence));
    html::answer(status, page(title, &body), "")
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>{} – sandbox</title><link rel=stylesheet href={STYLE}><main>{body}</main></html>",
        escaped(title)
    )
}

/// The origin that the form's answer redirects to. A policy can't name an IPv6 address.
fn form_target(request: &AuthorizationRequest) -> String {
    let url = &request.target.url;
    match url.host() {
        Some(Host::Ipv6(_)) => format!("{}:", url.scheme()),
        _ => url.origin().ascii_serialization(),
    }
}
