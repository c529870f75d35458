//! Words of the inspector.

use crate::domain::inspect::{KnownIssuer, findings::Severity};

/// Title of the page.
pub const TITLE: &str = "Inspect";
/// Lead below it.
pub const LEAD: &str = "Paste any token, a whole token answer, or an Authorization header. It stays in this tab and is not stored.";
/// Heading of the field.
pub const TOKEN: &str = "Token";
/// What may be pasted.
pub const PLACEHOLDER: &str = "eyJhbGciOi…";
/// Where the answer will be, before anything was pasted.
pub const EMPTY: &str = "Nothing pasted yet";
/// What it does.
pub const EMPTY_TEXT: &str = "Access tokens, ID tokens, initial and registration access tokens, client assertions. “Bearer” before it and line breaks inside do no harm. Everything is read in this tab; nothing is sent anywhere.";
/// While a large text is read.
pub const READING: &str = "Reading the token";
/// When something is no token.
pub const NOT_A_TOKEN: &str = "This is no token, as far as can be told. A token is one word without spaces, or the JSON answer it came in.";
/// When something says nothing of itself.
pub const OPAQUE: &str =
    "Only the server that made it knows what it means. It can be asked with introspection (RFC 7662).";
/// When a token is encrypted.
pub const ENCRYPTED: &str =
    "Only its header can be read: the rest is encrypted for whoever holds the key (RFC 7516).";
/// When a token names no end.
pub const NO_END: &str = "It names no end: there is no `exp` in it.";
/// When nothing is odd.
pub const NO_FINDINGS: &str = "Nothing odd was found.";
/// Heading of the findings.
pub const FINDINGS: &str = "Findings";
/// Heading of the table.
pub const CLAIMS: &str = "Claims";
/// The first group of the table.
pub const HEADER: &str = "Header";
/// The second group of the table.
pub const PAYLOAD: &str = "Payload, in the order it was written";
/// Heading of what it is compared with.
pub const COMPARED: &str = "Compared with";

/// The names of the issuers it is compared with.
#[must_use]
pub fn issuers(known: &[KnownIssuer]) -> String {
    let names: Vec<&str> = known.iter().map(|issuer| issuer.name.as_str()).collect();
    names.join(", ")
}

/// How long a pasted text is.
#[must_use]
pub fn characters(count: usize) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{} characters", super::number(count)) }
}

/// In place of a text that is too long for a field.
#[must_use]
pub fn large(bytes: usize) -> String {
    let size = super::size(u64::try_from(bytes).unwrap_or(u64::MAX));
    format!("{size} pasted. All of it is read; it is too long to be shown here.")
}

/// How many findings of a kind there are.
#[must_use]
pub fn severity(severity: Severity, count: usize) -> String {
    let (one, many) = match severity {
        Severity::Error => ("error", "errors"),
        Severity::Warning => ("warning", "warnings"),
        Severity::Note => ("note", "notes"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Below a table that was cut.
#[must_use]
pub fn more_claims(count: usize) -> String {
    format!("{} more are under JSON and Raw.", super::count(count, "claim", "claims"))
}

/// After a value that was cut.
#[must_use]
pub fn more_characters(count: usize) -> String {
    format!("… and {} more, under Raw", characters(count))
}
