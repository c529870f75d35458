//! The token endpoint of the gateway.

use aws_lc_rs::constant_time;
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::{Gateway, assertion, digest_of};
use crate::answer;
use crate::call::Call;
use crate::identity::Identity;
use crate::partner::app::{App, Key};
use crate::partner::{random, refusal};

const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// How many letters and digits a token has.
const TOKEN_LENGTH: usize = 32;

/// Why no token is given.
#[derive(Debug)]
pub(super) struct Refused {
    pub status: StatusCode,
    /// The `ErrorCode`.
    pub code: &'static str,
    /// The sentence.
    pub error: String,
}

impl Refused {
    /// The request is not one this endpoint takes.
    pub fn request(error: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code: "invalid_request", error: error.into() }
    }

    /// The client is not known, or not let in.
    pub fn client(error: impl Into<String>) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, code: "invalid_client", error: error.into() }
    }

    /// The assertion doesn't count.
    pub fn grant(error: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code: "invalid_grant", error: error.into() }
    }
}

impl From<Refused> for Response {
    fn from(refused: Refused) -> Self {
        answer::json(refused.status, &json!({ "ErrorCode": refused.code, "Error": refused.error }))
    }
}

/// What went wrong: a refusal, or this server's own fault.
pub(super) enum Failure {
    Refused(Refused),
    Fault(Response),
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl Gateway {
    /// Gives out a token.
    pub fn token(&self, identity: &Identity, call: &Call) -> Response {
        let mut response = match self.try_token(call) {
            Ok(response) => response,
            Err(Failure::Refused(refused)) => refused.into(),
            Err(Failure::Fault(response)) => response,
        };
        answer::set(&mut response, header::PRAGMA, "no-cache");
        identity.origins().readable(call, response)
    }

    fn try_token(&self, call: &Call) -> Result<Response, Failure> {
        let form = call.form();
        let names: Vec<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
        let field =
            |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        match field("grant_type") {
            Some(JWT_BEARER) => {
                let assertion = field("assertion").filter(|_| names.len() == 2);
                let assertion = assertion.ok_or_else(|| {
                    Refused::request(format!(
                        "The form has exactly grant_type and assertion; this one has {}.",
                        names.join(", ")
                    ))
                })?;
                let consumer_key = self.asserted(assertion, &call.base)?;
                self.granted(&consumer_key)
            }
            Some("client_credentials") if names.len() == 1 => {
                let consumer_key = self.with_secret(call)?;
                self.granted(&consumer_key)
            }
            Some("client_credentials") => {
                Err(Refused::request("With client_credentials the form has grant_type alone; key and secret go into Authorization: Basic.").into())
            }
            Some(other) => Err(Refused::request(format!("Unsupported grant type : {other}")).into()),
            None => Err(Refused::request("Required param : grant_type").into()),
        }
    }

    /// The consumer key that an assertion proves.
    fn asserted(&self, text: &str, base: &str) -> Result<String, Failure> {
        let now = self.clock.now();
        let parts = assertion::read(text)?;
        let consumer_key = assertion::issuer(&parts)?;
        let app = self.app_of(&consumer_key)?;
        let key = self.let_in(&app, &consumer_key)?;
        assertion::check_signature(&parts, key, now)?;
        let used = assertion::check_claims(&parts, base, now)?;
        if let Some((jti, until)) = used {
            let first = self.store.use_assertion(&consumer_key, &jti, until, now).map_err(fault)?;
            if !first {
                return Err(Refused::grant(
                    "The assertion's jti was used before. Sign a new one for every request.",
                )
                .into());
            }
        }
        Ok(consumer_key)
    }

    /// The consumer key that comes with its secret.
    fn with_secret(&self, call: &Call) -> Result<String, Failure> {
        let (consumer_key, secret) = call.basic().ok_or_else(|| {
            Refused::client("Authorization: Basic with consumer key and secret is missing.")
        })?;
        let app = self.app_of(&consumer_key)?;
        let key = self.let_in(&app, &consumer_key)?;
        let right =
            constant_time::verify_slices_are_equal(secret.as_bytes(), key.consumer_secret.0.as_bytes());
        right.map_err(|_| Refused::client("Client credentials are invalid"))?;
        Ok(consumer_key)
    }

    fn app_of(&self, consumer_key: &str) -> Result<App, Failure> {
        let found = self.store.partner_app_of_key(consumer_key).map_err(fault)?;
        Ok(found.ok_or_else(|| {
            Refused::client("Invalid client identifier: no application has this consumer key.")
        })?)
    }

    fn let_in<'a>(&self, app: &'a App, consumer_key: &str) -> Result<&'a Key, Failure> {
        let key = self.usable(app, consumer_key);
        Ok(key.ok_or_else(|| {
            Refused::client("The application or its key is not approved, or the key has expired.")
        })?)
    }

    fn granted(&self, consumer_key: &str) -> Result<Response, Failure> {
        let token = random::alphanumerics(TOKEN_LENGTH)
            .map_err(|reason| Failure::Fault(refusal::internal(&reason)))?;
        let now = self.clock.now();
        let expires_at = now.saturating_add(self.token_seconds);
        self.store
            .add_gateway_token(digest_of(&token).as_ref(), consumer_key, expires_at, now)
            .map_err(fault)?;
        Ok(answer::json(
            StatusCode::OK,
            &json!({
                "access_token": token,
                "token_type": "Bearer",
                // A string, as Apigee gives it.
                "expires_in": self.token_seconds.to_string(),
            }),
        ))
    }
}

fn fault(reason: crate::store::StoreError) -> Failure {
    Failure::Fault(refusal::internal(&reason))
}
