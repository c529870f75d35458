//! The authorization endpoint (RFC 6749 section 4.1, OpenID Connect Core section 3.1.2) and the end of a session
//! (OpenID Connect RP-Initiated Logout 1.0).

use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use serde_json::Value;
use url::Url;

use super::people::{self, Person};
use super::request::{self, AuthorizationRequest, Rejection};
use super::token::Code;
use super::{CLIENT_ID, Identity, issuer, page};
use crate::answer;
use crate::call::Call;

impl Identity {
    /// Asks who it is, and on the answer goes back to the portal with a code.
    pub fn authorize(&self, call: &Call) -> Response {
        let mut parameters = request::parameters(call);
        let chosen = self.chosen(call, &mut parameters);
        let request = match AuthorizationRequest::read(parameters, &self.origins, &call.base) {
            Ok(request) => request,
            Err(Rejection::Told(sentence)) => {
                return page::say(StatusCode::BAD_REQUEST, "This sign-in can't go on", &sentence);
            }
            Err(Rejection::Sent(target, error, description)) => {
                let answer = [("error", error), ("error_description", description)];
                return redirect(&target.with(&answer, &issuer(&call.base)));
            }
        };
        match chosen {
            Choice::None => page::ask(&request),
            Choice::Foreign => {
                let sentence = "The choice came from a page of another origin. Open the sign-in again.";
                page::say(StatusCode::FORBIDDEN, "This sign-in can't go on", sentence)
            }
            Choice::Cancelled => {
                let answer =
                    [("error", "access_denied"), ("error_description", "The sign-in was cancelled.")];
                redirect(&request.target.with(&answer, &issuer(&call.base)))
            }
            Choice::Person(person) => self.signed_in(call, request, person),
        }
    }

    /// What the page's own form chose; the rest of `parameters` is the request.
    fn chosen(&self, call: &Call, parameters: &mut Vec<(String, String)>) -> Choice {
        let mut take = |name: &str| {
            let found = parameters.iter().position(|(known, _)| known == name)?;
            Some(parameters.remove(found).1)
        };
        let (person, cancelled) = (take("person"), take("cancel").is_some());
        if call.method != Method::POST || (person.is_none() && !cancelled) {
            return Choice::None;
        }
        if call.is_foreign() {
            return Choice::Foreign;
        }
        match person.as_deref().and_then(people::by_email) {
            Some(person) if !cancelled => Choice::Person(person),
            None if !cancelled => Choice::None,
            _ => Choice::Cancelled,
        }
    }

    fn signed_in(&self, call: &Call, request: AuthorizationRequest, person: &'static Person) -> Response {
        let target = request.target.clone();
        match self.make_code(Code::new(request, person, self.clock.now())) {
            Ok(code) => redirect(&target.with(&[("code", &code)], &issuer(&call.base))),
            Err(reason) => answer::fault(&reason),
        }
    }

    /// Ends a sign-in. Nothing is kept here between two requests, so all there is to do is to go back.
    pub fn logout(&self, call: &Call) -> Response {
        let parameters = request::parameters(call);
        let Ok(field) = Logout::read(&parameters) else {
            return page::say(
                StatusCode::BAD_REQUEST,
                "Signing out went wrong",
                "A parameter stands there twice.",
            );
        };
        let Some(target) = field.redirect_uri else {
            return page::say(StatusCode::OK, "You are signed out", "You can close this page.");
        };
        let hinted = field.hint.and_then(|token| self.key.verified("JWT", token));
        let of_portal =
            hinted.is_some_and(|claims| claims.get("aud").and_then(Value::as_str) == Some(CLIENT_ID));
        let url = Url::parse(target).ok().filter(|url| self.origins.allow(url, &call.base));
        match url {
            Some(mut url) if of_portal || field.client_id == Some(CLIENT_ID) => {
                if let Some(state) = field.state {
                    url.query_pairs_mut().append_pair("state", state);
                }
                redirect(&url)
            }
            _ => {
                let sentence = "You are signed out, but the page to go back to is not one of the portal's.";
                page::say(StatusCode::BAD_REQUEST, "You are signed out", sentence)
            }
        }
    }
}

enum Choice {
    None,
    Foreign,
    Cancelled,
    Person(&'static Person),
}

struct Logout<'a> {
    redirect_uri: Option<&'a str>,
    hint: Option<&'a str>,
    client_id: Option<&'a str>,
    state: Option<&'a str>,
}

impl<'a> Logout<'a> {
    fn read(all: &'a [(String, String)]) -> Result<Self, request::Repeated> {
        Ok(Self {
            redirect_uri: request::single(all, "post_logout_redirect_uri")?,
            hint: request::single(all, "id_token_hint")?,
            client_id: request::single(all, "client_id")?,
            state: request::single(all, "state")?,
        })
    }
}

/// Goes there with a GET, whatever the method was.
fn redirect(url: &Url) -> Response {
    let mut response = answer::empty(StatusCode::SEE_OTHER);
    answer::set_text(&mut response, header::LOCATION, url.as_str());
    answer::set(&mut response, header::REFERRER_POLICY, "no-referrer");
    response
}
