//! The layers of a token as a tree, each with what became of its signature; and the other tokens of the paste.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};

use super::{
    desk::{Desk, Layer},
    judging, lamp,
    shown::Shown,
};
use crate::{
    browser::{focus, timer},
    components::prelude::*,
    domain::inspect::{Kind, Signature, paste::Found},
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
        None if layer.is_claims => (Kind::AuthorityClaims.label(), String::new(), None),
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
                {move || signature(desk, index)}
            </button>
        </li>
    }
    .into_any()
}

/// What became of the signature of a layer, or of the one that vouches for it.
fn signature(desk: Desk, index: usize) -> AnyView {
    let said = desk.layers.with(|layers| {
        let layer = layers.get(index)?;
        let signed = if layer.is_claims { above(layers, index)? } else { layer };
        let verdict = match &signed.inspection {
            Some(read) if read.signature.is_none() => return None,
            Some(read) => desk.judged.with(|judged| {
                let known = judged.iter().find(|known| Arc::ptr_eq(&known.read, read))?;
                Some((judging::lamp(&known.verdict), known.verdict.title()))
            }),
            None => None,
        };
        let (lamp, title) = verdict.unwrap_or((Lamp::Known, Signature::NOT_CHECKED));
        Some((lamp, if layer.is_claims { text::vouched_for(title) } else { title.to_owned() }))
    });
    said.map(|(lamp, words)| {
        view! { <span class="layer-signature small"><Lit lamp=lamp>{words}</Lit></span> }.into_any()
    })
    .into_any()
}

/// The layer that holds another.
fn above(layers: &[Layer], index: usize) -> Option<&Layer> {
    let (before, from) = layers.split_at_checked(index)?;
    let depth = from.first()?.depth;
    before.iter().rev().find(|layer| layer.depth < depth)
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
pub fn Others(desk: Desk, shown: Shown) -> impl IntoView {
    // Nothing is kept of them while the text is read again: they are places in it, and it may be long.
    let others = Memo::new(move |_| {
        let root = shown.get().and_then(|_| desk.root_untracked());
        root.map(|root| (root.others.clone(), root.unlisted)).unwrap_or_default()
    });
    move || {
        let (others, unlisted) = others.get();
        (!others.is_empty()).then(|| buttons(desk, others, unlisted))
    }
}

fn buttons(desk: Desk, others: Vec<Found>, unlisted: usize) -> AnyView {
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
