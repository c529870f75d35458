//! Where the token is pasted: a field over the same text in colours.

use leptos::{html, prelude::*, task::spawn_local};
use std::ops::Range;

use super::{
    desk::{Desk, Extent, SHORT},
    pieces,
};
use crate::{
    browser::{
        clipboard, field, focus,
        painted::{Painted, Run},
        text as texts,
    },
    components::prelude::*,
    domain::inspect::paint,
    text::inspect as text,
};

const FIELD_ID: &str = "token";

/// The panel with the field, its buttons, what the colours mean, and what was taken off.
#[component]
pub fn TokenPanel(desk: Desk) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let is_long = Memo::new(move |_| desk.extent.get() == Extent::Long);
    let is_jwt = Memo::new(move |_| desk.root().is_some_and(|read| read.is_jwt()));
    view! {
        <section class="panel input-panel">
            <div class="panel-head">
                <div class="panel-title"><h2><label for=FIELD_ID>{text::TOKEN}</label></h2></div>
                <div class="panel-aside"><Buttons desk problem/></div>
            </div>
            {move || {
                if is_long.get() {
                    view! { <pieces::Pieces desk id=FIELD_ID/> }.into_any()
                } else {
                    view! { <Field desk problem/> }.into_any()
                }
            }}
            <div class="panel-part sunken row between">
                {move || is_jwt.get().then(|| view! { <TokenLegend/> })}
                <span class="tiny muted">{move || length(desk)}</span>
            </div>
            <div role="status">
                {move || problem.get().map(|problem| view! { <PanelPart><p class="small">{problem}</p></PanelPart> })}
                {move || repairs(desk)}
            </div>
        </section>
    }
    .into_any()
}

/// Counted in characters as long as that is quick; counted again when the text is read again.
fn length(desk: Desk) -> String {
    desk.put_down.track();
    desk.layers.track();
    match desk.length() {
        ..=SHORT => text::characters(desk.with_text(|text| text.chars().count())),
        bytes => text::bytes(bytes),
    }
}

#[component]
fn Buttons(desk: Desk, problem: RwSignal<Option<String>>) -> impl IntoView {
    let has_text = Memo::new(move |_| desk.extent.get() != Extent::Empty);
    let paste = move || {
        spawn_local(async move {
            match clipboard::read().await {
                Ok(text) => {
                    problem.try_set(None);
                    desk.put(text);
                }
                Err(refused) => {
                    problem.try_set(Some(refused.to_string()));
                }
            }
        });
    };
    let clear = move || {
        problem.set(None);
        desk.put(String::new());
        focus::focus_by_id(FIELD_ID);
    };
    let token =
        Signal::derive(move || desk.root().map(|read| read.token.expose().to_owned()).unwrap_or_default());
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
fn Field(desk: Desk, problem: RwSignal<Option<String>>) -> impl IntoView {
    // A text that is too long for a field is on its way to the pieces: it is not drawn here first.
    let fits = move || desk.extent.get_untracked() != Extent::Long;
    let (coloured, painted) = (NodeRef::<html::Span>::new(), StoredValue::new_local(Painted::default()));
    Effect::new(move |_| {
        let mark = desk.mark.get();
        desk.to_draw.track();
        let Some(coloured) = coloured.get() else { return };
        let runs = if fits() { desk.painted() } else { Vec::new() };
        painted.update_value(|painted| painted.paint(&coloured, drawn(runs, mark.as_ref())));
    });
    // What is typed is in the field already: only another text is put into it.
    let value = move || {
        desk.put_down.track();
        if fits() { desk.with_text(str::to_owned) } else { String::new() }
    };
    let input = NodeRef::<html::Textarea>::new();
    let take = move || {
        if problem.with_untracked(Option::is_some) {
            problem.set(None);
        }
        if let Some(field) = input.get_untracked() {
            desk.typed(texts::held(&field));
        }
    };
    let follow = move |event: leptos::ev::Event| {
        let at = if desk.is_current() { desk.with_text(|text| field::cursor(&event, text)) } else { None };
        desk.cursor_at(at);
    };
    view! {
        <div class="token-input">
            // The space at the end gives the last line its height when the text ends with a line break.
            <div class="token" aria-hidden="true" translate="no"><span node_ref=coloured></span> " "</div>
            <textarea
                id=FIELD_ID
                placeholder=text::PLACEHOLDER
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                translate="no"
                prop:value=value
                node_ref=input
                on:input=move |_| desk.pressed(take)
                on:paste=move |event| {
                    if let Some(text) = clipboard::pasted(&event).filter(|text| text.len() > SHORT) {
                        event.prevent_default();
                        desk.put(text);
                    }
                }
                on:click=move |event| follow(event.into())
                on:keyup=move |event| follow(event.into())
            ></textarea>
        </div>
    }
    .into_any()
}

/// The runs in their colours; what is pointed at is marked.
fn drawn(runs: Vec<paint::Run>, mark: Option<&Range<usize>>) -> Vec<Run> {
    let mut at = 0;
    let mut drawn = Vec::with_capacity(runs.len() + 2);
    for (part, text) in runs {
        let run = |text, is_marked| Run { class: part_class(part), text, is_marked };
        let pieces = around(at, &text, mark);
        at += text.len();
        match pieces {
            Some((before, marked, after)) => {
                drawn.extend([run(before, false), run(marked, true), run(after, false)]);
            }
            None => drawn.push(run(text, false)),
        }
    }
    drawn
}

/// The colour of a part of the token.
pub(super) fn part_class(part: Option<usize>) -> String {
    part.map(|part| format!("part-{part}")).unwrap_or_default()
}

/// What stands before, in and after the mark; nothing when the run that begins at `at` is not marked.
fn around(at: usize, run: &str, mark: Option<&Range<usize>>) -> Option<(String, String, String)> {
    let mark = mark.filter(|mark| mark.start < at + run.len() && mark.end > at)?;
    let start = mark.start.saturating_sub(at);
    let end = (mark.end - at).min(run.len());
    Some((run.get(..start)?.to_owned(), run.get(start..end)?.to_owned(), run.get(end..)?.to_owned()))
}

/// What was taken off before it was read.
fn repairs(desk: Desk) -> Option<AnyView> {
    let sentences: Vec<String> = desk
        .root()
        .map(|read| read.repairs.iter().map(|repair| repair.sentence()).collect())
        .unwrap_or_default();
    (!sentences.is_empty()).then(|| {
        let lines: Vec<AnyView> =
            sentences.iter().map(|sentence| view! { <li>{marked(sentence)}</li> }.into_any()).collect();
        view! { <ul class="panel-part small muted stack-4">{lines}</ul> }.into_any()
    })
}
