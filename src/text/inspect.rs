//! Words of the inspector.

mod layers;

pub use layers::*;

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
/// When what a token names as its end is no number.
pub const END_IS_NO_TIME: &str = "Nobody can tell when it ends: its `exp` is not a number.";
/// When a token is cut off before its end is named.
pub const END_CUT_OFF: &str = "It is cut off before it says when it ends.";
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
/// The payload that travels elsewhere.
pub const DETACHED: &str = "Payload that was signed";
/// Before there is a key.
pub const NO_KEY: &str = "There is no key to check it with.";
/// Opens the field for a key.
pub const PASTE_KEY: &str = "Paste a key";
/// Takes the keys of the tab.
pub const KEYS_OF_TAB: &str = "Use the keys of this tab";
/// What a key of the tab is called.
pub const KEY_OF_TAB: &str = "a key of this tab";
/// Tries what the token brings along.
pub const CARRIED_KEY: &str = "Try the key it carries";
/// Takes no key any more.
pub const FORGET_KEYS: &str = "Forget these keys";
/// The field for a key.
pub const KEY: &str = "Key";
/// What may be pasted there.
pub const KEY_HINT: &str = "A JSON Web Key or a set of them, PEM, a certificate, or the shared secret of an HS algorithm. It stays in this tab.";
/// Takes the pasted key.
pub const USE_KEY: &str = "Use this key";

/// When it was read.
#[must_use]
pub fn read_at(clock: &str) -> String {
    format!("Read at {clock}")
}

/// The button that fetches keys.
#[must_use]
pub fn fetch_keys(host: &str) -> String {
    format!("Fetch the keys of {host}")
}

/// One of several signatures.
#[must_use]
pub fn signature_number(number: usize) -> String {
    format!("Signature {number}")
}

/// How many keys are tried.
#[must_use]
pub fn keys_at_hand(count: usize) -> String {
    if count == 1 { "1 key at hand".to_owned() } else { format!("{} keys at hand", super::number(count)) }
}

/// Heading of what an SD-JWT discloses.
pub const DISCLOSURES: &str = "Disclosures";
/// An element of an array has no name.
pub const ELEMENT: &str = "(element)";
/// A disclosure that is a claim of the token itself.
pub const BELONGS_TOP: &str = "The claims";
/// No digest in the token is of this disclosure.
pub const BELONGS_NOWHERE: &str = "No digest in the token is of it: a verifier refuses the token";
/// The digest cannot be worked out here.
pub const BELONGS_UNKNOWN: &str = "Cannot be told: another hash than SHA-256";

/// How much is disclosed.
#[must_use]
pub fn disclosed(shown: usize, kept_back: usize) -> String {
    format!("{shown} disclosed, {kept_back} kept back")
}

/// Heading of the rules.
pub const CHECKS: &str = "Checks";
/// Which kind of token it is taken for.
pub const CHECKED_AS: &str = "Checked as";
/// Opens the fields for what would decide.
pub const TELL: &str = "Tell what would decide";

/// A kind of token that does not look like this one.
#[must_use]
pub fn other_profile(name: &str) -> String {
    format!("Other: {name}")
}

/// How many rules ended how.
#[must_use]
pub fn counts(passed: usize, failed: usize, unknown: usize, not_applicable: usize) -> String {
    format!("{passed} pass, {failed} fail, {unknown} cannot be known, {not_applicable} do not apply")
}

/// Above the rules that are kept.
#[must_use]
pub fn passed(count: usize) -> String {
    format!("{count} pass")
}

/// Above the rules that nobody can judge here.
#[must_use]
pub fn unknown(count: usize) -> String {
    format!("{count} cannot be known here")
}

/// Above the rules that speak of something else.
#[must_use]
pub fn not_applicable(count: usize) -> String {
    format!("{count} do not apply")
}

/// How much clocks may differ.
pub const SKEW: &str = "Clock difference forgiven";

/// So many seconds.
#[must_use]
pub fn skew(seconds: i64) -> String {
    if seconds == 0 { "None".to_owned() } else { crate::domain::time::length(seconds) }
}

/// Heading of what can be taken along.
pub const TAKE: &str = "Take along";
/// What the two texts are.
pub const TAKE_TEXT: &str = "The redacted token keeps its shape and loses its values and its signature. The report is Markdown for a ticket, without secrets.";
/// Copies the token without its values.
pub const COPY_REDACTED: &str = "Copy redacted token";
/// Copies what was found.
pub const COPY_REPORT: &str = "Copy report";
/// Makes a link with the whole token.
pub const MAKE_LINK: &str = "Make a link";
/// What such a link means.
pub const LINK_WARNING: &str = "The whole token stands in this link. No server gets to see it, but chats, histories and whoever has the link do. Use it only for a token that has ended.";
/// Copies the link.
pub const COPY_LINK: &str = "Copy link";
/// Opens the comparison.
pub const COMPARE: &str = "Compare with another token or with claims";
/// The field for it.
pub const OTHER_TOKEN: &str = "Another token";
/// What else may stand there.
pub const OTHER_HINT: &str = "Or claims as JSON, as a guide or a server prints them.";
/// When the other text has no header.
pub const ONLY_CLAIMS: &str = "Only the claims are compared: there is no header beside them.";
/// Head of the column with what is inspected.
pub const THIS_ONE: &str = "This one";
/// Head of the column with the other token.
pub const OTHER_ONE: &str = "The other one";
/// A claim that one of the two does not have.
pub const NOT_THERE: &str = "not there";

/// When the other text has no claims.
#[must_use]
pub fn not_comparable(kind: &str) -> String {
    format!("{kind}: there is nothing in it that could be compared.")
}

/// How much is the same.
#[must_use]
pub fn same(same: usize, different: usize) -> String {
    format!("{same} the same, {different} different.")
}

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
