//! Tokens, coloured by part.

use leptos::prelude::*;

/// A token with its header, payload and signature in three colours; anything without a dot in one.
#[component]
pub fn TokenText(
    /// The token as it was received.
    #[prop(into)]
    token: Signal<String>,
    /// Cut after 2 or 4 lines; 0 shows all of it.
    #[prop(optional)]
    lines: u8,
) -> impl IntoView {
    let class = match lines {
        0 => "token",
        1..=2 => "token lines-2",
        _ => "token lines-4",
    };
    view! { <div class=class translate="no">{move || token.with(|token| token_parts(token))}</div> }
        .into_any()
}

/// The parts of a token with their colours and the dots between them, for an overlay or a line of one's own.
#[must_use]
pub fn token_parts(token: &str) -> Vec<AnyView> {
    let is_jws = token.contains('.');
    token
        .split('.')
        .enumerate()
        .map(|(index, part)| {
            let dot = (index > 0).then_some(".");
            let class = if is_jws { format!("part-{index}") } else { String::new() };
            view! { {dot}<span class=class>{part.to_owned()}</span> }.into_any()
        })
        .collect()
}

/// What the colours of a token mean.
#[component]
pub fn TokenLegend() -> impl IntoView {
    view! {
        <ul class="legend">
            <li class="part-0">"Header"</li>
            <li class="part-1">"Payload"</li>
            <li class="part-2">"Signature"</li>
        </ul>
    }
    .into_any()
}
