//! Client registration (RFC 7591) and management (RFC 7592).

use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::Value;
use uuid::Uuid;

use super::registration_tokens::{self, Shown};
use super::{Outcome, Realm, cors, document, either, fault, json_document, metadata};
use crate::answer;
use crate::call::Call;
use crate::jose::random_text;
use crate::store::Client;

const UNREADABLE: &str = "Not authorized to view client. Not valid token or client credentials provided.";
const UNCHANGEABLE: &str = "Not authorized to update client. Maybe missing token or bad token type.";

impl Realm {
    /// Registers a client.
    pub fn register(&self, call: &Call) -> Response {
        either(self.try_register(call))
    }

    /// Gives a registration back.
    pub fn read(&self, call: &Call, client_id: &str) -> Response {
        either(self.try_read(call, client_id))
    }

    /// Changes a registration and gives out a new registration access token.
    pub fn replace(&self, call: &Call, client_id: &str) -> Response {
        either(self.try_replace(call, client_id))
    }

    /// Deletes a registration.
    pub fn delete(&self, call: &Call, client_id: &str) -> Response {
        either(self.try_delete(call, client_id))
    }

    fn try_register(&self, call: &Call) -> Outcome {
        check_type(call)?;
        let asked = json_document::read(&call.body)?;
        let initial = match self.shown(call)? {
            Shown::Initial(jti) => self.usable_initial_token(&jti)?,
            Shown::Access => return Err(forbidden("Forbidden")),
            Shown::Nothing | Shown::Registration(_) => {
                return Err(forbidden(
                    "Policy 'Trusted Hosts' rejected request to client-registration service. Details: Host not trusted.",
                ));
            }
        };
        cors::check(call, &initial.allowed_origins)?;
        if asked.contains_key("client_id") {
            return Err(identifier("Client Identifier included"));
        }
        let now = self.clock.now();
        let client = Client {
            client_id: Uuid::new_v4().to_string(),
            secret: random_text::<24>().map_err(fault)?,
            service_account: Uuid::new_v4().to_string(),
            metadata: metadata::registered(asked, None)?,
            registration_jti: Uuid::new_v4().to_string(),
            registration_iat: now,
            registration_origins: initial.allowed_origins,
            approved: false,
            issued_at: now,
            enabled: !self.policy().client_disabled,
            reason: None,
        };
        if !self.store.add_client(&client, &initial.jti).map_err(fault)? {
            return Err(registration_tokens::used_up());
        }
        tracing::info!(client_id = %client.client_id, "registered");
        let mut response = self.answer(call, StatusCode::CREATED, &client, Some(now));
        answer::set_text(
            &mut response,
            header::LOCATION,
            &document::client_uri(&call.base, &client.client_id),
        );
        Ok(response)
    }

    fn try_read(&self, call: &Call, client_id: &str) -> Outcome {
        let client = self.authorised(call, client_id, UNREADABLE)?;
        Ok(self.answer(call, StatusCode::OK, &client, None))
    }

    fn try_replace(&self, call: &Call, client_id: &str) -> Outcome {
        check_type(call)?;
        let asked = json_document::read(&call.body)?;
        let before = self.authorised(call, client_id, UNCHANGEABLE)?;
        if asked.get("client_id").and_then(Value::as_str) != Some(client_id) {
            return Err(identifier("Client Identifier modified"));
        }
        let mut client =
            Client { metadata: metadata::registered(asked, Some(&before.metadata))?, ..before.clone() };
        let policy = self.policy();
        if policy.rotation {
            client.registration_jti = Uuid::new_v4().to_string();
            client.registration_iat = self.clock.now();
        }
        if policy.new_secret_on_put {
            client.secret = random_text::<24>().map_err(fault)?;
        }
        if !self.store.update_client(&client, &before.registration_jti).map_err(fault)? {
            return Err(registration_tokens::invalid_token(UNCHANGEABLE));
        }
        tracing::info!(client_id, "changed");
        Ok(self.answer(call, StatusCode::OK, &client, None))
    }

    fn try_delete(&self, call: &Call, client_id: &str) -> Outcome {
        let client = self.authorised(call, client_id, UNCHANGEABLE)?;
        if !self.store.remove_client(client_id, &client.registration_jti).map_err(fault)? {
            return Err(registration_tokens::invalid_token(UNCHANGEABLE));
        }
        tracing::info!(client_id, "deleted");
        Ok(cors::readable(call, answer::empty(StatusCode::NO_CONTENT)))
    }

    /// The client, when the call shows its valid registration access token from a page that may use it.
    fn authorised(&self, call: &Call, client_id: &str, refusal: &str) -> Result<Client, Response> {
        let jti = match self.shown(call)? {
            Shown::Registration(jti) => jti,
            Shown::Initial(_) => {
                return Err(registration_tokens::invalid_token("Not initial access token allowed"));
            }
            Shown::Access => return Err(forbidden("Forbidden")),
            Shown::Nothing => return Err(registration_tokens::invalid_token(refusal)),
        };
        let found = self.store.client(client_id).map_err(fault)?;
        let client = found
            .filter(|client| client.registration_jti == jti && client.enabled)
            .ok_or_else(|| registration_tokens::invalid_token(refusal))?;
        cors::check(call, &client.registration_origins)?;
        Ok(client)
    }

    fn answer(&self, call: &Call, status: StatusCode, client: &Client, issued_at: Option<i64>) -> Response {
        let token = self.registration_token(&call.base, client);
        cors::readable(call, answer::json(status, &document::of(client, &call.base, token, issued_at)))
    }
}

fn check_type(call: &Call) -> Result<(), Response> {
    if call.is_of_type("application/json") {
        return Ok(());
    }
    let sentence = "The content-type header value did not match the value in @Consumes";
    Err(answer::bare_refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence))
}

fn identifier(description: &str) -> Response {
    answer::refusal(StatusCode::BAD_REQUEST, "invalid_client_metadata", description)
}

fn forbidden(description: &str) -> Response {
    answer::refusal(StatusCode::FORBIDDEN, "insufficient_scope", description)
}
