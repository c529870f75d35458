//! The field for the statement: pasted, dropped on it as a file, or chosen.

use leptos::{prelude::*, task::spawn_local};

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
    let trouble = RwSignal::new(None::<String>);
    let take = move |chosen: file::Chosen| {
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
    // A text that is no statement is said at once; an empty field only after an attempt to send.
    let judged = form.error(Field::Statement);
    let error = Signal::derive(move || {
        trouble.get().or_else(|| form.software.read.get().and_then(Result::err)).or_else(|| judged.get())
    });
    view! {
        <DropArea id=FILE on_file=take>
            <div class="stack-8">
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
            <div class="row">
                <Button text=words::FILE icon=Icon::Upload size=Size::Row on_press=|| file::ask(FILE)/>
            </div>
            </div>
        </DropArea>
    }
    .into_any()
}
