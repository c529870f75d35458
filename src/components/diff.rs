//! What a change does: lines with a sign and a tint.

use leptos::prelude::*;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffLine {
    /// Stays as it is.
    Same(String),
    /// Goes.
    Removed(String),
    /// Comes.
    Added(String),
}

/// The lines of a change, in order.
#[component]
pub fn Diff(
    /// What is changed, for assistive technology.
    #[prop(into)]
    label: String,
    /// The lines.
    #[prop(into)]
    lines: Signal<Vec<DiffLine>>,
) -> impl IntoView {
    let draw = |line: DiffLine| {
        let (class, sign, word, text) = match line {
            DiffLine::Same(text) => ("same", " ", "", text),
            DiffLine::Removed(text) => ("removed", "−", "Removed: ", text),
            DiffLine::Added(text) => ("added", "+", "Added: ", text),
        };
        view! {
            <li class=class>
                <span class="sign" aria-hidden="true">{sign}</span>
                <span><span class="visually-hidden">{word}</span>{text}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <ul class="diff" aria-label=label tabindex="0">
            {move || lines.get().into_iter().map(draw).collect::<Vec<AnyView>>()}
        </ul>
    }
    .into_any()
}
