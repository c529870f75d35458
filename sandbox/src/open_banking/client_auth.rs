//! How a client proves who it is at the token endpoint: by a signed assertion (RFC 7523), or by the certificate of its
//! connection (RFC 8705 section 2.1).

use serde_json::Value;

use super::client::Client;
use super::refusal::Refusal;
use super::{OpenBanking, SKEW, TOKEN};
use crate::call::Call;
use crate::jose::certificate::Certificate;
use crate::jose::jwk;
use crate::jose::jws::Unverified;

/// The only kind of assertion there is.
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// How long an assertion may last, in seconds.
const LONGEST: i64 = 1800;

/// A field of a form.
pub(super) fn field<'a>(form: &'a [(String, String)], name: &str) -> Option<&'a str> {
    form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

impl OpenBanking {
    /// The client that the call proves to come from.
    pub(super) fn authenticated(&self, call: &Call, form: &[(String, String)]) -> Result<Client, Refusal> {
        match (field(form, "client_assertion"), field(form, "client_id")) {
            (Some(assertion), named) => self.signed(call, form, assertion, named),
            (None, Some(client_id)) => self.certified(call, client_id),
            (None, None) => Err(refused("Client credentials are missing: send a client_assertion")),
        }
    }

    fn signed(
        &self,
        call: &Call,
        form: &[(String, String)],
        assertion: &str,
        named: Option<&str>,
    ) -> Result<Client, Refusal> {
        if field(form, "client_assertion_type") != Some(TYPE) {
            return Err(refused(format!("The client_assertion_type must be {TYPE}")));
        }
        let parts =
            Unverified::parse(assertion).ok_or_else(|| refused("The client assertion can't be read"))?;
        let subject = parts.claim_text("sub").unwrap_or_default();
        if parts.claim_text("iss") != Some(subject) || named.is_some_and(|named| named != subject) {
            return Err(refused("The iss and sub of the client assertion must both be the client_id"));
        }
        let client = self.known(subject)?;
        self.check_signature_of(&parts, &client)?;
        self.check_claims_of(&parts, call, &client)?;
        Ok(client)
    }

    fn check_signature_of(&self, parts: &Unverified<'_>, client: &Client) -> Result<(), Refusal> {
        if client.text("token_endpoint_auth_method") == Some("tls_client_auth") {
            return Err(refused("The client is registered with tls_client_auth, not with private_key_jwt"));
        }
        let registered = client.text("token_endpoint_auth_signing_alg");
        if parts.header_text("alg") != registered || parts.header.get("crit").is_some() {
            let alg = registered.unwrap_or_default();
            return Err(refused(format!("The client assertion must be signed with {alg}, as registered")));
        }
        let keys = self.directory_named(&client.directory).keys_of(&client.software_id, false)?;
        match jwk::verified_by_set(parts, &keys) {
            true => Ok(()),
            false => Err(refused("The signature of the client assertion fits no key of the software")),
        }
    }

    fn check_claims_of(&self, parts: &Unverified<'_>, call: &Call, client: &Client) -> Result<(), Refusal> {
        let meant = format!("{}{TOKEN}", call.base);
        let right = match parts.claims.get("aud") {
            Some(Value::Array(list)) => {
                list.len() == 1 && list.iter().all(|aud| aud.as_str() == Some(&meant))
            }
            aud => aud.and_then(Value::as_str) == Some(&meant),
        };
        if !right {
            return Err(refused(format!("The aud of the client assertion must be {meant}")));
        }
        let now = self.clock.now();
        let time = |name: &str| parts.claims.get(name).and_then(Value::as_i64);
        let soon = now.saturating_add(SKEW);
        let exp = time("exp").ok_or_else(|| refused("The client assertion has no exp"))?;
        if exp.saturating_add(SKEW) <= now {
            return Err(refused("The client assertion has expired"));
        }
        if time("iat").is_some_and(|iat| iat > soon) || time("nbf").is_some_and(|nbf| nbf > soon) {
            return Err(refused("The client assertion is not valid yet"));
        }
        if exp > soon.saturating_add(LONGEST) {
            return Err(refused("The client assertion lasts longer than 30 minutes"));
        }
        let jti = parts.claim_text("jti").filter(|jti| !jti.is_empty());
        let jti = jti.ok_or_else(|| refused("The client assertion has no jti"))?;
        match self.store.use_assertion(&client.client_id, jti, exp.saturating_add(SKEW), now)? {
            true => Ok(()),
            false => Err(refused("The jti of the client assertion was used before")),
        }
    }

    fn certified(&self, call: &Call, client_id: &str) -> Result<Client, Refusal> {
        let client = self.known(client_id)?;
        let certificate = call.certificate.as_deref().and_then(|der| Certificate::from_der(der).ok());
        let subject = certificate.map(|certificate| certificate.subject);
        let wanted = client
            .text("tls_client_auth_subject_dn")
            .filter(|_| client.text("token_endpoint_auth_method") == Some("tls_client_auth"));
        match subject.zip(wanted) {
            Some((subject, wanted)) if subject == in_one_form(wanted) => Ok(client),
            _ => {
                Err(refused("Client authentication failed: no client certificate, or one of another subject"))
            }
        }
    }

    fn known(&self, client_id: &str) -> Result<Client, Refusal> {
        let found = self.store.open_banking_client(client_id)?.filter(|client| !client.deleted);
        found.ok_or_else(|| refused("There is no client of this id"))
    }
}

/// A distinguished name of RFC 4514 without the spaces that people put behind its commas. The order stays: it counts.
fn in_one_form(name: &str) -> String {
    let mut tidy = String::with_capacity(name.len());
    let (mut escaped, mut between) = (false, true);
    for c in name.trim().chars() {
        if between && c == ' ' {
            continue;
        }
        between = c == ',' && !escaped;
        escaped = c == '\\' && !escaped;
        tidy.push(c);
    }
    tidy
}

fn refused(description: impl Into<String>) -> Refusal {
    Refusal::unauthorised("invalid_client", description)
}
