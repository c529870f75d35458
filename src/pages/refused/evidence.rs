//! The checks, one row each.

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::diagnosis::{self, Evidence},
};

/// What was asked, what came, what it tells.
#[component]
pub fn EvidenceTable(
    /// The checks, in the order they were made.
    lines: Vec<Evidence>,
) -> impl IntoView {
    let rows: Vec<AnyView> = lines.into_iter().map(row).collect();
    view! {
        <Table label="Evidence" columns=vec!["Probe", "Answer", "What it tells"] class="stack lined evidence">{rows}</Table>
    }
    .into_any()
}

fn row(line: Evidence) -> AnyView {
    let lamp = match line.lamp {
        diagnosis::Lamp::Ok => Lamp::Ok,
        diagnosis::Lamp::Known => Lamp::Known,
        diagnosis::Lamp::Warn => Lamp::Warn,
        diagnosis::Lamp::Bad => Lamp::Bad,
    };
    view! {
        <Row class=if line.decides { "deciding" } else { "" }>
            <RowHead>{line.probe}<br/><span class="tiny mono muted">{line.request}</span></RowHead>
            <Cell label="Answer"><Lit lamp>{marked(&line.answer)}</Lit></Cell>
            <Cell><span class="muted">{line.tells}</span></Cell>
        </Row>
    }
    .into_any()
}
