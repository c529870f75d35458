//! Whether a secret somebody holds is the current one. Nothing is sent.

use leptos::prelude::*;

use super::super::Subject;
use crate::{
    components::prelude::*,
    domain::secret::Secret,
    state::{backend, work::Work},
    text::application as words,
};

#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Current,
    Other,
    NoCryptography,
}

#[component]
pub(super) fn CheckPanel(subject: Subject) -> impl IntoView {
    let noted = Memo::new(move |_| subject.application.with(|application| application.secret.is_some()));
    move || noted.get().then(|| view! { <Panel title="Check a secret you hold"><CheckForm subject/></Panel> })
}

#[component]
fn CheckForm(subject: Subject) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let verdict = RwSignal::new(None::<Verdict>);
    let work = Work::new();
    let check = move || {
        let Some(note) = subject.application.with_untracked(|application| application.secret.clone()) else {
            return;
        };
        let secret = Secret::new(typed.get_untracked().trim());
        if secret.is_empty() {
            return;
        }
        work.run(async move {
            let found = match backend::is_noted(&secret, &note).await {
                Some(true) => Verdict::Current,
                Some(false) => Verdict::Other,
                None => Verdict::NoCryptography,
            };
            verdict.try_set(Some(found));
        });
    };
    let said = move || {
        verdict.get().map(|verdict| {
            let (lamp, lead, text) = match verdict {
                Verdict::Current => (Lamp::Ok, words::CHECK_CURRENT, words::CHECK_HOW),
                Verdict::Other => (Lamp::Bad, words::CHECK_OTHER, words::CHECK_OTHER_NEXT),
                Verdict::NoCryptography => (Lamp::Warn, words::CHECK_CANNOT, words::CHECK_CANNOT_WHY),
            };
            view! { <Lit lamp><b>{lead}</b> " " <span class="muted">{text}</span></Lit> }
        })
    };
    view! {
        <form
            class="field-and-button"
            on:submit=move |event| {
                event.prevent_default();
                check();
            }
        >
            <SecretField
                id="check-secret"
                label="Client secret"
                value=typed
                hint=words::CHECK_HINT
                on_input=move |_: String| verdict.set(None)
            />
            <Button text="Check" submit=true working=work.seconds()/>
        </form>
        <div class="small" role="status">{said}</div>
    }
    .into_any()
}
