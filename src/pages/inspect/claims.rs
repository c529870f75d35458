//! Header and claims: explained, as JSON, and as they were written.

use leptos::prelude::*;

use super::{
    desk::{AT_ONCE, Desk},
    lamp,
    shown::{Shown, kept},
    source,
};
use crate::{
    components::prelude::*,
    domain::inspect::{
        Inspection,
        findings::{Place, Severity},
        rows::Rows,
        shape::Part,
    },
    state::use_session,
    text::inspect as text,
};

/// The panel.
#[component]
pub fn Claims(desk: Desk, shown: Shown) -> impl IntoView {
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
        "json" => (move || shown.get().map(|read| source::indented(&read))).into_any(),
        "raw" => (move || shown.get().map(|read| source::raw(&read))).into_any(),
        _ => view! { <Explained desk shown/> }.into_any(),
    };
    view! { <Panel title=text::CLAIMS aside=aside flush=true>{content}</Panel> }.into_any()
}

/// What the table says.
#[derive(Clone, Default, PartialEq)]
struct Said {
    header: Rows,
    payload: Rows,
}

impl Said {
    fn of(read: &Inspection, now: i64) -> Self {
        Self { header: read.first_header_rows(), payload: read.first_payload_rows(now) }
    }

    fn part(&self, part: Part) -> &Rows {
        if part == Part::Header { &self.header } else { &self.payload }
    }
}

/// A line of the table. What it means may follow the clock and where it stands moves with what is typed: both are looked
/// up, so that the line itself stays and a value can be selected in peace.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    index: usize,
    path: String,
    value: String,
    unseen: usize,
}

/// The table.
#[component]
fn Explained(desk: Desk, shown: Shown) -> impl IntoView {
    let session = use_session();
    // To count what is beyond the table, all claims are gone through: not every second where there are many.
    let said = kept(shown, move |read| match is_small(read) {
        true => Said::of(read, session.now.get().max(read.now)),
        false => Said::of(read, read.now),
    });
    let has_payload = Memo::new(move |_| said.with(|said| !said.payload.rows.is_empty()));
    let more = Memo::new(move |_| said.with(|said| said.header.more + said.payload.more));
    let table = Lines { desk, said, active: RwSignal::new(None) };
    view! {
        <Table label=text::CLAIMS columns=vec!["Name", "Value", "Meaning"] class="claims stack">
            <GroupRow columns=3 text=text::HEADER/>
            {table.of(Part::Header)}
            {move || has_payload.get().then(|| view! { <GroupRow columns=3 text=text::PAYLOAD/> })}
            {table.of(Part::Payload)}
        </Table>
        {move || {
            let more = more.get();
            (more > 0).then(|| view! { <PanelPart><p class="small muted">{text::more_claims(more)}</p></PanelPart> })
        }}
    }
    .into_any()
}

fn is_small(read: &Inspection) -> bool {
    read.payload.as_ref().is_none_or(|layer| layer.text.len() <= AT_ONCE)
}

/// Draws claims; one of them at a time offers its value and its path for copying.
#[derive(Clone, Copy)]
struct Lines {
    desk: Desk,
    said: Memo<Said>,
    active: RwSignal<Option<(Part, usize)>>,
}

impl Lines {
    fn of(self, part: Part) -> AnyView {
        let lines = move || {
            self.said.with(|said| {
                let rows = said.part(part).rows.iter().enumerate();
                rows.map(|(index, row)| Line {
                    index,
                    path: row.path.clone(),
                    value: row.value.clone(),
                    unseen: row.unseen,
                })
                .collect::<Vec<Line>>()
            })
        };
        view! { <For each=lines key=Line::clone children=move |line| self.draw(part, line)/> }.into_any()
    }

    fn place(self, part: Part, index: usize) -> Option<Place> {
        let span = self.said.with_untracked(|said| Some(said.part(part).rows.get(index)?.span.clone()))?;
        Some(Place::Decoded(part, span))
    }

    /// Whether the cursor stands in this claim of the token itself.
    fn is_here(self, part: Part, index: usize) -> bool {
        let Some(cursor) = self.desk.cursor.get() else { return false };
        let Some(Place::Decoded(_, span)) = self.place(part, index) else { return false };
        cursor.part == part && span.contains(&cursor.byte) && self.desk.selected.get() == 0
    }

    fn draw(self, part: Part, line: Line) -> AnyView {
        let Self { desk, said, active } = self;
        let Line { index, path, value, unseen } = line;
        let id = (part, index);
        let point = move || desk.point_at(self.place(part, index));
        let class = move || match (part == Part::Header, self.is_here(part, index)) {
            (true, true) => "header-part here",
            (true, false) => "header-part",
            (false, true) => "here",
            (false, false) => "",
        };
        let press = move |_| {
            point();
            active.update(|active| *active = (*active != Some(id)).then_some(id));
        };
        let texts = StoredValue::new((path.clone(), value.clone()));
        let copies = move || (active.get() == Some(id)).then(|| copies(texts));
        let meaning = Memo::new(move |_| {
            said.with(|said| said.part(part).rows.get(index).map(|row| (row.meaning.clone(), row.mark)))
        });
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
                <Cell>{move || meaning.get().map(|(words, mark)| explained(&words, mark))}</Cell>
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

fn explained(words: &str, mark: Option<Severity>) -> AnyView {
    let words = marked(words);
    match mark {
        Some(mark) => view! { <Lit lamp=lamp(Some(mark))>{words}</Lit> }.into_any(),
        None => words.into_any(),
    }
}
