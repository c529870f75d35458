//! What happened, in the order of time: time, lamp, what, evidence.

use leptos::prelude::*;

use super::lamp::{Lamp, LampMark};

/// A list of [`TimelineDay`]s and [`TimelineEntry`]s.
#[component]
pub fn Timeline(
    /// In a side column.
    #[prop(optional)]
    compact: bool,
    /// Days and entries.
    children: Children,
) -> impl IntoView {
    view! { <div class=if compact { "timeline compact" } else { "timeline" } role="list">{children()}</div> }
        .into_any()
}

/// The day of the entries below it.
#[component]
pub fn TimelineDay(
    /// "Monday, 17 October 2022".
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    view! { <div class="timeline-day" role="listitem">{title}</div> }.into_any()
}

/// One thing that happened.
#[component]
pub fn TimelineEntry(
    /// "14:15:32".
    #[prop(into)]
    time: Signal<String>,
    /// How it went.
    #[prop(into)]
    lamp: Signal<Lamp>,
    /// What: "Got a token".
    #[prop(into)]
    title: Signal<String>,
    /// The request in short: "POST 200, 96 ms".
    #[prop(optional, into)]
    request: Signal<Option<String>>,
    /// The evidence.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="timeline-entry" role="listitem">
            <time>{time}</time>
            <LampMark lamp/>
            <div>
                <b>{title}</b>
                {move || request.get().map(|request| view! { <span class="request mono">{request}</span> })}
                <div class="words">{children()}</div>
            </div>
        </div>
    }
    .into_any()
}
