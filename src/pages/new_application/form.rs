//! What is typed, and everything that follows from it.

use leptos::prelude::*;

use super::{
    judging::{self, Outcome},
    software::SoftwareForm,
};
use crate::{
    browser::location,
    components::prelude::*,
    domain::{
        catalogue::Product,
        config::{Environment, InitialAccessToken},
        form::{Draft, Field, Problem, validate},
        inspect::registration_token::InitialAccessTokenFacts,
        registration::{Document, Habits, dialect_of, discovery::Reach},
        secret::Secret,
        sign_in::SignedIn,
    },
    pages::refusable::Found,
    state::{Session, Trouble},
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
    /// The software statement, and what belongs to it.
    pub software: SoftwareForm,
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
    /// What the form says by itself, or what has to be changed.
    pub checked: Memo<Outcome>,
    /// The document as it would be sent now, once the form is complete and the backend is known.
    pub document: Memo<Option<Document>>,
    /// What a bank would refuse in it, or may.
    pub found: Memo<Vec<Found>>,
    /// What can be sent, or what has to be changed.
    pub outcome: Memo<Outcome>,
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
        let software = SoftwareForm::new(key_source, keys);
        let draft = Memo::new(move |_| {
            let (here, name) = (key_here.get(), name.get());
            let (elsewhere, software) = environment.with(|chosen| {
                let chosen = chosen.as_ref();
                let elsewhere = chosen.filter(|chosen| software.signs_elsewhere(chosen));
                (elsewhere.map(|chosen| software.set_elsewhere(chosen)), software.stored(chosen, &name))
            });
            Draft {
                environment: session.environment.get(),
                name,
                description: description.get(),
                contact: contact.get(),
                sign_in: sign_in.get(),
                redirect_uris: redirect_uris.get(),
                products: products.get(),
                method: method.get(),
                key_source: key_source.get(),
                key_here: elsewhere.unwrap_or(here),
                keys: keys.get(),
                jwks_uri: jwks_uri.get(),
                software,
            }
        });
        software.follow_key(session, key_here);
        let reach = Memo::new(move |_| {
            let id = session.environment.get();
            session.environments.health.with(|health| health.get(&id).map(|seen| seen.reach.clone()))
        });
        let facts = Memo::new(move |_| {
            let known = reach.get().and_then(Result::ok);
            environment.with(|environment| {
                judging::facts(&token.get(), environment.as_ref(), known, session.now.get())
            })
        });
        let signed_in = Memo::new(move |_| session.sign_ins.at(&session.environment.get()));
        let checked = Memo::new(move |_| {
            environment.with(|environment| {
                let Some(environment) = environment else { return Err(Vec::new()) };
                let checked = session.catalogue.with_value(|catalogue| {
                    draft.with(|draft| validate(draft, environment, catalogue, &location::origin()))
                });
                let mut problems = judging::sign_in_problems(environment, signed_in.get(), session.now.get());
                let signed =
                    environment.sign_in.is_some() && problems.is_empty() && signed_in.get().is_some();
                if !signed || facts.with(|facts| !facts.token.is_empty()) {
                    problems.extend(facts.with(|facts| judging::token_problems(facts, environment)));
                }
                problems.extend(judging::unstored_problems(session, software, environment));
                judging::with_problems(checked, problems)
            })
        });
        let moment = Memo::new(move |_| session.now.get() / MOMENT);
        let now = move || {
            let (environment, reach) = (environment.get()?, reach.get()?.ok()?);
            let made = checked
                .with(|checked| judging::document(software, &environment, &reach, checked.as_ref().ok()?))?;
            Some((environment, reach, made))
        };
        let document = Memo::new(move |_| now().map(|(.., made)| made));
        // What is shown stays as it is, so that it can be read and selected; what is judged is as old as it would be.
        let found = Memo::new(move |_| {
            moment.track();
            now()
                .map(|(environment, reach, made)| judging::found(&made, &environment, &reach))
                .unwrap_or_default()
        });
        let outcome = Memo::new(move |_| {
            moment.track();
            let checked = checked.get();
            let problems = environment.with(|environment| match (environment, &checked) {
                (Some(environment), Ok(valid)) => {
                    found.with(|found| judging::request_problems(software, environment, valid, found))
                }
                _ => Vec::new(),
            });
            judging::with_problems(checked, problems)
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
            software,
            token,
            stored: StoredValue::new(Draft::default()),
            loaded: RwSignal::new(false),
            attempts: RwSignal::new(0),
            draft,
            reach,
            facts,
            signed_in,
            checked,
            document,
            found,
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
            text: format!("{}: {}", problem.field.label(), problem.text).replace('`', ""),
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

    /// What the server of the chosen environment usually does. Tracks.
    pub fn habits(self) -> Habits {
        self.environment
            .with(|environment| environment.as_ref().map(|e| dialect_of(e).habits()))
            .unwrap_or_default()
    }
}

/// So many seconds pass between two looks at a document that says when it was made.
const MOMENT: i64 = 20;
