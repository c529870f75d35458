//! The application that the tabs show, and what they share.

use leptos::prelude::*;

use crate::{
    browser::location,
    components::prelude::DiffLine,
    domain::{
        application::{
            Application,
            state::{Standing, State},
        },
        compare::{self, Line},
        config::Environment,
        http::{Method, Request, Response},
        json,
        registration::{self, ClientMetadata, Dialect, Habits, Management, Operation, discovery::Reach},
        route::{Route, Tab},
        secret::Secret,
    },
    state::{
        Session, Trouble,
        backend::{self, Credential},
        manage,
        vault::HeldToken,
        work::Work,
    },
    text::application as words,
};

/// One application, its environment, and the work that every tab can start.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub(super) session: Session,
    /// Its ID in the portal.
    pub(super) id: StoredValue<String>,
    /// As it is now; as it last was, when it was forgotten a moment ago.
    pub(super) application: Memo<Application>,
    /// `None` when `portal.json` no longer has it.
    pub(super) environment: StoredValue<Option<Environment>>,
    /// Reading the registration.
    pub(super) reading: Work,
    /// What stood in the way of the last work.
    pub(super) trouble: RwSignal<Option<Trouble>>,
    /// What was done last, in a sentence.
    pub(super) said: RwSignal<Option<String>>,
    /// Whether the dialog that deletes is open.
    pub(super) deleting: RwSignal<bool>,
    /// Whether the dialog that forgets is open.
    pub(super) forgetting: RwSignal<bool>,
}

impl Subject {
    pub(super) fn new(session: Session, initial: Application) -> Self {
        let id = initial.id.clone();
        let environment = session.environment_by_id(&initial.environment);
        if initial.signs() {
            leptos::task::spawn_local(async move { session.keys.load().await });
        }
        let said = session.said.try_update(Option::take).flatten();
        let known = id.clone();
        let application = Memo::new(move |earlier: Option<&Application>| {
            session.vault.get(&known).or_else(|| earlier.cloned()).unwrap_or_else(|| initial.clone())
        });
        Self {
            session,
            id: StoredValue::new(id),
            application,
            environment: StoredValue::new(environment),
            reading: Work::new(),
            trouble: RwSignal::new(None),
            said: RwSignal::new(said),
            deleting: RwSignal::new(false),
            forgetting: RwSignal::new(false),
        }
    }

    /// Empty when the page is gone: a work may end later than its page, which also goes when the vault locks.
    pub(super) fn id(self) -> String {
        self.id.try_get_value().unwrap_or_default()
    }

    pub(super) fn environment(self) -> Option<Environment> {
        self.environment.try_get_value().flatten()
    }

    /// The name of the environment; its ID when the configuration no longer has it.
    pub(super) fn environment_name(self) -> String {
        self.environment()
            .map_or_else(|| self.application.with_untracked(|a| a.environment.clone()), |e| e.name)
    }

    pub(super) fn dialect(self) -> Option<&'static dyn Dialect> {
        self.environment().map(|environment| registration::dialect_of(&environment))
    }

    /// What servers of this kind usually do; of any server when the environment is gone.
    pub(super) fn habits(self) -> Habits {
        self.dialect().map(Dialect::habits).unwrap_or_default()
    }

    /// How the registration is managed.
    pub(super) fn management(self) -> Option<Management> {
        self.dialect().map(Dialect::management)
    }

    /// Whether a registration access token opens the registration (RFC 7592, 3).
    pub(super) fn has_own_token(self) -> bool {
        matches!(self.management(), Some(Management::RegistrationAccessToken { .. }) | None)
    }

    /// The words for that.
    pub(super) fn access(self) -> &'static words::Access {
        words::access(self.management())
    }

    /// Whether something can be done to the registration: it can be reached, and the server offers it.
    pub(super) fn can(self, operation: Operation) -> Memo<bool> {
        let offered = self.environment().is_some_and(|e| e.operations.contains(&operation));
        let reachable = self.reachable();
        Memo::new(move |_| offered && reachable.get())
    }

    /// Why buttons are missing, and what is left to do.
    pub(super) fn left_to_do(self) -> Option<String> {
        words::left_to_do(&self.environment()?.operations)
    }

    pub(super) fn route(self, tab: Tab) -> Route {
        Route::application(&self.id(), tab)
    }

    pub(super) fn name(self) -> Signal<String> {
        Signal::derive(move || self.application.with(|application| application.name().to_owned()))
    }

    pub(super) fn client_id(self) -> Signal<String> {
        Signal::derive(move || self.application.with(|application| application.client_id.clone()))
    }

    /// Steps with the clock, and tells only when something changed.
    pub(super) fn standing(self) -> Memo<Standing> {
        Memo::new(move |_| self.application.with(|application| application.standing(self.session.now.get())))
    }

    /// The state alone.
    pub(super) fn state(self) -> Memo<State> {
        Memo::new(move |_| {
            self.application.with(|application| application.standing(self.session.now.get()).state)
        })
    }

    /// ID of its environment; nothing when that is not configured any more.
    pub(super) fn environment_id(self) -> Option<String> {
        self.environment.with_value(|environment| environment.as_ref().map(|e| e.id.clone()))
    }

    /// Whether something can be sent: the environment is configured, and the application was not deleted.
    pub(super) fn reachable(self) -> Memo<bool> {
        let configured = self.environment.with_value(Option::is_some);
        Memo::new(move |_| {
            configured
                && self
                    .application
                    .with(|a| a.standing(self.session.now.get_untracked()).state != State::Deleted)
        })
    }

    /// The client secret, when it is at hand. Tracks.
    pub(super) fn secret(self) -> Option<Secret> {
        self.session.vault.secret(&self.id())
    }

    /// What a token can be asked for with. Tracks.
    pub(super) fn credential(self) -> Option<Credential> {
        self.application.with(|application| backend::credential(self.session, application))
    }

    /// The token of this tab. Tracks.
    pub(super) fn token(self) -> Option<HeldToken> {
        let id = self.id();
        self.session.vault.tokens.with(|tokens| tokens.get(&id).cloned())
    }

    /// How the backend is reached, once that is known. Tracks.
    pub(super) fn reach(self) -> Option<Reach> {
        let id = self.environment_id()?;
        self.session
            .environments
            .health
            .with(|health| health.get(&id).and_then(|seen| seen.reach.clone().ok()))
    }

    /// Finds out how the backend is reached, unless that was done a moment ago.
    pub(super) fn look_up_reach(self) {
        if let Some(environment) = self.environment() {
            leptos::task::spawn_local(
                async move { self.session.environments.check_if_stale(&environment).await },
            );
        }
    }

    /// Reads the registration. Changes nothing at the server.
    pub(super) fn read(self) {
        let Some(environment) = self.environment() else { return };
        let id = self.id();
        self.reading.run(async move {
            let outcome = manage::read(self.session, &environment, &id).await;
            let evidence = self
                .application
                .try_with_untracked(|a| a.history.last().map(|entry| entry.evidence.clone()))
                .flatten()
                .unwrap_or_default();
            self.tell(outcome, &words::read_done(&evidence));
        });
    }

    /// What a change does to the document that was last asked for, line by line.
    pub(super) fn difference(self, asked: &ClientMetadata) -> Vec<DiffLine> {
        let Some(dialect) = self.dialect() else { return Vec::new() };
        let (client_id, old) = self.application.with(|a| (a.client_id.clone(), a.asked.clone()));
        let document =
            |metadata: &ClientMetadata| json::pretty(&dialect.document(metadata, Some(&client_id)).shown());
        compare::lines(&document(&old), &document(asked))
            .into_iter()
            .map(|line| match line {
                Line::Same(text) => DiffLine::Same(text),
                Line::Removed(text) => DiffLine::Removed(text),
                Line::Added(text) => DiffLine::Added(text),
            })
            .collect()
    }

    /// Takes a pasted answer to the request that stood in the way: its method says what it was.
    pub(super) fn on_answer(self) -> Callback<Response> {
        Callback::new(move |response: Response| {
            let Some(environment) = self.environment() else { return };
            let asked = self.trouble.with_untracked(|trouble| {
                trouble.as_ref().and_then(Trouble::request).map(|request| request.method)
            });
            let operation = match asked {
                Some(Method::Post) => return self.take_token(response),
                Some(Method::Put) => Operation::Update,
                Some(Method::Delete) => Operation::Delete,
                Some(Method::Get) | None => Operation::Read,
            };
            let id = self.id();
            self.reading.run(async move {
                let outcome =
                    manage::accept(self.session, &environment, &id, operation, None, &response).await;
                self.tell(outcome, words::ANSWER_TAKEN);
            });
        })
    }

    /// Takes a pasted answer of the token endpoint, which another request was waiting for.
    fn take_token(self, response: Response) {
        let (id, scope) = self.application.with_untracked(|a| (a.id.clone(), a.token_scopes().join(" ")));
        self.reading.run(async move {
            let outcome = backend::take_token(self.session, &id, &scope, &response).await;
            self.tell(outcome, words::TOKEN_ANSWER_TAKEN);
        });
    }

    /// Whether requests about the registration go by other hands, because the server wants a client certificate. Tracks.
    pub(super) fn by_hand(self) -> Memo<bool> {
        Memo::new(move |_| {
            let certificate = self.environment().is_some_and(|environment| environment.client_certificate);
            certificate
                && self.reach().is_some_and(|reach| {
                    Request::new(Method::Get, reach.registration)
                        .with_certificate(true)
                        .needs_other_hands(&location::origin())
                })
        })
    }

    /// Shows how a work ended. The page may be gone by then.
    pub(super) fn tell(self, outcome: Result<(), Trouble>, done: &str) {
        let (trouble, said) = match outcome {
            Ok(()) => (None, Some(done.to_owned()).filter(|said| !said.is_empty())),
            Err(trouble) => (Some(trouble), None),
        };
        self.trouble.try_set(trouble);
        self.said.try_set(said);
    }

    /// Goes to the token tab, which asks for a token at once.
    pub(super) fn get_token(self) {
        self.session.token_wanted.set(Some(self.id()));
        self.session.go(self.route(Tab::Token));
    }
}
