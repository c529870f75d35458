//! The software statement (RFC 7591 section 2.3): of a directory that counts here, and signed by it.

use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::{OpenBanking, SKEW};
use crate::awkward::Awkward;
use crate::directory::Directory;
use crate::jose::jwk;
use crate::jose::jws::Unverified;

/// A statement whose signature is right.
#[derive(Debug)]
pub(super) struct Statement {
    /// The directory's name.
    pub issuer: String,
    /// Its own identifier.
    pub jti: String,
    /// The software it speaks of.
    pub software_id: String,
    /// All claims.
    pub claims: Map<String, Value>,
}

impl Statement {
    /// The members of a claim that is a list of texts.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        let list = self.claims.get(name).and_then(Value::as_array);
        list.map(|list| list.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
    }
}

impl OpenBanking {
    /// The statement in these claims.
    pub(super) fn statement(
        &self,
        claims: &Map<String, Value>,
        awkward: Option<Awkward>,
    ) -> Result<Statement, Refusal> {
        let text = match claims.get("software_statement") {
            None | Some(Value::Null) => {
                return Err(Refusal::statement("Required parameter software statement cannot be null"));
            }
            Some(Value::String(text)) => text,
            Some(_) => return Err(malformed()),
        };
        let parts = Unverified::parse(text).ok_or_else(malformed)?;
        let issuer = parts.claim_text("iss").unwrap_or_default();
        let directory = self.trusted(issuer, awkward).ok_or_else(|| {
            Refusal::statement(format!(
                "The software statement's issuer is \"{issuer}\", which is not allowed here"
            ))
        })?;
        let signed =
            parts.header.get("crit").is_none() && jwk::verified_by_set(&parts, &directory.public_set());
        if !signed {
            return Err(Refusal::statement("Signature validation failed for the software statement"));
        }
        if parts.claims.get("iat").and_then(Value::as_i64).is_none_or(|iat| iat > self.clock.now() + SKEW) {
            return Err(Refusal::statement(
                "The software statement was issued in the future, or says no iat",
            ));
        }
        let text = |name: &str| {
            parts.claim_text(name).filter(|text| !text.is_empty()).map(str::to_owned).ok_or_else(malformed)
        };
        let (jti, software_id) = (text("jti")?, text("software_id")?);
        let Value::Object(claims) = parts.claims.clone() else { return Err(malformed()) };
        Ok(Statement { issuer: issuer.to_owned(), jti, software_id, claims })
    }

    /// The directory that a statement, once it counted, is of.
    pub(super) fn directory_of(&self, statement: &Statement) -> &Directory {
        self.directory_named(&statement.issuer)
    }

    /// The directory of this name, among those that counted when a client registered.
    pub(super) fn directory_named(&self, issuer: &str) -> &Directory {
        if issuer == self.other.issuer() { &self.other } else { &self.directory }
    }

    fn trusted(&self, issuer: &str, awkward: Option<Awkward>) -> Option<&Directory> {
        let foreign = awkward == Some(Awkward::AcceptsForeignStatement) && issuer == self.other.issuer();
        (foreign || issuer == self.directory.issuer()).then(|| self.directory_named(issuer))
    }
}

fn malformed() -> Refusal {
    Refusal::statement("Malformed Software Statement JWT found")
}
