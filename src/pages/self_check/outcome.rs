//! How far the run is, what came out of it, and the reports.

use leptos::prelude::*;

use crate::{
    browser::download,
    components::prelude::*,
    domain::self_check::{
        Counts, Row, Verdict,
        report::{self, Report, left_over},
    },
    state::self_check::{Run, Shown},
    text::self_check as words,
};

/// The panel; nothing before the first run.
#[component]
pub fn Outcome(
    run: Run,
    /// ID of the environment, for the names of files.
    id: String,
    /// Name of the environment.
    name: String,
) -> impl IntoView {
    let ended = Memo::new(move |_| {
        run.shown.with(|shown| shown.as_ref().filter(|shown| shown.ended.is_some()).cloned())
    });
    let (id, name) = (StoredValue::new(id), StoredValue::new(name));
    let going = Memo::new(move |_| status(run));
    let result = move || {
        ended.get().map(|shown| {
            let (lines, failed) = (leftovers(&shown), red(&shown));
            let counts = Counts::of(&shown.rows);
            view! {
                <Note tone=tone(&shown) lead=lead(&shown)>
                    {report::summary(&counts)}
                    {failed}
                    {lines}
                </Note>
            }
            .into_any()
        })
    };
    let reports = move || {
        ended
            .get()
            .filter(|_| going.with(Option::is_none))
            .map(|shown| view! { <Reports shown id=id.get_value() name=name.get_value()/> })
    };
    view! {
        <div role="status" class="check-outcome">
            {move || match going.get() {
                Some(words) => view! { <Note tone=Tone::Info>{words}</Note> }.into_any(),
                None => result.into_any(),
            }}
        </div>
        <div class="reports">{reports}</div>
    }
    .into_any()
}

/// One sentence on how far it is, while it goes on. Tracks.
fn status(run: Run) -> Option<String> {
    if !run.work.is_running() {
        return None;
    }
    if run.stopping.get() {
        return Some(words::STOPPING.to_owned());
    }
    let running = run.shown.with(|shown| {
        let shown = shown.as_ref().filter(|shown| shown.ended.is_none())?;
        let under_way = |row: &&Row| row.verdict == Verdict::Running;
        let row = shown.rows.iter().find(under_way)?;
        Some(words::running(&row.scenario.name(), &Counts::of(&shown.rows)))
    });
    Some(running.unwrap_or_else(|| words::PREPARING.to_owned()))
}

fn tone(shown: &Shown) -> Tone {
    let counts = Counts::of(&shown.rows);
    match (counts.failed, counts.not_run) {
        (0, 0) if shown.leftovers.is_empty() => Tone::Good,
        (0, _) => Tone::Look,
        _ => Tone::Stopped,
    }
}

fn lead(shown: &Shown) -> String {
    let counts = Counts::of(&shown.rows);
    match (&shown.trouble, counts.failed, counts.not_run) {
        (Some(trouble), ..) => format!("{} {trouble}", words::ENDED),
        (None, 0, 0) => words::GREEN.to_owned(),
        (None, 0, _) => words::OPEN.to_owned(),
        (None, failed, _) => words::red(failed),
    }
}

/// The rows that failed, by name.
fn red(shown: &Shown) -> Option<AnyView> {
    let failed = |row: &&Row| matches!(row.verdict, Verdict::Failed(_));
    let names: Vec<String> = shown.rows.iter().filter(failed).map(|row| row.scenario.name()).collect();
    (!names.is_empty()).then(|| view! { <p>{words::failed(&names)}</p> }.into_any())
}

fn leftovers(shown: &Shown) -> Option<AnyView> {
    let line = |text: String| view! { <li>{marked(&text)}</li> }.into_any();
    let lines: Vec<AnyView> = shown.leftovers.iter().map(left_over).map(line).collect();
    (!lines.is_empty()).then(|| view! { <p>{words::LEFT}</p><ul>{lines}</ul> }.into_any())
}

/// Writes a report.
type Write = fn(&Report<'_>) -> String;

/// The three files.
#[component]
fn Reports(shown: Shown, id: String, name: String) -> impl IntoView {
    let toasts = use_toasts();
    let file = Report::file_name(&id, shown.began);
    let shown = StoredValue::new(shown);
    let name = StoredValue::new(name);
    let save = move |ending: &'static str, media_type: &'static str, write: Write| {
        let text = shown.with_value(|shown| name.with_value(|name| write(&report_of(shown, name))));
        let file = format!("{file}.{ending}");
        if download::text(&file, media_type, &text) {
            toasts.show(&format!("{file} saved"));
        }
    };
    let forms: [(&str, &str, &str, Write); 3] = [
        ("HTML", "html", "text/html", report::html),
        ("JSON", "json", "application/json", report::json),
        ("JUnit", "xml", "application/xml", report::junit),
    ];
    let buttons: Vec<AnyView> = forms
        .into_iter()
        .map(|(word, ending, media_type, write)| {
            let save = save.clone();
            let label = format!("Download the report as {word}");
            let press = move || save(ending, media_type, write);
            view! { <Button text=word label icon=Icon::Download size=Size::Head on_press=press/> }.into_any()
        })
        .collect();
    view! {
        <div class="row">
            <span class="small">{words::REPORT}</span>
            {buttons}
            <span class="small muted">{words::REPORT_TEXT}</span>
        </div>
    }
    .into_any()
}

fn report_of<'a>(shown: &'a Shown, name: &'a str) -> Report<'a> {
    Report {
        environment: name,
        endpoint: &shown.endpoint,
        began: shown.began,
        ended: shown.ended.unwrap_or(shown.began),
        stopped: shown.stopped,
        trouble: shown.trouble.as_deref(),
        rows: &shown.rows,
        leftovers: &shown.leftovers,
    }
}
