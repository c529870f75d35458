//! The list of products in which an application chooses. Each row is one label.

use leptos::prelude::*;

use super::field::error_line;
use super::lamp::{Lamp, Lit};

/// The frame around the rows, with the error of the choice.
#[component]
pub fn ProductRows(
    /// The ID of the list; the summary of errors links to it.
    #[prop(into)]
    id: String,
    /// What is chosen; read, not seen.
    #[prop(into)]
    legend: String,
    /// What to change.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let note = format!("{id}-note");
    let described = note.clone();
    view! {
        <fieldset
            id=id
            class="stack-8"
            tabindex="-1"
            aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
        >
            <legend class="visually-hidden">{legend}</legend>
            <div class="product-rows" class:frame=true class:wrong=move || error.with(Option::is_some)>{children()}</div>
            {move || error.get().map(|text| error_line(note.clone(), text))}
        </fieldset>
    }
    .into_any()
}

/// One product.
#[component]
pub fn ProductRow(
    /// The ID of its box.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    name: String,
    /// The message standard it follows: `camt.052`.
    #[prop(optional_no_strip)]
    standard: Option<String>,
    /// What it does, in one sentence.
    #[prop(into)]
    summary: String,
    /// The scopes a token needs for it.
    scopes: Vec<String>,
    /// Who approves: "Automatic", "Operator approves".
    #[prop(into)]
    approval: String,
    /// Whether someone has to approve.
    waits: bool,
    /// Whether it is chosen.
    #[prop(into)]
    checked: Signal<bool>,
    /// Told of every change.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    let approval = if waits {
        view! { <span class="approval"><Lit lamp=Lamp::Info>{approval}</Lit></span> }.into_any()
    } else {
        view! { <span class="approval">{approval}</span> }.into_any()
    };
    let scopes: Vec<AnyView> =
        scopes.into_iter().map(|scope| view! { <code class="scope">{scope}</code> }.into_any()).collect();
    view! {
        <label class="product-row">
            <input
                id=id
                type="checkbox"
                class="box"
                prop:checked=move || checked.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span class="words">
                {name}
                {standard.map(|standard| view! { <span class="standard">{standard}</span> })}
            </span>
            <span class="scopes">{scopes}</span>
            {approval}
            <span class="summary-text">{summary}</span>
        </label>
    }
    .into_any()
}
