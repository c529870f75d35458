//! Name, state, client ID, evidence, what to do next, and the tabs.

use leptos::prelude::*;

use super::Subject;
use crate::{
    components::prelude::*,
    domain::{
        application::state::State,
        config::EnvironmentKind,
        registration::Operation,
        route::{Route, Tab},
    },
    pages::standing,
    text::application as words,
};

/// The head of every tab. Right after the application was created there are no tabs yet.
#[component]
pub(super) fn Head(subject: Subject, tab: Tab) -> impl IntoView {
    let name = subject.name();
    let crumbs = vec![Crumb::to("Applications", Route::Home), Crumb::here(name.get_untracked())];
    if tab == Tab::Registered {
        let title = Signal::derive(move || format!("{} is registered", name.get()));
        let answered = move || {
            view! { <Lit lamp=Lamp::Ok>{move || subject.application.with(|a| words::registered_line(a, &subject.environment_name()))}</Lit> }
        };
        return view! { <PageHead title crumbs meta=answered/> }.into_any();
    }
    let state = subject.state();
    let chip = move || {
        let lamp = Signal::derive(move || standing::lamp(state.get()));
        view! { <StateChip lamp text=Signal::derive(move || state.get().label())/> }
    };
    view! {
        <PageHead
            title=name
            crumbs
            chip
            meta=move || view! { <Meta subject/> }
            actions=move || view! { {move || primary(subject, tab, state.get())} <More subject/> }
        />
        {tabs(&subject.id(), tab, &name.get_untracked())}
    }
    .into_any()
}

#[component]
fn Meta(subject: Subject) -> impl IntoView {
    let client_id = subject.client_id();
    let standing = subject.standing();
    let production =
        subject.environment.with_value(|e| e.as_ref().is_some_and(|e| e.kind == EnvironmentKind::Production));
    view! {
        <span class="row"><Mono text=client_id/> <CopyIcon what="Client ID" text=client_id/></span>
        <EnvironmentBadge name=subject.environment_name() production=production/>
        <span>{move || standing.get().evidence}</span>
    }
    .into_any()
}

/// The one thing to do next. Where the tab has its own primary button there is none.
fn primary(subject: Subject, tab: Tab, state: State) -> Option<AnyView> {
    if subject.environment.with_value(Option::is_none) {
        return None;
    }
    match (state, tab) {
        (State::Deleted, _)
        | (_, Tab::Token | Tab::Change | Tab::Registered)
        | (State::AtRisk, Tab::Overview) => None,
        (State::AtRisk, _) => Some(
            view! { <ButtonLink to=subject.route(Tab::Overview) text="Get access back" kind=Kind::Primary/> }
                .into_any(),
        ),
        (State::Waiting, _) if subject.can(Operation::Read).get_untracked() => Some(
            view! {
                <Button
                    text="Check again"
                    kind=Kind::Primary
                    icon=Icon::Refresh
                    working=subject.reading.seconds()
                    on_press=move || subject.read()
                />
            }
            .into_any(),
        ),
        _ => Some(
            view! { <Button text="Get a token" kind=Kind::Primary on_press=move || subject.get_token()/> }
                .into_any(),
        ),
    }
}

/// What is done less often.
#[component]
fn More(subject: Subject) -> impl IntoView {
    let reachable = subject.reachable();
    let offers = move |operation| {
        subject.environment.with_value(|e| e.as_ref().is_some_and(|e| e.operations.contains(&operation)))
    };
    let items = Signal::derive(move || {
        if !reachable.get() {
            let forget = Callback::new(move |()| subject.forgetting.set(true));
            return vec![MenuItem::new("Forget it here…", Icon::Trash, forget)];
        }
        let read = Callback::new(move |()| subject.read());
        let change = Callback::new(move |()| subject.session.go(subject.route(Tab::Change)));
        let delete = Callback::new(move |()| subject.deleting.set(true));
        let forget = Callback::new(move |()| subject.forgetting.set(true));
        let rows = [
            (Operation::Read, MenuItem::new("Read the registration", Icon::Refresh, read)),
            (Operation::Update, MenuItem::new("Change", Icon::Settings, change)),
            (Operation::Delete, MenuItem::new("Delete…", Icon::Trash, delete).danger()),
        ];
        let offered = rows.into_iter().filter(|(operation, _)| offers(*operation)).map(|(_, item)| item);
        let mut items: Vec<MenuItem> = offered.collect();
        if !offers(Operation::Delete) {
            items.push(MenuItem::new("Forget it here…", Icon::Trash, forget));
        }
        items
    });
    let label = format!("More for {}", subject.name().get_untracked());
    view! { <Menu label items/> }
}

/// The tabs. The page of a change belongs to the overview.
pub(super) fn tabs(id: &str, open: Tab, name: &str) -> AnyView {
    let items = [
        ("Overview", Tab::Overview),
        ("Credentials", Tab::Credentials),
        ("Token", Tab::Token),
        ("History", Tab::History),
    ]
    .into_iter()
    .map(|(text, tab)| {
        let current = tab == open || (tab == Tab::Overview && open == Tab::Change);
        TabLink { text: text.to_owned(), to: Route::application(id, tab), current: Signal::stored(current) }
    })
    .collect();
    view! { <Tabs label=name.to_owned() items/> }.into_any()
}
