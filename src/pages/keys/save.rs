//! Handing the private key over.

use leptos::{ev::SubmitEvent, prelude::*};

use super::Bench;
use crate::{
    browser::download,
    components::prelude::*,
    domain::{jose::PublicJwk, secret::Secret},
    state::{
        keys::save::{self, Format},
        work::Work,
    },
    text::keys as words,
};

#[component]
pub(super) fn Save(bench: Bench, public: PublicJwk, exportable: bool, saved: bool) -> impl IntoView {
    if !exportable {
        return view! { <p class="small muted">{words::NOT_EXPORTABLE}</p> }.into_any();
    }
    let format = RwSignal::new(Format::Pem.as_str().to_owned());
    let password = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let work = Work::new();
    let toasts = use_toasts();
    let key = StoredValue::new(public);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let format = Format::parse(&format.get_untracked());
        let typed = Secret::new(password.get_untracked());
        if format == Format::Encrypted && typed.expose().chars().count() < save::LEAST {
            error.set(Some(words::PASSWORD_SHORT.to_owned()));
            return;
        }
        error.set(None);
        let name = format!("{}.{}", untrack(move || bench.file.get()), format.extension());
        work.run(async move {
            let public = key.get_value();
            match save::file(bench.session.keys, &public, format, &typed).await {
                Ok(text) => {
                    if download::text(&name, format.media_type(), text.expose()) {
                        toasts.show(&format!("{name} saved"));
                        password.try_set(String::new());
                        bench.session.keys.mark_saved(&public);
                    }
                }
                Err(problem) => drop(error.try_set(Some(problem))),
            }
        });
    };
    let formats: Vec<SelectOption> =
        Format::ALL.into_iter().map(|format| SelectOption::new(format.as_str(), format.words())).collect();
    let encrypted = Memo::new(move |_| format.with(|name| Format::parse(name) == Format::Encrypted));
    view! {
        <form class="stack-8" on:submit=submit>
            <div class="field-and-button">
                <Select id="key-format" label=words::FORMAT value=format options=formats/>
                <Button
                    text=words::SAVE
                    icon=Icon::Download
                    kind=if saved { Kind::Secondary } else { Kind::Primary }
                    submit=true
                    working=work.seconds()
                />
            </div>
            {move || {
                encrypted
                    .get()
                    .then(|| view! { <SecretField id="key-password" label=words::PASSWORD value=password hint=words::PASSWORD_HINT.to_owned() error=error autocomplete="new-password"/> })
            }}
            {move || {
                (!encrypted.get())
                    .then(|| error.get().map(|error| view! { <Note tone=Tone::Stopped role="alert">{error}</Note> }))
            }}
            {saved.then(|| {
                view! {
                    <div class="row between" role="status">
                        <span class="small muted">{words::SAVED}</span>
                        <Button
                            text=words::FORGET_NOW
                            kind=Kind::Text
                            size=Size::Row
                            on_press=move || key.with_value(|public| bench.session.keys.handed_over(public))
                        />
                    </div>
                }
            })}
        </form>
    }
    .into_any()
}
