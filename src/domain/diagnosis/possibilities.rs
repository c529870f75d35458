//! The four things a person thinks of first, each with yes or no and why.

use super::{Asked, Cause, Probes, Seen};

/// Whether something fits what was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fits {
    /// This is it.
    Yes,
    /// It is ruled out.
    No,
    /// It may be.
    Perhaps,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Possibility {
    /// What it is called.
    pub name: &'static str,
    /// Whether it fits.
    pub fits: Fits,
    /// Why.
    pub why: String,
}

pub(super) fn of(cause: Cause, asked: &Asked, probes: &Probes) -> Vec<Possibility> {
    let row = |name, (fits, why): (Fits, String)| Possibility { name, fits, why };
    vec![
        row("Unreachable", unreachable(cause, probes)),
        row("Mixed content", mixed(asked)),
        row("Blocked by CORS", cors(cause, asked)),
        row("Refused for another reason", refused(cause, asked)),
    ]
}

fn unreachable(cause: Cause, probes: &Probes) -> (Fits, String) {
    match (cause, probes.discovery, probes.opaque) {
        (_, Seen::Readable { status, .. }, _) => (Fits::No, format!("No: discovery answered {status}")),
        (_, _, Seen::Opaque { .. }) => (Fits::No, "No: something answers".to_owned()),
        (Cause::NoConnection | Cause::PrivateNetwork | Cause::TimedOut | Cause::Offline, ..) => {
            (Fits::Yes, "Yes: no probe had an answer".to_owned())
        }
        (Cause::OwnSiteBroke, ..) => (Fits::Perhaps, "Perhaps: the connection ended".to_owned()),
        (Cause::Redirected | Cause::RedirectedElsewhere | Cause::TooLarge, ..) => {
            (Fits::No, "No: it answered".to_owned())
        }
        _ => (Fits::Perhaps, "Nothing was sent".to_owned()),
    }
}

fn mixed(asked: &Asked) -> (Fits, String) {
    let scheme = |url: &str| url.split("://").next().unwrap_or_default().to_owned();
    let (page, server) = (scheme(&asked.page_origin), scheme(&asked.url));
    if asked.is_mixed() {
        return (Fits::Yes, "Yes: page https, server http".to_owned());
    }
    let why = if page == server {
        format!("No: both sides use {page}")
    } else {
        format!("No: page {page}, server {server}")
    };
    (Fits::No, why)
}

fn cors(cause: Cause, asked: &Asked) -> (Fits, String) {
    match cause {
        _ if asked.is_same_origin() => (Fits::No, "No: this is the site’s own address".to_owned()),
        Cause::OriginNotAllowed => {
            let why = match asked.token.as_ref().and_then(|token| token.allowed_origins.as_ref()) {
                Some(_) => "Yes: the token lists other origins",
                None => "Yes: the token lists no origin",
            };
            (Fits::Yes, why.to_owned())
        }
        Cause::NoCors => (Fits::Yes, "Yes: an answer came, unreadable".to_owned()),
        Cause::PreflightRefused => (Fits::Yes, "Yes: a plain GET can be read".to_owned()),
        Cause::NoWebOrigin => (Fits::Yes, "Yes: the client has no web origin".to_owned()),
        Cause::RefusedUnreadably => (Fits::No, "No: the token lists this page".to_owned()),
        Cause::WithheldHere => (Fits::Perhaps, "Perhaps: this address only".to_owned()),
        Cause::NoConnection => (Fits::Perhaps, "Perhaps, by a strict header".to_owned()),
        _ => (Fits::No, "No: it did not come to that".to_owned()),
    }
}

fn refused(cause: Cause, asked: &Asked) -> (Fits, String) {
    match cause {
        Cause::ClientCertificate => (Fits::Yes, "Yes: without a certificate".to_owned()),
        Cause::PolicyWithoutOrigin => (Fits::Yes, "Yes: by this site’s own policy".to_owned()),
        Cause::Redirected | Cause::RedirectedElsewhere => (Fits::Yes, "Yes: it leads elsewhere".to_owned()),
        Cause::RefusedUnreadably => (Fits::Yes, "Yes: 400, 401 or 403".to_owned()),
        Cause::OriginNotAllowed if expired(asked) => {
            (Fits::Perhaps, "Perhaps: the token has expired".to_owned())
        }
        Cause::OriginNotAllowed => (Fits::Perhaps, "Unlikely: the token is valid".to_owned()),
        Cause::WithheldHere | Cause::NoCors | Cause::NoWebOrigin => (Fits::Perhaps, "Perhaps".to_owned()),
        Cause::TooLarge => (Fits::Perhaps, "Its answer is too large".to_owned()),
        _ => (Fits::No, "No: it gave no answer".to_owned()),
    }
}

pub(super) fn expired(asked: &Asked) -> bool {
    asked.token.as_ref().is_some_and(|token| token.has_expired(asked.at))
}
