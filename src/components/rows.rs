//! Rows of panels: what is kept, where to go on, settings, findings, possibilities.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};
use super::lamp::{Lamp, LampMark};
use super::link::A;
use super::marked::marked;
use crate::domain::route::Route;

/// A list of [`Kept`]s.
#[component]
pub fn KeptList(
    /// [`Kept`]s.
    children: Children,
) -> impl IntoView {
    view! { <ul class="kept">{children()}</ul> }.into_any()
}

/// Something that is kept (a check) or not (a dash). The words must say it too.
#[component]
pub fn Kept(
    /// Whether it is kept.
    #[prop(into)]
    kept: Signal<bool>,
    /// What.
    children: Children,
) -> impl IntoView {
    let icon = move || if kept.get() { Icon::Check } else { Icon::Dash };
    view! {
        <li class:not=move || !kept.get()>
            {move || view! { <IconMark icon=icon()/> }}
            <span>{children()}</span>
        </li>
    }
    .into_any()
}

/// A row that leads somewhere, with a chevron.
#[component]
pub fn ActionRow(
    /// Where it leads.
    to: Route,
    /// What is done there.
    #[prop(into)]
    title: String,
    /// What it is good for.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <A to class="action-row">
            <span><span class="words">{title}</span> {text}</span>
            <IconMark icon=Icon::ChevronRight/>
        </A>
    }
    .into_any()
}

/// A group of settings: its name and meaning at the start, its rows in a panel.
#[component]
pub fn SettingsGroup(
    /// Its name.
    #[prop(into)]
    title: String,
    /// What it is about.
    #[prop(optional, into)]
    text: Option<String>,
    /// [`SettingsRow`]s.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="settings-group">
            <div>
                <h2>{title}</h2>
                {text.map(|text| view! { <p>{text}</p> })}
            </div>
            <div class="panel">{children()}</div>
        </section>
    }
    .into_any()
}

/// One setting: what it is, and its control at the end.
#[component]
pub fn SettingsRow(
    /// What it is.
    #[prop(into)]
    title: Signal<String>,
    /// How it stands, or what follows from it.
    #[prop(optional, into)]
    text: Signal<Option<String>>,
    /// A verdict on how it stands.
    #[prop(optional, into)]
    lamp: Signal<Option<Lamp>>,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="settings-row">
            <div class="what">
                <div class="words lit">{move || lamp.get().map(|lamp| view! { <LampMark lamp/> })} <span>{title}</span></div>
                {move || text.get().map(|text| view! { <p>{text}</p> })}
            </div>
            <div class="control">{children()}</div>
        </div>
    }
    .into_any()
}

/// Something that was found: how bad, what, the way out, where it is written.
#[component]
pub fn Finding(
    /// How bad: `Bad` is an error, `Warn` a warning, `Known` a note.
    #[prop(into)]
    lamp: Signal<Lamp>,
    /// What; code stands in backticks.
    #[prop(into)]
    title: Signal<String>,
    /// Where it is written: "RFC 9068, 2.2".
    #[prop(optional, into)]
    source: Signal<Option<String>>,
    /// The way out.
    children: Children,
) -> impl IntoView {
    let word = move || match lamp.get() {
        Lamp::Bad => "Error: ",
        Lamp::Warn => "Warning: ",
        _ => "",
    };
    view! {
        <div class="finding">
            <LampMark lamp/>
            <h3><span class="visually-hidden">{word}</span>{move || title.with(|title| marked(title))}</h3>
            {move || source.get().map(|source| view! { <span class="source">{source}</span> })}
            <div class="words">{children()}</div>
        </div>
    }
    .into_any()
}

/// What a refusal can be, side by side.
#[component]
pub fn Possibilities(
    /// [`Possibility`]s.
    children: Children,
) -> impl IntoView {
    view! { <ul class="possibilities">{children()}</ul> }.into_any()
}

/// One thing a refusal can be.
#[component]
pub fn Possibility(
    /// Whether it fits what was seen.
    #[prop(into)]
    lamp: Signal<Lamp>,
    /// Its name: "Blocked by CORS".
    #[prop(into)]
    title: Signal<String>,
    /// Yes or no, and the evidence: "No: discovery answered 200".
    #[prop(into)]
    text: Signal<String>,
    /// Whether it is the one.
    #[prop(optional, into)]
    is_it: Signal<bool>,
) -> impl IntoView {
    view! {
        <li class:lit-one=move || is_it.get()>
            <LampMark lamp/>
            <div>
                <div class="words">{title}</div>
                {text}
            </div>
        </li>
    }
    .into_any()
}
