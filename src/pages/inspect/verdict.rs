//! What it is, how bad it is, how long it lives, and what is known of the signature.

use std::sync::Arc;

use leptos::prelude::*;

use super::{desk::Desk, lamp, layers, life, verify};
use crate::{
    components::prelude::*,
    domain::{
        inspect::{Inspection, Kind, opaque::Opaque},
        time,
    },
    text::inspect as text,
};

/// The panel at the top of the result.
#[component]
pub fn Verdict(desk: Desk) -> impl IntoView {
    let Some(read) = untrack(|| desk.root()) else { return ().into_any() };
    let (label, summary, at, worst) = (read.kind.label(), read.summary(), read.now, read.worst());
    let has_inner = !read.nested.is_empty();
    let others = (!read.others.is_empty()).then(|| view! { <layers::Others desk/> });
    view! {
        <section class="panel">
            <div class="panel-head">
                <div class="panel-title">
                    <h2><Lit lamp=lamp(worst)>{label}</Lit></h2>
                    <span class="sub">{summary}</span>
                </div>
                <span class="panel-aside">{format!("Read at {}", time::clock(at))}</span>
            </div>
            <div class="panel-body flush">
                {others}
                {has_inner.then(|| view! { <layers::Layers desk/> })}
                {move || desk.shown().map(|read| about(desk, read))}
            </div>
        </section>
    }
    .into_any()
}

/// The life and the signature of a layer, or what else can be said of it.
fn about(desk: Desk, read: Arc<Inspection>) -> AnyView {
    let words = said(&read);
    let has_signature = read.signature.is_some();
    let signed = Arc::clone(&read);
    let inspection = StoredValue::new(read);
    view! {
        {words.into_iter().map(|words| view! { <PanelPart><p class="small muted">{marked(&words)}</p></PanelPart> }).collect::<Vec<_>>()}
        <life::LifeOf inspection/>
        {has_signature.then(|| view! { <verify::Verify desk read=signed/> })}
    }
    .into_any()
}

/// What a kind that is no signed token means for whoever pasted it.
fn said(read: &Inspection) -> Vec<String> {
    let mut words: Vec<String> = read.kind.advice().into_iter().map(str::to_owned).collect();
    words.extend(read.opaque.as_ref().map(Opaque::sentence));
    match read.kind {
        Kind::NotAToken => words.push(text::NOT_A_TOKEN.to_owned()),
        Kind::Encrypted => words.push(text::ENCRYPTED.to_owned()),
        _ => {}
    }
    words
}
