//! Header and claims: explained, as JSON, and as they were written.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    desk::{AT_ONCE, Desk},
    lamp, source,
};
use crate::{
    components::prelude::*,
    domain::inspect::{
        Inspection,
        findings::{Place, Severity},
        rows::Row as Claim,
        shape::Part,
    },
    state::use_session,
    text::inspect as text,
};

/// The panel.
#[component]
pub fn Claims(desk: Desk, inspection: StoredValue<Arc<Inspection>>) -> impl IntoView {
    let view = RwSignal::new("explained".to_owned());
    let aside = move || {
        let options = vec![
            SegmentedOption::new("explained", "Explained"),
            SegmentedOption::new("json", "JSON"),
            SegmentedOption::new("raw", "Raw"),
        ];
        view! { <Segmented legend="Shown as" name="claims-view" options value=view/> }
    };
    let content = move || match view.get().as_str() {
        "json" => view! { <source::Indented inspection/> }.into_any(),
        "raw" => view! { <source::Raw inspection/> }.into_any(),
        _ => view! { <Explained desk inspection/> }.into_any(),
    };
    view! { <Panel title=text::CLAIMS aside=aside flush=true>{content}</Panel> }.into_any()
}

/// The table. Only the meanings follow the clock, so that a value can be selected in peace.
#[component]
fn Explained(desk: Desk, inspection: StoredValue<Arc<Inspection>>) -> impl IntoView {
    let session = use_session();
    let (header, payload, is_small) = inspection.with_value(|read| {
        let small = read.payload.as_ref().is_none_or(|layer| layer.text.len() <= AT_ONCE);
        (read.first_header_rows(), read.first_payload_rows(read.now), small)
    });
    let first: Vec<_> = payload.rows.iter().map(|row| (row.meaning.clone(), row.mark)).collect();
    let meanings = if is_small {
        Signal::from(Memo::new(move |_| {
            let rows = inspection.with_value(|read| read.first_payload_rows(session.now.get())).rows;
            rows.into_iter().map(|row| (row.meaning, row.mark)).collect::<Vec<_>>()
        }))
    } else {
        // To count what is beyond the table, all claims are gone through: not every second where there are many.
        Signal::stored(first)
    };
    let more = header.more + payload.more;
    let active = RwSignal::new(None::<(Part, usize)>);
    let line = Line { desk, active };
    let header: Vec<AnyView> = header
        .rows
        .into_iter()
        .enumerate()
        .map(|(index, row)| {
            let said = (row.meaning.clone(), row.mark);
            line.draw(Part::Header, index, row, Signal::stored(said))
        })
        .collect();
    let payload: Vec<AnyView> = payload
        .rows
        .into_iter()
        .enumerate()
        .map(|(index, row)| {
            let meaning = move || meanings.with(|meanings| meanings.get(index).cloned()).unwrap_or_default();
            line.draw(Part::Payload, index, row, Signal::derive(meaning))
        })
        .collect();
    let has_payload = !payload.is_empty();
    view! {
        <Table label=text::CLAIMS columns=vec!["Name", "Value", "Meaning"] class="claims stack">
            <GroupRow columns=3 text=text::HEADER/>
            {header}
            {has_payload.then(|| view! { <GroupRow columns=3 text=text::PAYLOAD/> })}
            {payload}
        </Table>
        {(more > 0).then(|| view! { <PanelPart><p class="small muted">{text::more_claims(more)}</p></PanelPart> })}
    }
    .into_any()
}

/// Draws claims; one of them at a time offers its value and its path for copying.
#[derive(Clone, Copy)]
struct Line {
    desk: Desk,
    active: RwSignal<Option<(Part, usize)>>,
}

impl Line {
    fn draw(self, part: Part, index: usize, row: Claim, said: Signal<(String, Option<Severity>)>) -> AnyView {
        let Self { desk, active } = self;
        let Claim { path, value, unseen, span, .. } = row;
        let id = (part, index);
        let place = StoredValue::new(Place::Decoded(part, span.clone()));
        let point = move || desk.point_at(Some(place.get_value()));
        let class = move || {
            let here = desk.selected.get() == 0
                && desk.cursor.get().is_some_and(|at| at.part == part && span.contains(&at.byte));
            match (part == Part::Header, here) {
                (true, true) => "header-part here",
                (true, false) => "header-part",
                (false, true) => "here",
                (false, false) => "",
            }
        };
        let press = move |_| {
            point();
            active.update(|active| *active = (*active != Some(id)).then_some(id));
        };
        let texts = StoredValue::new((path.clone(), value.clone()));
        let copies = move || (active.get() == Some(id)).then(|| copies(texts));
        view! {
            <tr
                role="row"
                class=class
                on:mouseenter=move |_| point()
                on:mouseleave=move |_| desk.point_at(None)
            >
                <RowHead class="name">
                    <button
                        type="button"
                        class="claim-name"
                        aria-expanded=move || (active.get() == Some(id)).to_string()
                        on:focus=move |_| point()
                        on:click=press
                    >
                        {path}
                    </button>
                </RowHead>
                <Cell class="value">{value}{(unseen > 0).then(|| text::more_characters(unseen))}{copies}</Cell>
                <Cell>{move || said.with(|(words, mark)| meaning(words, *mark))}</Cell>
            </tr>
        }
        .into_any()
    }
}

/// The value and the path of a claim, to be copied.
fn copies(texts: StoredValue<(String, String)>) -> AnyView {
    let path = texts.with_value(|(path, _)| path.clone());
    let value = Signal::derive(move || texts.with_value(|(_, value)| value.clone()));
    view! {
        <span class="row claim-copies">
            <CopyButton what=format!("Value of {path}") text=value label=text::COPY_VALUE/>
            <CopyButton what=format!("Path of {path}") text=path label=text::COPY_PATH/>
        </span>
    }
    .into_any()
}

fn meaning(words: &str, mark: Option<Severity>) -> AnyView {
    let words = marked(words);
    match mark {
        Some(mark) => view! { <Lit lamp=lamp(Some(mark))>{words}</Lit> }.into_any(),
        None => words.into_any(),
    }
}
