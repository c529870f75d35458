//! The authorization request (OpenID Connect Core section 3.1.2.1), read and checked.

use url::Url;

use super::{CLIENT_ID, origins::Origins};
use crate::call::Call;
use crate::jose::from_base64url;

/// What the path of a redirect URI ends with: the portal's page for it.
const SIGNED_IN: &str = "/signed-in";

/// A request to sign somebody in.
#[derive(Debug)]
pub(super) struct AuthorizationRequest {
    /// Where the answer goes.
    pub target: Target,
    /// The `code_challenge` (RFC 7636).
    pub challenge: String,
    /// The `nonce`, to be repeated in the ID token.
    pub nonce: Option<String>,
    /// The `scope`.
    pub scope: String,
    /// The `login_hint`: who it might be.
    pub hint: Option<String>,
    /// Everything that was asked, for the form to ask again.
    pub parameters: Vec<(String, String)>,
}

/// Where an answer goes.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The redirect URI.
    pub url: Url,
    /// The same as it was written.
    pub text: String,
    /// The `state`, to be repeated.
    pub state: Option<String>,
}

/// Why nobody is signed in.
#[derive(Debug)]
pub(super) enum Rejection {
    /// It isn't known where an answer may go: the person is told.
    Told(String),
    /// The client is told (RFC 6749 section 4.1.2.1).
    Sent(Target, &'static str, &'static str),
}

/// Reads what was asked: the query of a GET, the form of a POST.
pub(super) fn parameters(call: &Call) -> Vec<(String, String)> {
    match call.method {
        axum::http::Method::POST => call.form(),
        _ => {
            let query = call.uri.query().unwrap_or_default();
            form_urlencoded::parse(query.as_bytes()).into_owned().collect()
        }
    }
}

impl AuthorizationRequest {
    /// Checks what was asked.
    pub fn read(all: Vec<(String, String)>, origins: &Origins, base: &str) -> Result<Self, Rejection> {
        let target = target(&all, origins, base)?;
        let reject = |error, description| Rejection::Sent(target.clone(), error, description);
        let one = |name: &str| {
            single(&all, name).map_err(|_| reject("invalid_request", "A parameter stands there twice."))
        };
        for name in ["state", "prompt", "code_challenge", "code_challenge_method", "nonce", "scope"] {
            one(name)?;
        }
        if one("request")?.is_some() {
            return Err(reject(
                "request_not_supported",
                "Send the parameters themselves, not a request object.",
            ));
        }
        if one("request_uri")?.is_some() {
            return Err(reject(
                "request_uri_not_supported",
                "Send the parameters themselves, not a request_uri.",
            ));
        }
        match one("response_type")? {
            Some("code") => {}
            None => return Err(reject("invalid_request", "response_type is missing.")),
            Some(_) => return Err(reject("unsupported_response_type", "The response_type here is code.")),
        }
        if one("response_mode")?.is_some_and(|mode| mode != "query") {
            return Err(reject("invalid_request", "The response_mode here is query."));
        }
        let scope = one("scope")?.unwrap_or_default();
        if !scope.split(' ').any(|scope| scope == "openid") {
            return Err(reject("invalid_scope", "The scope must contain openid."));
        }
        let challenge = one("code_challenge")?
            .ok_or_else(|| reject("invalid_request", "code_challenge is missing: PKCE is required."))?;
        if one("code_challenge_method")? != Some("S256") {
            return Err(reject("invalid_request", "The code_challenge_method here is S256."));
        }
        if from_base64url(challenge).is_none_or(|bytes| bytes.len() != 32) {
            return Err(reject(
                "invalid_request",
                "The code_challenge is not the SHA-256 of a verifier, in base64url.",
            ));
        }
        if one("prompt")?.is_some_and(|prompt| prompt.split(' ').any(|prompt| prompt == "none")) {
            return Err(reject("login_required", "Nobody is signed in here between two requests."));
        }
        Ok(Self {
            challenge: challenge.to_owned(),
            nonce: one("nonce")?.map(str::to_owned),
            scope: scope.to_owned(),
            hint: one("login_hint")?.map(str::to_owned),
            target: target.clone(),
            parameters: all,
        })
    }
}

/// Where the answer goes; this is checked before anything else, because a wrong place must learn nothing.
fn target(all: &[(String, String)], origins: &Origins, base: &str) -> Result<Target, Rejection> {
    let told = |sentence: String| Rejection::Told(sentence);
    let one = |name: &str| {
        single(all, name)
            .map_err(|_| told(format!("The request names {name} twice.")))?
            .ok_or_else(|| told(format!("The request has no {name}.")))
    };
    let client_id = one("client_id")?;
    if client_id != CLIENT_ID {
        return Err(told(format!(
            "No client is called \"{client_id}\" here. The portal's client_id is {CLIENT_ID}."
        )));
    }
    let text = one("redirect_uri")?;
    let url = Url::parse(text)
        .map_err(|reason| told(format!("The redirect_uri \"{text}\" is not a URL: {reason}.")))?;
    let plain = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    if !plain || !url.path().ends_with(SIGNED_IN) {
        return Err(told(format!("The path of the redirect_uri \"{text}\" must end with {SIGNED_IN}.")));
    }
    if !origins.allow(&url, base) {
        return Err(told(format!(
            "The redirect_uri \"{text}\" leads to an origin that is not the portal's. Start this server with --portal-origin {}",
            url.origin().ascii_serialization()
        )));
    }
    let state = all.iter().find(|(name, _)| name == "state").map(|(_, value)| value.clone());
    Ok(Target { url, text: text.to_owned(), state })
}

/// The name stands there more than once.
pub(super) struct Repeated;

/// The one value of a parameter; an empty one counts as none (RFC 6749 section 3.1).
pub(super) fn single<'a>(all: &'a [(String, String)], name: &str) -> Result<Option<&'a str>, Repeated> {
    let mut values = all.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let first = values.next().filter(|value| !value.is_empty());
    if values.next().is_some() { Err(Repeated) } else { Ok(first) }
}

impl Target {
    /// The redirect URI with these parameters, the `state` and the issuer (RFC 9207).
    pub fn with(&self, parameters: &[(&str, &str)], issuer: &str) -> Url {
        let mut url = self.url.clone();
        let mut query = url.query_pairs_mut();
        query.extend_pairs(parameters);
        if let Some(state) = &self.state {
            query.append_pair("state", state);
        }
        query.append_pair("iss", issuer);
        drop(query);
        url
    }
}
