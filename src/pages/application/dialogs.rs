//! The two dialogs that ask first: deleting at the server, and forgetting here.

use leptos::prelude::*;

use super::Subject;
use crate::{
    browser::location,
    components::prelude::*,
    domain::route::Route,
    state::{Trouble, manage, work::Work},
    text::application as words,
};

/// Deletes the client at the server, after its name was typed.
#[component]
pub(super) fn DeleteDialog(subject: Subject) -> impl IntoView {
    let name = subject.name();
    let work = Work::new();
    let by_hand = subject.by_hand();
    let delete = move || {
        let Some(environment) = subject.environment() else { return };
        let id = subject.id();
        work.run(async move {
            let outcome = manage::delete(subject.session, &environment, &id).await;
            subject.deleting.try_set(false);
            // The dialog was opened from anywhere on the page; what became of it is said at the top.
            location::scroll_to_top();
            subject.tell(outcome, "");
        });
    };
    view! {
        <ConfirmDialog
            open=subject.deleting
            title=Signal::derive(move || format!("Delete {}?", name.get()))
            action="Delete application"
            safe="Keep it"
            danger=true
            name_to_type=name
            working=work.seconds()
            on_confirm=delete
        >
            <div class="stack-8">
                <p>{move || if by_hand.get() { words::DELETE_BY_HAND } else { subject.access().delete_sends }}</p>
                <p>{subject.access().delete_stays}</p>
            </div>
        </ConfirmDialog>
    }
    .into_any()
}

/// Forgets the record in this browser.
#[component]
pub(super) fn ForgetDialog(subject: Subject) -> impl IntoView {
    let name = subject.name();
    let work = Work::new();
    let forget = move || {
        let id = subject.id();
        work.run(async move {
            match subject.session.vault.forget(&id).await {
                Ok(()) => subject.session.replace(Route::Home),
                Err(problem) => {
                    subject.forgetting.try_set(false);
                    subject.tell(Err(Trouble::from(problem)), "");
                }
            }
        });
    };
    view! {
        <ConfirmDialog
            open=subject.forgetting
            title=Signal::derive(move || format!("Forget {} here?", name.get()))
            action="Forget it here"
            safe="Keep it"
            danger=true
            working=work.seconds()
            on_confirm=forget
        >
            <p>{subject.access().forget}</p>
        </ConfirmDialog>
    }
    .into_any()
}
