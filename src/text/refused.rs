//! Words about a request without an answer.

use crate::{
    components::prelude::Crumb,
    domain::{registration::Operation, route::Route, time, url::percent_encode},
};

/// Title of the page.
pub const TITLE: &str = "Why was it refused?";

/// The way to it.
#[must_use]
pub fn crumbs() -> Vec<Crumb> {
    vec![
        Crumb::to("Applications", Route::Home),
        Crumb::to("New application", Route::new_application()),
        Crumb::here("Register"),
    ]
}

/// Before the certainty.
pub const HOW_SURE: &str = "How sure:";
/// A link to the discovery document.
pub const OPEN_DISCOVERY: &str = "Open the discovery address in a new tab";
/// How the portal knows, folded.
pub const EVIDENCE: &str = "How the portal knows";
/// The operator's part, folded.
pub const OPERATOR: &str = "What the operator sets";
/// Another way to send it, folded.
pub const OTHERWISE: &str = "Send it with curl, and paste the answer";

/// How many checks there were, and how long they took.
#[must_use]
pub fn checks(count: usize, elapsed_ms: u32) -> String {
    format!("{} in {elapsed_ms} ms", crate::text::count(count, "check", "checks"))
}

/// Above the settings.
#[must_use]
pub fn settings(count: usize, page: &str) -> String {
    match count {
        1 => format!("Please let {page} use this server:"),
        _ => format!("Please let {page} use this server. One of these is enough:"),
    }
}

/// Below the settings.
#[must_use]
pub fn no_secrets(at: i64) -> String {
    format!("Seen on {}. No token or secret is in this message.", time::date_time_seconds(at))
}

/// An address that opens the mail program with the message.
#[must_use]
pub fn mail(address: &str, message: &str) -> String {
    format!(
        "mailto:{}?subject={}&body={}",
        percent_encode(address).replace("%40", "@"),
        percent_encode("Access for the developer portal"),
        percent_encode(message)
    )
}

/// The way through this site.
pub const THROUGH_TITLE: &str = "Send it through this site";
/// Its button.
pub const THROUGH: &str = "Register through this site";

/// What the way through this site is.
#[must_use]
pub fn through(environment: &str) -> String {
    format!(
        "The environment “{environment}” reaches the same server through the web server of this site, without CORS. What you typed is kept."
    )
}

/// The way by curl.
pub const CURL_TITLE: &str = "Run curl, paste the answer";
/// What it does.
pub const CURL: &str = "It is the same request, sent from your own computer. What is secret in it the command asks for, so that it stays out of your shell history.";
/// Before the buttons that copy what the command asks for.
pub const COMMAND_ASKS: &str = "The command asks for these. Copy:";
/// Below the field.
pub const ANSWER_HINT: &str = "All that it printed, or only the JSON. It is read in this browser.";

/// How an answer begins.
#[must_use]
pub fn answer_example(operation: Operation) -> &'static str {
    match operation {
        Operation::Create => "HTTP/1.1 201 Created …",
        Operation::Read | Operation::Update => "HTTP/1.1 200 OK …",
        Operation::Delete => "HTTP/1.1 204 No Content",
    }
}
/// The way back.
pub const BACK_TITLE: &str = "Change the form first";
/// What is there.
pub const BACK: &str =
    "Paste another token, or choose another environment. What you typed is kept, also for later.";
