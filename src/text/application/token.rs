//! Words of the token and of the first call.

use crate::domain::{application::Application, catalogue::Product, config::Contact, http::Response, time};

/// Headline while there is no token.
pub const NO_TOKEN: &str = "No token in this tab";

/// How it will be asked for.
#[must_use]
pub fn asks_with(application: &Application) -> String {
    format!("One POST with {}. The token is held in this tab only and never stored.", application.method())
}

/// The client proves itself by a signature, and no registered key is at hand.
#[must_use]
pub fn key_wanted(application: &Application) -> String {
    let names: Vec<String> =
        application.keys().iter().filter_map(|key| key.kid.clone()).map(|kid| format!("“{kid}”")).collect();
    let which = match names.as_slice() {
        [] => "The public keys of this application are not in its registration".to_owned(),
        [one] => format!("The server knows the key {one}"),
        many => format!("The server knows the keys {}", many.join(", ")),
    };
    format!(
        "{which}, and its private half is not in this browser. Load it: it stays in this tab and signs the request here. With a key of another name the server refuses."
    )
}

/// Nothing can be sent.
pub const NO_TOKEN_ANY_MORE: &str = "Tokens can no longer be asked for from here.";

/// A method that needs more than a secret.
#[must_use]
pub fn other_method(method: &str) -> String {
    format!(
        "This application proves itself with {method}, not with a client secret. Ask for its tokens from your own program."
    )
}
/// Below the field for a client secret.
pub const SECRET_HINT: &str = "Held in this tab only. It is not stored and never part of an address.";
/// When that field is empty.
pub const SECRET_MISSING: &str = "Paste the client secret of this application.";
/// The answer names no end.
pub const NO_END: &str = "the answer has no expires_in";
/// For a screen reader.
pub const TOKEN_EXPIRED: &str = "The access token has expired.";

/// The end of the ruler.
#[must_use]
pub fn token_ends(at: i64, expired: bool) -> String {
    format!("{} {}", if expired { "Expired" } else { "Expires" }, time::clock(at))
}

/// Beside scopes that are registered and were not asked for.
pub const REGISTERED_NOT_ASKED: &str = "registered, not asked for";
/// Beside scopes that the server put in.
pub const ADDED_BY_SERVER: &str = "added by the server";

/// Beside an audience that the token does not have.
#[must_use]
pub fn named_by(product: &str) -> String {
    format!("in the catalogue, for {product}")
}
/// All is well.
pub const ALL_GRANTED: &str = "Everything that was asked for was granted.";
/// No scope was asked for.
pub const ASKED_NOTHING: &str = "No scope was asked for; the server granted its own.";
/// Nobody says.
pub const GRANTED_UNSAID: &str =
    "Neither the token nor its answer names a scope. By the standard that means: as asked (RFC 6749, 5.1).";

/// After the names of scopes that are missing.
#[must_use]
pub fn not_granted(count: usize, why: &str) -> String {
    let are = if count == 1 {
        "is registered but was not granted."
    } else {
        "are registered but were not granted."
    };
    format!("{are} {why} The operator can add it.")
}

/// The same for the operator.
#[must_use]
pub fn not_granted_message(names: &str) -> String {
    format!(
        "This scope is registered and asked for, and not granted: {names}. Which role or rule is missing?"
    )
}

/// After the roles of a token.
#[must_use]
pub fn roles(count: usize) -> String {
    format!("{} in the realm", crate::text::count(count, "role", "roles").to_lowercase())
}

/// First words of a token that cannot be read.
pub const OPAQUE_LEAD: &str = "This token is opaque.";
/// The rest of them.
pub const OPAQUE: &str = "It says nothing to anyone but the server that made it. That is as good as any other: calls work the same.";
/// First words of a token that is encrypted.
pub const ENCRYPTED_LEAD: &str = "This token is encrypted.";
/// The rest of them.
pub const ENCRYPTED: &str = "Only the API that it is meant for can read it. Calls work the same.";

/// Where a call goes.
#[must_use]
pub fn call_goes_to(host: &str) -> String {
    format!("With this token, to {host}")
}

/// Below the bar of a call.
#[must_use]
pub fn call_note(has_token: bool, expired: bool) -> &'static str {
    match (has_token, expired) {
        (false, _) => "Get a token first: the call carries it.",
        (true, true) => "The token has expired. The call will be refused, and offers a new token then.",
        (true, false) => "Sends one request, never repeated on its own.",
    }
}
/// First words when somebody has to agree.
pub const APPROVAL_LEAD: &str = "The operator approves this product.";

/// Who that is, and what happens until then.
#[must_use]
pub fn approval(product: &Product, contact: &Contact) -> String {
    let note = product.approval_note.clone().unwrap_or_else(|| "Until then calls answer 403.".to_owned());
    let who = match (&contact.name, &contact.email) {
        (Some(name), Some(email)) => format!(" Ask {name}, {email}."),
        (Some(name), None) => format!(" Ask {name}."),
        (None, Some(email)) => format!(" Ask {email}."),
        (None, None) => String::new(),
    };
    format!("{note}{who}")
}

/// Status and its reason phrase (RFC 9110, 15).
#[must_use]
pub fn status_line(status: u16) -> String {
    let phrase = match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => return status.to_string(),
    };
    format!("{status} {phrase}")
}

/// Time and size of an answer.
#[must_use]
pub fn answer_size(response: &Response) -> String {
    format!("{} ms, {} bytes", response.elapsed_ms, response.body.len())
}

/// Of an answer that is a success.
pub const ACCEPTED: &str = "The product accepted the token and answered.";

/// The product's own words.
#[must_use]
pub fn in_its_words(quoted: &str) -> String {
    format!("In its words: “{quoted}”")
}

/// By what the product finds its refusal again.
#[must_use]
pub fn refusal_id(id: &str) -> String {
    format!("The bank finds this refusal by `{id}`.")
}

/// By what support finds a call again (`x-fapi-interaction-id`).
pub const INTERACTION: &str = "Interaction ID";
/// An answer without a body.
pub const NO_BODY: &str = "The answer has no body.";
/// An answer of another origin may hide its headers.
pub const NO_HEADERS: &str = "The browser shows this page no headers of the answer.";

/// Above an answer that came the second time.
pub const REPEATED: &str =
    "The first call was answered 401. A new token was got, and the call was sent once more.";
