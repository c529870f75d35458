//! What only a sandbox offers, to pages of its own origin: an initial access token for trying,
//! and the operator's approval at the press of a button.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::registration_tokens::Grant;
use super::{Outcome, Realm, cors, either, fault};
use crate::answer;
use crate::call::Call;

/// How long a token for trying lives unless asked otherwise, in seconds.
const AN_HOUR: i64 = 3600;

/// What a caller may ask for instead.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    count: Option<i64>,
    expiration: Option<i64>,
    web_origins: Option<Vec<String>>,
}

impl Realm {
    /// Gives out an initial access token: one registration within an hour, for pages of this origin,
    /// unless a JSON body `{"count", "expiration", "web_origins"}` asks otherwise.
    pub fn try_initial_token(&self, call: &Call) -> Response {
        either(self.try_initial(call))
    }

    /// Approves what needs the operator's approval for this client.
    pub fn approve(&self, call: &Call, client_id: &str) -> Response {
        either(self.try_approve(call, client_id))
    }

    fn try_initial(&self, call: &Call) -> Outcome {
        cors::check(call, &[])?;
        let wish = read(call)?;
        let own = call.origin().unwrap_or(&call.base).to_owned();
        let grant = Grant {
            count: wish.count.unwrap_or(1),
            expiration: wish.expiration.unwrap_or(AN_HOUR),
            web_origins: wish.web_origins.unwrap_or_else(|| vec![own]),
        };
        if grant.count < 1 || grant.expiration < 0 {
            return Err(refused("`count` is 1 or more, `expiration` is a number of seconds, 0 for never."));
        }
        let token = self.make_initial_token(&call.base, &grant).map_err(fault)?;
        let body = json!({ "initial_access_token": token, "expires_in": grant.expiration });
        Ok(answer::json(StatusCode::OK, &body))
    }

    fn try_approve(&self, call: &Call, client_id: &str) -> Outcome {
        cors::check(call, &[])?;
        if self.store.approve_client(client_id).map_err(fault)? {
            tracing::info!(client_id, "approved");
            return Ok(answer::json(StatusCode::OK, &json!({ "client_id": client_id, "approved": true })));
        }
        let sentence = "There is no application with this client_id in the sandbox.";
        Err(answer::refusal(StatusCode::NOT_FOUND, "not_found", sentence))
    }
}

fn read(call: &Call) -> Result<Wish, Response> {
    if call.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Wish::default());
    }
    serde_json::from_slice(&call.body).map_err(|reason| {
        refused(&format!(
            "The body is {{\"count\": number, \"expiration\": seconds, \"web_origins\": [origins]}}, or nothing: {reason}."
        ))
    })
}

fn refused(description: &str) -> Response {
    answer::refusal(StatusCode::BAD_REQUEST, "invalid_request", description)
}
