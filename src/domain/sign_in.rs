//! Who is asking: OpenID Connect authorization code with PKCE, as a public client (RFC 6749, 4.1; RFC 7636; RFC 9207;
//! OpenID Connect Core, 3.1).

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::{
    config::SignIn,
    http::{Method, Request, Response, Text},
    jose::from_base64url,
    json,
    registration::{Refusal, refusal::ServerWords},
    secret::Secret,
    url,
};

/// How far the clock of the provider may be from this computer's, in seconds.
const SKEW: i64 = 300;
/// How long a sign-in may take, in seconds: after that its answer is not taken any more.
const PATIENCE: i64 = 1_800;

/// Endpoints of the provider (OpenID Connect Discovery 1.0, 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// `issuer`.
    pub issuer: String,
    /// `authorization_endpoint`.
    pub authorization_endpoint: String,
    /// `token_endpoint`.
    pub token_endpoint: String,
}

/// Where the provider describes itself.
#[must_use]
pub fn discovery_request(sign_in: &SignIn, page_origin: &str) -> Request {
    let issuer = url::absolute(page_origin, &sign_in.issuer);
    Request::new(Method::Get, format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')))
}

/// Reads what the provider says of itself.
///
/// # Errors
/// A sentence.
pub fn read_provider(sign_in: &SignIn, page_origin: &str, response: &Response) -> Result<Provider, String> {
    let wanted = url::absolute(page_origin, &sign_in.issuer);
    if !response.is_success() {
        return Err(format!("The discovery document of the sign-in answered {}.", response.status));
    }
    let members = json::object(&response.body)?.members;
    let text = |name: &str| {
        json::string(&members, name)
            .ok_or_else(|| format!("The discovery document of the sign-in has no {name}."))
    };
    let issuer = text("issuer")?;
    if issuer.trim_end_matches('/') != wanted.trim_end_matches('/') {
        return Err(format!("The sign-in at {wanted} calls itself {issuer}: portal.json must name that."));
    }
    Ok(Provider {
        authorization_endpoint: text("authorization_endpoint")?,
        token_endpoint: text("token_endpoint")?,
        issuer,
    })
}

/// A sign-in that was begun. It outlives the page for as long as the person is away.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// `state`: ties the answer to this tab (RFC 6749, 10.12).
    pub state: String,
    /// `nonce`: ties the ID token to this attempt (OpenID Connect Core, 3.1.2.1).
    pub nonce: String,
    /// `code_verifier` (RFC 7636, 4.1).
    pub verifier: Secret,
    /// ID of the environment.
    pub environment: String,
    /// The address of the portal to go back to.
    pub back_to: String,
    /// The issuer that was asked.
    pub issuer: String,
    /// Where the code is exchanged.
    pub token_endpoint: String,
    /// `redirect_uri`.
    pub redirect_uri: String,
    /// When it was begun, seconds since 1970.
    pub at: i64,
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").field("environment", &self.environment).finish_non_exhaustive()
    }
}

/// The address that the person is sent to.
#[must_use]
pub fn authorization_url(
    provider: &Provider,
    sign_in: &SignIn,
    attempt: &Attempt,
    challenge: &str,
) -> String {
    let query = url::form_encode(&[
        ("response_type", "code"),
        ("client_id", &sign_in.client_id),
        ("redirect_uri", &attempt.redirect_uri),
        ("scope", &sign_in.scope),
        ("state", &attempt.state),
        ("nonce", &attempt.nonce),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256"),
    ]);
    let separator = if provider.authorization_endpoint.contains('?') { '&' } else { '?' };
    format!("{}{separator}{query}", provider.authorization_endpoint)
}

/// Reads the answer in the address that the person came back to.
///
/// # Errors
/// A sentence: it is not the answer to this attempt, or the person was not let in.
pub fn read_answer(attempt: &Attempt, query: &str, now: i64) -> Result<Secret, String> {
    let field = |name: &str| {
        query
            .trim_start_matches('?')
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .and_then(|(_, value)| url::percent_decode(&value.replace('+', " ")))
    };
    if field("state").as_deref() != Some(attempt.state.as_str()) {
        return Err("This answer does not belong to the sign-in that was begun in this tab, so it was not used. It may be an old one: begin again.".to_owned());
    }
    if field("iss").is_some_and(|issuer| issuer != attempt.issuer) {
        return Err("The answer comes from another sign-in than the one that was asked (RFC 9207), so it was not used. Tell the operator.".to_owned());
    }
    if now - attempt.at > PATIENCE {
        return Err("The sign-in took too long. Begin again: what you typed is still here.".to_owned());
    }
    match (field("code"), field("error").as_deref()) {
        (Some(code), None) => Ok(Secret::new(code)),
        (_, Some("access_denied")) => {
            Err("The sign-in was cancelled, or you were not let in. What you typed is still here.".to_owned())
        }
        (_, Some(error)) => {
            let said =
                field("error_description").map(|words| format!(" It says: {words}")).unwrap_or_default();
            Err(format!("The sign-in answered {error}.{said}"))
        }
        (None, None) => Err("The answer has no code in it. Begin again.".to_owned()),
    }
}

/// The exchange of the code (RFC 6749, 4.1.3; RFC 7636, 4.5).
#[must_use]
pub fn token_request(attempt: &Attempt, sign_in: &SignIn, code: &Secret) -> Request {
    let pairs = url::form_encode(&[
        ("grant_type", "authorization_code"),
        ("client_id", &sign_in.client_id),
        ("redirect_uri", &attempt.redirect_uri),
    ]);
    let encoded = |secret: &Secret| Secret::new(url::percent_encode(secret.expose()));
    let body = Text::plain(format!("{pairs}&code="))
        .hidden("code", "CODE", encoded(code))
        .and("&code_verifier=")
        .hidden("code verifier", "CODE_VERIFIER", encoded(&attempt.verifier));
    Request::new(Method::Post, attempt.token_endpoint.clone()).body("application/x-www-form-urlencoded", body)
}

/// Who signed in, for as long as the tab lives.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedIn {
    /// What opens the backend.
    pub access_token: Secret,
    /// Until when, seconds since 1970 by this computer's clock; `None` when the provider did not say.
    pub expires_at: Option<i64>,
    /// `email`.
    pub email: Option<String>,
    /// What to call the person: `name`, else `email`, else `sub`.
    pub name: String,
}

impl SignedIn {
    /// Whether it still opens anything, ten seconds before its end at the latest.
    #[must_use]
    pub fn is_good(&self, now: i64) -> bool {
        self.expires_at.is_none_or(|end| now < end - 10)
    }
}

/// Reads the answer to the exchange. The ID token comes straight from the token endpoint over the connection that was
/// opened to it, so that its signature need not be checked (OpenID Connect Core, 3.1.3.7, 6); its claims are.
///
/// # Errors
/// A sentence.
pub fn read_tokens(
    attempt: &Attempt,
    sign_in: &SignIn,
    response: &Response,
    now: i64,
) -> Result<SignedIn, String> {
    if !response.is_success() {
        let refusal = Refusal::new(response, ServerWords::read(&response.body), "", "");
        return Err(format!("The sign-in gave no token: {}. Begin again.", refusal.line()));
    }
    let members = json::object(&response.body)?.members;
    let token =
        |name: &str| json::string(&members, name).ok_or_else(|| format!("The sign-in gave no {name}."));
    let id_token = token("id_token")?;
    let claims = claims(&id_token).ok_or("The ID token of the sign-in cannot be read.")?;
    check(&claims, attempt, sign_in, now)?;
    let text = |name: &str| json::string(&claims, name);
    let email = text("email");
    let name = text("name").or_else(|| email.clone()).or_else(|| text("sub")).unwrap_or_default();
    Ok(SignedIn {
        access_token: Secret::new(token("access_token")?),
        expires_at: json::integer(&members, "expires_in").map(|seconds| now.saturating_add(seconds)),
        email,
        name,
    })
}

/// OpenID Connect Core, 3.1.3.7.
fn check(claims: &Map<String, Value>, attempt: &Attempt, sign_in: &SignIn, now: i64) -> Result<(), String> {
    let wrong = |what: &str| {
        Err(format!("The ID token of the sign-in is not for this portal: {what}. It was not used."))
    };
    if json::string(claims, "iss").as_deref() != Some(attempt.issuer.as_str()) {
        return wrong("another issuer signed it");
    }
    let audiences = json::strings(claims, "aud").unwrap_or_default();
    if !audiences.contains(&sign_in.client_id) {
        return wrong("it names another client");
    }
    if json::string(claims, "azp").is_some_and(|azp| azp != sign_in.client_id)
        || (audiences.len() > 1 && !claims.contains_key("azp"))
    {
        return wrong("it was made for another party");
    }
    if json::string(claims, "nonce").as_deref() != Some(attempt.nonce.as_str()) {
        return wrong("its nonce is not the one that was sent");
    }
    match json::integer(claims, "exp") {
        Some(end) if end + SKEW > now => Ok(()),
        Some(_) => wrong("it has expired by this computer’s clock"),
        None => wrong("it has no end"),
    }
}

/// The claims of an ID token; `None` when it is none.
fn claims(token: &str) -> Option<Map<String, Value>> {
    let payload = from_base64url(token.split('.').nth(1)?)?;
    json::object(std::str::from_utf8(&payload).ok()?).ok().map(|object| object.members)
}
