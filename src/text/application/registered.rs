//! Words of the page that follows the creation.

use crate::domain::{
    application::{
        Application,
        history::{Outcome, Step},
    },
    registration::Dialect,
    time,
};

use super::status_line;

/// The answer that created the application: `201 Created in 412 ms, 17 Oct 2022, 14:14:38 UTC. Sandbox.`
#[must_use]
pub fn registered_line(application: &Application, environment: &str) -> String {
    let entry = application.history.iter().find(|entry| entry.step == Step::Registered);
    match entry.map(|entry| (entry.at, &entry.outcome)) {
        Some((at, Outcome::Done { status, elapsed_ms })) => {
            let at = time::date_time_seconds(at);
            format!("{} in {elapsed_ms} ms, {at}. {environment}.", status_line(*status))
        }
        _ => format!("{}. {environment}.", time::date_time_seconds(application.created_at)),
    }
}

/// What was unusual about that answer.
#[must_use]
pub fn registered_notes(application: &Application) -> Option<String> {
    let entry = application.history.iter().find(|entry| entry.step == Step::Registered)?;
    let known = format!("Client ID {}.", application.client_id);
    let rest = entry.evidence.strip_prefix(&known).unwrap_or(&entry.evidence).trim();
    (!rest.is_empty()).then(|| rest.to_owned())
}
/// First words before it.
pub const ODD_ANSWER: &str = "The answer was read, and is not quite as the standard has it.";
/// First words when nothing outlives the tab.
pub const MEMORY_ONLY_LEAD: &str = "Nothing of this is stored in this browser.";
/// The rest of them.
#[must_use]
pub fn memory_only(own_token: bool) -> &'static str {
    if own_token {
        "Download the file below before you close this tab, and copy the registration access token: it is the only key to this registration."
    } else {
        "Download the file below before you close this tab, and save the private key if it was made here."
    }
}

/// Until it is known how the backend is reached.
pub const LOOKING_UP: &str = "Reading the discovery document";
/// Beside the registration access token.
pub const REGISTRATION_TOKEN_STORED: &str = "Stored, encrypted. Needed to read, change or delete.";
/// When the server gave none.
pub const REGISTRATION_TOKEN_NONE: &str =
    "The server sent none. Only the operator can change this application.";

/// A secret by its last four characters.
#[must_use]
pub fn masked_secret(application: &Application) -> String {
    let last = application.secret.as_ref().and_then(|note| note.last_four.clone()).unwrap_or_default();
    format!("••••••••{last}")
}

/// Beside the heading of the secret.
#[must_use]
pub fn secret_sub(application: &Application, shown: bool) -> &'static str {
    match (application.secret.as_ref().is_some_and(|note| note.kept.is_some()), shown) {
        (true, _) => "Kept in this browser, encrypted",
        (false, true) => "Shown this once",
        (false, false) => "At hand in this tab",
    }
}

/// When the secret ends, and how to come by it again.
#[must_use]
pub fn secret_life(application: &Application, dialect: Option<&dyn Dialect>) -> String {
    let note = application.secret.as_ref();
    let end = match note.and_then(|note| note.expires_at) {
        Some(0) => "It does not expire.".to_owned(),
        Some(end) => format!("It expires on {}.", time::date_time(end)),
        None => "The server does not say when it expires.".to_owned(),
    };
    if note.is_some_and(|note| note.kept.is_some()) {
        return format!("{end} It is kept in this browser, encrypted, because you asked for that.");
    }
    let again = if sends_again(dialect) {
        "Read the registration: this server sends it again."
    } else {
        "Read the registration: some servers send it again. Else ask the operator."
    };
    format!("{end} When you close this tab, this browser forgets it. Lost it later? {again}")
}

fn sends_again(dialect: Option<&dyn Dialect>) -> bool {
    dialect.is_some_and(|dialect| dialect.habits().sends_secret_again)
}

/// First words when no secret was issued.
pub const NO_SECRET_LEAD: &str = "No client secret was issued.";
/// When no secret was issued.
pub const NO_SECRET: &str = "The server sent none: this application proves itself in another way, or the operator hands the secret out.";
/// First words after a reload.
pub const SECRET_GONE_LEAD: &str = "The secret is no longer in this tab.";

/// What to do about it.
#[must_use]
pub fn secret_gone(dialect: Option<&dyn Dialect>) -> &'static str {
    if sends_again(dialect) {
        "It was shown once and not kept. Read the registration: this server sends it again."
    } else {
        "It was shown once and not kept. Read the registration: some servers send it again. If this one does not, the operator can make a new one."
    }
}

/// The same when the server no longer knows the application.
pub const NOT_AT_HAND: &str = "The secret itself is not in this browser.";

/// Below the secret's field under Credentials, when the secret is not at hand.
#[must_use]
pub fn not_at_hand(dialect: Option<&dyn Dialect>) -> &'static str {
    if sends_again(dialect) {
        "The secret itself is not in this browser. Read the registration: this server sends it again."
    } else {
        "The secret itself is not in this browser. Read the registration: some servers send it again. Else ask the operator."
    }
}

/// Heading of the files.
pub const TAKE_ALONG: &str = "Take it with you";
/// The list of their formats.
pub const FILE_FORMAT: &str = "File format";
/// The block with the file.
pub const CREDENTIALS_FILE: &str = "Credentials as a file";
/// The switch that puts the secret into the file.
pub const INCLUDE_SECRET: &str = "Include the secret";
/// Beside the files.
pub const FILES_ARE_LOCAL: &str = "The files are made in this browser";
/// When the server registered what was asked.
pub const NO_DIFFERENCES: &str = "Nothing: every field is registered as it was sent.";

/// On the fold with what the server filled in.
#[must_use]
pub fn filled_in(count: usize) -> String {
    crate::text::count(count, "field that the server filled in", "fields that the server filled in")
}

/// How many fields differ.
#[must_use]
pub fn differing(count: usize, of: usize) -> String {
    match count {
        0 => String::new(),
        1 => format!("1 of {of} fields differs from the request"),
        _ => format!("{count} of {of} fields differ from the request"),
    }
}

/// In the row that leads on.
pub const OPEN_APPLICATION: &str = "Change products, read the registration";
/// Below "Get a token".
#[must_use]
pub fn next_token(application: &Application, at_hand: bool) -> &'static str {
    match (application.signs(), at_hand) {
        (true, _) => "Signs an assertion with a key of this browser, or asks for the key.",
        (false, true) => "Uses the secret of this tab, nothing to paste.",
        (false, false) => "Asks for the secret first: it is not in this tab.",
    }
}
/// Heading of the key, right after registering.
pub const CLIENT_KEY: &str = "Private key of this application";
/// First words when the private half is not here.
pub const KEY_ELSEWHERE_LEAD: &str = "No secret was issued.";
/// The rest of them.
pub const KEY_ELSEWHERE: &str = "The server knows the public keys you gave it. The private half is where you made it: the token page asks for it, or your own program signs.";
/// On the switch.
pub const KEEP_SECRET: &str = "Keep the secret in this browser, encrypted";

/// What this browser keeps of an application, and what it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptWords {
    /// Kept.
    pub here: Vec<String>,
    /// Not kept.
    pub not_here: Vec<String>,
}

/// The two lists; `own_token` where a registration access token opens a registration.
#[must_use]
pub fn kept(application: &Application, own_token: bool) -> KeptWords {
    let mut words = KeptWords { here: vec!["Client ID".to_owned()], not_here: Vec::new() };
    let keep = |kept: bool, what: String, words: &mut KeptWords| {
        if kept { words.here.push(what) } else { words.not_here.push(what) }
    };
    if let Some(note) = &application.secret {
        if let Some(last) = &note.last_four {
            words.here.push(format!("Last four characters of the secret: {last}"));
        }
        words.here.push("Salted digest of the secret, to check one you hold later".to_owned());
    }
    if own_token {
        keep(
            application.registration_access_token.is_some(),
            "Registration access token, encrypted".to_owned(),
            &mut words,
        );
    }
    if let Some(note) = &application.secret {
        keep(
            note.kept.is_some(),
            "The secret itself".to_owned() + if note.kept.is_some() { ", encrypted" } else { "" },
            &mut words,
        );
    }
    if own_token {
        words.not_here.push("The initial access token".to_owned());
    }
    if application.signs() {
        words.not_here.push("The private key, unless you chose to keep it here".to_owned());
    }
    words
}
