//! The form of an environment: its signals, and the sketch they make.

use leptos::prelude::*;

use crate::{
    browser::clock,
    components::prelude::SummaryLine,
    domain::config::{
        AUTH_METHODS, Added, Problem,
        sketch::{self, Sketch},
    },
    state::Session,
};

/// What is typed.
#[derive(Clone, Copy)]
pub struct Form {
    session: Session,
    /// Whether there is something to change yet.
    pub shown: RwSignal<bool>,
    pub issuer: RwSignal<String>,
    pub name: RwSignal<String>,
    pub kind: RwSignal<String>,
    pub dialect: RwSignal<String>,
    pub discovery: RwSignal<bool>,
    pub registration: RwSignal<String>,
    pub token: RwSignal<String>,
    pub jwks: RwSignal<String>,
    pub introspection: RwSignal<String>,
    pub prefix: RwSignal<String>,
    /// One for each of [`AUTH_METHODS`].
    pub methods: [RwSignal<bool>; AUTH_METHODS.len()],
    pub grant_types: RwSignal<String>,
    pub initial_access_token: RwSignal<String>,
    pub assertion_audience: RwSignal<String>,
    pub api: RwSignal<String>,
    /// Raised with each press of the button that was stopped.
    pub attempts: RwSignal<u32>,
}

impl Form {
    /// Empty.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            session,
            shown: RwSignal::new(false),
            issuer: text(),
            name: text(),
            kind: text(),
            dialect: text(),
            discovery: RwSignal::new(true),
            registration: text(),
            token: text(),
            jwks: text(),
            introspection: text(),
            prefix: text(),
            methods: AUTH_METHODS.map(|_| RwSignal::new(true)),
            grant_types: text(),
            initial_access_token: text(),
            assertion_audience: text(),
            api: text(),
            attempts: RwSignal::new(0),
        }
    }

    /// Takes a proposal over.
    pub fn fill(self, sketch: Sketch) {
        for (signal, method) in self.methods.into_iter().zip(AUTH_METHODS) {
            signal.set(sketch.auth_methods.iter().any(|named| named == method));
        }
        self.issuer.set(sketch.issuer);
        self.name.set(sketch.name);
        self.kind.set(sketch.kind);
        self.dialect.set(sketch.dialect);
        self.discovery.set(sketch.discovery);
        self.registration.set(sketch.registration);
        self.token.set(sketch.token);
        self.jwks.set(sketch.jwks);
        self.introspection.set(sketch.introspection);
        self.prefix.set(sketch.prefix);
        self.grant_types.set(sketch.grant_types);
        self.initial_access_token.set(sketch.initial_access_token);
        self.assertion_audience.set(sketch.assertion_audience);
        self.api.set(sketch.api);
        self.attempts.set(0);
        self.shown.set(true);
    }

    /// What is typed now. Tracks.
    #[must_use]
    pub fn sketch(self) -> Sketch {
        let methods = self.methods.into_iter().zip(AUTH_METHODS).filter(|(signal, _)| signal.get());
        Sketch {
            auth_methods: methods.map(|(_, method)| method.to_owned()).collect(),
            issuer: self.issuer.get(),
            name: self.name.get(),
            kind: self.kind.get(),
            dialect: self.dialect.get(),
            discovery: self.discovery.get(),
            registration: self.registration.get(),
            token: self.token.get(),
            jwks: self.jwks.get(),
            introspection: self.introspection.get(),
            prefix: self.prefix.get(),
            grant_types: self.grant_types.get(),
            initial_access_token: self.initial_access_token.get(),
            assertion_audience: self.assertion_audience.get(),
            api: self.api.get(),
        }
    }

    /// An ID that no environment has. Tracks.
    #[must_use]
    pub fn id(self) -> String {
        self.session.environments_changed.track();
        let mut taken: Vec<String> = self.session.portal.with_value(|portal| {
            portal.environments.iter().map(|environment| environment.id.clone()).collect()
        });
        // One that the operator has replaced is stored all the same.
        taken.extend(self.session.vault.added.get().into_iter().map(|added| added.environment.id));
        self.name.with(|name| sketch::id_for(name, &taken))
    }

    /// The environment, or what is wrong with it. Tracks.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn check(self) -> Result<Added, Vec<Problem>> {
        self.sketch().check(&self.id(), clock::now())
    }

    /// What is wrong with a member of `portal.json`, once the button was pressed. Tracks.
    #[must_use]
    pub fn error(self, path: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let problems = self.shown_problems();
            problems.into_iter().find(|problem| problem.path == path).map(|problem| problem.text)
        })
    }

    /// The lines of the summary. Tracks.
    #[must_use]
    pub fn summary(self) -> Vec<SummaryLine> {
        let line = |problem: Problem| SummaryLine {
            field_id: field_of(&problem.path).to_owned(),
            text: problem.text,
        };
        self.shown_problems().into_iter().map(line).collect()
    }

    fn shown_problems(self) -> Vec<Problem> {
        if self.attempts.get() == 0 { Vec::new() } else { self.check().err().unwrap_or_default() }
    }
}

/// The field of a member of `portal.json`.
fn field_of(path: &str) -> &'static str {
    match path {
        "name" => "environment-name",
        "issuer" => "environment-issuer",
        "endpoints.token" => "environment-token",
        "endpoints.jwks" => "environment-jwks",
        "endpoints.introspection" => "environment-introspection",
        "endpoints" | "endpoints.registration" => "environment-registration",
        "via" | "via.prefix" | "via.replaces" => "environment-prefix",
        "auth_methods" => "environment-method-0",
        "grant_types" => "environment-grants",
        "assertion_audience" => "environment-audience",
        "api" => "environment-api",
        _ => "environment-dialect",
    }
}
