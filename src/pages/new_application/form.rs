//! What is typed, and everything that follows from it.

use leptos::prelude::*;

use crate::{
    browser::location,
    components::prelude::*,
    domain::{
        catalogue::Product,
        config::{Environment, InitialAccessToken},
        form::{Draft, Field, Problem, Valid, validate},
        inspect::registration_token::{Here, InitialAccessTokenFacts},
        registration::discovery::{self, Mapped, Reach},
        secret::Secret,
        sign_in::SignedIn,
        url,
    },
    state::{Session, Trouble},
    text::{new_application as words, sign_in as sign_in_words},
};

/// The form. What is typed are signals; all the rest is derived, so that a change of the environment asks everything
/// anew and keeps what was typed.
#[derive(Clone, Copy)]
pub struct Form {
    /// The session.
    pub session: Session,
    /// The environment that is chosen in the shell.
    pub environment: Memo<Option<Environment>>,
    /// Application name.
    pub name: RwSignal<String>,
    /// What it is for.
    pub description: RwSignal<String>,
    /// Contact e-mail.
    pub contact: RwSignal<String>,
    /// Whether people sign in.
    pub sign_in: RwSignal<bool>,
    /// Redirect URIs, one a line.
    pub redirect_uris: RwSignal<String>,
    /// IDs of the chosen products, also of other environments.
    pub products: RwSignal<Vec<String>>,
    /// Authentication method; empty means the first that is offered.
    pub method: RwSignal<String>,
    /// Where the public keys come from.
    pub key_source: RwSignal<String>,
    /// The public half of the key of this browser, as a set.
    pub key_here: RwSignal<String>,
    /// Public keys as pasted.
    pub keys: RwSignal<String>,
    /// Address of the public keys.
    pub jwks_uri: RwSignal<String>,
    /// The initial access token as pasted. Lives as long as the page.
    pub token: RwSignal<Secret>,
    /// Who is signed in at the environment, also when that has ended.
    pub signed_in: Memo<Option<SignedIn>>,
    /// The draft as it was stored last.
    pub stored: StoredValue<Draft>,
    /// Whether the draft was read.
    pub loaded: RwSignal<bool>,
    /// Attempts to send that were stopped.
    pub attempts: RwSignal<u32>,
    /// Everything typed, as it is stored.
    pub draft: Memo<Draft>,
    /// How the backend is reached, once it was asked.
    pub reach: Memo<Option<Result<Reach, Trouble>>>,
    /// What the initial access token says.
    pub facts: Memo<InitialAccessTokenFacts>,
    /// What can be sent, or what has to be changed.
    pub outcome: Memo<Result<Valid, Vec<Problem>>>,
}

impl Form {
    /// An empty form.
    pub fn new(session: Session) -> Self {
        let environment = Memo::new(move |_| session.chosen());
        let [name, description, contact, redirect_uris, method, key_source, key_here, keys, jwks_uri] =
            [(); 9].map(|()| RwSignal::new(String::new()));
        let sign_in = RwSignal::new(false);
        let products = RwSignal::new(Vec::new());
        let token = RwSignal::new(Secret::default());
        let draft = Memo::new(move |_| Draft {
            environment: session.environment.get(),
            name: name.get(),
            description: description.get(),
            contact: contact.get(),
            sign_in: sign_in.get(),
            redirect_uris: redirect_uris.get(),
            products: products.get(),
            method: method.get(),
            key_source: key_source.get(),
            key_here: key_here.get(),
            keys: keys.get(),
            jwks_uri: jwks_uri.get(),
            software: None,
        });
        let reach = Memo::new(move |_| {
            let id = session.environment.get();
            session.environments.health.with(|health| health.get(&id).map(|seen| seen.reach.clone()))
        });
        let facts = Memo::new(move |_| {
            let known = reach.get().and_then(Result::ok);
            environment
                .with(|environment| facts(&token.get(), environment.as_ref(), known, session.now.get()))
        });
        let signed_in = Memo::new(move |_| session.sign_ins.at(&session.environment.get()));
        let outcome = Memo::new(move |_| {
            environment.with(|environment| {
                let Some(environment) = environment else { return Err(Vec::new()) };
                let checked = session.catalogue.with_value(|catalogue| {
                    draft.with(|draft| validate(draft, environment, catalogue, &location::origin()))
                });
                let mut problems = sign_in_problems(environment, signed_in.get(), session.now.get());
                let signed =
                    environment.sign_in.is_some() && problems.is_empty() && signed_in.get().is_some();
                if !signed || facts.with(|facts| !facts.token.is_empty()) {
                    problems.extend(facts.with(|facts| token_problems(facts, environment)));
                }
                with_token(checked, problems)
            })
        });
        Self {
            session,
            environment,
            name,
            description,
            contact,
            sign_in,
            redirect_uris,
            products,
            method,
            key_source,
            key_here,
            keys,
            jwks_uri,
            token,
            stored: StoredValue::new(Draft::default()),
            loaded: RwSignal::new(false),
            attempts: RwSignal::new(0),
            draft,
            reach,
            facts,
            signed_in,
            outcome,
        }
    }

    /// The products that the environment offers, in the order of the catalogue.
    pub fn offered(self, environment: &Environment) -> Vec<Product> {
        self.session.catalogue.with_value(|catalogue| {
            catalogue.iter().filter(|product| environment.offers(&product.id)).cloned().collect()
        })
    }

    /// The offered products that are chosen.
    pub fn chosen(self) -> Vec<Product> {
        let offered = self.environment.with(|environment| environment.as_ref().map(|e| self.offered(e)));
        self.products
            .with(|ids| offered.into_iter().flatten().filter(|product| ids.contains(&product.id)).collect())
    }

    /// Every problem, in the order of the page.
    pub fn problems(self) -> Vec<Problem> {
        self.outcome.with(|outcome| outcome.as_ref().err().cloned().unwrap_or_default())
    }

    /// Whether problems are shown: after the first attempt to send.
    pub fn is_judged(self) -> bool {
        self.attempts.get() > 0
    }

    /// The lines of the summary.
    pub fn shown_problems(self) -> Vec<SummaryLine> {
        if !self.is_judged() {
            return Vec::new();
        }
        let line = |problem: Problem| SummaryLine {
            field_id: problem.field.id().to_owned(),
            text: format!("{}: {}", problem.field.label(), problem.text.replace('`', "")),
        };
        self.problems().into_iter().map(line).collect()
    }

    /// What to change at a field, once problems are shown.
    pub fn error(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || if self.is_judged() { self.problem(field) } else { None })
    }

    /// What to change at a field.
    pub fn problem(self, field: Field) -> Option<String> {
        let problems = self.problems();
        let texts: Vec<&str> = problems
            .iter()
            .filter(|problem| problem.field == field)
            .map(|problem| problem.text.as_str())
            .collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    }

    /// The token as it is sent; none where there is no such field or nothing was pasted.
    pub fn sent_token(self) -> Option<Secret> {
        let asked = self.environment.with(|environment| {
            environment.as_ref().is_some_and(|e| e.initial_access_token != InitialAccessToken::None)
        });
        self.facts.with(|facts| (asked && !facts.token.is_empty()).then(|| facts.token.clone()))
    }

    /// Sends the form, or says what to change.
    pub fn submit(self) {
        if self.session.registering.work.is_running_untracked() {
            return;
        }
        let environment = self.environment.get_untracked();
        match (self.outcome.get_untracked(), environment) {
            (Ok(valid), Some(environment)) => {
                let token = untrack(move || self.sent_token());
                self.session.registering.send(self.session, environment, valid, token);
            }
            _ => self.attempts.update(|attempts| *attempts += 1),
        }
    }
}

fn facts(
    token: &Secret,
    environment: Option<&Environment>,
    reach: Option<Reach>,
    now: i64,
) -> InitialAccessTokenFacts {
    let page_origin = location::origin();
    let (issuer, cross_origin) = match (reach, environment) {
        (Some(reach), _) => (reach.issuer, reach.cross_origin),
        (None, Some(environment)) => expected(environment, &page_origin),
        (None, None) => (String::new(), false),
    };
    let name = environment.map(|environment| environment.name.as_str()).unwrap_or_default();
    let here = Here { now, page_origin: &page_origin, environment: name, issuer: &issuer, cross_origin };
    InitialAccessTokenFacts::read(token.expose(), &here)
}

/// Issuer and whether the request leaves this origin, by the configuration alone: before the server was asked.
fn expected(environment: &Environment, page_origin: &str) -> (String, bool) {
    let issuer = url::absolute(page_origin, &environment.issuer);
    let cross_origin = match discovery::map(environment, page_origin, &issuer) {
        Mapped::Call(called) => url::origin(&called).as_deref() != Some(page_origin),
        Mapped::Foreign(_) => true,
    };
    (issuer, cross_origin)
}

/// Where a sign-in is needed it has to be good.
fn sign_in_problems(environment: &Environment, signed_in: Option<SignedIn>, now: i64) -> Vec<Problem> {
    let problem = |text: &str| vec![Problem::new(Field::SignIn, text)];
    match (&environment.sign_in, signed_in) {
        (Some(rules), None) if rules.required => problem(sign_in_words::MISSING),
        (Some(_), Some(signed_in)) if !signed_in.is_good(now) => problem(sign_in_words::EXPIRED),
        _ => Vec::new(),
    }
}

fn token_problems(facts: &InitialAccessTokenFacts, environment: &Environment) -> Vec<Problem> {
    let problem = |text: &str| Problem::new(Field::InitialAccessToken, text);
    match environment.initial_access_token {
        InitialAccessToken::None => Vec::new(),
        InitialAccessToken::Required if facts.token.is_empty() => {
            vec![problem(if environment.trial.is_some() {
                words::TOKEN_MISSING_TRIAL
            } else {
                words::TOKEN_MISSING
            })]
        }
        _ => facts.problems.iter().filter(|found| found.certain).map(|found| problem(&found.text)).collect(),
    }
}

/// The token stands last of all fields, so its problems come last.
fn with_token(checked: Result<Valid, Vec<Problem>>, token: Vec<Problem>) -> Result<Valid, Vec<Problem>> {
    match checked {
        Ok(valid) if token.is_empty() => Ok(valid),
        Ok(_) => Err(token),
        Err(mut problems) => {
            problems.extend(token);
            Err(problems)
        }
    }
}
