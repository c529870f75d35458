//! The initial access token: pasted, coloured, and taken apart under its field before anything is sent.

use leptos::prelude::*;

use super::{form::Form, trial::Trial};
use crate::{
    components::prelude::*,
    domain::{
        form::Field,
        inspect::registration_token::{self, Fact},
        secret::Secret,
    },
    pages::trouble::TroubleNote,
    text::new_application as words,
};

const NOTE: &str = "initial-access-token-note";

/// The field with its facts.
#[component]
pub fn TokenField(
    /// The form.
    form: Form,
    /// Getting one for trying.
    trial: Trial,
    /// Whether the environment also registers without one.
    optional: bool,
) -> impl IntoView {
    let id = Field::InitialAccessToken.id();
    let aside = if optional { "Optional" } else { words::TOKEN_ASIDE };
    let wrong = Memo::new(move |_| error(form).is_some());
    let facts = Memo::new(move |_| form.facts.with(|facts| facts.facts.clone()));
    let parts = move || form.token.with(|token| token_parts(token.expose()));
    view! {
        <div class="field">
            <label for=id>{Field::InitialAccessToken.label()}<span class="label-aside">{aside}</span></label>
            <div class="token-field" class:wrong=wrong>
                <div class="token-input">
                    <div class="token" aria-hidden="true" translate="no">{parts}</div>
                    <textarea
                        id=id
                        prop:value=move || form.token.with(|token| token.expose().to_owned())
                        placeholder=words::TOKEN_PLACEHOLDER
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        translate="no"
                        data-1p-ignore=""
                        data-lpignore="true"
                        aria-invalid=move || wrong.get().then_some("true")
                        aria-describedby=NOTE
                        on:input=move |event| form.token.set(Secret::new(event_target_value(&event)))
                    ></textarea>
                </div>
                <TrialRow form=form trial=trial />
                {move || (!facts.with(Vec::is_empty)).then(|| view! { <FactGrid>{move || draw(facts.get())}</FactGrid> })}
            </div>
            <div id=NOTE>{move || note(form)}</div>
            <TroubleNote trouble=trial.trouble />
        </div>
    }
}

/// What has to be changed. A wrong token is said at once, an empty field only after an attempt to send.
fn error(form: Form) -> Option<String> {
    let pasted = form.token.with(|token| !token.expose().trim().is_empty());
    (pasted || form.is_judged()).then(|| form.problem(Field::InitialAccessToken)).flatten()
}

/// One thing at a time: what is wrong, what may go wrong, what was repaired, or what the field is for.
fn note(form: Form) -> AnyView {
    if let Some(error) = error(form) {
        return view! { <p class="error"><IconMark icon=Icon::Stopped /><span>{marked(&error)}</span></p> }
            .into_any();
    }
    let doubts: Vec<String> =
        form.facts.with(|facts| facts.problems.iter().map(|doubt| doubt.text.clone()).collect());
    if !doubts.is_empty() {
        return view! { <Note tone=Tone::Look>{marked(&doubts.join(" "))}</Note> }.into_any();
    }
    let repairs: Vec<String> =
        form.facts.with(|facts| facts.repairs.iter().map(|repair| repair.sentence()).collect());
    let hint = if repairs.is_empty() { words::TOKEN_HINT.to_owned() } else { repairs.join(" ") };
    view! { <p class="hint">{marked(&hint)}</p> }.into_any()
}

fn draw(facts: Vec<Fact>) -> Vec<AnyView> {
    let fact = |fact: Fact| {
        let lamp = match fact.lamp {
            registration_token::Lamp::Ok => Lamp::Ok,
            registration_token::Lamp::Warn => Lamp::Warn,
            registration_token::Lamp::Bad => Lamp::Bad,
            registration_token::Lamp::Unknown => Lamp::Known,
        };
        view! { <LampFact lamp=lamp label=fact.label>{marked(&fact.text)}</LampFact> }.into_any()
    };
    facts.into_iter().map(fact).collect()
}

/// The way to a token for trying, as long as there is none that works.
#[component]
fn TrialRow(form: Form, trial: Trial) -> impl IntoView {
    let offered = Memo::new(move |_| {
        let gives =
            form.environment.with(|environment| environment.as_ref().is_some_and(|e| e.trial.is_some()));
        gives && form.facts.with(|facts| facts.token.is_empty() || facts.cannot_work())
    });
    move || {
        offered.get().then(|| {
            view! {
                <div class="row">
                    <span class="small muted">{words::TRIAL_LEAD}</span>
                    <Button text=words::TRIAL size=Size::Row working=trial.work.seconds() on_press=move || trial.ask(true) />
                </div>
            }
        })
    }
}
