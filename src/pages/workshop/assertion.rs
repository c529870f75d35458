//! A signed assertion: client authentication or a grant, with every claim in the open.

mod output;

use leptos::{ev::SubmitEvent, prelude::*};
use serde_json::{Map, Value};

use crate::{
    browser::{clock, crypto},
    components::prelude::*,
    domain::{
        config::Environment,
        jose::assertion::{Assertion, Claims, Header, audience},
        json,
        registration::discovery::Reach,
        secret::Secret,
    },
    pages::keys::Bench,
    state::{Session, keys, work::Work},
    text::workshop as words,
};
use output::Output;

const GRANT: &str = "grant";
/// Clocks that are further apart than this are pointed out, in seconds.
const SKEW: f64 = 10.0;

/// What was signed.
#[derive(Clone, PartialEq)]
struct Signed {
    assertion: Secret,
    unsigned: Assertion,
    grant: bool,
}

/// What is typed.
#[derive(Clone, Copy)]
struct Form {
    bench: Bench,
    kind: RwSignal<String>,
    iss: RwSignal<String>,
    sub: RwSignal<String>,
    aud: RwSignal<String>,
    lifetime: RwSignal<String>,
    typ: RwSignal<String>,
    certificate: RwSignal<String>,
    more: RwSignal<String>,
    wrong: RwSignal<Option<(&'static str, String)>>,
    signed: RwSignal<Option<Signed>>,
    work: Work,
}

/// The panel.
#[component]
pub fn AssertionPanel(
    /// Where the key lies.
    bench: Bench,
) -> impl IntoView {
    let form = Form::new(bench);
    let kinds =
        vec![SegmentedOption::new("client", words::CLIENT), SegmentedOption::new(GRANT, words::GRANT)];
    view! {
        <section class="panel bench-panel" aria-label=words::ASSERTION>
            <div class="panel-head">
                <div class="panel-title"><h2>{words::ASSERTION}</h2><span class="sub">"RFC 7523"</span></div>
                <Segmented legend=words::KIND name="assertion-kind" options=kinds value=form.kind/>
            </div>
            <div class="bench">
                <Input form/>
                <div class="bench-out"><Output signed=form.signed/></div>
            </div>
        </section>
    }
    .into_any()
}

impl Form {
    fn new(bench: Bench) -> Self {
        let text = || RwSignal::new(String::new());
        let form = Self {
            bench,
            kind: RwSignal::new("client".to_owned()),
            iss: text(),
            sub: text(),
            aud: text(),
            lifetime: text(),
            typ: text(),
            certificate: text(),
            more: text(),
            wrong: RwSignal::new(None),
            signed: RwSignal::new(None),
            work: Work::new(),
        };
        form.follow_environment();
        form
    }

    /// What the environment wants stands in the fields until somebody writes something else.
    fn follow_environment(self) {
        let session = self.bench.session;
        Effect::new(move |before: Option<(String, String, String)>| {
            let rules = rules(session);
            let (aud, typ, lifetime) = rules.clone();
            let before = before.unwrap_or_default();
            let follow = |field: RwSignal<String>, was: &str, now: String| {
                if field.with_untracked(|typed| typed.is_empty() || typed == was) {
                    field.set(now);
                }
            };
            follow(self.aud, &before.0, aud);
            follow(self.typ, &before.1, typ);
            follow(self.lifetime, &before.2, lifetime);
            rules
        });
    }

    fn is_grant(self) -> bool {
        self.kind.with(|kind| kind == GRANT)
    }

    fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.wrong
                .with(|wrong| wrong.as_ref().filter(|(at, _)| *at == field).map(|(_, text)| text.clone()))
        })
    }

    /// The assertion as it is typed, with a new `jti`.
    fn unsigned(self) -> Result<Assertion, (&'static str, String)> {
        let key = self.bench.key().ok_or(("", words::NO_KEY.to_owned()))?;
        let typed = |field: RwSignal<String>| field.with(|text| text.trim().to_owned());
        let (iss, aud) = (typed(self.iss), typed(self.aud));
        let sub = if self.is_grant() { typed(self.sub) } else { iss.clone() };
        for (name, value) in [("iss", &iss), ("sub", &sub), ("aud", &aud)] {
            if value.is_empty() {
                return Err((name, words::claim_missing(name)));
            }
        }
        let lifetime =
            typed(self.lifetime).parse::<i64>().ok().filter(|seconds| (1..=86_400).contains(seconds));
        let lifetime = lifetime.ok_or(("exp", words::LIFETIME_WRONG.to_owned()))?;
        let now = clock::now();
        let x5t = typed(self.certificate);
        Ok(Assertion {
            header: Header {
                algorithm: key.signing.algorithm,
                kid: Some(key.thumbprint().to_owned()),
                typ: typed(self.typ),
                x5t_s256: (!x5t.is_empty()).then_some(x5t),
            },
            claims: Claims {
                iss,
                sub,
                aud,
                iat: Some(now),
                exp: now + lifetime,
                jti: crypto::uuid_v4(),
                more: self.more()?,
            },
        })
    }

    fn more(self) -> Result<Map<String, Value>, (&'static str, String)> {
        let text = self.more.get();
        if text.trim().is_empty() {
            return Ok(Map::new());
        }
        json::object(&text)
            .map(|object| object.members)
            .map_err(|problem| ("more", format!("{} {problem}", words::MORE_WRONG)))
    }

    fn sign(self) {
        let (unsigned, key) = untrack(move || (self.unsigned(), self.bench.key()));
        let grant = untrack(move || self.is_grant());
        match (unsigned, key) {
            (Ok(unsigned), Some(key)) => {
                self.wrong.set(None);
                self.work.run(async move {
                    match keys::sign(&unsigned.unsigned(), &key.signing).await {
                        Ok(assertion) => {
                            self.signed.try_set(Some(Signed { assertion, unsigned, grant }));
                        }
                        Err(problem) => drop(self.wrong.try_set(Some(("", problem.to_string())))),
                    }
                });
            }
            (Err(wrong), _) => self.wrong.set(Some(wrong)),
            (Ok(_), None) => {}
        }
    }
}

/// Audience, type and lifetime, as the chosen environment wants them. Tracks.
fn rules(session: Session) -> (String, String, String) {
    let Some(environment) = session.chosen() else { return Default::default() };
    let aud = reach(session, &environment).map(|reach| audience(&environment, &reach)).unwrap_or_default();
    (aud, environment.assertion_typ, environment.assertion_lifetime.to_string())
}

fn reach(session: Session, environment: &Environment) -> Option<Reach> {
    session
        .environments
        .health
        .with(|health| health.get(&environment.id).and_then(|seen| seen.reach.clone().ok()))
}

#[component]
fn Input(form: Form) -> impl IntoView {
    let session = form.bench.session;
    let grant = Memo::new(move |_| form.is_grant());
    let whole = form.error("");
    let skew = Memo::new(move |_| {
        let id = session.environment.get();
        let ahead =
            session.environments.health.with(|health| health.get(&id).and_then(|seen| seen.clock_ahead));
        ahead.filter(|seconds| seconds.abs() > SKEW).map(|seconds| seconds as i64)
    });
    let button = Signal::derive(move || {
        form.bench.key().map_or_else(|| "Sign".to_owned(), |key| words::sign_with(key.thumbprint()))
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.sign();
    };
    view! {
        <form class="bench-in stack-16" on:submit=submit>
            {move || claim(form, "iss", form.iss, grant.get())}
            {move || grant.get().then(|| claim(form, "sub", form.sub, true))}
            {claim(form, "aud", form.aud, false)}
            <div class="pair">
                <TextField id="assertion-exp" label=words::LIFETIME value=form.lifetime hint=words::claim("exp", false).to_owned() error=form.error("exp")/>
                <TextField id="assertion-typ" label=words::TYP value=form.typ mono=true/>
            </div>
            <Fold summary=words::MORE>
                <div class="stack-16">
                    <TextField id="assertion-x5t" label="x5t#S256" value=form.certificate mono=true hint=words::X5T_HINT.to_owned()/>
                    <TextArea id="assertion-more" label=words::MORE value=form.more mono=true rows=3 hint=words::MORE_HINT.to_owned() error=form.error("more")/>
                </div>
            </Fold>
            {move || skew.get().map(|seconds| view! { <Note tone=Tone::Look>{words::skew(seconds)}</Note> })}
            {move || whole.get().map(|text| view! { <Note tone=Tone::Stopped role="alert">{text}</Note> })}
            <div class="actions"><Button text=button icon=Icon::Key submit=true working=form.work.seconds()/></div>
        </form>
    }
    .into_any()
}

fn claim(form: Form, name: &'static str, value: RwSignal<String>, grant: bool) -> AnyView {
    let id = format!("assertion-{name}");
    let hint = words::claim(name, grant).to_owned();
    view! { <TextField id label=name value mono=true hint error=form.error(name)/> }.into_any()
}
