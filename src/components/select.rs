//! A choice from many: the browser's own list.

use leptos::prelude::*;

use super::field::Around;
use super::icon::{Icon, IconMark};

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What it stands for.
    pub value: String,
    /// What a person reads.
    pub text: String,
}

impl SelectOption {
    /// An entry.
    #[must_use]
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into() }
    }
}

/// A list of which one entry is chosen.
#[component]
pub fn Select(
    /// The ID of the control.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The value that is chosen.
    value: RwSignal<String>,
    /// The entries, in order.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// Below the field, while there is no error.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What to change.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The label is read, not seen.
    #[prop(optional)]
    hide_label: bool,
    /// Told of every choice.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let around = Around::new(&id, hint, error);
    let entry = move |option: SelectOption| {
        let chosen = option.value.clone();
        view! { <option value=option.value prop:selected=move || value.with(|v| *v == chosen)>{option.text}</option> }
    };
    view! {
        <div class="field">
            <label for=id.clone() class:visually-hidden=hide_label>{label}</label>
            <div class="select">
                <select
                    id=id
                    aria-invalid=move || around.invalid()
                    aria-describedby=move || around.described_by()
                    on:change=move |event| {
                        let chosen = event_target_value(&event);
                        value.set(chosen.clone());
                        if let Some(tell) = on_change {
                            tell.run(chosen);
                        }
                    }
                >
                    {move || options.get().into_iter().map(entry).collect_view()}
                </select>
                <IconMark icon=Icon::ChevronDown/>
            </div>
            {around.note()}
        </div>
    }
    .into_any()
}
