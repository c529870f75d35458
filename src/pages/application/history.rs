//! What happened, newest first.

use leptos::{prelude::*, task::spawn_local};

use super::Subject;
use crate::{
    browser::download,
    components::prelude::*,
    domain::{
        application::history::{self, Entry, Outcome, chain::Verdict},
        export::file_stem,
        time,
    },
    state::vault::chain,
    text::application as words,
};

/// The lamp of a line.
pub(super) fn entry_lamp(entry: &Entry) -> Lamp {
    match entry.outcome {
        Outcome::Done { .. } => Lamp::Ok,
        Outcome::Refused { .. } => Lamp::Bad,
        Outcome::NoAnswer => Lamp::Warn,
        Outcome::Local => Lamp::Known,
    }
}

#[component]
pub(super) fn History(subject: Subject) -> impl IntoView {
    let history = Memo::new(move |_| subject.application.with(|application| application.history.clone()));
    let count = move || history.with(Vec::len).to_string();
    let toasts = use_toasts();
    let verdict = verdict(history);
    let broken = move || {
        let told = verdict.get().and_then(|verdict| history.with(|history| words::broken(history, verdict)));
        told.map(|told| view! { <Note tone=Tone::Stopped lead=words::BROKEN_LEAD role="alert">{told}</Note> })
    };
    view! {
        <div class="columns side-narrow">
            <div class="column-main">
                {broken}
                {move || {
                    if history.with(Vec::is_empty) {
                        view! { <Empty title=words::NO_HISTORY text=words::NO_HISTORY_TEXT/> }.into_any()
                    } else {
                        let lines = lines(&history.get());
                        view! { <Timeline>{lines}</Timeline> }.into_any()
                    }
                }}
            </div>
            <div class="column-side sticky">
                <Panel title="This log">
                    <Facts>
                        <Fact label="Entries">{count}</Fact>
                        <Fact label="Kept">{words::LOG_KEPT}</Fact>
                        <Fact label="Secrets">{words::LOG_SECRETS}</Fact>
                        <Fact label="Chain">{move || verdict.get().map(words::chain)}</Fact>
                    </Facts>
                    <div class="actions">
                        <Button
                            text="Download JSON"
                            icon=Icon::Download
                            size=Size::Head
                            on_press=move || save(subject, toasts, "json")
                        />
                        <Button
                            text="Download CSV"
                            icon=Icon::Download
                            size=Size::Head
                            on_press=move || save(subject, toasts, "csv")
                        />
                    </div>
                </Panel>
            </div>
        </div>
    }
    .into_any()
}

/// Found out anew whenever a line is added; `None` until it is known.
fn verdict(history: Memo<Vec<Entry>>) -> RwSignal<Option<Verdict>> {
    let verdict = RwSignal::new(None);
    Effect::new(move |_| {
        let entries = history.get();
        spawn_local(async move {
            let found = chain::verify(&entries).await;
            // Lines may have come meanwhile; they are being looked at then.
            if history.try_get_untracked().as_ref() == Some(&entries) {
                verdict.try_set(found);
            }
        });
    });
    verdict
}

fn lines(history: &[Entry]) -> Vec<AnyView> {
    let mut day = String::new();
    let mut out = Vec::new();
    for entry in history.iter().rev() {
        let date = time::date(entry.at);
        if date != day {
            out.push(view! { <TimelineDay title=date.clone()/> }.into_any());
            day = date;
        }
        let request = Signal::stored(entry.request_line());
        let evidence = entry.evidence.clone();
        out.push(
            view! {
                <TimelineEntry time=time::clock_bare(entry.at) lamp=entry_lamp(entry) title=entry.title() request>
                    {evidence}
                </TimelineEntry>
            }
            .into_any(),
        );
    }
    out
}

/// Entries hold no secrets, so the file holds none.
fn save(subject: Subject, toasts: Toasts, extension: &str) {
    let environment = subject.environment_name();
    let (name, text) = subject.application.with_untracked(|application| {
        let text = match extension {
            "csv" => history::to_csv(&application.history),
            _ => history::to_json(application, &environment),
        };
        (format!("{}-history.{extension}", file_stem(application.name())), text)
    });
    let media_type = if extension == "csv" { "text/csv;charset=utf-8" } else { "application/json" };
    if download::text(&name, media_type, &text) {
        toasts.show(&format!("{name} saved"));
    }
}
