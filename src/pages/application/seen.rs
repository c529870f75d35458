//! What was seen of an application that does not work yet, and whom to tell.

use leptos::prelude::*;

use super::{Subject, history::entry_lamp};
use crate::{
    components::prelude::*,
    domain::{application::state::State, time},
    text::application as words,
};

/// How many lines of the history stand in the side column.
const SHOWN: usize = 6;

#[component]
pub(super) fn Seen(subject: Subject) -> impl IntoView {
    let entries = move || {
        let history = subject.application.with(|application| application.history.clone());
        let skip = history.len().saturating_sub(SHOWN);
        let mut day = String::new();
        let mut out: Vec<AnyView> = Vec::new();
        for entry in history.into_iter().skip(skip) {
            let date = time::date(entry.at);
            if date != day {
                out.push(view! { <TimelineDay title=date.clone()/> }.into_any());
                day = date;
            }
            let (title, request) = (entry.title(), entry.request_line().unwrap_or_default());
            out.push(
                view! {
                    <TimelineEntry time=time::clock_bare(entry.at) lamp=entry_lamp(&entry) title>
                        <span class="mono">{request}</span>
                    </TimelineEntry>
                }
                .into_any(),
            );
        }
        out
    };
    view! { <Panel title="What was seen"><Timeline compact=true>{entries}</Timeline></Panel> }.into_any()
}

/// The message to the operator names the client ID, the time and what was seen. No secrets are in it.
pub(super) fn message(subject: Subject, about: &'static str) -> Signal<String> {
    Signal::derive(move || {
        let (environment, now) = (subject.environment_name(), subject.session.now.get());
        subject.application.with(|application| words::operator_message(application, &environment, now, about))
    })
}

#[component]
pub(super) fn WhileYouWait(subject: Subject, state: Memo<State>) -> impl IntoView {
    move || {
        let state = state.get();
        let (title, about) = match state {
            State::Waiting => ("While you wait", words::ABOUT_WAITING),
            State::Refused => ("Ask the operator", words::ABOUT_REFUSED),
            _ => return None,
        };
        let close = (state == State::Waiting).then(|| view! { <p>{words::YOU_CAN_CLOSE}</p> });
        Some(view! {
            <Panel title>
                <div class="stack-8 small muted">
                    {close}
                    <p>{words::MESSAGE_HOLDS}</p>
                </div>
                <div class="actions">
                    <CopyButton what="Message to the operator" text=message(subject, about) label="Copy message to the operator" size=Size::Head/>
                </div>
            </Panel>
        })
    }
}
