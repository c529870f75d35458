//! Small words with a ground or an edge: states, environments, scopes.

use leptos::prelude::*;

use super::lamp::{Lamp, LampMark};

/// The state of something: a lamp and one or two words on a tint. The evidence stands beside it, never inside.
#[component]
pub fn StateChip(
    /// What the lamp says.
    #[prop(into)]
    lamp: Signal<Lamp>,
    /// One or two words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <span class=move || format!("chip {}", lamp.get().class())>
            <LampMark lamp/>
            <span>{text}</span>
        </span>
    }
    .into_any()
}

/// Which environment: a sandbox is dashed, production solid. No colour of a state.
#[component]
pub fn EnvironmentBadge(
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// Whether it is the real thing.
    #[prop(optional, into)]
    production: Signal<bool>,
) -> impl IntoView {
    view! { <span class=move || if production.get() { "badge production" } else { "badge sandbox" }>{name}</span> }
        .into_any()
}

/// A few outlined words.
#[component]
pub fn Badge(
    /// The words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <span class="badge">{text}</span> }.into_any()
}

/// A scope or another value by its exact name.
#[component]
pub fn Scope(
    /// The name.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    view! { <code class="scope">{name}</code> }.into_any()
}

/// An identifier or an address: monospaced, left to right, breaks anywhere.
#[component]
pub fn Mono(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <span class="mono">{text}</span> }.into_any()
}
