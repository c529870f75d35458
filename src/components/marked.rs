//! Sentences of the domain, in which code stands in backticks.

use leptos::prelude::*;

/// The words with what stands in backticks as code. A backtick without its second is only a character.
#[must_use]
pub fn marked(text: &str) -> Vec<AnyView> {
    let pieces: Vec<&str> = text.split('`').collect();
    let last = pieces.len().saturating_sub(1);
    pieces
        .into_iter()
        .enumerate()
        .map(|(index, piece)| match index % 2 {
            0 => piece.to_owned().into_any(),
            _ if index == last => format!("`{piece}").into_any(),
            _ => view! { <code>{piece.to_owned()}</code> }.into_any(),
        })
        .collect()
}
