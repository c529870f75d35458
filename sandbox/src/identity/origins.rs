//! Which pages are the portal's: those of this server's own origin, of the origins named at the start, and of this
//! computer. Others may neither sign in nor read an answer.

use axum::http::{StatusCode, header};
use axum::response::Response;
use url::{Host, Url};

use crate::answer;
use crate::call::Call;

/// The origins.
#[derive(Clone, Debug)]
pub struct Origins {
    named: Vec<String>,
}

impl Origins {
    /// These origins beside those that are always allowed.
    pub fn new(named: &[String]) -> Self {
        Self { named: named.to_vec() }
    }

    /// Whether the URL belongs to a page of the portal, for a caller that reached this server at `base`.
    pub fn allow(&self, url: &Url, base: &str) -> bool {
        let origin = url.origin().ascii_serialization();
        let own = Url::parse(base).is_ok_and(|base| base.origin() == url.origin());
        own || self.named.contains(&origin) || (url.scheme() == "http" && is_loopback(url))
    }

    /// Whether the call comes from such a page, or from no page at all.
    pub fn allow_call(&self, call: &Call) -> bool {
        if !call.is_foreign() {
            return true;
        }
        let origin = call.origin().and_then(|origin| Url::parse(origin).ok());
        origin.is_some_and(|origin| self.allow(&origin, &call.base))
    }

    /// Lets the calling page read this answer, if it is the portal's.
    pub fn readable(&self, call: &Call, mut response: Response) -> Response {
        if let Some(origin) = call.origin().filter(|_| call.is_foreign() && self.allow_call(call)) {
            answer::set_text(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            answer::set(
                &mut response,
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
                "WWW-Authenticate, Retry-After",
            );
        }
        answer::set(&mut response, header::VARY, "Origin");
        response
    }

    /// Answers a preflight.
    pub fn preflight(&self, call: &Call, methods: &'static str) -> Response {
        let mut response = self.readable(call, answer::empty(StatusCode::NO_CONTENT));
        if self.allow_call(call) {
            answer::set(&mut response, header::ACCESS_CONTROL_ALLOW_METHODS, methods);
            answer::set(&mut response, header::ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type");
            answer::set(&mut response, header::ACCESS_CONTROL_MAX_AGE, "600");
        }
        response
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
