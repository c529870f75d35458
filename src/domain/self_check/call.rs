//! The requests of the calls.

use serde_json::{Map, Value};

use super::{
    Kit, Software,
    change::{Change, set},
    hide,
    scenario::{Call, Shown, Who},
};
use crate::domain::{
    grant,
    http::{Method, Request, Text, render},
    jose::{
        Unsigned,
        assertion::{Assertion, Claims, Header},
    },
    json,
    registration::{Operation, dialect_of, discovery},
    secret::Secret,
    url::percent_encode,
};

/// The media type of a signed request (RFC 7519, 10.3.1).
const JWT: &str = "application/jwt";

impl Kit {
    /// The software that a client is registered for.
    pub(super) fn software(&self, who: Who, change: Change) -> &Software {
        let foreign = self.foreign.as_ref().filter(|_| change == Change::ForeignStatement);
        let other = self.other.as_ref().filter(|_| who == Who::Second && change == Change::None);
        foreign.or(other).unwrap_or(&self.software)
    }

    /// The address of a registration.
    fn registration(&self, client_id: &str) -> String {
        format!("{}/{}", self.reach.registration.trim_end_matches('/'), percent_encode(client_id))
    }

    fn request(&self, method: Method, address: impl Into<String>) -> Request {
        Request::new(method, address).with_certificate(self.environment.client_certificate)
    }

    /// GET of the discovery document.
    pub(super) fn discover(&self) -> Request {
        discovery::request(&self.environment, &self.page_origin)
    }

    /// GET of a statement from the directory.
    pub(super) fn statement(address: &str) -> Request {
        let mut request = Request::new(Method::Get, address);
        request.headers = vec![("Accept", Text::plain(JWT))];
        request
    }

    /// A registration request before its signature.
    pub(super) fn unsigned(
        &self,
        software: &Software,
        statement: Option<&str>,
        change: Change,
        (now, id): (i64, &str),
    ) -> Unsigned {
        let Unsigned { header, mut claims } = software.good.clone();
        set(&mut claims, "iat", now.into());
        set(&mut claims, "exp", now.saturating_add(self.environment.signed_request.lifetime).into());
        set(&mut claims, "jti", id.into());
        if let Some(statement) = statement {
            set(&mut claims, "software_statement", statement.into());
        }
        change.claims(&mut claims, now);
        Unsigned { header, claims }
    }

    /// A client assertion before its signature.
    pub(super) fn assertion(&self, client_id: &str, now: i64, id: &str) -> Unsigned {
        let header = Header {
            algorithm: self.algorithm,
            kid: Some(self.kid.clone()),
            typ: self.environment.assertion_typ.clone(),
            x5t_s256: None,
        };
        let claims = Claims::of_client(client_id, &self.environment, &self.reach, now, id.to_owned());
        Assertion { header, claims }.unsigned()
    }

    /// POST of a signed request, or PUT for a client.
    pub(super) fn signed(&self, client_id: Option<&str>, compact: Secret) -> Request {
        let request = match client_id {
            None => self.request(Method::Post, self.reach.registration.as_str()),
            Some(client_id) => self.request(Method::Put, self.registration(client_id)),
        };
        request.body(JWT, Text::default().hidden("signed request", "SIGNED_REQUEST", compact))
    }

    /// POST for a token.
    pub(super) fn token(&self, client_id: &str, assertion: &Secret) -> Request {
        let claims = &self.software.good.claims;
        let scope = json::string(claims, "scope").unwrap_or_default();
        let endpoint = &self.reach.token;
        let request = if dialect_of(&self.environment).habits().redirect_uri_in_token_request {
            let uris = json::strings(claims, "redirect_uris").unwrap_or_default();
            let uri = uris.first().map(String::as_str);
            grant::with_application_assertion(endpoint, client_id, assertion, &scope, uri)
        } else {
            grant::with_client_assertion(endpoint, client_id, assertion, &scope)
        };
        request.with_certificate(self.environment.client_certificate)
    }

    /// GET or DELETE of a registration.
    pub(super) fn plain(&self, operation: Operation, client_id: &str) -> Request {
        self.request(operation.method(), self.registration(client_id))
    }
}

/// With an application token (RFC 6750, 2.1).
pub(super) fn with_token(request: Request, token: &Secret) -> Request {
    request.header("Authorization", Text::bearer("application token", "APPLICATION_TOKEN", token))
}

/// What a call is, in words.
pub(super) fn words(call: Call) -> String {
    match call {
        Call::Discover => "Read the discovery document".to_owned(),
        Call::Register(who, change) => {
            let again = if who == Who::Second { "Register another client" } else { "Register" };
            match change.words() {
                "" => again.to_owned(),
                changed => format!("Register, {changed}"),
            }
        }
        Call::Token(_) => "Get a token".to_owned(),
        Call::Retrieve(_, Shown::Own) => "Retrieve".to_owned(),
        Call::Retrieve(_, Shown::Of(_)) => "Retrieve with the token of another client".to_owned(),
        Call::Retrieve(_, Shown::MadeUp) => "Retrieve with a token that nobody gave out".to_owned(),
        Call::Update(_) => "Update".to_owned(),
        Call::Delete(_) => "Delete".to_owned(),
    }
}

/// A request for showing: as HTTP, what is secret in words, and the claims of what was signed.
pub(super) fn shown(request: &Request, signed: Option<&Unsigned>) -> String {
    let http = render::to_text(&render::http(request), false);
    let Some(signed) = signed else { return http };
    let part = |members: &Map<String, Value>| json::pretty(&hide::members(members));
    format!("{}\n\n{}\n{}", http.trim_end(), part(&signed.header), part(&signed.claims))
}
