//! A request without an answer, in words. The browser tells a page very little; this says no more than that.

use crate::domain::{
    http::{Failure, Method},
    url,
};

/// What the portal knows beside the failure itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// Method of the request.
    pub method: Method,
    /// Where it went.
    pub url: String,
    /// The page's own origin.
    pub page_origin: String,
}

/// A failure, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What happened, as a headline.
    pub headline: String,
    /// How the portal knows, and what it means for what was asked.
    pub evidence: String,
    /// What to do next.
    pub next: String,
}

/// Explains a failure.
#[must_use]
pub fn explain(failure: &Failure, at: &Circumstances) -> Explained {
    let host = url::host(&at.url);
    let page_origin = &at.page_origin;
    let explained = |headline: &str, evidence: String, next: &str| Explained {
        headline: headline.to_owned(),
        evidence,
        next: next.to_owned(),
    };
    if matches!(failure, Failure::Blocked) && mixed(at) {
        return explained(
            "A page on https may not call a server on http",
            format!(
                "This page is {page_origin}, and the server is {host} over plain http. The browser sent nothing."
            ),
            "The operator puts the server behind https, or behind a prefix on this site.",
        );
    }
    match failure {
        Failure::Blocked if url::origin(&at.url).as_deref() == Some(page_origin) => explained(
            "The connection broke off",
            format!(
                "{host} is the address of this site, so nothing forbids this page to read the answer: the network, or the server behind it, ended the connection.{}",
                done(at.method)
            ),
            match at.method {
                Method::Get => "Try again.",
                _ => "Look whether it was done before you send it again.",
            },
        ),
        Failure::Blocked => explained(
            "No answer that this page may read",
            format!(
                "The browser does not say why: {host} may be unreachable, its certificate may not be trusted, or it may not let {page_origin} read (CORS).{}",
                done(at.method)
            ),
            "Open the server's discovery address in a new tab: the browser then names the cause.",
        ),
        Failure::Offline => explained(
            "This computer is offline",
            "The browser says that there is no network. Nothing was sent.".to_owned(),
            "Press the button again when the network is back. Nothing repeats by itself.",
        ),
        Failure::ClientCertificate => explained(
            "The server wants a client certificate",
            format!("{host} wants one in the TLS handshake, and a page cannot choose one. Nothing was sent."),
            "Send it with curl and your certificate, or through a prefix of this site that holds it.",
        ),
        Failure::Timeout { after_ms } => explained(
            "No answer in time",
            format!("{host} gave no answer within {} s.{}", after_ms / 1000, done(at.method)),
            "Look whether it was done before you send it again.",
        ),
        Failure::Redirected => explained(
            "The server sent this page elsewhere",
            format!(
                "{host} answered with a redirect, often to a sign-in page. The portal never follows one with a token."
            ),
            "The operator checks the address in portal.json, or what stands before the server.",
        ),
        Failure::ContentSecurityPolicy { origin } => explained(
            "This site's own policy does not allow that address",
            format!(
                "The Content-Security-Policy of this site does not list {origin} in connect-src. Nothing was sent."
            ),
            "The operator adds the origin to connect-src of the web server.",
        ),
        Failure::TooLarge { limit } => explained(
            "The answer is too large",
            format!("{host} answered with more than {limit} bytes."),
            "Use curl for this one.",
        ),
    }
}

/// A page on https may call http on this computer only.
fn mixed(at: &Circumstances) -> bool {
    let loopback = url::parts(&at.url).is_ok_and(|parts| url::is_loopback(&parts.host));
    at.page_origin.starts_with("https://") && at.url.starts_with("http://") && !loopback
}

fn done(method: Method) -> &'static str {
    match method {
        Method::Get => "",
        _ => " The request may have been carried out.",
    }
}
