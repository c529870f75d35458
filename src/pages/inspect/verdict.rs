//! What it is, how bad it is, how long it lives, and what is known of the signature.

use leptos::prelude::*;

use super::{
    desk::Desk,
    lamp, layers, life,
    shown::{Shown, kept},
    verify,
};
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

/// What the head says of the token itself, whichever layer is looked at.
#[derive(Clone, Default, PartialEq)]
struct Head {
    lamp: Lamp,
    label: String,
    summary: String,
    read_at: i64,
    has_inner: bool,
}

impl Head {
    fn of(read: &Inspection) -> Self {
        Self {
            lamp: lamp(read.worst()),
            label: read.kind.label(),
            summary: read.summary(),
            read_at: read.now,
            has_inner: !read.nested.is_empty() || authorities_in(read).is_some(),
        }
    }
}

/// The panel at the top of the result.
#[component]
pub fn Verdict(desk: Desk) -> impl IntoView {
    let [shown, ..] = desk.panels;
    let head = kept(shown, move |_| desk.root_untracked().map(|root| Head::of(&root)).unwrap_or_default());
    let has_inner = Memo::new(move |_| head.with(|head| head.has_inner));
    let when = move || match desk.is_read_again() {
        true => text::READING.to_owned(),
        false => text::read_at(&time::clock(head.with(|head| head.read_at))),
    };
    view! {
        <section class="panel">
            <div class="panel-head">
                <div class="panel-title">
                    <h2>
                        <Lit lamp=Signal::derive(move || head.with(|head| head.lamp))>
                            {move || head.with(|head| head.label.clone())}
                        </Lit>
                    </h2>
                    <span class="sub">{move || head.with(|head| head.summary.clone())}</span>
                </div>
                <span class="panel-aside">{when}</span>
            </div>
            <div class="panel-body flush">
                <layers::Others desk shown/>
                {move || has_inner.get().then(|| view! { <layers::Layers desk/> })}
                {about(desk, shown)}
            </div>
        </section>
    }
    .into_any()
}

/// The life and the signature of a layer, or what else can be said of it.
fn about(desk: Desk, shown: Shown) -> AnyView {
    let words = kept(shown, |read| said(read));
    let words = move || {
        let words = words.get().into_iter();
        words
            .map(|words| {
                view! { <PanelPart><p class="small muted">{marked(&words)}</p></PanelPart> }.into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    let allowed = kept(shown, |read| match read.kind {
        Kind::AuthorityClaims => authorities(read),
        _ => Vec::new(),
    });
    let allowed = move || {
        let lines = allowed.get().into_iter();
        let lines: Vec<AnyView> =
            lines.map(|(label, value)| view! { <Fact label>{value}</Fact> }.into_any()).collect();
        (!lines.is_empty()).then(|| view! { <PanelPart><Facts>{lines}</Facts></PanelPart> })
    };
    let has_signature = kept(shown, |read| read.signature.is_some());
    view! {
        {words}
        {allowed}
        <life::LifeOf shown/>
        {move || has_signature.get().then(|| view! { <verify::Verify desk shown/> })}
    }
    .into_any()
}

/// What the authorities allowed, place by place.
fn authorities(read: &Inspection) -> Vec<(String, String)> {
    let said = Authorities::read(read.token.expose());
    let facts = [
        (text::AUTHORITY, said.authority),
        (text::REGISTERED_AS, said.registration),
        (text::STATUS, said.status),
    ];
    let places =
        said.authorisations.into_iter().take(PLACES).map(|given| (given.member_state, Some(given.roles)));
    facts
        .into_iter()
        .map(|(label, value)| (label.to_owned(), value))
        .chain(places)
        .filter_map(|(label, value)| Some((label, value?)))
        .collect()
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
