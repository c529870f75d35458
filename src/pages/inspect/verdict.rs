//! What it is, how bad it is, how long it lives, and what is known of the signature.

use std::sync::Arc;

use leptos::prelude::*;

use super::{desk::Desk, lamp, layers, life, verify};
use crate::{
    components::prelude::*,
    domain::{
        inspect::{
            Inspection, Kind,
            layers::{Authorities, authorities_in},
            opaque::Opaque,
        },
        time,
    },
    text::inspect as text,
};

/// The panel at the top of the result.
#[component]
pub fn Verdict(desk: Desk) -> impl IntoView {
    let [shown, ..] = desk.panels;
    view! { <section class="panel">{move || shown.get().map(|read| drawn(desk, read))}</section> }.into_any()
}

fn drawn(desk: Desk, shown: Arc<Inspection>) -> AnyView {
    let Some(read) = untrack(|| desk.root()) else { return ().into_any() };
    let (label, summary, at, worst) = (read.kind.label(), read.summary(), read.now, read.worst());
    let has_inner = !read.nested.is_empty() || authorities_in(&read).is_some();
    let others = (!read.others.is_empty()).then(|| view! { <layers::Others desk/> });
    view! {
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
            {about(desk, shown)}
        </div>
    }
    .into_any()
}

/// The life and the signature of a layer, or what else can be said of it.
fn about(desk: Desk, read: Arc<Inspection>) -> AnyView {
    let words = said(&read);
    let has_signature = read.signature.is_some();
    let allowed = (read.kind == Kind::AuthorityClaims).then(|| authorities(&read));
    let signed = Arc::clone(&read);
    let inspection = StoredValue::new(read);
    view! {
        {words.into_iter().map(|words| view! { <PanelPart><p class="small muted">{marked(&words)}</p></PanelPart> }).collect::<Vec<_>>()}
        {allowed}
        <life::LifeOf inspection/>
        {has_signature.then(|| view! { <verify::Verify desk read=signed/> })}
    }
    .into_any()
}

/// What the authorities allowed, place by place.
fn authorities(read: &Inspection) -> AnyView {
    let said = Authorities::read(read.token.expose());
    let facts = [
        (text::AUTHORITY, said.authority),
        (text::REGISTERED_AS, said.registration),
        (text::STATUS, said.status),
    ];
    let places =
        said.authorisations.into_iter().take(PLACES).map(|given| (given.member_state, Some(given.roles)));
    let lines: Vec<AnyView> = facts
        .into_iter()
        .map(|(label, value)| (label.to_owned(), value))
        .chain(places)
        .filter_map(|(label, value)| Some((label, value?)))
        .map(|(label, value)| view! { <Fact label>{value}</Fact> }.into_any())
        .collect();
    view! { <PanelPart><Facts>{lines}</Facts></PanelPart> }.into_any()
}

/// So many places are drawn: more than there are countries in any scheme.
const PLACES: usize = 60;

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
