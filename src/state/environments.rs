//! Discovery and health of the environments: asked when somebody wants to know, not on every paint.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::{
    browser::{clock, fetch, location},
    domain::{
        config::Environment,
        http::Response,
        inspect::KnownIssuer,
        registration::discovery::{self, Discovery, Reach},
        url,
    },
    state::{Session, Trouble},
};

/// A health answer older than this many seconds is asked for again when a page shows it.
const FRESH: i64 = 60;
const TIMEOUT_MS: u32 = 8_000;

/// What one check saw.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// When, seconds since 1970.
    pub at: i64,
    /// Milliseconds until the answer.
    pub elapsed_ms: u32,
    /// Seconds the server's clock is ahead of this one; `None` when the page may not see its `Date`.
    pub clock_ahead: Option<f64>,
    /// How the backend is reached, or why not.
    pub reach: Result<Reach, Trouble>,
}

/// What is known of every environment.
#[derive(Clone, Copy)]
pub struct Environments {
    /// The last check of each, by ID.
    pub health: RwSignal<HashMap<String, Health>>,
    /// IDs that are being checked now.
    pub checking: RwSignal<Vec<String>>,
}

impl Environments {
    /// Nothing known yet.
    #[must_use]
    pub fn new() -> Self {
        Self { health: RwSignal::new(HashMap::new()), checking: RwSignal::new(Vec::new()) }
    }

    /// Checks an environment unless that was done within the last minute or is being done.
    pub async fn check_if_stale(self, environment: &Environment) {
        let fresh = self.health.try_with_untracked(|health| {
            health.get(&environment.id).is_some_and(|seen| clock::now() - seen.at < FRESH)
        });
        if fresh != Some(true) {
            self.check(environment).await;
        }
    }

    /// Checks an environment: reads its discovery document.
    pub async fn check(self, environment: &Environment) -> Option<Health> {
        if self.checking.try_with_untracked(|ids| ids.contains(&environment.id)) == Some(true) {
            return None;
        }
        self.checking.update(|ids| ids.push(environment.id.clone()));
        let health = self.look_and_keep(environment).await;
        self.checking.update(|ids| ids.retain(|id| *id != environment.id));
        Some(health)
    }

    /// How the backend is reached: from the last good check, or from a new one.
    ///
    /// # Errors
    /// Why it cannot be reached.
    pub async fn reach(self, environment: &Environment) -> Result<Reach, Trouble> {
        let known = self
            .health
            .try_with_untracked(|health| health.get(&environment.id).and_then(|seen| seen.reach.clone().ok()))
            .flatten();
        if let Some(reach) = known {
            return Ok(reach);
        }
        self.look_and_keep(environment).await.reach
    }

    async fn look_and_keep(self, environment: &Environment) -> Health {
        let health = look(environment).await;
        self.health.update(|all| {
            all.insert(environment.id.clone(), health.clone());
        });
        health
    }
}

impl Default for Environments {
    fn default() -> Self {
        Self::new()
    }
}

/// Reads the discovery document, or takes the endpoints of the configuration where there is none.
async fn look(environment: &Environment) -> Health {
    let origin = location::origin();
    let unreadable =
        |what: String| Trouble::not_sent(what, "The operator checks this environment in portal.json.");
    if !environment.discovery {
        let reach = discovery::reach(environment, &origin, None).map_err(unreadable);
        return Health { at: clock::now(), elapsed_ms: 0, clock_ahead: None, reach };
    }
    let request = discovery::request(environment, &origin);
    match fetch::send(&request, TIMEOUT_MS).await {
        Ok(response) => Health {
            at: clock::now(),
            elapsed_ms: response.elapsed_ms,
            clock_ahead: clock_ahead(&response),
            reach: read(environment, &origin, &response).await.map_err(unreadable),
        },
        Err(failure) => Health {
            at: clock::now(),
            elapsed_ms: 0,
            clock_ahead: None,
            reach: Err(Trouble::no_answer(&failure, &request)),
        },
    }
}

/// The first document is often all there is. The second is asked for when the first is none, or leaves out an endpoint
/// that the configuration does not name either.
async fn read(environment: &Environment, origin: &str, response: &Response) -> Result<Reach, String> {
    let first = discovery::read(response);
    let configured = environment.endpoints.registration.is_some() && environment.endpoints.token.is_some();
    let document = match first {
        Ok(first) if first.is_enough() || configured => first,
        Ok(first) => match metadata(environment, origin).await {
            Some(second) => first.completed(second),
            None => first,
        },
        Err(problem) => metadata(environment, origin).await.ok_or(problem)?,
    };
    discovery::reach(environment, origin, Some(&document))
}

async fn metadata(environment: &Environment, origin: &str) -> Option<Discovery> {
    let request = discovery::metadata_request(environment, origin);
    let response = fetch::send(&request, TIMEOUT_MS).await.ok()?;
    discovery::read(&response).ok()
}

/// The issuers of all environments: as their servers print them where that is known, else as configured. Tracks.
#[must_use]
pub fn known_issuers(session: Session) -> Vec<KnownIssuer> {
    let health = session.environments.health.get();
    let issuer = |environment: &Environment| {
        let seen = health.get(&environment.id).and_then(|seen| seen.reach.as_ref().ok());
        seen.map_or_else(
            || url::absolute(&location::origin(), &environment.issuer),
            |reach| reach.issuer.clone(),
        )
    };
    let known = |environment: &Environment| KnownIssuer {
        id: environment.id.clone(),
        name: environment.name.clone(),
        issuer: issuer(environment),
    };
    session.portal.with_value(|portal| portal.environments.iter().map(known).collect())
}

/// The server's `Date` (RFC 9110, 6.6.1) has whole seconds; half a second is added as the likeliest fraction.
fn clock_ahead(response: &Response) -> Option<f64> {
    let server = clock::parse_http_date(response.header("date")?)?;
    let half_way = f64::from(response.elapsed_ms) / 2000.0;
    Some(server + 0.5 - (clock::now_ms() / 1000.0 - half_way))
}
