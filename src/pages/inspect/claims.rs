//! Header and claims: explained, as JSON, and as they were written.

use leptos::prelude::*;

use super::{lamp, source};
use crate::{
    components::prelude::*,
    domain::inspect::{Inspection, findings::Severity, rows::Row as Claim},
    state::use_session,
    text::inspect as text,
};

/// So many rows are drawn.
const ROWS: usize = 200;
/// So many characters of a value are drawn.
const VALUE: usize = 2_000;

/// The panel.
#[component]
pub fn Claims(inspection: StoredValue<Inspection>) -> impl IntoView {
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
        _ => view! { <Explained inspection/> }.into_any(),
    };
    view! { <Panel title=text::CLAIMS aside=aside flush=true>{content}</Panel> }.into_any()
}

/// The table. Only the meanings follow the clock, so that a value can be selected in peace.
#[component]
fn Explained(inspection: StoredValue<Inspection>) -> impl IntoView {
    let session = use_session();
    let (header, payload, is_small) = inspection.with_value(|read| {
        let small = read.payload.as_ref().is_none_or(|layer| layer.text.len() <= super::LARGE);
        (read.header_rows(), read.payload_rows(read.now), small)
    });
    let meanings = Memo::new(move |_| {
        let now = if is_small { session.now.get() } else { inspection.with_value(|read| read.now) };
        let rows = inspection.with_value(|read| read.payload_rows(now));
        rows.into_iter().take(ROWS).map(|row| (row.meaning, row.mark)).collect::<Vec<_>>()
    });
    let more = payload.len().saturating_sub(ROWS);
    let header: Vec<AnyView> = header.into_iter().take(ROWS).map(header_row).collect();
    let payload: Vec<AnyView> = payload
        .into_iter()
        .take(ROWS)
        .enumerate()
        .map(|(index, row)| {
            let meaning = move || meanings.with(|meanings| meanings.get(index).cloned()).unwrap_or_default();
            payload_row(row, Signal::derive(meaning))
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

fn header_row(row: Claim) -> AnyView {
    view! {
        <Row class="header-part">
            <RowHead class="name">{row.path}</RowHead>
            <Cell class="value">{cut(&row.value)}</Cell>
            <Cell>{meaning(&row.meaning, row.mark)}</Cell>
        </Row>
    }
    .into_any()
}

fn payload_row(row: Claim, said: Signal<(String, Option<Severity>)>) -> AnyView {
    view! {
        <Row>
            <RowHead class="name">{row.path}</RowHead>
            <Cell class="value">{cut(&row.value)}</Cell>
            <Cell>{move || said.with(|(words, mark)| meaning(words, *mark))}</Cell>
        </Row>
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

fn cut(value: &str) -> String {
    let count = value.chars().count();
    if count <= VALUE {
        return value.to_owned();
    }
    let start: String = value.chars().take(VALUE).collect();
    format!("{start}{}", text::more_characters(count - VALUE))
}
