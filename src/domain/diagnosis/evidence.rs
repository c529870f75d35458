//! What was asked, what came, and what it tells: a line for each check.

use super::{Asked, Cause, Probes, Purpose, Seen, possibilities::expired};
use crate::domain::{
    http::{Failure, Method},
    time,
};

/// How a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lamp {
    /// As it should be.
    Ok,
    /// Says nothing for or against.
    Known,
    /// Look at this.
    Warn,
    /// It failed.
    Bad,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The check.
    pub probe: &'static str,
    /// What was asked: a short request line, or where it was read.
    pub request: String,
    /// How it stands.
    pub lamp: Lamp,
    /// What came.
    pub answer: String,
    /// What it tells.
    pub tells: String,
    /// Whether this line decides.
    pub decides: bool,
}

pub(super) fn of(cause: Cause, asked: &Asked, failure: &Failure, probes: &Probes) -> Vec<Evidence> {
    let mut lines = vec![addresses(cause, asked)];
    lines.extend(probe(
        "Read discovery",
        format!("GET {}", short(&asked.discovery)),
        probes.discovery,
        "The server is reachable, and lets this page read this document.",
        "This page may not read it, or nothing is there.",
    ));
    lines.extend(probe(
        "Opaque request",
        format!("GET {}, no-cors", short(&asked.discovery)),
        probes.opaque,
        "Something answers at this address.",
        "Nothing answers that the browser would take.",
    ));
    lines.extend(probe(
        "Plain request",
        format!("GET {}", short(&asked.url)),
        probes.plain,
        "Without a token the same address can be read.",
        "This address cannot be read by this page, whatever is asked.",
    ));
    lines.push(itself(asked, failure));
    lines.extend(probe(
        "This site",
        "GET /portal.json".to_owned(),
        probes.own,
        "This site and the network are there.",
        "This site gives no answer either.",
    ));
    lines.extend(token(cause, asked));
    for line in &mut lines {
        line.decides = decides(cause, line.probe);
    }
    lines
}

/// Which line decides.
fn decides(cause: Cause, probe: &str) -> bool {
    probe
        == match cause {
            Cause::MixedContent => "Compare addresses",
            Cause::OriginNotAllowed | Cause::RefusedUnreadably => "Look into the token",
            Cause::NoCors | Cause::NoConnection | Cause::PrivateNetwork => "Opaque request",
            Cause::PreflightRefused | Cause::WithheldHere => "Plain request",
            Cause::Offline => "This site",
            _ => "The request",
        }
}

fn line(probe: &'static str, request: String, lamp: Lamp, answer: String, tells: &str) -> Evidence {
    Evidence { probe, request, lamp, answer, tells: tells.to_owned(), decides: false }
}

fn addresses(cause: Cause, asked: &Asked) -> Evidence {
    let scheme = |url: &str| url.split("://").next().unwrap_or_default().to_owned();
    let request = format!("page {}, server {}", scheme(&asked.page_origin), scheme(&asked.url));
    let (lamp, answer, tells) = match cause {
        Cause::MixedContent => {
            (Lamp::Bad, "Mixed content", "The browser forbids it before anything is sent.")
        }
        _ if asked.is_same_origin() => (Lamp::Ok, "This site itself", "CORS plays no part."),
        _ => (Lamp::Ok, "Another origin", "Not mixed content; the server decides by CORS."),
    };
    line("Compare addresses", request, lamp, answer.to_owned(), tells)
}

fn probe(name: &'static str, request: String, seen: Seen, yes: &str, no: &str) -> Option<Evidence> {
    let (lamp, answer, tells) = match seen {
        Seen::NotAsked => return None,
        Seen::Readable { status, elapsed_ms } => (Lamp::Ok, format!("{status} in {elapsed_ms} ms"), yes),
        Seen::Opaque { elapsed_ms } => (Lamp::Ok, format!("Answered in {elapsed_ms} ms"), yes),
        Seen::Blocked => (Lamp::Bad, "No readable answer".to_owned(), no),
        Seen::TimedOut => (Lamp::Bad, "No answer in 8 s".to_owned(), "Nobody answers, and nobody says no."),
        Seen::Policy => (
            Lamp::Bad,
            "Blocked by this site’s policy".to_owned(),
            "The Content-Security-Policy of this site forbids it.",
        ),
        Seen::Redirected => (Lamp::Warn, "A redirect".to_owned(), "The answer leads somewhere else."),
    };
    Some(line(name, request, lamp, answer, tells))
}

fn itself(asked: &Asked, failure: &Failure) -> Evidence {
    let request = format!("{} {}", asked.method.as_str(), short(&asked.url));
    let (answer, tells) = match failure {
        Failure::Blocked => ("No readable answer".to_owned(), "The browser does not tell a page why."),
        Failure::Offline => ("Not sent".to_owned(), "The browser says that there is no network."),
        Failure::ClientCertificate => (
            "Not sent".to_owned(),
            "portal.json says that this server wants a client certificate in the TLS handshake.",
        ),
        Failure::Timeout { after_ms } => {
            (format!("No answer in {} s", after_ms / 1000), "Nobody answers, and nobody says no.")
        }
        Failure::Redirected => ("A redirect".to_owned(), "The answer leads somewhere else."),
        Failure::ContentSecurityPolicy { origin } => {
            (format!("Blocked: {origin}"), "The Content-Security-Policy of this site forbids it.")
        }
        Failure::TooLarge { limit } => (format!("More than {limit} bytes"), "The portal reads no more."),
    };
    line("The request", request, Lamp::Bad, answer, tells)
}

/// What the token says beforehand. The token itself stays where it is.
fn token(cause: Cause, asked: &Asked) -> Option<Evidence> {
    let token = asked.token.as_ref()?;
    let what = if asked.purpose == Purpose::Register || asked.method == Method::Post {
        "initial access token"
    } else {
        "token"
    };
    let request = format!("{what}, read in this browser");
    let issuer_differs = token.issuer.as_ref().is_some_and(|issuer| *issuer != asked.issuer);
    let (lamp, answer, tells) = match (&token.allowed_origins, cause) {
        _ if expired(asked) => {
            let end = time::date_time(token.expires_at.unwrap_or_default());
            (Lamp::Bad, format!("Expired {end}"), "The server refuses it: ask the operator for a new one.")
        }
        _ if issuer_differs => (
            Lamp::Bad,
            format!("Issuer {}", token.issuer.clone().unwrap_or_default()),
            "It is of another environment, or the server was called by another host name.",
        ),
        (None, Cause::OriginNotAllowed) => (
            Lamp::Warn,
            "No `allowed-origins`".to_owned(),
            "It was made without web origins. This is the cause.",
        ),
        (Some(origins), Cause::OriginNotAllowed) => {
            (Lamp::Warn, origins.join(", "), "It is for other pages. This is the cause.")
        }
        (Some(_), Cause::RefusedUnreadably) => (
            Lamp::Known,
            "Lists this page, valid".to_owned(),
            "So it was used up, or the request itself was refused.",
        ),
        _ => return None,
    };
    Some(line("Look into the token", request, lamp, answer, tells))
}

/// The end of an address, which tells one endpoint from another.
fn short(url: &str) -> String {
    match url.rsplit_once('/') {
        Some((_, end)) if !end.is_empty() => format!("…/{end}"),
        _ => url.to_owned(),
    }
}
