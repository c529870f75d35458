//! The first part where a directory vouches for software: its statement, pasted, dropped or fetched, and what it says.

mod directory;
mod follow;
mod layers;
mod source;

use leptos::prelude::*;

use super::form::Form;
use crate::{components::prelude::*, domain::config::Environment, text::statement as words};

/// The part.
#[component]
pub fn StatementPart(
    /// The form.
    form: Form,
) -> impl IntoView {
    follow::follow(form);
    let directory = Memo::new(move |_| {
        form.environment.with(|environment: &Option<Environment>| {
            environment.as_ref()?.software_statement.as_ref()?.directory.clone()
        })
    });
    view! {
        <section class="section stack-16">
            <SectionHead title=words::TITLE number=1 id="part-statement"/>
            <p class="small muted">{words::LEAD}</p>
            <source::Source form/>
            {move || directory.get().map(|directory| view! { <directory::AskDirectory form directory/> })}
            {move || form.software.statement().map(|statement| view! { <layers::Layers form statement/> })}
        </section>
    }
    .into_any()
}
