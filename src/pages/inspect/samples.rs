//! Before anything was pasted: what can be pasted, and three samples that each teach something.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{browser::clock, components::prelude::*, domain::inspect::samples, text::inspect as text};

/// The empty state.
#[component]
pub fn Nothing(desk: Desk) -> impl IntoView {
    let buttons: Vec<AnyView> = samples::ALL
        .iter()
        .map(|sample| {
            view! {
                <li>
                    <Button text=sample.name size=Size::Row on_press=move || desk.put((sample.make)(clock::now()))/>
                    <span class="small muted">{sample.teaches}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="panel">
            <Empty title=text::EMPTY text=text::EMPTY_TEXT.to_owned()/>
            <PanelPart sunken=true>
                <p class="small strong">{text::SAMPLES}</p>
                <ul class="samples">{buttons}</ul>
            </PanelPart>
        </section>
    }
    .into_any()
}
