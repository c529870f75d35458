//! Where the token is pasted: a field over the same text in colours.

use leptos::{prelude::*, task::spawn_local};

use super::LARGE;
use crate::{
    browser::{clipboard, focus},
    components::prelude::*,
    domain::inspect::{Inspection, paint},
    text::inspect as text,
};

const FIELD_ID: &str = "token";

/// The panel with the field, its buttons, what the colours mean, and what was taken off.
#[component]
pub fn TokenPanel(pasted: RwSignal<String>, read: RwSignal<Option<Inspection>>) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let has_text = Memo::new(move |_| pasted.with(|pasted| !pasted.is_empty()));
    let is_large = Memo::new(move |_| pasted.with(|pasted| pasted.len() > LARGE));
    let is_jwt = Memo::new(move |_| read.with(|read| read.as_ref().is_some_and(Inspection::is_jwt)));
    view! {
        <section class="panel input-panel">
            <div class="panel-head">
                <div class="panel-title"><h2><label for=FIELD_ID>{text::TOKEN}</label></h2></div>
                <div class="panel-aside"><Buttons pasted read problem has_text/></div>
            </div>
            {move || if is_large.get() { large(pasted) } else { view! { <Field pasted read problem/> }.into_any() }}
            <div class="panel-part sunken row between">
                {move || is_jwt.get().then(|| view! { <TokenLegend/> })}
                <span class="tiny muted">{move || pasted.with(|pasted| text::characters(pasted.chars().count()))}</span>
            </div>
            <div role="status">
                {move || problem.get().map(|problem| view! { <PanelPart><p class="small">{problem}</p></PanelPart> })}
                {move || repairs(read)}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Buttons(
    pasted: RwSignal<String>,
    read: RwSignal<Option<Inspection>>,
    problem: RwSignal<Option<String>>,
    has_text: Memo<bool>,
) -> impl IntoView {
    let paste = move || {
        spawn_local(async move {
            match clipboard::read().await {
                Ok(text) => {
                    problem.try_set(None);
                    pasted.try_set(text);
                }
                Err(refused) => {
                    problem.try_set(Some(refused.to_string()));
                }
            }
        });
    };
    let clear = move || {
        problem.set(None);
        pasted.set(String::new());
        focus::focus_by_id(FIELD_ID);
    };
    let token = Signal::derive(move || {
        read.with(|read| read.as_ref().map(|read| read.token.expose().to_owned())).unwrap_or_default()
    });
    view! {
        <Button text="Paste" kind=Kind::Plain size=Size::Row on_press=paste/>
        {move || {
            has_text
                .get()
                .then(|| {
                    view! {
                        <Button text="Clear" kind=Kind::Plain size=Size::Row on_press=clear/>
                        <CopyButton what="Token" text=token kind=Kind::Plain/>
                    }
                })
        }}
    }
    .into_any()
}

/// The field is transparent, and the coloured text below it has exactly the same characters in the same places.
#[component]
fn Field(
    pasted: RwSignal<String>,
    read: RwSignal<Option<Inspection>>,
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    let coloured = move || {
        pasted
            .with(|pasted| read.with(|read| read.as_ref().map(|read| paint::runs(pasted, read))))
            .unwrap_or_default()
            .into_iter()
            .map(|(part, run)| {
                let class = part.map(|part| format!("part-{part}")).unwrap_or_default();
                view! { <span class=class>{run}</span> }.into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    let take = move |text: String| {
        problem.set(None);
        pasted.set(text);
    };
    view! {
        <div class="token-input">
            // The space at the end gives the last line its height when the text ends with a line break.
            <div class="token" aria-hidden="true" translate="no">{coloured} " "</div>
            <textarea
                id=FIELD_ID
                placeholder=text::PLACEHOLDER
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                translate="no"
                prop:value=move || pasted.get()
                on:input=move |event| take(event_target_value(&event))
                on:paste=move |event| {
                    if let Some(text) = clipboard::pasted(&event).filter(|text| text.len() > LARGE) {
                        event.prevent_default();
                        take(text);
                    }
                }
            ></textarea>
        </div>
    }
    .into_any()
}

/// A text that is too long for a field: it is read all the same.
fn large(pasted: RwSignal<String>) -> AnyView {
    let words = move || pasted.with(|pasted| text::large(pasted.len()));
    view! { <p class="panel-part small" id=FIELD_ID tabindex="-1">{words}</p> }.into_any()
}

/// What was taken off before it was read.
fn repairs(read: RwSignal<Option<Inspection>>) -> Option<AnyView> {
    let sentences: Vec<String> = read.with(|read| {
        read.as_ref()
            .map(|read| read.repairs.iter().map(|repair| repair.sentence()).collect())
            .unwrap_or_default()
    });
    (!sentences.is_empty()).then(|| {
        let lines: Vec<AnyView> =
            sentences.iter().map(|sentence| view! { <li>{marked(sentence)}</li> }.into_any()).collect();
        view! { <ul class="panel-part small muted stack-4">{lines}</ul> }.into_any()
    })
}
