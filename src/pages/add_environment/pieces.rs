//! What an operator would publish for an environment.

use leptos::prelude::*;
use serde_json::Value;

use super::form::Form;
use crate::{
    browser::location,
    components::prelude::*,
    domain::{
        config::{Environment, added::connect_src},
        http::render::{self, Segment},
        json,
    },
    text::add_environment as text,
};

/// The pieces of what is typed now.
#[component]
pub fn Pieces(
    /// What is typed.
    form: Form,
) -> impl IntoView {
    let piece =
        Signal::derive(move || render::json(&json::pretty(&Value::Object(form.sketch().piece(&form.id())))));
    let origins = Signal::derive(move || match form.check() {
        Ok(added) => words(&added.environment),
        Err(_) => vec![Segment::Plain("…".to_owned())],
    });
    view! {
        <div class="sticky stack-8">
            <h2>{text::PIECES}</h2>
            <p class="small muted">{text::PIECES_TEXT}</p>
            <CodeBlock
                label="What the operator publishes"
                views=vec![
                    CodeView::new("portal.json", "Environment", piece),
                    CodeView::new("connect-src", "Origins", origins),
                ]
            />
        </div>
    }
    .into_any()
}

/// The origins for `connect-src`, or that none are needed.
#[must_use]
pub fn words(environment: &Environment) -> Vec<Segment> {
    let origins = connect_src(environment, &location::origin());
    let text = if origins.is_empty() { text::NO_ORIGINS.to_owned() } else { origins.join(" ") };
    vec![Segment::Plain(text)]
}
