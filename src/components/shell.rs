//! The frame of every page: the rail, which is two bars on a narrow screen, and `<main>`.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};
use super::lamp::{Lamp, LampMark};
use super::link::A;
use super::menu::Opener;
use crate::browser::focus;
use crate::domain::route::{Place, Route};

/// An environment as the switch of environments shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentChoice {
    /// Its ID in `portal.json`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The host it talks to.
    pub host: String,
    /// How it is.
    pub lamp: Lamp,
}

/// The frame. Everything it shows is handed in.
#[component]
pub fn Shell(
    /// The name of the portal.
    #[prop(into)]
    name: Signal<String>,
    /// Who runs it.
    #[prop(into)]
    operator: Signal<String>,
    /// The address of the operator's logo, instead of the mark.
    #[prop(optional, into)]
    logo: Signal<Option<String>>,
    /// The place that is open.
    #[prop(into)]
    place: Signal<Option<Place>>,
    /// How many applications there are.
    #[prop(optional, into)]
    count: Signal<Option<usize>>,
    /// The environments, in order.
    #[prop(into)]
    environments: Signal<Vec<EnvironmentChoice>>,
    /// The ID of the one that is chosen.
    #[prop(into)]
    environment: Signal<String>,
    /// Told of another choice.
    #[prop(into)]
    on_environment: Callback<String>,
    /// The foot of the rail.
    #[prop(optional, into)]
    foot: Option<ViewFnOnce>,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class="skip"
            href="#main"
            on:click=move |event| {
                // With a base address, a bare fragment would lead to the home page.
                event.prevent_default();
                focus::focus_by_id("main");
            }
        >
            "Skip to the content"
        </a>
        <header class="rail">
            <Brand name operator logo/>
            <EnvironmentSwitch environments environment on_environment/>
            <Places place count/>
            {foot.map(|foot| view! { <div class="rail-foot">{foot.run()}</div> })}
        </header>
        <main id="main" tabindex="-1">{children()}</main>
    }
    .into_any()
}

#[component]
fn Brand(name: Signal<String>, operator: Signal<String>, logo: Signal<Option<String>>) -> impl IntoView {
    let mark = move || match logo.get() {
        Some(logo) => view! { <img src=logo alt=""/> }.into_any(),
        None => view! { <Mark/> }.into_any(),
    };
    view! {
        <A to=Route::Home class="brand">
            {mark}
            <span class="brand-words">
                <span class="brand-name">{name}</span>
                " "
                <span class="brand-operator">{operator}</span>
            </span>
        </A>
    }
    .into_any()
}

/// The mark: a lintel on three columns, the three parts of a token.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 22 20" aria-hidden="true">
            <path d="M1 1h20v4H1zM3 7h4v12H3zM15 7h4v12h-4z"/>
            <path class="accent" d="M9 7h4v12H9z"/>
        </svg>
    }
    .into_any()
}

#[component]
fn Places(place: Signal<Option<Place>>, count: Signal<Option<usize>>) -> impl IntoView {
    let link = move |to: Route, icon: Icon, long: &'static str, short: &'static str| {
        let mine = to.place();
        let current = Signal::derive(move || place.get() == mine);
        let counted = mine == Some(Place::Applications);
        view! {
            <A to current>
                <IconMark icon/>
                <span class="long">{long}</span>
                <span class="short">{short}</span>
                {move || count.get().filter(|_| counted).map(|count| view! { <span class="count">{count}</span> })}
            </A>
        }
        .into_any()
    };
    view! {
        <nav class="places" aria-label="Places">
            {link(Route::Home, Icon::Applications, "Applications", "Apps")}
            {link(Route::Products { id: None }, Icon::Products, "Products", "Products")}
            {link(Route::Inspect, Icon::Inspect, "Inspect", "Inspect")}
            {link(Route::Workshop, Icon::Key, "Workshop", "Workshop")}
            {link(Route::Settings, Icon::Settings, "Settings", "Settings")}
        </nav>
    }
    .into_any()
}

#[component]
fn EnvironmentSwitch(
    environments: Signal<Vec<EnvironmentChoice>>,
    environment: Signal<String>,
    on_environment: Callback<String>,
) -> impl IntoView {
    let opener = Opener::new();
    let chosen = Memo::new(move |_| {
        environments
            .with(|all| environment.with(|id| all.iter().find(|one| one.id == *id).or(all.first()).cloned()))
    });
    let entry = move |one: EnvironmentChoice| {
        let id = one.id.clone();
        let current = environment.with(|chosen| *chosen == one.id);
        view! {
            <li>
                <button
                    type="button"
                    id=current.then_some("environment-chosen")
                    aria-current=current.then_some("true")
                    on:click=move |_| {
                        opener.close();
                        on_environment.run(id.clone());
                    }
                >
                    <LampMark lamp=one.lamp/>
                    <span>{one.name}</span>
                    <small>{one.host}</small>
                </button>
            </li>
        }
        .into_any()
    };
    let list = move || {
        opener.open.get().then(|| {
            let entries: Vec<AnyView> = environments.get().into_iter().map(entry).collect();
            view! { <ul class="menu-list">{entries}</ul> }
        })
    };
    view! {
        <div
            class="environment"
            on:keydown=move |event| opener.key(&event)
            on:focusin=move |_| opener.focus_in()
            on:focusout=move |_| opener.focus_out()
        >
            <button
                type="button"
                class="environment-button"
                node_ref=opener.button
                aria-expanded=move || opener.open.get().to_string()
                on:click=move |_| opener.toggle("environment-chosen".to_owned())
            >
                {move || chosen.get().map(|one| view! { <LampMark lamp=one.lamp/> })}
                <span>
                    <span class="visually-hidden">"Environment: "</span>
                    <span class="environment-name">{move || chosen.get().map(|one| one.name)}</span>
                    " "
                    <span class="environment-host">{move || chosen.get().map(|one| one.host)}</span>
                </span>
                <IconMark icon=Icon::UpDown/>
            </button>
            {list}
        </div>
    }
    .into_any()
}
