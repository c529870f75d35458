//! The token endpoint (RFC 6749 section 4.4: client credentials).

use std::collections::HashSet;

use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::access_token::LIFETIME;
use super::client_auth::unauthorized;
use super::{Outcome, Realm, cors, document, either, fault, metadata, scopes};
use crate::answer;
use crate::call::Call;
use crate::store::Client;

impl Realm {
    /// Gives out an access token.
    pub fn token(&self, call: &Call) -> Response {
        let mut response = either(self.try_token(call));
        answer::set(&mut response, header::PRAGMA, "no-cache");
        response
    }

    fn try_token(&self, call: &Call) -> Outcome {
        let form = read_form(call);
        let grant_type =
            field(&form, "grant_type").ok_or_else(|| bad_request("Missing form parameter: grant_type"))?;
        if grant_type != "client_credentials" {
            let error = "unsupported_grant_type";
            return Err(answer::refusal(StatusCode::BAD_REQUEST, error, "Unsupported grant_type"));
        }
        // Who failed to prove who it is may read why, from any page.
        let client =
            self.authenticated(call, &form).map_err(|why| cors::readable_token_answer(call, why.into()))?;
        let web_origins = metadata::web_origins(&client.metadata);
        cors::check(call, &web_origins)?;
        let response = either(self.granted(call, &form, &client, &web_origins));
        Ok(cors::readable_token_answer(call, response))
    }

    fn granted(
        &self,
        call: &Call,
        form: &[(String, String)],
        client: &Client,
        web_origins: &[String],
    ) -> Outcome {
        check_repetitions(form)?;
        if document::auth_method(client) == "none" {
            return Err(unauthorized(
                "unauthorized_client",
                "Public client not allowed to retrieve service account",
            ));
        }
        let grants = metadata::texts(&client.metadata, "grant_types");
        if !grants.iter().any(|grant| grant == "client_credentials") {
            return Err(unauthorized(
                "unauthorized_client",
                "Client not enabled to retrieve service account",
            ));
        }
        let registered = metadata::text(&client.metadata, "scope").unwrap_or_default();
        let scope = scopes::granted(field(form, "scope"), registered)?;
        let token = self.make_access_token(call, client, web_origins, &scope).map_err(fault)?;
        Ok(answer::json(
            StatusCode::OK,
            &json!({
                "access_token": token,
                "expires_in": LIFETIME,
                "refresh_expires_in": 0,
                "token_type": "Bearer",
                "not-before-policy": 0,
                "scope": scope,
            }),
        ))
    }
}

/// The form, without what Keycloak drops unread: values of more than 4,000 characters, or 20,000 where tokens stand.
pub(super) fn read_form(call: &Call) -> Vec<(String, String)> {
    let fits = |name: &str, value: &str| {
        value.chars().count() <= if matches!(name, "token" | "client_assertion") { 20_000 } else { 4_000 }
    };
    call.form().into_iter().filter(|(name, value)| fits(name, value)).collect()
}

/// A field of a form.
pub(super) fn field<'a>(form: &'a [(String, String)], name: &str) -> Option<&'a str> {
    form.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
}

/// Refuses a form in which a name stands twice.
pub(super) fn check_repetitions(form: &[(String, String)]) -> Result<(), Response> {
    let mut names = HashSet::new();
    let all_new = form.iter().all(|(name, _)| names.insert(name.as_str()));
    if all_new { Ok(()) } else { Err(bad_request("duplicated parameter")) }
}

/// A 400 that is the caller's fault.
pub(super) fn bad_request(description: &str) -> Response {
    answer::refusal(StatusCode::BAD_REQUEST, "invalid_request", description)
}
