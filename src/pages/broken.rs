//! `portal.json` or `catalogue.json` cannot be used: every problem at once, each with its place.

use leptos::prelude::*;

use crate::{browser::location, components::prelude::*, start::BrokenFile, text::app as text};

/// The page. It stands without the shell, because the shell needs the configuration.
#[component]
pub fn Broken(
    /// The files and what is wrong with them.
    files: Vec<BrokenFile>,
) -> impl IntoView {
    let panels: Vec<AnyView> = files.into_iter().map(file).collect();
    view! {
        <main class="stopped-page" id="main">
            <h1 id="title" tabindex="-1">{text::BROKEN_TITLE}</h1>
            <p class="muted">{text::BROKEN_LEAD}</p>
            {panels}
            <div class="actions">
                <Button text=text::BROKEN_RELOAD kind=Kind::Primary icon=Icon::Refresh on_press=location::reload/>
            </div>
        </main>
    }
    .into_any()
}

fn file(file: BrokenFile) -> AnyView {
    let count = crate::text::count(file.problems.len(), "problem", "problems");
    let problems: Vec<AnyView> = file
        .problems
        .into_iter()
        .map(|problem| {
            let place = if problem.path.is_empty() { text::BROKEN_WHOLE.to_owned() } else { problem.path };
            view! { <Fact label=place>{problem.text}</Fact> }.into_any()
        })
        .collect();
    view! { <Panel title=file.path sub=count><Facts class="claims">{problems}</Facts></Panel> }.into_any()
}
