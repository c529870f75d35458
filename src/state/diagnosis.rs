//! Finds out why a request had no answer: a few GETs without a token, only after a failure.

use leptos::prelude::*;

use crate::{
    browser::{clock, fetch, location, online, permission},
    domain::{
        config::Environment,
        diagnosis::{Asked, Diagnosis, Probes, Purpose, Seen, TokenSays, diagnose},
        http::{Failure, Method, Part, Request},
        registration::{
            dialect_of,
            discovery::{self, Mapped},
        },
        secret::Secret,
        url,
    },
    state::Session,
};

/// How long a probe waits.
const PATIENCE_MS: u32 = 8_000;

/// Looks into a failure.
pub async fn investigate(
    session: Session,
    environment: &Environment,
    purpose: Purpose,
    request: &Request,
    failure: &Failure,
) -> Diagnosis {
    let asked = asked(session, environment, purpose, request);
    let started = clock::monotonic_ms();
    let mut probes = match failure {
        Failure::Blocked | Failure::Timeout { .. } => probe(&asked).await,
        _ => Probes::default(),
    };
    probes.offline = !online::is_online();
    probes.elapsed_ms = (clock::monotonic_ms() - started).round() as u32;
    diagnose(asked, failure, &probes)
}

/// Looks into a discovery document that could not be read. `None` when it can be read by now.
pub async fn investigate_discovery(
    session: Session,
    environment: &Environment,
) -> Option<(Diagnosis, Request)> {
    let request = discovery::request(environment, &location::origin());
    let failure = fetch::send(&request, PATIENCE_MS).await.err()?;
    let diagnosis = investigate(session, environment, Purpose::Register, &request, &failure).await;
    Some((diagnosis, request))
}

fn asked(session: Session, environment: &Environment, purpose: Purpose, request: &Request) -> Asked {
    let page_origin = location::origin();
    Asked {
        method: request.method,
        url: request.url.clone(),
        purpose,
        keycloak: dialect_of(environment).habits().keycloak_cors,
        issuer: url::absolute(&page_origin, &environment.issuer),
        discovery: discovery::request(environment, &page_origin).url,
        origin_configured: session.portal.with_value(|portal| portal.is_from_operator(&environment.id))
            && is_configured(environment, &page_origin, &request.url),
        token: token(request).and_then(TokenSays::read),
        at: clock::now(),
        page_origin,
    }
}

/// Whether the address lies where `portal.json` says that this environment is.
fn is_configured(environment: &Environment, page_origin: &str, address: &str) -> bool {
    let api = url::origin(&url::absolute(page_origin, &environment.api));
    matches!(discovery::map(environment, page_origin, address), Mapped::Call(_))
        || url::origin(address).is_some_and(|origin| Some(origin) == api)
}

/// The bearer token of a request. It is looked into here, and goes nowhere.
fn token(request: &Request) -> Option<&Secret> {
    let (_, value) = request.headers.iter().find(|(name, _)| *name == "Authorization")?;
    value.0.iter().find_map(|part| match part {
        Part::Hidden { value, .. } => Some(value),
        _ => None,
    })
}

/// One after the other: each is sent only when the one before left something open.
async fn probe(asked: &Asked) -> Probes {
    let mut probes = Probes::default();
    if asked.is_same_origin() {
        probes.own = own_file().await;
        return probes;
    }
    probes.discovery = readable(&asked.discovery).await;
    if matches!(probes.discovery, Seen::Readable { .. }) {
        probes.plain = readable(&asked.url).await;
        return probes;
    }
    probes.opaque = match fetch::answers(&asked.discovery, PATIENCE_MS).await {
        Ok(elapsed_ms) => Seen::Opaque { elapsed_ms },
        Err(failure) => seen(&failure),
    };
    if !matches!(probes.opaque, Seen::Opaque { .. }) {
        probes.own = own_file().await;
        let host = |address: &str| url::parts(address).map(|parts| parts.host).unwrap_or_default();
        // A page of this computer is in the most private network there is: nothing is asked of it.
        probes.private_network_closed = !url::is_loopback(&host(&asked.page_origin))
            && permission::keeps_from_network(&host(&asked.url)).await;
    }
    probes
}

async fn readable(address: &str) -> Seen {
    match fetch::send(&Request::new(Method::Get, address), PATIENCE_MS).await {
        Ok(response) => Seen::Readable { status: response.status, elapsed_ms: response.elapsed_ms },
        Err(failure) => seen(&failure),
    }
}

async fn own_file() -> Seen {
    match fetch::get_text("/portal.json").await {
        Ok(response) => Seen::Readable { status: response.status, elapsed_ms: response.elapsed_ms },
        Err(failure) => seen(&failure),
    }
}

fn seen(failure: &Failure) -> Seen {
    match failure {
        Failure::Timeout { .. } => Seen::TimedOut,
        Failure::ContentSecurityPolicy { .. } => Seen::Policy,
        Failure::Redirected => Seen::Redirected,
        // There was an answer, and it was read up to the limit.
        Failure::TooLarge { .. } => Seen::Readable { status: 200, elapsed_ms: 0 },
        Failure::Blocked | Failure::Offline | Failure::ClientCertificate => Seen::Blocked,
    }
}
