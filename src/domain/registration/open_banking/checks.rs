//! What a bank would refuse, found before anything is sent: the inspector's rules for registration requests, with what
//! the environment says.

use crate::domain::{
    config::{Environment, RequestForm},
    inspect::{
        findings::Severity,
        inspect,
        profiles::{self, Checked, Known, State},
        times::TOLERANCE,
    },
    jose::{Algorithm, Unsigned, base64url},
    registration::Document,
};

/// What is known at the moment of sending.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sending<'a> {
    /// Seconds since 1970.
    pub now: i64,
    /// `aud` that the bank wants: [`super::request::Stamp::audience`].
    pub audience: Option<&'a str>,
    /// Every `jti` that was sent before, of requests and of statements.
    pub used_ids: &'a [&'a str],
    /// `kid`s of the software's keys, if somebody read them.
    pub key_ids: Option<&'a [&'a str]>,
    /// `kid`s of the keys that were revoked, if somebody read them.
    pub revoked_key_ids: Option<&'a [&'a str]>,
}

/// Rules for what a signature and its header say: they do not apply to a request in plain JSON.
const OF_SIGNATURES: [&str; 18] = [
    "request-signature",
    "request-key",
    "request-own-key",
    "request-media-type",
    "structure",
    "algorithm",
    "algorithm-key",
    "algorithm-name",
    "signature",
    "critical",
    "unencoded",
    "type",
    "key-id",
    "key-quality",
    "embedded-key",
    "x5t",
    "x5t-s256",
    "unique-names",
];

/// Everything that the rules say of a document that is about to be sent, before or after its signature was made.
/// [`stops`] and [`warns`] tell what matters of it.
#[must_use]
pub fn check(document: &Document, environment: &Environment, sending: &Sending<'_>) -> Vec<Checked> {
    match document {
        Document::Unsigned(unsigned) => compact(&with_placeholder(unsigned), environment, sending),
        Document::Jwt { text, .. } => compact(text.reveal().expose(), environment, sending),
        Document::Json(value) => {
            let claims = value.as_object().cloned().unwrap_or_default();
            let unsigned = Unsigned { claims, ..Unsigned::default() };
            let mut checked = compact(&with_placeholder(&unsigned), environment, sending);
            checked.retain(|checked| !OF_SIGNATURES.contains(&checked.rule.id));
            checked
        }
    }
}

/// The same of a request as a compact JWT, wherever it comes from.
#[must_use]
pub fn compact(request: &str, environment: &Environment, sending: &Sending<'_>) -> Vec<Checked> {
    let Some(profile) = profiles::named("request") else { return Vec::new() };
    let rules = environment.software_statement.as_ref();
    let issuers: Vec<&str> = rules.iter().flat_map(|rules| &rules.issuers).map(String::as_str).collect();
    let algorithms: Vec<&str> =
        environment.signed_request.algorithms.iter().map(|algorithm| algorithm.name()).collect();
    let known = Known {
        now: sending.now,
        skew: TOLERANCE,
        media_type: Some(RequestForm::Jwt.media_type()),
        audience: sending.audience,
        used_ids: Some(sending.used_ids),
        key_ids: sending.key_ids,
        revoked_key_ids: sending.revoked_key_ids,
        directories: Some(issuers.as_slice()).filter(|list| !list.is_empty()),
        max_statement_age: rules.and_then(|rules| rules.max_age),
        unsigned_statements: Some(false),
        allowed_algorithms: Some(&algorithms),
        ..Known::default()
    };
    profiles::check(profile, &inspect(request, sending.now, &[]), &known)
}

/// Whether the request must not be sent like this.
#[must_use]
pub fn stops(checked: &Checked) -> bool {
    checked.verdict.state == State::Fail && checked.verdict.severity == Some(Severity::Error)
}

/// Whether somebody should look at it before it is sent.
#[must_use]
pub fn warns(checked: &Checked) -> bool {
    checked.verdict.state == State::Fail && checked.verdict.severity == Some(Severity::Warning)
}

/// A signature of the usual length stands where none was made yet, so that nothing is said of its absence.
fn with_placeholder(unsigned: &Unsigned) -> String {
    let algorithm = unsigned.header.get("alg").and_then(serde_json::Value::as_str).and_then(Algorithm::parse);
    let length = if algorithm.is_some_and(|algorithm| !algorithm.is_rsa()) { 64 } else { 256 };
    format!("{}.{}", unsigned.signing_input(), base64url(&vec![0; length]))
}
