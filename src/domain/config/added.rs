//! Environments that a person added in this browser, beside those of `portal.json`.

use serde_json::{Map, Value, json};

use super::{Environment, Portal, Problem, read::read_environment};
use crate::domain::{json, url};

/// An environment of this browser: the piece that an operator would publish, and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// As an operator would write it into `portal.json`.
    pub source: Map<String, Value>,
    /// What it means.
    pub environment: Environment,
    /// When it was saved, seconds since 1970.
    pub saved_at: i64,
}

impl Added {
    /// Takes a piece of `portal.json`.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn new(source: Map<String, Value>, saved_at: i64) -> Result<Self, Vec<Problem>> {
        let environment = read_environment(&source)?;
        Ok(Self { source, environment, saved_at })
    }

    /// Reads a stored record; `None` when this build does not understand it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let members = json::object(text).ok()?.members;
        let source = members.get("environment")?.as_object()?.clone();
        Self::new(source, json::integer(&members, "saved_at").unwrap_or(0)).ok()
    }

    /// The record to store.
    #[must_use]
    pub fn write(&self) -> String {
        json!({ "environment": self.source, "saved_at": self.saved_at }).to_string()
    }

    /// The piece of `portal.json`, for people.
    #[must_use]
    pub fn piece(&self) -> String {
        json::pretty(&Value::Object(self.source.clone()))
    }
}

/// The origins that a page needs in `connect-src` for an environment: none for its own, or behind a prefix of it.
#[must_use]
pub fn connect_src(environment: &Environment, page_origin: &str) -> Vec<String> {
    let endpoints = &environment.endpoints;
    let mut origins = Vec::new();
    let addresses = [Some(&environment.issuer), Some(&environment.api)]
        .into_iter()
        .chain(
            [&endpoints.registration, &endpoints.token, &endpoints.jwks, &endpoints.introspection]
                .map(Option::as_ref),
        )
        .flatten()
        .chain(of_directory(environment));
    for address in addresses {
        let behind_the_prefix =
            environment.via.as_ref().is_some_and(|via| address.starts_with(&via.replaces));
        let origin = url::origin(address).filter(|origin| origin != page_origin && !behind_the_prefix);
        origins.extend(origin.filter(|origin| !origins.contains(origin)));
    }
    origins
}

/// The addresses of the directory that its software statements come from.
fn of_directory(environment: &Environment) -> impl Iterator<Item = &String> {
    let directory = environment.software_statement.as_ref().and_then(|rules| rules.directory.as_ref());
    directory.into_iter().flat_map(|directory| {
        [Some(&directory.jwks), directory.statement.as_ref(), directory.keys.as_ref()].into_iter().flatten()
    })
}

impl Portal {
    /// Puts the environments of this browser behind those of the file, in place of the ones that were there before. One
    /// whose ID the file has meanwhile is left out: the operator's word counts.
    pub fn take_added(&mut self, added: &[Added]) {
        let of_the_file = self.source.get("environments").and_then(Value::as_array).map_or(0, Vec::len);
        self.environments.truncate(of_the_file.max(1));
        for one in added {
            if self.environment(&one.environment.id).is_none() {
                self.environments.push(one.environment.clone());
            }
        }
    }

    /// Whether the file itself has an environment of this ID.
    #[must_use]
    pub fn is_from_operator(&self, id: &str) -> bool {
        self.source_of(id).is_some()
    }
}
