//! What happened, newest first.

use leptos::prelude::*;

use super::Subject;
use crate::{
    browser::download,
    components::prelude::*,
    domain::{
        application::history::{self, Entry, Outcome},
        export::file_stem,
        time,
    },
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
    view! {
        <div class="columns side-narrow">
            <div class="column-main">
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
                    </Facts>
                    <div class="actions">
                        <Button
                            text="Download JSON"
                            icon=Icon::Download
                            size=Size::Head
                            on_press=move || save(subject, toasts)
                        />
                    </div>
                </Panel>
            </div>
        </div>
    }
    .into_any()
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
fn save(subject: Subject, toasts: Toasts) {
    let environment = subject.environment_name();
    let (name, text) = subject.application.with_untracked(|application| {
        (
            format!("{}-history.json", file_stem(application.name())),
            history::to_json(application, &environment),
        )
    });
    if download::text(&name, "application/json", &text) {
        toasts.show(&format!("{name} saved"));
    }
}
