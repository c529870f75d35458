//! An area on which a file can be dropped, and the dialog for choosing one instead.

use leptos::{
    ev::{DragEvent, Event},
    prelude::*,
};

use crate::browser::file::{self, Chosen};

/// The area. A button inside of it opens the dialog with [`file::ask`] and the same ID.
#[component]
pub fn DropArea(
    /// ID of the file input.
    id: &'static str,
    /// What the dialog offers: `.json,application/json`; empty for every file.
    #[prop(optional)]
    accept: &'static str,
    /// Gets the file.
    #[prop(into)]
    on_file: Callback<Chosen>,
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let take = move |chosen: Option<Chosen>| {
        if let Some(chosen) = chosen {
            on_file.run(chosen);
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(file::dropped(&event));
    };
    let drag = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    view! {
        <div
            class="drop"
            class:over=move || over.get()
            on:dragover=drag
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            {children()}
            <input
                type="file"
                id=id
                class="visually-hidden"
                tabindex="-1"
                aria-hidden="true"
                accept=accept
                on:change=move |event: Event| take(file::chosen(&event))
            />
        </div>
    }
    .into_any()
}
