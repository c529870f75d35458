//! What must hold for the claims of a registration request that any JWT has (RFC 7519 section 4.1, Open Banking DCR
//! 3.3), and for who sends it.

use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::statement::Statement;
use super::{AUDIENCE, SKEW};
use crate::awkward::Awkward;

/// The most characters of a `software_id` (Open Banking DCR 3.3), and so of `iss`.
const LONGEST_ISSUER: usize = 22;
/// The most characters of a `jti`.
const LONGEST_JTI: usize = 128;

/// A request that is being checked.
pub(super) struct Checked<'a> {
    /// Its claims.
    pub claims: &'a Map<String, Value>,
    /// Its statement, which is right.
    pub statement: &'a Statement,
    /// The time.
    pub now: i64,
    /// The gateway's issuer, as the caller sees it.
    pub issuer: String,
    /// The rule that is not kept.
    pub awkward: Option<Awkward>,
}

impl Checked<'_> {
    /// A claim that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }

    /// A claim that is a number of seconds.
    pub fn number(&self, name: &str) -> Option<i64> {
        let value = self.claims.get(name)?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a part of a second doesn't matter, and `as` saturates"
        )]
        value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
    }

    /// Whether the rule that this breaks is to be left out.
    pub fn accepts(&self, broken: Awkward) -> bool {
        self.awkward == Some(broken)
    }
}

/// Checks them.
pub(super) fn check(checked: &Checked<'_>) -> Result<(), Refusal> {
    [issuer, software, audience, times, identifier].iter().try_for_each(|rule| rule(checked))
}

fn issuer(checked: &Checked<'_>) -> Result<(), Refusal> {
    let issuer = match checked.claims.get("iss") {
        None | Some(Value::Null) => "",
        Some(Value::String(issuer)) => issuer,
        Some(_) => return Err(Refusal::metadata("Invalid issuer: iss is not a string")),
    };
    let (broken, sentence) = match issuer {
        "" => (Awkward::AcceptsEmptyIssuer, "Invalid issuer: iss is empty or missing"),
        _ if issuer.chars().count() > LONGEST_ISSUER => {
            (Awkward::AcceptsLongIssuer, "Invalid issuer: iss has more than 22 characters")
        }
        _ if issuer != checked.statement.software_id => (
            Awkward::AcceptsUnknownIssuer,
            "Invalid issuer: iss is not the software_id of the software statement",
        ),
        _ => return Ok(()),
    };
    if checked.accepts(broken) { Ok(()) } else { Err(Refusal::metadata(sentence)) }
}

fn software(checked: &Checked<'_>) -> Result<(), Refusal> {
    match checked.claims.get("software_id") {
        None | Some(Value::Null) => Ok(()),
        Some(Value::String(id)) if *id == checked.statement.software_id => Ok(()),
        Some(_) => Err(Refusal::metadata("The software_id is not that of the software statement")),
    }
}

fn audience(checked: &Checked<'_>) -> Result<(), Refusal> {
    let meant = |aud: &str| aud == AUDIENCE || aud == checked.issuer;
    let right = match checked.claims.get("aud") {
        Some(Value::String(aud)) => meant(aud),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).any(meant),
        _ => false,
    };
    if right {
        return Ok(());
    }
    Err(Refusal::metadata(format!("The aud must be {AUDIENCE} or {}", checked.issuer)))
}

fn times(checked: &Checked<'_>) -> Result<(), Refusal> {
    let needed = |name: &str| {
        checked
            .number(name)
            .ok_or_else(|| Refusal::metadata(format!("The {name} is missing, or is not a number of seconds")))
    };
    let (iat, exp) = (needed("iat")?, needed("exp")?);
    if exp <= checked.now && !checked.accepts(Awkward::AcceptsExpired) {
        return Err(Refusal::metadata("The registration request has expired"));
    }
    let soon = checked.now.saturating_add(SKEW);
    if iat > soon || checked.number("nbf").is_some_and(|nbf| nbf > soon) {
        return Err(Refusal::metadata("The registration request is not valid yet"));
    }
    Ok(())
}

fn identifier(checked: &Checked<'_>) -> Result<(), Refusal> {
    match checked.text("jti") {
        Some(jti) if !jti.is_empty() && jti.len() <= LONGEST_JTI => Ok(()),
        _ => Err(Refusal::metadata("The jti is missing, or is not a string of 1 to 128 characters")),
    }
}
