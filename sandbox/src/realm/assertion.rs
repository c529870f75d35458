//! Client authentication with a signed assertion (RFC 7523 section 2.2), refused in Keycloak's words.

use serde_json::Value;

use super::client_auth::Disbelief;
use super::{Realm, document, fault, issuer, metadata};
use crate::call::Call;
use crate::jose::jwk;
use crate::jose::jws::Unverified;
use crate::remote;
use crate::store::Client;

/// The only kind of assertion there is.
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// How far two clocks may be apart, in seconds.
const SKEW: i64 = 15;

impl Realm {
    /// The client that signed the assertion of a form; `None` when there is no assertion in it.
    pub(super) fn signed_client(
        &self,
        call: &Call,
        form: &[(String, String)],
    ) -> Result<Option<Client>, Disbelief> {
        let field =
            |name: &str| form.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
        let Some(assertion) = field("client_assertion") else { return Ok(None) };
        if field("client_assertion_type") != Some(TYPE) {
            return Err(refused("Parameter client_assertion_type has an unsupported value"));
        }
        let token = Unverified::parse(assertion).ok_or_else(|| refused("Invalid client assertion"))?;
        let subject = token.claim_text("sub").ok_or_else(|| refused("Token sub claim is required"))?;
        if token.claim_text("iss") != Some(subject) {
            return Err(refused("Issuer mismatch. The issuer should match the subject"));
        }
        if field("client_id").is_some_and(|client_id| client_id != subject) {
            return Err(refused("client_id parameter does not match sub claim"));
        }
        let found = self.store.client(subject).map_err(|reason| Disbelief::Fault(fault(reason)))?;
        let client = found.filter(|client| client.enabled).ok_or(Disbelief::Unknown)?;
        if document::auth_method(&client) != "private_key_jwt" {
            return Err(Disbelief::Unknown);
        }
        check_signature(&client, &token)?;
        check_audience(call, &token)?;
        self.check_life(&token)?;
        Ok(Some(client))
    }

    /// An assertion is young, and good for one request, whoever sends it.
    fn check_life(&self, token: &Unverified<'_>) -> Result<(), Disbelief> {
        let now = self.clock.now();
        let time = |name: &str| token.claims.get(name).and_then(Value::as_i64);
        let expires_at = time("exp").ok_or_else(|| refused("Token exp claim is required"))?;
        if expires_at + SKEW <= now || time("nbf").is_some_and(|start| start - SKEW > now) {
            return Err(refused("Token is not active"));
        }
        if time("iat").is_some_and(|issued_at| issued_at - SKEW > now) {
            return Err(refused("Token was issued in the future"));
        }
        let jti = token.claim_text("jti").ok_or_else(|| refused("Token jti claim is required"))?;
        let used = format!("assertion {jti}");
        let fails = |reason| Disbelief::Fault(fault(reason));
        if self.store.is_revoked(&used).map_err(fails)? {
            return Err(refused("Token reuse detected"));
        }
        self.store.revoke(&used, expires_at + SKEW, now).map_err(fails)
    }
}

fn check_signature(client: &Client, token: &Unverified<'_>) -> Result<(), Disbelief> {
    let set = keys_of(client).map_err(|_| refused("Unable to load public key"))?;
    let set = &set;
    if token.header.get("kid").is_some() && !jwk::names_key_of(token, set) {
        return Err(refused("Unable to load public key"));
    }
    if !jwk::verified_by_set(token, set) {
        return Err(refused(
            "Client authentication with signed JWT failed: Signature on JWT token failed validation",
        ));
    }
    Ok(())
}

/// By value, or from where the client publishes them.
fn keys_of(client: &Client) -> Result<Value, String> {
    match (client.metadata.get("jwks"), metadata::text(&client.metadata, "jwks_uri")) {
        (Some(set), _) => Ok(set.clone()),
        (None, Some(url)) => {
            remote::client_keys(url).inspect_err(|reason| tracing::warn!(%reason, "no keys of a client"))
        }
        (None, None) => Err("The client has no keys.".to_owned()),
    }
}

/// The issuer or the token endpoint, and nothing beside it.
fn check_audience(call: &Call, token: &Unverified<'_>) -> Result<(), Disbelief> {
    let issuer = issuer(&call.base);
    let audience = match token.claims.get("aud") {
        Some(Value::String(audience)) => Some(audience),
        Some(Value::Array(list)) => match list.as_slice() {
            [Value::String(audience)] => Some(audience),
            [] => None,
            _ => return Err(refused("Multiple audiences not allowed")),
        },
        _ => None,
    };
    let fits = audience.is_some_and(|audience| {
        *audience == issuer
            || *audience == format!("{issuer}/protocol/openid-connect/token")
            || *audience == format!("{issuer}/protocol/openid-connect/token/introspect")
    });
    if fits { Ok(()) } else { Err(refused("Invalid token audience")) }
}

fn refused(description: &str) -> Disbelief {
    Disbelief::Assertion(description.to_owned())
}
