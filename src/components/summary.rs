//! The summary of what to change in a form. It takes the focus when the form is submitted.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};
use crate::browser::focus;

const ID: &str = "error-summary";

/// One thing to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryLine {
    /// The ID of the field.
    pub field_id: String,
    /// The field and what is wrong with it: "Contact e-mail: “integration@” has no domain".
    pub text: String,
}

/// Everything to change before a form can be sent, each a link to its field. Draws nothing when there is nothing.
#[component]
pub fn ErrorSummary(
    /// "Two things to change before this can be sent".
    #[prop(into)]
    title: Signal<String>,
    /// What to change, in the order of the fields.
    #[prop(into)]
    lines: Signal<Vec<SummaryLine>>,
    /// Raise it to move the focus here: once for each submit that was stopped.
    #[prop(into)]
    attempts: Signal<u32>,
) -> impl IntoView {
    Effect::new(move |before: Option<u32>| {
        let now = attempts.get();
        if before.is_some_and(|before| before != now) {
            focus::focus_by_id(ID);
        }
        now
    });
    let line = |line: SummaryLine| {
        let target = line.field_id.clone();
        view! {
            <li>
                <a
                    href=format!("#{}", line.field_id)
                    on:click=move |event| {
                        // The address stays as it is: a jump within the form is no step in the history.
                        event.prevent_default();
                        focus::focus_by_id(&target);
                    }
                >
                    {line.text}
                </a>
            </li>
        }
        .into_any()
    };
    let summary = move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            view! {
                <div class="summary" id=ID role="alert" tabindex="-1">
                    <h2><IconMark icon=Icon::Stopped/><span>{title}</span></h2>
                    <ul>{lines.into_iter().map(line).collect_view()}</ul>
                </div>
            }
        })
    };
    summary.into_any()
}
