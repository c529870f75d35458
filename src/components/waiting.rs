//! Nothing there, not there yet, not reachable; and what is folded away.

use leptos::prelude::*;

use super::icon::Icon;
use super::note::Note;

/// A list with nothing in it: what was looked for, and the way back.
#[component]
pub fn Empty(
    /// "No application matches “ledgr”".
    #[prop(into)]
    title: Signal<String>,
    /// What was searched.
    #[prop(optional, into)]
    text: Signal<Option<String>>,
    /// The way back: a button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="strong">{title}</p>
            {move || text.get().map(|text| view! { <p>{text}</p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
    .into_any()
}

/// Bars in the place of what is being read.
#[component]
pub fn Loading(
    /// What is being read: "Reading the applications".
    #[prop(into)]
    label: String,
    /// How many bars.
    #[prop(default = 3)]
    lines: u8,
) -> impl IntoView {
    let bars: Vec<AnyView> = (0..lines).map(|_| view! { <span></span> }.into_any()).collect();
    view! { <div class="loading" role="status" aria-label=label>{bars}</div> }.into_any()
}

/// What still works while the computer is offline.
#[component]
pub fn OfflineNote(
    /// Whether it is.
    #[prop(into)]
    offline: Signal<bool>,
    /// What still works here.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let note = move || {
        offline.get().then(|| {
            view! { <Note lead="This computer is offline." role="status" icon=Icon::Globe>{text}</Note> }
        })
    };
    note.into_any()
}

/// Something that is opened on demand: "The raw answer".
#[component]
pub fn Fold(
    /// What is inside.
    #[prop(into)]
    summary: Signal<String>,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! { <details class="fold"><summary>{summary}</summary>{children()}</details> }.into_any()
}

/// A [`Fold`] whose content is made when it is opened for the first time: for long lists.
#[component]
pub fn LazyFold(
    /// What is inside.
    #[prop(into)]
    summary: Signal<String>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let opened = RwSignal::new(false);
    view! {
        <details class="fold" on:toggle=move |_| opened.set(true)>
            <summary>{summary}</summary>
            {move || opened.get().then(|| children())}
        </details>
    }
    .into_any()
}
