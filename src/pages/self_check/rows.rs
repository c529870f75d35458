//! A row per check: what is asked for, what came, the verdict, and every request in a fold.

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::{
        http::render,
        self_check::{Exchange, Row as CheckRow, SCENARIOS, Scenario, Verdict},
    },
    state::self_check::Run,
    text::self_check as words,
};

/// The table. It is there before the first run: it says what will be tried.
#[component]
pub fn Rows(run: Run) -> impl IntoView {
    let rows: Vec<AnyView> =
        SCENARIOS.iter().enumerate().map(|(at, scenario)| row(run, at, scenario)).collect();
    view! {
        <Panel title=words::CHECKS flush=true>
            <Table label=words::CHECKS columns=words::COLUMNS.to_vec() class="stack checks">{rows}</Table>
        </Panel>
    }
    .into_any()
}

fn row(run: Run, at: usize, scenario: &'static Scenario) -> AnyView {
    let row = Memo::new(move |_| {
        run.shown.with(|shown| shown.as_ref().and_then(|shown| shown.rows.get(at).cloned()))
    });
    let verdict =
        Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.verdict.clone()).unwrap_or_default()));
    let count = Memo::new(move |_| row.with(|row| row.as_ref().map_or(0, |row| row.exchanges.len())));
    let any = Memo::new(move |_| count.get() > 0);
    let came = move || row.with(|row| row.as_ref().map(came));
    view! {
        <Row>
            <RowHead><span class="mono">{scenario.name()}</span><p class="muted">{marked(scenario.title)}</p></RowHead>
            <Cell>
                <StateChip
                    lamp=Signal::derive(move || verdict.with(lamp))
                    text=Signal::derive(move || verdict.with(|verdict| verdict.word().to_owned()))
                />
            </Cell>
            <Cell label="Asked for">
                {marked(scenario.asks)}
                <p class="tiny quiet">{scenario.source}</p>
            </Cell>
            <Cell label="Came">{came}</Cell>
        </Row>
        {move || any.get().then(|| requests(row, count))}
    }
    .into_any()
}

fn lamp(verdict: &Verdict) -> Lamp {
    match verdict {
        Verdict::Waiting | Verdict::Stopped => Lamp::NotYet,
        Verdict::Running => Lamp::Info,
        Verdict::Passed => Lamp::Ok,
        Verdict::Failed(_) => Lamp::Bad,
        Verdict::Skipped(_) => Lamp::Known,
        Verdict::Blocked(_) => Lamp::Warn,
    }
}

/// The exchange that decided, in a few words, and why it is not as it should be.
fn came(row: &CheckRow) -> AnyView {
    let deciding = row.deciding().map(|one| view! { <p>{marked(&one.what)}": "{one.came.clone()}</p> });
    let why = row.verdict.why();
    let why = (!why.is_empty()).then(|| view! { <p>{marked(why)}</p> });
    view! { {deciding} {why} }.into_any()
}

/// The row below: everything that was sent, made when somebody opens it.
fn requests(row: Memo<Option<CheckRow>>, count: Memo<usize>) -> AnyView {
    let all = move || {
        row.with(|row| {
            row.iter().flat_map(|row| row.exchanges.iter().map(exchange)).collect::<Vec<AnyView>>()
        })
    };
    view! {
        <tr role="row" class="detail">
            <td role="cell" colspan="4">
                <LazyFold summary=Signal::derive(move || words::exchanges(count.get()))>
                    <div class="stack-16">{all}</div>
                </LazyFold>
            </td>
        </tr>
    }
    .into_any()
}

fn exchange(exchange: &Exchange) -> AnyView {
    let Exchange { what, expected, cleaning, sent, came, body, elapsed_ms, .. } = exchange.clone();
    let tidies = cleaning.then(|| format!("{} ", words::TIDIES));
    let body = if body.is_empty() { words::NO_BODY.to_owned() } else { body };
    let views = vec![
        CodeView::text(words::SENT, "Request", sent),
        CodeView::new(words::CAME, "Answer", Signal::stored(render::json(&body))),
    ];
    let plain = what.replace('`', "");
    view! {
        <div class="stack-8">
            <p>
                {tidies} {marked(&what)}": "<b>{came}</b>
                <span class="muted">" Expected: "{marked(&expected)}". "{format!("{elapsed_ms} ms.")}</span>
            </p>
            <CodeBlock label=plain views/>
        </div>
    }
    .into_any()
}
