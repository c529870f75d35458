//! What an operator does: lets clients in, keeps them out, makes new registration access tokens. As JSON for tests and
//! scripts; [`super::operator_page`] draws it for people.

use std::sync::PoisonError;

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Outcome, Realm, RealmError, cors, either, fault};
use crate::answer;
use crate::call::Call;
use crate::store::Client;

/// How the realm treats registrations.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// New clients are switched off until the operator lets them in (Keycloak's policy *Client Disabled*).
    pub client_disabled: bool,
    /// A PUT answers with a new registration access token.
    pub rotation: bool,
    /// A PUT answers with a new client secret too.
    pub new_secret_on_put: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self { client_disabled: false, rotation: true, new_secret_on_put: false }
    }
}

/// One thing an operator does to a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Lets it in.
    Enable,
    /// Keeps it out.
    Disable,
    /// Keeps it out, and says why.
    Reject(String),
    /// Makes a new registration access token.
    Regenerate,
    /// Deletes it.
    Delete,
}

impl Action {
    /// An action by its name, with the reason of a rejection.
    pub fn named(name: &str, reason: &str) -> Option<Self> {
        Some(match name {
            "enable" => Self::Enable,
            "disable" => Self::Disable,
            "reject" => Self::Reject(reason.trim().to_owned()),
            "regenerate" => Self::Regenerate,
            "delete" => Self::Delete,
            _ => return None,
        })
    }
}

impl Realm {
    /// How registrations are treated now.
    pub fn policy(&self) -> Policy {
        *self.policy.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Treats registrations so from now on.
    pub fn set_policy(&self, policy: Policy) {
        *self.policy.lock().unwrap_or_else(PoisonError::into_inner) = policy;
    }

    /// Takes a policy as JSON; what is left out is as by default.
    pub fn take_policy(&self, call: &Call) -> Response {
        either(self.try_policy(call))
    }

    /// Lists the clients.
    pub fn list_clients(&self, call: &Call) -> Response {
        either(self.try_list(call))
    }

    /// Shows one client.
    pub fn show_client(&self, call: &Call, client_id: &str) -> Response {
        either(self.try_show(call, client_id))
    }

    /// Carries out an action that the path names.
    pub fn act_on_client(&self, call: &Call, client_id: &str, action: &str) -> Response {
        either(self.try_act(call, client_id, action))
    }

    /// Carries out an action. The new token of [`Action::Regenerate`], if the client is there.
    ///
    /// # Errors
    /// When the database fails.
    pub fn act(&self, base: &str, client_id: &str, action: &Action) -> Result<Option<String>, RealmError> {
        let there = match action {
            Action::Enable => self.store.enable_client(client_id, true, None)?,
            Action::Disable => self.store.enable_client(client_id, false, None)?,
            Action::Reject(reason) => self.store.enable_client(client_id, false, Some(reason))?,
            Action::Delete => self.store.delete_client(client_id)?,
            Action::Regenerate => {
                self.store.regenerate_token(client_id, &Uuid::new_v4().to_string(), self.clock.now())?
            }
        };
        if !there {
            return Ok(None);
        }
        tracing::info!(client_id, ?action, "the operator acted");
        let client = self.store.client(client_id)?.filter(|_| *action == Action::Regenerate);
        Ok(Some(client.map(|client| self.registration_token(base, &client)).unwrap_or_default()))
    }

    /// All clients, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn clients(&self) -> Result<Vec<Client>, RealmError> {
        Ok(self.store.clients()?)
    }

    fn try_policy(&self, call: &Call) -> Outcome {
        cors::check(call, &[])?;
        self.set_policy(serde_json::from_slice(&call.body).map_err(|reason| bad(&format!("{reason}.")))?);
        Ok(answer::json(StatusCode::OK, &json!({})))
    }

    fn try_list(&self, call: &Call) -> Outcome {
        cors::check(call, &[])?;
        let list: Vec<Value> = self.clients().map_err(fault)?.iter().map(summary).collect();
        Ok(answer::json(StatusCode::OK, &list))
    }

    fn try_show(&self, call: &Call, client_id: &str) -> Outcome {
        cors::check(call, &[])?;
        let client = self.store.client(client_id).map_err(fault)?.ok_or_else(unknown)?;
        Ok(answer::json(StatusCode::OK, &summary(&client)))
    }

    fn try_act(&self, call: &Call, client_id: &str, action: &str) -> Outcome {
        cors::check(call, &[])?;
        let body: Value = serde_json::from_slice(&call.body).unwrap_or_default();
        let reason = body.get("reason").and_then(Value::as_str).unwrap_or_default();
        let action = Action::named(action, reason)
            .ok_or_else(|| bad("The actions are enable, disable, reject, regenerate and delete."))?;
        let token = self.act(&call.base, client_id, &action).map_err(fault)?.ok_or_else(unknown)?;
        let answer = if token.is_empty() { json!({}) } else { json!({ "registration_access_token": token }) };
        Ok(answer::json(StatusCode::OK, &answer))
    }
}

fn summary(client: &Client) -> Value {
    json!({
        "client_id": client.client_id,
        "client_name": client.metadata.get("client_name"),
        "enabled": client.enabled,
        "reason": client.reason,
        "registration_token_jti": client.registration_jti,
        "issued_at": client.issued_at,
    })
}

fn unknown() -> Response {
    answer::refusal(StatusCode::NOT_FOUND, "not_found", "There is no client with this client_id.")
}

fn bad(description: &str) -> Response {
    answer::refusal(StatusCode::BAD_REQUEST, "invalid_request", description)
}
