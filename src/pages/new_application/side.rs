//! The column beside the form: how far each part is, the facts that decide, and the one button.

use leptos::prelude::*;

use super::{
    form::Form,
    parts::{self, Part},
    review::{Stage, stage},
};
use crate::{
    components::prelude::*,
    domain::{
        catalogue::Approval,
        config::{EnvironmentKind, InitialAccessToken},
        form::Field,
        inspect::Kind as TokenKind,
        route::Route,
        time,
    },
    pages::trouble::TroubleNote,
    state::{draft, work::Work},
    text::new_application as words,
};

/// The column.
#[component]
pub fn Side(
    /// The form.
    form: Form,
) -> impl IntoView {
    let registering = form.session.registering;
    on_cleanup(move || {
        if !registering.work.is_running_untracked() {
            registering.trouble.set(None);
        }
    });
    view! {
        <div class="column-side sticky">
            <div class="panel">
                <PanelPart>{move || view! { <Steps steps=steps(form, parts::all(form)) /> }}</PanelPart>
                <PanelPart><Decisive form=form /></PanelPart>
                <PanelPart>
                    <div class="stack-8">
                        <Button
                            text="Register application"
                            kind=Kind::Primary
                            wide=true
                            working=registering.work.seconds()
                            on_press=move || form.submit()
                            hint_id="register-note"
                        />
                        <p class="tiny muted" id="register-note">{move || below_button(form)}</p>
                    </div>
                </PanelPart>
            </div>
            <div class="stack-8">
                <TroubleNote trouble=registering.trouble />
                <Leave form=form />
            </div>
        </div>
    }
}

fn below_button(form: Form) -> &'static str {
    if form.session.registering.work.is_running() {
        words::REGISTER_WAITING
    } else if form.is_judged() && form.outcome.with(Result::is_err) {
        words::REGISTER_STOPPED
    } else {
        words::REGISTER_HINT
    }
}

/// How many things are to be changed in a part; the review is the last one, and waits for all.
fn wrong(form: Form, part: Part) -> usize {
    let problems = form.problems();
    problems.iter().filter(|problem| part == Part::Review || part.fields().contains(&problem.field)).count()
}

fn state(form: Form, part: Part, parts: &[Part]) -> StepState {
    let is_review = part == Part::Review;
    let reached =
        parts.iter().take_while(|earlier| **earlier != part).all(|earlier| wrong(form, *earlier) == 0);
    match wrong(form, part) {
        0 if is_review => StepState::Current,
        0 => StepState::Done,
        _ if is_review => StepState::Todo,
        _ if form.is_judged() => StepState::Wrong,
        _ if reached => StepState::Current,
        _ => StepState::Todo,
    }
}

/// How far each part is, in order.
pub fn states(form: Form, parts: &'static [Part]) -> Vec<Signal<StepState>> {
    parts.iter().map(|part| Memo::new(move |_| state(form, *part, parts)).into()).collect()
}

fn steps(form: Form, parts: &'static [Part]) -> Vec<Step> {
    let step = |(part, state): (Part, Signal<StepState>)| Step {
        title: part.title(),
        text: Memo::new(move |_| step_text(form, part)).into(),
        state,
        target: part.id(),
    };
    parts.iter().copied().zip(states(form, parts)).map(step).collect()
}

fn step_text(form: Form, part: Part) -> String {
    let wrong = wrong(form, part);
    let said = |missing: &str, filled: String| if filled.is_empty() { missing.to_owned() } else { filled };
    match part {
        Part::Review => match stage(form) {
            Stage::Waits(_) => words::NOT_READY,
            Stage::Checking => words::READY_CHECKING,
            Stage::Unknown(_) => words::READY_UNKNOWN,
            Stage::Ready if wrong > 0 => words::NOT_READY,
            Stage::Ready => words::READY,
        }
        .to_owned(),
        _ if wrong > 0 && form.is_judged() => words::step_to_change(wrong),
        Part::Statement => {
            let organisation = form
                .software
                .statement()
                .map(|known| known.organisation_name.or(known.organisation_id).unwrap_or(known.software_id));
            said("None yet", organisation.unwrap_or_default())
        }
        Part::Details => said("No name yet", form.name.get().trim().to_owned()),
        Part::Products => {
            let names: Vec<String> = form.chosen().into_iter().map(|product| product.name).collect();
            said("None chosen", names.join(", "))
        }
        Part::Credentials if form.problem(Field::InitialAccessToken).is_some() => {
            let missing = form.token.with(|token| token.expose().trim().is_empty());
            if missing { "Initial access token missing" } else { "Initial access token to change" }.to_owned()
        }
        Part::Credentials => form.environment.with(|environment| {
            let method = |environment| form.draft.with(|draft| draft.method(environment).to_owned());
            environment
                .as_ref()
                .map(method)
                .map(|method| words::method(&method).0.to_owned())
                .unwrap_or_default()
        }),
    }
}

/// Environment, approval and token.
#[component]
fn Decisive(form: Form) -> impl IntoView {
    let name = Signal::derive(move || {
        form.environment.with(|environment| environment.as_ref().map(|e| e.name.clone())).unwrap_or_default()
    });
    let production = Signal::derive(move || {
        form.environment.with(|e| e.as_ref().is_some_and(|e| e.kind == EnvironmentKind::Production))
    });
    let approval = move || {
        let chosen = form.chosen();
        let number = chosen.len();
        let waiting: Vec<_> =
            chosen.into_iter().filter(|product| product.approval == Approval::Operator).collect();
        words::approval(number, &waiting)
    };
    let bad = Memo::new(move |_| form.facts.with(|facts| facts.cannot_work()));
    view! {
        <Facts>
            <Fact label="Environment"><EnvironmentBadge name=name production=production /></Fact>
            <Fact label="Approval">{approval}</Fact>
            <Fact label="Token"><span class:is-bad=bad>{move || token_fact(form)}</span></Fact>
        </Facts>
    }
}

fn token_fact(form: Form) -> String {
    let asked = form.environment.with(|environment| environment.as_ref().map(|e| e.initial_access_token));
    if asked == Some(InitialAccessToken::None) {
        return "Not needed".to_owned();
    }
    form.facts.with(|facts| match (facts.kind, facts.expires_in) {
        (TokenKind::Empty, _) => "–".to_owned(),
        (_, Some(left)) if left <= 0 => "Expired".to_owned(),
        _ if facts.cannot_work() => "Not for this".to_owned(),
        (_, Some(left)) => format!("{} left", time::duration(left)),
        (_, None) => "Does not say when it ends".to_owned(),
    })
}

/// Saves the draft, then goes to the list: it is there when the list opens.
#[component]
fn Leave(form: Form) -> impl IntoView {
    let work = Work::new();
    let problem = RwSignal::new(None::<String>);
    let leave = move || {
        let draft = form.draft.get_untracked();
        work.run(async move {
            match draft::save(form.session.vault, &draft).await {
                Ok(()) if matches!(form.session.route.get_untracked(), Route::NewApplication { .. }) => {
                    form.session.go(Route::Home);
                }
                Ok(()) => {}
                Err(reason) => {
                    problem.try_set(Some(reason.to_string()));
                }
            }
        });
    };
    view! {
        <Button text="Save draft and leave" kind=Kind::Text wide=true working=work.seconds() on_press=leave />
        {move || {
            problem
                .get()
                .map(|reason| {
                    view! {
                        <Note tone=Tone::Look lead=words::NOT_SAVED.to_owned() role="alert">
                            {reason} " " {words::NOT_SAVED_NEXT}
                        </Note>
                    }
                })
        }}
    }
}
