//! Assertions of clients (RFC 7523 section 3): for this token endpoint, signed with a key that the application
//! publishes.

use serde_json::{Value, json};

use super::application::Application;
use super::client_auth::{Refused, field};
use super::{IdentityServer, issuer, members, statement};
use crate::call::Call;
use crate::jose::jwk;
use crate::jose::jws::Unverified;
use crate::remote;

/// The only kind of assertion there is.
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// How far two clocks may differ, in seconds.
const SKEW: i64 = 30;
/// Lets an application send the same assertion again.
const REUSE: &str = "token_endpoint_allow_reuse_pvt_key_jwt";

impl IdentityServer {
    /// The application that signed the assertion.
    pub(super) fn signed(
        &self,
        call: &Call,
        form: &[(String, String)],
        assertion: &str,
        tenant: &str,
    ) -> Result<Application, Refused> {
        if field(form, "client_assertion_type") != Some(TYPE) {
            return Err(Refused::client("Unsupported client_assertion_type"));
        }
        let parts = Unverified::parse(assertion)
            .ok_or_else(|| Refused::client("Error while parsing the client assertion"))?;
        let subject = parts.claim_text("sub").ok_or_else(|| {
            Refused::client("Mandatory field - Subject is not found in the client assertion.")
        })?;
        if parts.claim_text("iss") != Some(subject)
            || field(form, "client_id").is_some_and(|named| named != subject)
        {
            return Err(Refused::client("Issuer, subject and client_id must be the same client"));
        }
        let application = self.known(subject, tenant)?;
        check_algorithm(&application, &parts)?;
        let keys = self.keys_of(&application)?;
        if !keys.is_some_and(|keys| jwk::verified_by_set(&parts, &keys)) {
            return Err(Refused::client("Signature validation failed for the client assertion."));
        }
        // One string: of a list, no server says which entry counts.
        if parts.claims.get("aud").and_then(Value::as_str) != Some(issuer(&call.base, tenant).as_str()) {
            return Err(Refused::client("None of the audience values matched the tokenEndpoint Alias"));
        }
        self.check_life(&application, &parts)?;
        Ok(application)
    }

    /// The keys at the `jwks_uri`, or where the software statement says they are; the directory of the statement is in
    /// the same house. `None` when they can't be had.
    fn keys_of(&self, application: &Application) -> Result<Option<Value>, Refused> {
        let text = members::text(&application.members, "software_statement");
        let claims = text.and_then(statement::kept).unwrap_or_default();
        let of_statement = statement::text(&claims, "software_jwks_endpoint");
        match members::text(&application.members, "jwks_uri") {
            Some(elsewhere) if elsewhere != of_statement => Ok(remote::client_keys(elsewhere)
                .inspect_err(|reason| tracing::warn!(%reason, "no keys of an application"))
                .ok()),
            _ => {
                let [directory, holder] = ["iss", "software_id"].map(|name| statement::text(&claims, name));
                Ok(Some(json!({ "keys": self.store.directory_keys(directory, holder, false)? })))
            }
        }
    }

    fn check_life(&self, application: &Application, parts: &Unverified<'_>) -> Result<(), Refused> {
        let now = self.clock.now();
        let time = |name: &str| parts.claims.get(name).and_then(Value::as_i64);
        let expires_at = time("exp").ok_or_else(|| {
            Refused::client("Mandatory field - Expiration time is not found in the client assertion.")
        })?;
        if expires_at.saturating_add(SKEW) <= now {
            return Err(Refused::client("The client assertion has expired"));
        }
        let early = now.saturating_add(SKEW);
        if time("iat").is_some_and(|from| from > early) || time("nbf").is_some_and(|from| from > early) {
            return Err(Refused::client("The client assertion is not valid yet"));
        }
        let jti = parts.claim_text("jti").filter(|jti| !jti.is_empty()).ok_or_else(|| {
            Refused::client("Mandatory field - JWT ID is not found in the client assertion.")
        })?;
        if members::flag(&application.members, REUSE) {
            return Ok(());
        }
        let until = expires_at.saturating_add(SKEW);
        match self.store.use_assertion(&application.client_id, jti, until, now)? {
            true => Ok(()),
            false => Err(Refused::client("JWT Token with this jti has been replayed")),
        }
    }
}

fn check_algorithm(application: &Application, parts: &Unverified<'_>) -> Result<(), Refused> {
    if members::text(&application.members, "token_endpoint_auth_method") != Some("private_key_jwt") {
        return Err(Refused::client("Unsupported Client Authentication Method!"));
    }
    let registered = members::text(&application.members, "token_endpoint_auth_signing_alg");
    if parts.header_text("alg") == registered {
        return Ok(());
    }
    Err(Refused::client("The client assertion is not signed with the registered algorithm"))
}
