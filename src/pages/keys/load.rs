//! Loading a private key: pasted, or from a file.

use leptos::{
    ev::{Event, SubmitEvent},
    prelude::*,
    task::spawn_local,
};

use crate::{
    browser::{file, signing::KeyPair},
    components::prelude::*,
    domain::{jose::Algorithm, secret::Secret},
    state::{keys::load, work::Work},
    text::keys as words,
};

const FILE: &str = "key-file";

/// The form. What was pasted stays until it was taken.
#[component]
pub fn LoadKey(
    /// Told of the key pair.
    #[prop(into)]
    on_taken: Callback<KeyPair>,
    /// Closes the form, where it can be closed.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let rsa = RwSignal::new(Algorithm::Ps256.name().to_owned());
    let work = Work::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let text = Secret::new(typed.get_untracked());
        if text.expose().trim().is_empty() {
            error.set(Some(words::LOAD_EMPTY.to_owned()));
            return;
        }
        error.set(None);
        let rsa = Algorithm::parse(&rsa.get_untracked()).unwrap_or(Algorithm::Ps256);
        work.run(async move {
            match load::load(&text, rsa).await {
                Ok(pair) => {
                    typed.try_set(String::new());
                    on_taken.run(pair);
                }
                Err(problem) => drop(error.try_set(Some(problem))),
            }
        });
    };
    let read_file = move |event: Event| {
        let Some(chosen) = file::chosen(&event) else { return };
        spawn_local(async move {
            match chosen.text().await {
                Ok(text) => drop(typed.try_set(text)),
                Err(problem) => drop(error.try_set(Some(problem))),
            }
        });
    };
    let algorithms = vec![
        SelectOption::new("PS256", words::algorithm(Algorithm::Ps256)),
        SelectOption::new("RS256", words::algorithm(Algorithm::Rs256)),
    ];
    view! {
        <form class="stack-16" on:submit=submit aria-label=words::LOAD_TITLE>
                <TextArea id="key-load" label=words::LOAD_FIELD value=typed hint=words::LOAD_HINT.to_owned() error=error mono=true rows=5/>
                <div class="row end-fields">
                    <Select id="key-load-for" label=words::LOAD_FOR value=rsa options=algorithms/>
                </div>
                <input type="file" id=FILE class="visually-hidden" tabindex="-1" aria-hidden="true" on:change=read_file/>
                <div class="actions">
                    <Button text=words::LOAD_IT submit=true kind=Kind::Primary working=work.seconds()/>
                    <Button text=words::LOAD_FILE icon=Icon::Upload on_press=|| file::ask(FILE)/>
                    {on_close.map(|close| view! { <Button text=words::CLOSE kind=Kind::Text on_press=move || close.run(())/> })}
                </div>
            </form>
    }
    .into_any()
}
