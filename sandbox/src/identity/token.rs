//! The token endpoint: a code and its verifier for an ID token and an access token (OpenID Connect Core section 3.1.3,
//! RFC 7636).

use std::fmt;
use std::sync::PoisonError;

use aws_lc_rs::constant_time;
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::Person;
use super::request::{AuthorizationRequest, single};
use super::{ACCESS_TOKEN, AUDIENCE, CLIENT_ID, Identity, issuer, sha256};
use crate::answer;
use crate::call::Call;
use crate::jose::{CryptoError, base64url, random_text};
use crate::realm::RealmError;

/// How long a code can be redeemed, in seconds.
const CODE_SECONDS: i64 = 60;

/// What a code stands for.
#[derive(Clone)]
pub struct Code {
    redirect_uri: String,
    challenge: String,
    nonce: Option<String>,
    scope: String,
    person: &'static Person,
    made_at: i64,
    /// The access token it was redeemed for, with its expiry.
    redeemed: Option<(String, i64)>,
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Code").field("made_at", &self.made_at).finish_non_exhaustive()
    }
}

impl Code {
    pub(super) fn new(request: AuthorizationRequest, person: &'static Person, made_at: i64) -> Self {
        Self {
            redirect_uri: request.target.text,
            challenge: request.challenge,
            nonce: request.nonce,
            scope: request.scope,
            person,
            made_at,
            redeemed: None,
        }
    }
}

impl Identity {
    /// Keeps what a new code stands for, and forgets old ones.
    pub(super) fn make_code(&self, code: Code) -> Result<String, CryptoError> {
        let text = random_text::<32>()?;
        let oldest = self.clock.now().saturating_sub(CODE_SECONDS).saturating_sub(self.sign_in_seconds);
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        codes.retain(|_, code| code.made_at >= oldest);
        codes.insert(text.clone(), code);
        Ok(text)
    }

    /// Redeems a code.
    pub fn token(&self, call: &Call) -> Response {
        let mut response = match self.try_token(call) {
            Ok(response) | Err(response) => response,
        };
        answer::set(&mut response, header::PRAGMA, "no-cache");
        self.origins.readable(call, response)
    }

    fn try_token(&self, call: &Call) -> Result<Response, Response> {
        if !self.origins.allow_call(call) {
            let sentence = "Pages of this origin are not the portal's. --portal-origin lets others in.";
            return Err(answer::refusal(StatusCode::FORBIDDEN, "invalid_request", sentence));
        }
        let form = call.form();
        let field = |name: &str| {
            single(&form, name)
                .map_err(|_| bad("invalid_request", &format!("The form has {name} twice.")))?
                .ok_or_else(|| bad("invalid_request", &format!("The form has no {name}.")))
        };
        let grant_type = field("grant_type")?;
        if call.header(header::AUTHORIZATION).is_some() || field("client_id")? != CLIENT_ID {
            let sentence = "The client here is portico, a public one: client_id in the form, no secret.";
            return Err(answer::refusal(StatusCode::UNAUTHORIZED, "invalid_client", sentence));
        }
        if grant_type != "authorization_code" {
            return Err(bad("unsupported_grant_type", "The grant_type here is authorization_code."));
        }
        let (code, redirect_uri, verifier) =
            (field("code")?, field("redirect_uri")?, field("code_verifier")?);
        if !is_verifier(verifier) {
            let sentence = "A code_verifier has 43 to 128 letters, digits, and - . _ ~";
            return Err(bad("invalid_request", sentence));
        }
        let jti = Uuid::new_v4().to_string();
        let code = self.redeemed(code, &jti)?;
        if code.redirect_uri != redirect_uri {
            return Err(bad("invalid_grant", "The redirect_uri is not the one the code was made for."));
        }
        let challenge = base64url(sha256(verifier).as_ref());
        constant_time::verify_slices_are_equal(challenge.as_bytes(), code.challenge.as_bytes())
            .map_err(|_| bad("invalid_grant", "The code_verifier does not fit the code_challenge."))?;
        let answer = self.tokens(&call.base, &code, &jti).map_err(|reason| answer::fault(&reason))?;
        Ok(answer::json(StatusCode::OK, &answer))
    }

    /// Uses a code up. One that comes twice may be a stolen one, so what it was redeemed for is revoked (RFC 6749
    /// section 4.1.2).
    fn redeemed(&self, code: &str, jti: &str) -> Result<Code, Response> {
        let now = self.clock.now();
        let unknown =
            || bad("invalid_grant", "The code is unknown, was used already, or is older than a minute.");
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        let found = codes.get_mut(code).ok_or_else(unknown)?;
        if let Some((jti, expires_at)) = &found.redeemed {
            let revoked = self.store.revoke(jti, *expires_at, now).map_err(RealmError::from);
            revoked.map_err(|reason| answer::fault(&reason))?;
            return Err(unknown());
        }
        found.redeemed = Some((jti.to_owned(), now.saturating_add(self.sign_in_seconds)));
        if now.saturating_sub(found.made_at) > CODE_SECONDS {
            return Err(unknown());
        }
        Ok(found.clone())
    }

    fn tokens(&self, base: &str, code: &Code, jti: &str) -> Result<Value, CryptoError> {
        let (now, person) = (self.clock.now(), code.person);
        let common = json!({
            "iss": issuer(base),
            "sub": person.subject,
            "iat": now,
            "exp": now.saturating_add(self.sign_in_seconds),
            "email": person.email,
            "name": person.name,
            "organization": person.organization,
        });
        let access = with(
            &common,
            json!({
                "aud": AUDIENCE,
                "client_id": CLIENT_ID,
                "jti": jti,
                "scope": code.scope,
                "roles": [person.role.name()],
            }),
        );
        let access = self.key.sign(ACCESS_TOKEN, &access)?;
        let half: Vec<u8> = sha256(&access).as_ref().iter().copied().take(16).collect();
        let id = with(
            &common,
            json!({
                "aud": CLIENT_ID,
                "auth_time": code.made_at,
                "email_verified": true,
                "nonce": code.nonce,
                "at_hash": base64url(&half),
            }),
        );
        let id = self.key.sign("JWT", &id)?;
        Ok(json!({
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": self.sign_in_seconds,
            "id_token": id,
            "scope": code.scope,
        }))
    }
}

/// The claims of both; one without a value is left out.
fn with(common: &Value, more: Value) -> Value {
    let both = [common.clone(), more].into_iter().filter_map(|claims| match claims {
        Value::Object(claims) => Some(claims),
        _ => None,
    });
    Value::Object(both.flatten().filter(|(_, value)| !value.is_null()).collect())
}

fn is_verifier(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
    (43..=128).contains(&text.len()) && text.chars().all(plain)
}

fn bad(error: &str, description: &str) -> Response {
    answer::refusal(StatusCode::BAD_REQUEST, error, description)
}
