//! A write whose answer was lost: what it would have done, and what to do when it was not made.

use leptos::prelude::*;

use super::Subject;
use crate::{
    components::prelude::*,
    domain::application::Write,
    state::{Trouble, manage, work::Work},
    text::application as words,
};

/// A write that did not arrive.
#[component]
pub(super) fn NotMade(subject: Subject, write: Write) -> impl IntoView {
    let (lead, text, again) = match write {
        Write::Change => (words::NOT_MADE_LEAD, subject.access().not_made, "Send it again"),
        Write::Delete => (words::NOT_DELETED_LEAD, words::NOT_DELETED, "Delete it again"),
    };
    let (sending, giving_up) = (Work::new(), Work::new());
    let send = move || {
        let Some(environment) = subject.environment() else { return };
        let (session, id) = (subject.session, subject.id());
        sending.run(async move {
            let outcome = manage::send_again(session, &environment, &id).await;
            subject.tell(outcome, words::SENT_AGAIN);
        });
    };
    let give_up = move || {
        let (session, id) = (subject.session, subject.id());
        giving_up.run(async move {
            let outcome: Result<(), Trouble> = manage::give_up(session, &id).await;
            subject.tell(outcome, words::GIVEN_UP);
        });
    };
    view! {
        <Note tone=Tone::Look lead=lead>{text}</Note>
        <div class="actions">
            <Button text=again kind=Kind::Primary working=sending.seconds() on_press=send/>
            <Button text="Give it up" working=giving_up.seconds() on_press=give_up/>
        </div>
    }
    .into_any()
}

/// What the change would have done, or has done. Draws nothing for anything else.
#[component]
pub(super) fn TheChange(subject: Subject) -> impl IntoView {
    let asked = Memo::new(move |_| {
        subject
            .application
            .with(|application| application.pending.as_ref().and_then(|pending| pending.asked.clone()))
    });
    move || {
        asked.get().map(|asked| {
            let lines = Signal::derive(move || altered(subject.difference(&asked)));
            view! {
                <Panel title="The change" flush=true>
                    <Diff label="The change without an answer, line by line" lines/>
                </Panel>
            }
        })
    }
}

/// The lines that differ. What stays as it is stands in the registration.
fn altered(lines: Vec<DiffLine>) -> Vec<DiffLine> {
    lines.into_iter().filter(|line| !matches!(line, DiffLine::Same(_))).collect()
}
