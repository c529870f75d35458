//! Where the token is pasted: a field over the same text in colours.

mod coloured;

use super::{
    desk::{Desk, Extent, SHORT},
    pieces,
};
use crate::{
    browser::{clipboard, field, focus, text::Followed},
    components::prelude::*,
    text::inspect as text,
};
use coloured::Coloured;
pub(super) use coloured::part_class;
use leptos::{html, prelude::*, task::spawn_local};

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
    let coloured = Coloured::new(desk);
    Effect::new(move |_| {
        coloured.element.track();
        desk.put_down.track();
        desk.layers.track();
        desk.mark.with(|mark| coloured.draw(mark.as_ref()));
    });
    // What is typed is in the field already: only another text is put into it.
    let value = move || {
        desk.put_down.track();
        if desk.is_long() { String::new() } else { desk.with_text(str::to_owned) }
    };
    let input = NodeRef::<html::Textarea>::new();
    let followed = StoredValue::new_local(None);
    Effect::new(move |_| followed.set_value(input.get().map(Followed::new)));
    let cursor = StoredValue::new_local(None);
    let take = move || {
        if cursor.with_value(Option::is_some) {
            cursor.set_value(None);
            desk.cursor_at(None);
        }
        if problem.with_untracked(Option::is_some) {
            problem.set(None);
        }
        let other = followed.try_update_value(|followed: &mut Option<Followed>| {
            let field = followed.as_mut()?;
            let is_grown = field.typed().and_then(|typed| coloured.grow(&typed, field)).is_some();
            (!is_grown).then(|| field.text())
        });
        // The field may say what was put down, or say it again.
        if let Some(text) = other.flatten().filter(|text| desk.with_text(|known| known != text)) {
            desk.typed(text);
            coloured.draw(None);
        }
    };
    let typing = StoredValue::new_local(None);
    Effect::new(move |_| typing.set_value(input.get().map(|input| field::on_typed(&input, take))));
    // The cursor is followed while the text is the one that was read: a key more would be one too many for who types.
    Effect::new(move |_| {
        desk.layers.track();
        let field = input.get().filter(|_| desk.is_current());
        // It is looked at here, so that the first letter is told from what was put down.
        followed.update_value(|followed| {
            followed.as_mut().and_then(Followed::typed);
        });
        let follow = move |field: &_| desk.cursor_at(desk.with_text(|text| field::cursor(field, text)));
        cursor.set_value(field.map(|field| field::on_cursor(&field, follow)));
    });
    view! {
        <div class="token-input">
            // The space at the end gives the last line its height when the text ends with a line break.
            <div class="token" aria-hidden="true" translate="no"><span node_ref=coloured.element></span> " "</div>
            <textarea
                id=FIELD_ID
                placeholder=text::PLACEHOLDER
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                translate="no"
                prop:value=value
                node_ref=input
                on:paste=move |event| {
                    if let Some(text) = clipboard::pasted(&event).filter(|text| text.len() > SHORT) {
                        event.prevent_default();
                        desk.put(text);
                    }
                }
            ></textarea>
        </div>
    }
    .into_any()
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
