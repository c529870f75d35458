//! One row of the list of applications.

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::{
        application::state::{Group, Standing, State},
        form::Draft,
        overview::{Line, Subject, short_id},
        route::{Route, Tab},
    },
    pages::standing::lamp,
    text::home as text,
};

/// The row of an application or of the draft.
#[component]
pub fn ApplicationRow(line: Line, draft: RwSignal<Option<Draft>>) -> impl IntoView {
    let Line { subject, name, client_id, environment, production, products, .. } = line;
    let (head, state, next) = match subject {
        Subject::Application { id, standing } => {
            (named(&id, name, &client_id), chip(&standing), next(&id, standing.state))
        }
        Subject::Draft => (unsent(name), draft_chip(draft), continue_draft()),
    };
    view! {
        <Row>
            <Cell>{head}</Cell>
            <Cell><EnvironmentBadge name=environment production/></Cell>
            <Cell class="products-cell">{products}</Cell>
            <Cell>{state}</Cell>
            <Cell>{next}</Cell>
        </Row>
    }
    .into_any()
}

fn named(id: &str, name: String, client_id: &str) -> AnyView {
    view! {
        <A to=Route::application(id, Tab::Overview) class="name-link">{name}</A>
        <span class="short-id mono">{short_id(client_id)}</span>
    }
    .into_any()
}

fn unsent(name: String) -> AnyView {
    let name = if name.is_empty() { text::UNNAMED.to_owned() } else { name };
    view! {
        <A to=Route::new_application() class="name-link">{name}</A>
        <span class="short-id">{text::NOT_REGISTERED}</span>
    }
    .into_any()
}

fn chip(standing: &Standing) -> AnyView {
    view! {
        <StateChip lamp=lamp(standing.state) text=standing.state.label()/>
        <span class="evidence">{standing.evidence.clone()}</span>
    }
    .into_any()
}

fn draft_chip(draft: RwSignal<Option<Draft>>) -> AnyView {
    let evidence = move || draft.with(|draft| draft.as_ref().map(text::draft_evidence));
    view! {
        <StateChip lamp=Lamp::NotYet text="Draft"/>
        <span class="evidence">{evidence}</span>
    }
    .into_any()
}

/// The next step has an edge only where the partner must act.
fn next(id: &str, state: State) -> AnyView {
    let tab = match state {
        State::AtRisk | State::NotMade(_) => Tab::Overview,
        State::SecretExpired | State::SecretExpires { .. } => Tab::Credentials,
        State::Refused | State::Deleted => Tab::History,
        State::Waiting => Tab::Overview,
        State::Registered | State::Active => Tab::Token,
    };
    let kind = if state.group() == Group::NeedsYou { Kind::Secondary } else { Kind::Text };
    view! { <ButtonLink to=Route::application(id, tab) text=text::next_step(state) kind size=Size::Row/> }
        .into_any()
}

fn continue_draft() -> AnyView {
    view! { <ButtonLink to=Route::new_application() text="Continue" kind=Kind::Text size=Size::Row/> }
        .into_any()
}
