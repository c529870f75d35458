//! An application that waits for approval: how the portal knows, and when it asks again.

use leptos::prelude::*;

use super::Subject;
use crate::{components::prelude::*, domain::application::history::Step, text::application as words};

#[component]
pub(super) fn Waiting(subject: Subject) -> impl IntoView {
    let checks = Memo::new(move |_| {
        let now = subject.session.now.get();
        subject.application.with(|application| {
            let last = application.history.iter().rev().find(|entry| entry.step == Step::Read);
            words::checks(last.map(|entry| (entry.at, entry.repeats + 1)), application.next_check(now), now)
        })
    });
    view! {
        <Note tone=Tone::Info lead=words::WAITING_LEAD>
            {words::waiting(subject.habits().waiting)}
            <p class="small muted">{checks}</p>
        </Note>
    }
    .into_any()
}
