//! Asking for an access token (RFC 6749, 4.4 and 2.3.1), and reading the answer.

mod refusals;

use crate::domain::{
    http::{Method, Owner, Request, Response, Text},
    jose::assertion::{CLIENT_ASSERTION_TYPE, JWT_BEARER_GRANT},
    json,
    registration::{Refusal, refusal::ServerWords},
    secret::Secret,
    url,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// What the token endpoint gave (RFC 6749, 5.1).
#[derive(Clone, Debug, PartialEq)]
pub struct TokenAnswer {
    /// `access_token`; a JWT or an opaque text.
    pub access_token: Secret,
    /// `token_type` as written.
    pub token_type: Option<String>,
    /// `expires_in` in seconds, written as a number or as a string.
    pub expires_in: Option<i64>,
    /// `scope`; absent means "as asked" (RFC 6749, 5.1).
    pub scope: Option<String>,
    /// What had to be repaired or is unusual, in sentences.
    pub notes: Vec<String>,
}

/// Whether a method proves the client by a client secret that travels (RFC 6749, 2.3.1).
#[must_use]
pub fn takes_secret(method: &str) -> bool {
    matches!(method, "client_secret_basic" | "client_secret_post")
}

/// A client credentials request with a client secret, by the method that was registered.
#[must_use]
pub fn client_credentials(
    token_endpoint: &str,
    method: &str,
    client_id: &str,
    secret: &Secret,
    scope: &str,
) -> Request {
    let request = Request::new(Method::Post, token_endpoint);
    let mut pairs = vec![("grant_type", "client_credentials")];
    if !scope.is_empty() {
        pairs.push(("scope", scope));
    }
    if method == "client_secret_post" {
        pairs.push(("client_id", client_id));
        let encoded = Secret::new(url::percent_encode(secret.expose()));
        let body = Text::plain(format!("{}&client_secret=", url::form_encode(&pairs))).hidden(
            "client secret",
            "CLIENT_SECRET",
            encoded,
        );
        request.body(FORM, body)
    } else {
        request
            .header("Authorization", Text::basic(Owner::Client, client_id, secret))
            .body(FORM, Text::plain(url::form_encode(&pairs)))
    }
}

/// A client credentials request with a signed client assertion (RFC 7523, 2.2).
#[must_use]
pub fn with_client_assertion(
    token_endpoint: &str,
    client_id: &str,
    assertion: &Secret,
    scope: &str,
) -> Request {
    let mut pairs = vec![("grant_type", "client_credentials")];
    if !scope.is_empty() {
        pairs.push(("scope", scope));
    }
    pairs.extend([("client_id", client_id), ("client_assertion_type", CLIENT_ASSERTION_TYPE)]);
    let body = Text::plain(format!("{}&client_assertion=", url::form_encode(&pairs))).hidden(
        "client assertion",
        "CLIENT_ASSERTION",
        assertion.clone(),
    );
    Request::new(Method::Post, token_endpoint).body(FORM, body)
}

/// A client credentials request as the guides of banks print it: with a redirect URI of the registration, and the client
/// named behind the assertion.
#[must_use]
pub fn with_application_assertion(
    token_endpoint: &str,
    client_id: &str,
    assertion: &Secret,
    scope: &str,
    redirect_uri: Option<&str>,
) -> Request {
    let mut before = vec![("grant_type", "client_credentials")];
    if !scope.is_empty() {
        before.push(("scope", scope));
    }
    before.push(("client_assertion_type", CLIENT_ASSERTION_TYPE));
    let mut after: Vec<(&str, &str)> = redirect_uri.map(|uri| ("redirect_uri", uri)).into_iter().collect();
    after.push(("client_id", client_id));
    let body = Text::plain(format!("{}&client_assertion=", url::form_encode(&before)))
        .hidden("client assertion", "CLIENT_ASSERTION", assertion.clone())
        .and(format!("&{}", url::form_encode(&after)));
    Request::new(Method::Post, token_endpoint).body(FORM, body)
}

/// A client credentials request of a client that proves itself by its certificate (RFC 8705, 2): it only says who it is.
#[must_use]
pub fn with_client_certificate(token_endpoint: &str, client_id: &str, scope: &str) -> Request {
    let mut pairs = vec![("grant_type", "client_credentials")];
    if !scope.is_empty() {
        pairs.push(("scope", scope));
    }
    pairs.push(("client_id", client_id));
    Request::new(Method::Post, token_endpoint)
        .with_certificate(true)
        .body(FORM, Text::plain(url::form_encode(&pairs)))
}

/// A client credentials request of a client that proves itself by its certificate, in the TLS handshake (RFC 8705, 2.1).
#[must_use]
pub fn by_certificate(
    token_endpoint: &str,
    client_id: &str,
    scope: &str,
    redirect_uri: Option<&str>,
) -> Request {
    let scope = Some(("scope", scope)).filter(|(_, scope)| !scope.is_empty());
    let pairs: Vec<(&str, &str)> = [("grant_type", "client_credentials")]
        .into_iter()
        .chain(scope)
        .chain(redirect_uri.map(|uri| ("redirect_uri", uri)))
        .chain([("client_id", client_id)])
        .collect();
    Request::new(Method::Post, token_endpoint).body(FORM, Text::plain(url::form_encode(&pairs)))
}

/// A token request with a signed authorization grant (RFC 7523, 2.1): these two fields and no other.
#[must_use]
pub fn with_jwt_bearer(token_endpoint: &str, assertion: &Secret) -> Request {
    let body = Text::plain(format!("{}&assertion=", url::form_encode(&[("grant_type", JWT_BEARER_GRANT)])))
        .hidden("assertion", "ASSERTION", assertion.clone());
    Request::new(Method::Post, token_endpoint).body(FORM, body)
}

/// Reads the answer of a token endpoint.
///
/// # Errors
/// When the server refused, or its answer holds no token.
pub fn read(response: &Response) -> Result<TokenAnswer, Refusal> {
    if !response.is_success() {
        return Err(refusals::explain(response));
    }
    let unreadable = |problem: &str| {
        Refusal::new(
            response,
            ServerWords::default(),
            format!("The server said yes, but there is no token to be read. {problem}"),
            "The token endpoint in portal.json or the prefix may be wrong: tell the operator.",
        )
    };
    let members = json::object(&response.body).map_err(|problem| unreadable(&problem))?.members;
    let access_token = json::string(&members, "access_token")
        .map(Secret::new)
        .ok_or_else(|| unreadable("The answer has no access_token."))?;
    let mut notes = Vec::new();
    if members.get("expires_in").is_some_and(serde_json::Value::is_string) {
        notes.push("The answer writes expires_in as a string; it was read as a number.".to_owned());
    }
    Ok(TokenAnswer {
        access_token,
        token_type: json::string(&members, "token_type"),
        expires_in: json::integer(&members, "expires_in"),
        scope: json::string(&members, "scope"),
        notes,
    })
}
