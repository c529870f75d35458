//! Whether a key or a certificate somebody holds is of a registered key. Nothing is kept, and nothing is sent.

use leptos::{ev::SubmitEvent, prelude::*};

use super::super::Subject;
use crate::{
    components::prelude::*,
    domain::{
        certificate::{Stage, stage},
        secret::Secret,
    },
    state::{
        keys::check::{self, Found, Pasted},
        work::Work,
    },
    text::{application as words, workshop as workshop_words},
};

#[component]
pub(super) fn CheckKeyPanel(subject: Subject) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let found = RwSignal::new(None::<Found>);
    let work = Work::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let text = Secret::new(typed.get_untracked());
        if text.expose().trim().is_empty() {
            error.set(Some(words::CHECK_KEY_EMPTY.to_owned()));
            return;
        }
        let registered = subject.application.with_untracked(|application| application.keys());
        work.run(async move {
            match check::check(&text, &registered).await {
                Ok(read) => {
                    // A private key lies about no longer than it is needed.
                    if read.pasted == Pasted::PrivateKey {
                        typed.try_set(String::new());
                    }
                    error.try_set(None);
                    found.try_set(Some(read));
                }
                Err(problem) => {
                    found.try_set(None);
                    error.try_set(Some(problem));
                }
            }
        });
    };
    let said = move || found.get().map(|found| verdict(subject, found));
    view! {
        <Panel title=words::CHECK_KEY_TITLE>
            <form class="stack-16" on:submit=submit>
                <TextArea
                    id="check-key"
                    label=words::CHECK_KEY_FIELD
                    value=typed
                    mono=true
                    rows=5
                    hint=words::CHECK_KEY_HINT.to_owned()
                    error=error
                    on_input=move |_: String| {
                        found.set(None);
                        error.set(None);
                    }
                />
                <div class="actions"><Button text="Check" submit=true working=work.seconds()/></div>
            </form>
            <div class="small stack-8" role="status">{said}</div>
        </Panel>
    }
    .into_any()
}

fn verdict(subject: Subject, found: Found) -> AnyView {
    let now = subject.session.now.get_untracked();
    let life = match found.pasted {
        Pasted::Certificate { not_before, not_after } => {
            let stage = stage(not_before, not_after, now);
            let lamp = match stage {
                Stage::Good => Lamp::Ok,
                Stage::EndsSoon | Stage::NotYet => Lamp::Warn,
                Stage::Expired => Lamp::Bad,
            };
            let words = workshop_words::stage(stage, not_before, not_after);
            Some(view! { <Lit lamp>{words}</Lit> })
        }
        _ => None,
    };
    let sees_keys = subject.application.with_untracked(|application| !application.keys().is_empty());
    let lamp = match (&found.registered, sees_keys) {
        (Some(_), _) => Lamp::Ok,
        (None, true) => Lamp::Bad,
        (None, false) => Lamp::Warn,
    };
    let (lead, text) = words::checked_key(&found, sees_keys);
    view! {
        <Lit lamp><b>{lead}</b> " " <span class="muted">{text}</span></Lit>
        {life}
        <Facts><Fact label="Thumbprint"><code class="kid">{found.thumbprint}</code></Fact></Facts>
    }
    .into_any()
}
