//! The field for the statement: pasted, dropped on it as a file, or chosen.

use leptos::{
    ev::{DragEvent, Event},
    prelude::*,
    task::spawn_local,
};

use crate::{
    browser::file, components::prelude::*, domain::form::Field, pages::new_application::form::Form,
    text::statement as words,
};

const FILE: &str = "statement-file";

/// The field with its file button.
#[component]
pub fn Source(
    /// The form.
    form: Form,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let take = move |chosen: Option<file::Chosen>| {
        let Some(chosen) = chosen else { return };
        spawn_local(async move {
            match chosen.text().await {
                Ok(text) => {
                    trouble.try_set(None);
                    form.software.text.try_set(text);
                }
                Err(problem) => drop(trouble.try_set(Some(problem))),
            }
        });
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
    // A text that is no statement is said at once; an empty field only after an attempt to send.
    let judged = form.error(Field::Statement);
    let error = Signal::derive(move || {
        trouble.get().or_else(|| form.software.read.get().and_then(Result::err)).or_else(|| judged.get())
    });
    view! {
        <div
            class="drop stack-8"
            class:over=move || over.get()
            on:dragover=drag
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <TextArea
                id=Field::Statement.id()
                label=Field::Statement.label()
                value=form.software.text
                mono=true
                rows=5
                placeholder=words::PLACEHOLDER
                hint=words::HINT.to_owned()
                error=error
                on_input=move |_: String| trouble.set(None)
            />
            <input
                type="file"
                id=FILE
                class="visually-hidden"
                tabindex="-1"
                aria-hidden="true"
                on:change=move |event: Event| take(file::chosen(&event))
            />
            <div class="row">
                <Button text=words::FILE icon=Icon::Upload size=Size::Row on_press=|| file::ask(FILE)/>
            </div>
        </div>
    }
    .into_any()
}
