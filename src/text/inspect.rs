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
/// Above the three samples.
pub const SAMPLES: &str = "Or try one";
/// A long text in pieces, for assistive technology.
pub const PIECES: &str = "Token, in pieces";
/// How a long text is edited.
pub const PIECES_HINT: &str =
    "So long a text is edited piece by piece: press on one, or go on with the arrow keys.";
/// The tokens inside of a token, for assistive technology.
pub const LAYERS: &str = "The token and the tokens inside of it";
/// The outermost layer.
pub const ITSELF: &str = "The token itself";
/// A token inside that nobody has looked at.
pub const NOT_OPENED: &str = "A token inside, not opened yet";
/// When tokens are nested too deep.
pub const TOO_DEEP: &str = "It lies deeper than eight tokens in one another, or all together they are too long. Paste it on its own.";
/// Before the names of other tokens.
pub const OTHERS: &str = "Also in what was pasted:";
/// A token without a name.
pub const ANOTHER: &str = "Another token";
/// What a piece of evidence does.
pub const POINT: &str = "Show it in the token";
/// Copies the value of a claim.
pub const COPY_VALUE: &str = "Copy value";
/// Copies where a claim stands.
pub const COPY_PATH: &str = "Copy path";
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

/// How long a long text is.
#[must_use]
pub fn bytes(bytes: usize) -> String {
    super::size(u64::try_from(bytes).unwrap_or(u64::MAX))
}

/// Which piece of a long text a field holds.
#[must_use]
pub fn piece(number: usize, of: usize) -> String {
    format!("Token, piece {} of {}", super::number(number), super::number(of))
}

/// More tokens than are listed.
#[must_use]
pub fn unlisted(count: usize) -> String {
    format!("and {} more", super::number(count))
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
