//! Opening a backup: the file, its passphrase, then what is in it. Nothing is written before "Restore".

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::preview::Preview;
use crate::{
    browser::{file, focus},
    components::prelude::*,
    domain::{
        backup::{Contents, Envelope, plan::Line},
        secret::Secret,
    },
    state::{backup, use_session, work::Work},
    text::{backup as text, vault},
};

const INPUT: &str = "backup-file";
const FIELD: &str = "backup-open-passphrase";

/// A file that is being opened.
#[derive(Clone)]
pub(super) enum Opened {
    /// Nothing.
    Nothing,
    /// Its passphrase is asked for.
    Sealed {
        /// Its name.
        name: String,
        /// The file.
        envelope: Envelope,
    },
    /// Compared with what is here.
    Compared {
        /// What is in it.
        contents: Contents,
        /// What would become of it.
        lines: Vec<Line>,
    },
}

/// The row, and what follows it.
#[component]
pub fn OpenBackup() -> impl IntoView {
    let opened = RwSignal::new(Opened::Nothing);
    let trouble = RwSignal::new(None::<String>);
    let done = RwSignal::new(None::<String>);
    let take = move |chosen: file::Chosen| {
        done.set(None);
        opened.set(Opened::Nothing);
        spawn_local(async move {
            let read = match chosen.text().await {
                Ok(text) => Envelope::read(&text).map_err(|problem| problem.to_string()),
                Err(problem) => Err(problem),
            };
            match read {
                Ok(envelope) => {
                    trouble.try_set(None);
                    opened.try_set(Opened::Sealed { name: chosen.name, envelope });
                }
                Err(problem) => drop(trouble.try_set(Some(problem))),
            }
        });
    };
    let part = move || match opened.get() {
        Opened::Nothing => ().into_any(),
        Opened::Sealed { name, envelope } => view! { <AskPassphrase name envelope opened/> }.into_any(),
        Opened::Compared { contents, lines } => view! { <Preview contents lines opened done/> }.into_any(),
    };
    view! {
        <DropArea id=INPUT accept=".json,application/json" on_file=take>
            <SettingsRow title=text::OPEN text=text::OPEN_TEXT.to_owned()>
                <Button text=text::CHOOSE icon=Icon::Upload size=Size::Head on_press=|| file::ask(INPUT)/>
            </SettingsRow>
        </DropArea>
        {move || trouble.get().map(|trouble| view! { <Note tone=Tone::Stopped role="alert" attached=true>{trouble}</Note> }.into_any())}
        {move || done.get().map(|done| view! { <Note tone=Tone::Good role="status" attached=true>{done}</Note> }.into_any())}
        {part}
    }
    .into_any()
}

#[component]
fn AskPassphrase(name: String, envelope: Envelope, opened: RwSignal<Opened>) -> impl IntoView {
    let session = use_session();
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None);
    let work = Work::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let passphrase = Secret::new(typed.get_untracked());
        if passphrase.is_empty() {
            error.set(Some(vault::EMPTY.to_owned()));
            return;
        }
        error.set(None);
        let envelope = envelope.clone();
        work.run(async move {
            match backup::open(session.vault, &envelope, &passphrase).await {
                Ok((contents, lines)) => drop(opened.try_set(Opened::Compared { contents, lines })),
                Err(problem) => {
                    error.try_set(Some(problem));
                    focus::focus_by_id(FIELD);
                }
            }
        });
    };
    Effect::new(move |_| {
        focus::focus_by_id(FIELD);
    });
    view! {
        <PanelPart sunken=true>
            <form class="stack-16" on:submit=submit>
                <p class="small"><span class="strong">{name}</span></p>
                <SecretField
                    id=FIELD
                    label=text::PASSPHRASE
                    value=typed
                    autocomplete="current-password"
                    error=error
                />
                <div class="actions">
                    <Button text=text::PREVIEW submit=true working=work.seconds()/>
                    <Button text=text::CLOSE kind=Kind::Text on_press=move || opened.set(Opened::Nothing)/>
                </div>
            </form>
        </PanelPart>
    }
    .into_any()
}
