//! Application tokens at the gateway: whose they are, and which client one may manage.

use axum::http::{StatusCode, header};
use serde_json::Value;

use super::OpenBanking;
use super::client::Client;
use super::refusal::Refusal;
use super::registration::Operation;
use super::token::{ACCESS_TOKEN, thumbprint};
use crate::awkward::Awkward;
use crate::call::Call;
use crate::jose::jwk;
use crate::jose::jws::Unverified;
use crate::realm::RealmError;

/// What a valid token says.
#[derive(Clone, Debug)]
pub struct Granted {
    /// Whose it is.
    pub client_id: String,
    /// Its scopes, with spaces between.
    pub scope: String,
    jti: String,
    expires_at: i64,
}

impl OpenBanking {
    /// What the call's token says, when it is one of this gateway, has not ended, and is bound to no other certificate.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn granted(&self, token: &str, call: &Call) -> Result<Option<Granted>, RealmError> {
        let Some(parts) = Unverified::parse(token) else { return Ok(None) };
        let text = |name: &str| parts.claim_text(name).unwrap_or_default().to_owned();
        let expires_at = parts.claims.get("exp").and_then(Value::as_i64).unwrap_or_default();
        let signed = parts.header_text("typ") == Some(ACCESS_TOKEN)
            && jwk::verified_by_set(&parts, &self.public_set());
        let bound = parts.claims.get("cnf").and_then(|cnf| cnf.get("x5t#S256")).and_then(Value::as_str);
        let fits = bound.is_none_or(|bound| thumbprint(call).as_deref() == Some(bound));
        if !signed || !fits || expires_at <= self.clock.now() || self.store.is_revoked(&text("jti"))? {
            return Ok(None);
        }
        let (client_id, scope, jti) = (text("client_id"), text("scope"), text("jti"));
        Ok(Some(Granted { client_id, scope, jti, expires_at }))
    }

    /// The client of the call's path, when the call's token may manage it.
    pub(super) fn authorised(
        &self,
        call: &Call,
        operation: Operation,
        awkward: Option<Awkward>,
    ) -> Result<Client, Refusal> {
        let token = call.bearer().ok_or_else(|| Refusal::Said {
            status: StatusCode::UNAUTHORIZED,
            error: "invalid_token",
            description: format!("The header {} with an application token is missing", header::AUTHORIZATION),
        })?;
        let granted = self.granted(token, call)?;
        let any_token = awkward == Some(Awkward::AcceptsAnyToken) && operation == Operation::Read;
        if granted.is_none() && !any_token {
            let sentence =
                "The access token is not valid: it has expired, was revoked, or is not one of this bank";
            return Err(Refusal::unauthorised("invalid_token", sentence));
        }
        let client_id = call.segment_from_end(0);
        let client = self.store.open_banking_client(&client_id)?;
        let Some(client) = client.filter(|client| !client.deleted || is_kept(operation, awkward)) else {
            self.revoke(granted.as_ref())?;
            let sentence = "There is no client of this id. The access token is revoked";
            return Err(Refusal::unauthorised("unauthorized_request", sentence));
        };
        let bound = granted.is_none_or(|granted| granted.client_id == client_id);
        if !bound && awkward != Some(Awkward::AcceptsOtherClientsToken) {
            let sentence = "Token is not bound to the client id sent in the request";
            return Err(Refusal::unauthorised("unauthorized_request", sentence));
        }
        Ok(client)
    }

    /// The token ends at once, as Open Banking DCR 3.3 asks where the client is not known.
    fn revoke(&self, granted: Option<&Granted>) -> Result<(), RealmError> {
        if let Some(granted) = granted {
            self.store.revoke(&granted.jti, granted.expires_at, self.clock.now())?;
        }
        Ok(())
    }
}

/// Whether a deleted client is still there for this.
fn is_kept(operation: Operation, awkward: Option<Awkward>) -> bool {
    matches!(
        (operation, awkward),
        (Operation::Read, Some(Awkward::KeepsDeleted))
            | (Operation::Update, Some(Awkward::UpdateAfterDelete))
    )
}
