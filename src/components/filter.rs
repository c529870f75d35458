//! The field above a list.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};

/// A field that filters a list as one types.
#[component]
pub fn Filter(
    /// The ID of the input; the page focuses it when `/` is pressed.
    #[prop(into)]
    id: String,
    /// Its accessible name.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What may be typed.
    placeholder: &'static str,
) -> impl IntoView {
    view! {
        <div class="input-with filter">
            <IconMark icon=Icon::Search/>
            <input
                id=id
                type="search"
                class="input"
                aria-label=label
                aria-keyshortcuts="/"
                placeholder=placeholder
                autocomplete="off"
                spellcheck="false"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <kbd aria-hidden="true">"/"</kbd>
        </div>
    }
    .into_any()
}
