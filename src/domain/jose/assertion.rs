//! Signed assertions: `private_key_jwt` client authentication (OpenID Connect Core, 9) and the `jwt-bearer` grant
//! (RFC 7521, RFC 7523).

use serde_json::{Map, Value};

use super::{Algorithm, Unsigned};
use crate::domain::{
    config::{AssertionAudience, Environment},
    registration::discovery::Reach,
};

/// `client_assertion_type` of a signed client assertion (RFC 7523, 2.2).
pub const CLIENT_ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// `grant_type` of a signed authorization grant (RFC 7523, 2.1).
pub const JWT_BEARER_GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The protected header of an assertion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What it is signed with.
    pub algorithm: Algorithm,
    /// Which key (RFC 7515, 4.1.4).
    pub kid: Option<String>,
    /// Explicit type (RFC 8725, 3.11); empty means none.
    pub typ: String,
    /// SHA-256 of the certificate, Base64url (RFC 7515, 4.1.8).
    pub x5t_s256: Option<String>,
}

impl Header {
    fn members(&self) -> Map<String, Value> {
        let mut members = Map::new();
        members.insert("alg".to_owned(), self.algorithm.name().into());
        if !self.typ.is_empty() {
            members.insert("typ".to_owned(), self.typ.as_str().into());
        }
        if let Some(kid) = &self.kid {
            members.insert("kid".to_owned(), kid.as_str().into());
        }
        if let Some(thumbprint) = &self.x5t_s256 {
            members.insert("x5t#S256".to_owned(), thumbprint.as_str().into());
        }
        members
    }
}

/// The claims of an assertion (RFC 7523, 3).
#[derive(Clone, Debug, PartialEq)]
pub struct Claims {
    /// `iss`: who signed it.
    pub iss: String,
    /// `sub`: whom it speaks for.
    pub sub: String,
    /// `aud`: the server it is for; one string, because some refuse a list.
    pub aud: String,
    /// `iat`, seconds since 1970; left out when `None`.
    pub iat: Option<i64>,
    /// `exp`, seconds since 1970.
    pub exp: i64,
    /// `jti`: new for every send; left out when empty.
    pub jti: String,
    /// What a bank wants beyond the RFC.
    pub more: Map<String, Value>,
}

impl Claims {
    /// The claims of a client that proves who it is: `iss` and `sub` are its ID (RFC 7523, 3).
    #[must_use]
    pub fn of_client(
        client_id: &str,
        environment: &Environment,
        reach: &Reach,
        now: i64,
        jti: String,
    ) -> Self {
        Self {
            iss: client_id.to_owned(),
            sub: client_id.to_owned(),
            aud: audience(environment, reach),
            iat: Some(now),
            exp: now.saturating_add(environment.assertion_lifetime),
            jti,
            more: Map::new(),
        }
    }

    fn members(&self) -> Map<String, Value> {
        let mut members = Map::new();
        for (name, value) in [("iss", &self.iss), ("sub", &self.sub), ("aud", &self.aud)] {
            if !value.is_empty() {
                members.insert(name.to_owned(), value.as_str().into());
            }
        }
        if let Some(iat) = self.iat {
            members.insert("iat".to_owned(), iat.into());
        }
        members.insert("exp".to_owned(), self.exp.into());
        if !self.jti.is_empty() {
            members.insert("jti".to_owned(), self.jti.as_str().into());
        }
        for (name, value) in &self.more {
            members.insert(name.clone(), value.clone());
        }
        members
    }
}

/// What `aud` holds on this environment, as the server prints it: behind a prefix the page calls another address.
#[must_use]
pub fn audience(environment: &Environment, reach: &Reach) -> String {
    match &environment.assertion_audience {
        AssertionAudience::Issuer => reach.issuer.clone(),
        AssertionAudience::TokenEndpoint => reach.token_printed.clone(),
        AssertionAudience::Value(value) => value.clone(),
    }
}

/// An assertion, not signed yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Assertion {
    /// Its header.
    pub header: Header,
    /// Its claims.
    pub claims: Claims,
}

impl Assertion {
    /// As it is written.
    #[must_use]
    pub fn unsigned(&self) -> Unsigned {
        Unsigned { header: self.header.members(), claims: self.claims.members() }
    }
}
