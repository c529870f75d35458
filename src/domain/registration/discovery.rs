//! Where the endpoints are, and how the page reaches them (OpenID Connect Discovery 1.0; RFC 8414).
//!
//! A printed address is never followed to an origin that the operator did not configure: it would carry a token
//! there. It is mapped to the way the backend was reached, or shown.

use crate::domain::{
    config::Environment,
    http::{Method, Request, Response},
    json, url,
};

/// The members of a discovery document that the portal uses, as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discovery {
    /// `issuer`.
    pub issuer: String,
    /// `registration_endpoint`.
    pub registration_endpoint: Option<String>,
    /// `token_endpoint`.
    pub token_endpoint: Option<String>,
    /// `jwks_uri`.
    pub jwks_uri: Option<String>,
    /// `introspection_endpoint`.
    pub introspection_endpoint: Option<String>,
    /// `grant_types_supported`. Servers under-report: never refuse anything because of it.
    pub grant_types_supported: Vec<String>,
}

/// The backend as this page reaches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Issuer as the server prints it; what `iss` and `aud` of tokens hold.
    pub issuer: String,
    /// Client registration endpoint, as the page calls it.
    pub registration: String,
    /// Token endpoint, as the page calls it.
    pub token: String,
    /// Token endpoint as the server prints it: for exports and for `aud` of assertions.
    pub token_printed: String,
    /// Registration endpoint as the server prints it.
    pub registration_printed: String,
    /// Key set, as the page calls it; nothing when nobody names one, or it lies at an origin that is not configured.
    pub jwks: Option<String>,
    /// Whether the page and the registration endpoint have different origins.
    pub cross_origin: bool,
}

/// Whether, and under which address, the page may call a printed address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapped {
    /// Call this.
    Call(String),
    /// Its origin is not configured: show it, never follow it.
    Foreign(String),
}

/// Where the two documents of an issuer lie (OpenID Connect Discovery 1.0, 4; RFC 8414, 3).
#[must_use]
pub fn addresses(issuer: &str) -> [String; 2] {
    let issuer = issuer.trim().trim_end_matches('/');
    let origin = url::origin(issuer).unwrap_or_default();
    let path = url::parts(issuer).map(|parts| parts.path).unwrap_or_default();
    [
        format!("{issuer}/.well-known/openid-configuration"),
        format!("{origin}/.well-known/oauth-authorization-server{}", path.trim_end_matches('/')),
    ]
}

/// The request for the discovery document of OpenID Connect.
#[must_use]
pub fn request(environment: &Environment, page_origin: &str) -> Request {
    let [openid, _] = addresses(&url::absolute(page_origin, &environment.issuer));
    Request::new(Method::Get, through(environment, page_origin, &openid))
}

/// The request for the metadata of RFC 8414, which some servers have instead, or with more in it.
#[must_use]
pub fn metadata_request(environment: &Environment, page_origin: &str) -> Request {
    let [_, metadata] = addresses(&url::absolute(page_origin, &environment.issuer));
    Request::new(Method::Get, through(environment, page_origin, &metadata))
}

impl Discovery {
    /// Whether it names both endpoints that the portal cannot do without.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.registration_endpoint.is_some() && self.token_endpoint.is_some()
    }

    /// Takes from the other document of the same issuer what this one leaves out.
    #[must_use]
    pub fn completed(self, other: Self) -> Self {
        if self.issuer != other.issuer {
            return self;
        }
        Self {
            issuer: self.issuer,
            registration_endpoint: self.registration_endpoint.or(other.registration_endpoint),
            token_endpoint: self.token_endpoint.or(other.token_endpoint),
            jwks_uri: self.jwks_uri.or(other.jwks_uri),
            introspection_endpoint: self.introspection_endpoint.or(other.introspection_endpoint),
            grant_types_supported: if self.grant_types_supported.is_empty() {
                other.grant_types_supported
            } else {
                self.grant_types_supported
            },
        }
    }
}

/// Reads a discovery document.
///
/// # Errors
/// A sentence: what was wrong with the answer.
pub fn read(response: &Response) -> Result<Discovery, String> {
    if !response.is_success() {
        return Err(format!("The discovery document answered {}.", response.status));
    }
    if response.body.trim_start().starts_with('<') {
        return Err(
            "The discovery address answers with a web page: the prefix or the issuer is wrong.".to_owned()
        );
    }
    let members = json::object(&response.body)?.members;
    Ok(Discovery {
        issuer: json::string(&members, "issuer").ok_or("The discovery document has no issuer.")?,
        registration_endpoint: json::string(&members, "registration_endpoint"),
        token_endpoint: json::string(&members, "token_endpoint"),
        jwks_uri: json::string(&members, "jwks_uri"),
        introspection_endpoint: json::string(&members, "introspection_endpoint"),
        grant_types_supported: json::strings(&members, "grant_types_supported").unwrap_or_default(),
    })
}

/// Puts configuration and discovery together; configuration wins.
///
/// # Errors
/// A sentence: which endpoint is missing or leads somewhere that is not configured.
pub fn reach(
    environment: &Environment,
    page_origin: &str,
    discovery: Option<&Discovery>,
) -> Result<Reach, String> {
    let issuer = discovery
        .map_or_else(|| url::absolute(page_origin, &environment.issuer), |document| document.issuer.clone());
    let endpoint = |configured: &Option<String>, printed: Option<&String>, name: &str| {
        let printed = configured
            .as_ref()
            .map(|address| url::absolute(page_origin, address))
            .or_else(|| printed.cloned())
            .ok_or(format!("Neither portal.json nor the discovery document names the {name} endpoint."))?;
        match map(environment, page_origin, &printed) {
            Mapped::Call(called) => Ok((called, printed)),
            Mapped::Foreign(origin) => Err(format!(
                "The {name} endpoint is at {origin}, which is not configured for this environment. Nothing is sent there."
            )),
        }
    };
    let document = discovery.cloned().unwrap_or_default();
    let (registration, registration_printed) = endpoint(
        &environment.endpoints.registration,
        document.registration_endpoint.as_ref(),
        "registration",
    )?;
    let (token, token_printed) =
        endpoint(&environment.endpoints.token, document.token_endpoint.as_ref(), "token")?;
    let jwks = endpoint(&environment.endpoints.jwks, document.jwks_uri.as_ref(), "key set").ok();
    let jwks = jwks.map(|(called, _)| called);
    let cross_origin = url::origin(&registration).as_deref() != Some(page_origin);
    Ok(Reach { issuer, registration, token, token_printed, registration_printed, jwks, cross_origin })
}

/// Maps a printed address to the one the page calls.
#[must_use]
pub fn map(environment: &Environment, page_origin: &str, printed: &str) -> Mapped {
    let called = through(environment, page_origin, printed);
    let Some(origin) = url::origin(&called) else { return Mapped::Foreign(printed.to_owned()) };
    let configured = [Some(&environment.issuer), environment.endpoints.registration.as_ref()]
        .into_iter()
        .chain([environment.endpoints.token.as_ref(), environment.endpoints.jwks.as_ref()])
        .flatten()
        .filter_map(|address| url::origin(&url::absolute(page_origin, address)));
    if origin == page_origin || configured.into_iter().any(|known| known == origin) {
        Mapped::Call(called)
    } else {
        Mapped::Foreign(origin)
    }
}

/// Maps a printed registration URI: what follows the printed endpoint goes behind the one that was used.
#[must_use]
pub fn map_registration_uri(
    environment: &Environment,
    page_origin: &str,
    reach: &Reach,
    printed: &str,
) -> Mapped {
    match printed.strip_prefix(reach.registration_printed.as_str()) {
        Some(rest) if rest.starts_with('/') || rest.starts_with('?') => {
            Mapped::Call(format!("{}{rest}", reach.registration))
        }
        _ => map(environment, page_origin, printed),
    }
}

/// Replaces what the same-origin prefix stands for by the prefix.
pub(super) fn through(environment: &Environment, page_origin: &str, printed: &str) -> String {
    environment
        .via
        .as_ref()
        .and_then(|via| {
            let rest = printed.strip_prefix(via.replaces.trim_end_matches('/'))?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{page_origin}{}{rest}", via.prefix))
        })
        .unwrap_or_else(|| printed.to_owned())
}
