//! A registration request: read in either media type, its signature checked with a key of the software.

use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use super::rules::Checked;
use super::statement::Statement;
use super::{ALGORITHMS, OpenBanking, issuer, members, rules};
use crate::awkward::Awkward;
use crate::call::Call;
use crate::jose::jwk;
use crate::jose::jws::Unverified;

/// What signed requests are sent as: a JWT (RFC 7519 section 10.3.1), or, as the API description of Open Banking DCR 3.2
/// has it, a JWS (RFC 7515 section 9.2.1).
const SIGNED: [&str; 2] = ["application/jwt", "application/jose"];

/// A request that may be done.
#[derive(Debug)]
pub(super) struct Request {
    /// Its claims, the statement among them.
    pub claims: Map<String, Value>,
    /// The software statement.
    pub statement: Statement,
}

/// A body, read by its media type.
enum Body {
    /// A signed JWT.
    Signed(String),
    /// A JSON object.
    Plain(Map<String, Value>),
}

impl OpenBanking {
    /// The request, when nothing is wrong with it. Its `jti` and that of its statement are used then.
    pub(super) fn checked(&self, call: &Call, awkward: Option<Awkward>) -> Result<Request, Refusal> {
        let body = read(call)?;
        let ignored = awkward == Some(Awkward::AcceptsChangedSignature);
        let (claims, statement) = match &body {
            Body::Signed(text) => {
                let parts = parts(text, ignored)?;
                let Value::Object(claims) = &parts.claims else { return Err(malformed()) };
                let statement = self.statement(claims, awkward)?;
                if !ignored {
                    self.check_signature(&parts, &statement)?;
                }
                (claims.clone(), statement)
            }
            Body::Plain(claims) => (claims.clone(), self.statement(claims, awkward)?),
        };
        let checked = Checked {
            claims: &claims,
            statement: &statement,
            now: self.clock.now(),
            issuer: issuer(&call.base),
            awkward,
        };
        rules::check(&checked)?;
        members::check(&checked)?;
        if awkward != Some(Awkward::AcceptsReplayedJti) {
            self.check_replay(&checked)?;
        }
        Ok(Request { claims, statement })
    }

    fn check_signature(&self, parts: &Unverified<'_>, statement: &Statement) -> Result<(), Refusal> {
        let wrong = |reason: String| {
            Err(Refusal::bad("invalid_request", format!("Invalid request signature. {reason}")))
        };
        if parts.header.get("crit").is_some() {
            return wrong("The header names critical members, and none is known here.".to_owned());
        }
        match parts.header_text("alg") {
            Some(alg) if ALGORITHMS.contains(&alg) => {}
            Some(alg) => return wrong(format!("The algorithm is {alg}; it must be PS256 or ES256.")),
            None => return wrong("The header has no alg.".to_owned()),
        }
        let Some(kid) = parts.header_text("kid") else {
            return wrong("The header has no kid.".to_owned());
        };
        let directory = self.directory_of(statement);
        let keys = directory.keys_of(&statement.software_id, false)?;
        let is_named = |key: &&Value| key.get("kid").and_then(Value::as_str) == Some(kid);
        let named = |set: &Value| set.get("keys").and_then(Value::as_array)?.iter().find(is_named).cloned();
        let Some(key) = named(&keys) else {
            return match named(&directory.keys_of(&statement.software_id, true)?) {
                Some(_) => wrong(format!("The key {kid} was revoked.")),
                None => wrong(format!("The software has no key with the kid {kid} in its JWKS.")),
            };
        };
        match jwk::verified_by_set(parts, &json!({ "keys": [key] })) {
            true => Ok(()),
            false => wrong(format!("It is not one of the key {kid}.")),
        }
    }

    fn check_replay(&self, checked: &Checked<'_>) -> Result<(), Refusal> {
        let (now, statement) = (checked.now, checked.statement);
        let software = format!("request {} {}", statement.issuer, statement.software_id);
        let until = checked.number("exp").unwrap_or(i64::MAX);
        if !self.store.use_assertion(&software, checked.text("jti").unwrap_or_default(), until, now)? {
            let sentence = "Rejected the replayed jti in the registration request";
            return Err(Refusal::metadata(sentence));
        }
        if self.statement_reuse {
            return Ok(());
        }
        let directory = format!("statement {}", statement.issuer);
        // A statement has no exp: its jti counts for ever.
        match self.store.use_assertion(&directory, &statement.jti, i64::MAX, now)? {
            true => Ok(()),
            false => Err(Refusal::statement("Rejected the replayed jti in the software statement")),
        }
    }
}

fn read(call: &Call) -> Result<Body, Refusal> {
    let text = std::str::from_utf8(&call.body).unwrap_or_default().trim();
    if call.body.is_empty() {
        return Err(Refusal::bad("invalid_request", "Request payload is empty or not present."));
    }
    // The gateway goes by the media type, not by what is inside.
    if SIGNED.iter().any(|media_type| call.is_of_type(media_type)) {
        return Ok(Body::Signed(text.to_owned()));
    }
    match serde_json::from_slice(&call.body) {
        Ok(Value::Object(claims)) if claims.contains_key("software_statement") => Ok(Body::Plain(claims)),
        _ => Err(Refusal::bad("invalid_request", "Malformed request found")),
    }
}

fn parts(text: &str, without_signature: bool) -> Result<Unverified<'_>, Refusal> {
    if text.split('.').count() != 3 {
        return Err(Refusal::bad("invalid_request", "Malformed request JWT"));
    }
    let parsed = Unverified::parse(text);
    let parsed = match parsed {
        None if without_signature => {
            let signed = text.rfind('.').and_then(|dot| text.get(..=dot));
            signed.and_then(Unverified::parse)
        }
        parsed => parsed,
    };
    parsed.ok_or_else(malformed)
}

fn malformed() -> Refusal {
    Refusal::bad("invalid_request", "Provided jwt is malformed and cannot be decoded")
}
