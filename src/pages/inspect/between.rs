//! What request, statement and authorities say about the same things, and which rule decides.

use leptos::prelude::*;

use super::{
    desk::Desk,
    lamp,
    shown::{Shown, kept},
};
use crate::{
    components::prelude::*,
    domain::inspect::{
        layers::{self, Agreement, Level, Step},
        profiles::Known,
        visible::visible,
        words::shortened,
    },
    text::inspect as text,
};

/// So many rows are drawn.
const ROWS: usize = 100;
/// So many characters of a value are drawn.
const VALUE: usize = 300;

/// The panel; nothing for a token without such layers.
#[component]
pub fn Between(desk: Desk, shown: Shown) -> impl IntoView {
    let steps = kept(shown, move |read| {
        layers::steps(read, &Known { skew: desk.skew.get_untracked(), ..Known::at(read.now) })
    });
    move || steps.with(|steps| (!steps.is_empty()).then(|| panel(desk, steps.clone())))
}

fn panel(desk: Desk, steps: Vec<Step>) -> AnyView {
    let contradicting = steps.iter().flat_map(|step| &step.rows);
    let contradicting = contradicting.filter(|row| row.agreement == Agreement::Contradicts).count();
    let sub = text::contradictions(contradicting);
    let tables: Vec<AnyView> =
        steps.into_iter().enumerate().map(|(at, step)| table(desk, step, at == 0)).collect();
    view! { <Panel title=text::BETWEEN sub=Signal::stored(Some(sub)) flush=true>{tables}</Panel> }.into_any()
}

/// Two layers. Of a layer inside nothing can be pointed at in the token.
fn table(desk: Desk, step: Step, can_point: bool) -> AnyView {
    let Step { above, below, rows } = step;
    let more = rows.len().saturating_sub(ROWS);
    let columns = vec![text::MEMBER, above.name(), below.name(), text::VERDICT];
    let rows: Vec<AnyView> =
        rows.into_iter().take(ROWS).map(|row| drawn(desk, (above, below), row, can_point)).collect();
    let label = text::between(above.name(), below.name());
    view! {
        <Table label columns class="stack lined between">{rows}</Table>
        {(more > 0).then(|| view! { <PanelPart><p class="small muted">{text::unlisted(more)}</p></PanelPart> })}
    }
    .into_any()
}

fn drawn(desk: Desk, (above, below): (Level, Level), row: layers::Row, can_point: bool) -> AnyView {
    let verdict = row.agreement.label(above, below);
    let place = StoredValue::new(row.place.filter(|_| can_point));
    let value = |value: Option<String>| match value {
        Some(value) => shortened(&value, VALUE).into_any(),
        None => view! { <span class="not-there">{text::NOT_THERE}</span> }.into_any(),
    };
    let counterpart = (row.counterpart != row.member)
        .then(|| view! { <span class="small muted">{row.counterpart}</span> }.into_any());
    let mark = match (row.severity, row.agreement) {
        (Some(severity), _) => lamp(Some(severity)),
        (None, Agreement::Agrees | Agreement::Subset | Agreement::DiffersAllowed) => Lamp::Ok,
        (None, _) => Lamp::Known,
    };
    let to_do = row.what_to_do.map(|words| view! { " " {marked(&words)} }.into_any());
    view! {
        <tr
            role="row"
            on:mouseenter=move |_| desk.point_at(place.get_value())
            on:mouseleave=move |_| desk.point_at(None)
        >
            <RowHead class="name">{row.member}</RowHead>
            <Cell class="value" label=above.name()>{value(row.above)}</Cell>
            <Cell class="value" label=below.name()>{value(row.below)} " " {counterpart}</Cell>
            <Cell>
                <Lit lamp=mark><b>{verdict}</b></Lit>
                <p class="small">{marked(&visible(&row.sentence))} {to_do}</p>
                <p class="small muted">{format!("{}, {}", row.rule, row.source)}</p>
            </Cell>
        </tr>
    }
    .into_any()
}
