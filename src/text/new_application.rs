//! Words of the page on which an application is registered.

use super::count;
use crate::domain::{catalogue::Product, config::Environment, form::KeySource, registration};

/// Headline.
pub const TITLE: &str = "New application";
/// Below the name.
pub const NAME_HINT: &str = "The operator sees this name.";
/// Below the e-mail address.
pub const CONTACT_HINT: &str = "Used by the operator only, to reach you.";
/// Label of the check box.
pub const SIGN_IN: &str = "People sign in through this application";
/// Below the check box.
pub const SIGN_IN_HINT: &str = "Then it needs redirect URIs. For calls between machines leave this off.";
/// Below the redirect URIs.
pub const REDIRECT_URIS_HINT: &str =
    "Where a sign-in returns to, one a line. Use https; plain http is for this computer only.";
/// When the environment offers nothing.
pub const NO_PRODUCTS: &str =
    "This environment offers no products. The application gets the scopes that the server gives by itself.";
/// Beside the label of the initial access token.
pub const TOKEN_ASIDE: &str = "From the operator's e-mail";
/// Below its field.
pub const TOKEN_HINT: &str = "It opens registration and nothing else. A leading `Bearer` and line breaks do no harm. It is never stored.";
/// Inside its empty field.
pub const TOKEN_PLACEHOLDER: &str = "Paste the token here";
/// When the environment takes registrations without one.
pub const NO_TOKEN: &str = "This environment takes registrations without an initial access token.";
/// When it is required and nothing was pasted.
pub const TOKEN_MISSING: &str = "Paste the initial access token from the operator's e-mail.";
/// The same where the environment gives one out for trying.
pub const TOKEN_MISSING_TRIAL: &str =
    "Paste the initial access token from the operator's e-mail, or get one from the sandbox.";
/// Before the button that gets a token for trying.
pub const TRIAL_LEAD: &str = "No token yet?";
/// The button.
pub const TRIAL: &str = "Get one from the sandbox";
/// Announced when it came.
pub const TRIAL_DONE: &str = "The sandbox gave an initial access token. It is filled in.";
/// At the end of the review's head.
pub const REVIEW_ASIDE: &str = "This is exactly what will be sent";
/// In place of the request while the addresses are being asked for.
pub const REVIEW_CHECKING: &str = "Asking the server for its addresses";
/// In place of the request when the addresses are not known.
pub const REVIEW_UNKNOWN: &str =
    "The request cannot be shown yet, because the server's addresses are not known.";
/// Below the last step when the request is there.
pub const READY: &str = "Ready to send";
/// Below the last step while the addresses are being asked for.
pub const READY_CHECKING: &str = "Asking the server";
/// Below the last step when the addresses are not known.
pub const READY_UNKNOWN: &str = "The server was not reached";
/// Below the last step while something is missing.
pub const NOT_READY: &str = "Not ready";
/// Below the button.
pub const REGISTER_HINT: &str = "Sends one POST, never repeated on its own.";
/// Below the button while it works.
pub const REGISTER_WAITING: &str = "Sent once. The answer is stored even if you leave this page.";
/// Below the button after an attempt that was stopped.
pub const REGISTER_STOPPED: &str = "Press again after the changes. Nothing was sent.";
/// While the draft is being read.
pub const LOADING: &str = "Reading your draft";
/// When the draft cannot be stored; the reason follows.
pub const NOT_SAVED: &str = "The draft could not be stored.";
/// After the reason.
pub const NOT_SAVED_NEXT: &str = "What you typed stays here as long as this page is open.";

/// Below the headline.
#[must_use]
pub fn lead(environment: &Environment) -> String {
    let dialect = registration::dialect_of(environment).name();
    format!("{}, {dialect}. Nothing you type leaves this browser until you press Register.", environment.name)
}

/// Heading of the summary of errors.
#[must_use]
pub fn to_change(number: usize) -> String {
    format!("{} before this can be sent", count(number, "thing to change", "things to change"))
}

/// Below a step with errors.
#[must_use]
pub fn step_to_change(number: usize) -> String {
    if number == 1 { "1 thing to change".to_owned() } else { format!("{number} things to change") }
}

/// In place of the request while the form cannot be sent. `stopped` is the number of errors after an attempt.
#[must_use]
pub fn review_waits(stopped: Option<usize>) -> String {
    match stopped {
        None => "The request appears here once the parts above are filled in.".to_owned(),
        Some(1) => "The request appears here once the thing above is changed.".to_owned(),
        Some(number) => {
            let things = count(number, "thing", "things").to_lowercase();
            format!("The request appears here once the {things} above are changed.")
        }
    }
}

/// At the end of the products' head.
#[must_use]
pub fn chosen(chosen: usize, offered: usize) -> String {
    if chosen == 0 { "None chosen".to_owned() } else { format!("{chosen} of {offered} chosen") }
}

/// Who approves the chosen products.
#[must_use]
pub fn approval(chosen: usize, waiting: &[Product]) -> String {
    let names: Vec<&str> = waiting.iter().map(|product| product.name.as_str()).collect();
    match (chosen, names.as_slice()) {
        (0, _) => "–".to_owned(),
        (_, []) => "Not needed".to_owned(),
        (_, names) => format!("By the operator, for {}", names.join(", ")),
    }
}

/// Title and explanation of an authentication method.
#[must_use]
pub fn method(method: &str) -> (&str, &'static str) {
    match method {
        "client_secret_basic" => (
            "Client secret, in the header",
            "The server makes it, and you see it once. Token requests carry it in the Authorization header.",
        ),
        "client_secret_post" => (
            "Client secret, in the body",
            "The server makes it, and you see it once. Token requests carry it in their body.",
        ),
        "private_key_jwt" => (
            "Signature with a private key",
            "You make a key pair here or bring your own. The server gets the public half; no secret travels.",
        ),
        other => (other, ""),
    }
}

/// Heading of the keys.
pub const KEYS: &str = "Public keys";
/// The choice below it.
pub const KEYS_FROM: &str = "Where the public keys come from";
/// The field for pasted keys.
pub const PASTED: &str = "JWKS or JSON Web Key";
/// Below it.
pub const PASTED_HINT: &str = "Public halves only: a private member stops the form before anything is sent.";
/// Below the address of keys.
pub const ADDRESS_HINT: &str =
    "The server fetches the keys from here, so that you can replace them without a new registration.";

/// A source of keys.
#[must_use]
pub fn key_source(source: KeySource) -> &'static str {
    match source {
        KeySource::Here => "Made here",
        KeySource::Pasted => "Pasted",
        KeySource::Address => "At an address",
    }
}

/// First words when the draft has the public half only.
pub const LEFT_BEHIND_LEAD: &str = "The private half of the chosen key is not in this tab.";
/// The rest of them.
pub const LEFT_BEHIND: &str = "Its public half is still in your draft and would be registered. Load the private key, or make a new pair.";

/// Below the description of a developer app.
pub const DESCRIPTION_HINT: &str = "For the administrator who approves it: what it does, and for whom.";
/// The callback of a developer app.
pub const CALLBACK: &str = "Callback URL";
/// Below it.
pub const CALLBACK_HINT: &str = "Only if people sign in through it.";
