//! The tokens inside of a token, and the other tokens of the paste.

use leptos::{prelude::*, task::spawn_local};

use super::{
    desk::{Desk, Layer},
    lamp,
};
use crate::{
    browser::{focus, timer},
    components::prelude::*,
    domain::inspect::paste::Found,
    text::inspect as text,
};

/// The token and those inside of it, as a tree: one is looked at, the others open where they are.
#[component]
pub fn Layers(desk: Desk) -> impl IntoView {
    let rows = move || {
        let selected = desk.selected.get();
        let layers = desk.layers.get();
        let rows: Vec<AnyView> = layers
            .into_iter()
            .enumerate()
            .map(|(index, layer)| row(desk, index, layer, index == selected))
            .collect();
        rows
    };
    view! { <ul class="layers" aria-label=text::LAYERS>{rows}</ul> }.into_any()
}

fn row(desk: Desk, index: usize, layer: Layer, is_shown: bool) -> AnyView {
    let (kind, about, worst) = match &layer.inspection {
        Some(read) => (read.kind.label(), read.summary(), Some(read.worst())),
        None => (text::NOT_OPENED.to_owned(), String::new(), None),
    };
    let name = if layer.name.is_empty() { text::ITSELF.to_owned() } else { layer.name };
    let place = layer.place;
    let depth = layer.depth.min(8);
    view! {
        <li class=format!("depth-{depth}")>
            <button
                type="button"
                id=row_id(index)
                class="layer-row"
                aria-current=is_shown.then_some("true")
                on:click=move |_| {
                    desk.open(index);
                    stay(index);
                    if let Some(place) = place.clone().filter(|_| depth == 1) {
                        desk.point_at_root(&place);
                    }
                }
            >
                <LampMark lamp=worst.map_or(Lamp::NotYet, lamp)/>
                <span><b>{name}</b> " " <span class="muted">{kind}</span></span>
                <span class="small muted">{about}</span>
            </button>
        </li>
    }
    .into_any()
}

fn row_id(index: usize) -> String {
    format!("layer-{index}")
}

/// The rows are drawn anew when one is opened; the keyboard stays where it was.
fn stay(index: usize) {
    spawn_local(async move {
        timer::sleep(0).await;
        focus::focus_by_id(&row_id(index));
    });
}

/// What else was pasted: each can be looked at instead.
#[component]
pub fn Others(desk: Desk) -> impl IntoView {
    let (others, unlisted) =
        untrack(|| desk.root()).map(|read| (read.others.clone(), read.unlisted)).unwrap_or_default();
    let buttons: Vec<AnyView> = others.into_iter().map(|found| other(desk, found)).collect();
    view! {
        <PanelPart sunken=true>
            <div class="row">
                <span class="small muted">{text::OTHERS}</span>
                {buttons}
                {(unlisted > 0).then(|| view! { <span class="small muted">{text::unlisted(unlisted)}</span> })}
            </div>
        </PanelPart>
    }
    .into_any()
}

fn other(desk: Desk, found: Found) -> AnyView {
    let name = if found.name.is_empty() { text::ANOTHER.to_owned() } else { found.name.clone() };
    view! { <Button text=name size=Size::Row on_press=move || desk.choose(&found)/> }.into_any()
}
