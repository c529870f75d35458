//! In place of a page that needs the vault, while that is locked.

use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    browser::focus,
    components::prelude::*,
    domain::{route::Route, secret::Secret},
    pages::settings::erase::Erase,
    state::{use_session, work::Work},
    text::{settings, vault as text},
};

const FIELD: &str = "passphrase";

/// The page.
#[component]
pub fn Unlock() -> impl IntoView {
    let session = use_session();
    let erasing = RwSignal::new(false);
    let closing = move || session.vault.lock.closing.get();
    view! {
        <div class="page unlock">
            <PageHead title=text::LOCKED_TITLE lead=text::LOCKED_LEAD.to_owned()/>
            {move || closing().then(|| view! { <Note tone=Tone::Info role="status">{text::CLOSING}</Note> }.into_any())}
            <div class="columns side-narrow">
                <div class="column-main">
                    <Panel title=text::PANEL><UnlockForm/></Panel>
                    <Fold summary=text::FORGOTTEN>
                        <div class="stack-16">
                            <p>{text::FORGOTTEN_TEXT}</p>
                            <div class="actions">
                                <Button
                                    text=settings::ERASE_ROW
                                    icon=Icon::Trash
                                    kind=Kind::Danger
                                    on_press=move || erasing.set(true)
                                />
                            </div>
                        </div>
                    </Fold>
                </div>
                <div class="column-side">
                    <Panel title=text::STILL_WORKS flush=true>
                        <ActionRow to=Route::Inspect title="Inspect" text="Read a token, without sending it anywhere."/>
                        <ActionRow to=Route::Products { id: None } title="Products" text="What can be called, and with which scopes."/>
                        <ActionRow to=Route::Settings title="Settings" text="Appearance, environments, erasing."/>
                    </Panel>
                </div>
            </div>
            <Erase open=erasing/>
        </div>
    }
    .into_any()
}

/// The field and its button.
#[component]
pub fn UnlockForm() -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None);
    let work = Work::new();
    let unlock = move || {
        let passphrase = Secret::new(typed.get_untracked());
        if passphrase.is_empty() {
            error.set(Some(text::EMPTY.to_owned()));
            focus::focus_by_id(FIELD);
            return;
        }
        error.set(None);
        work.run(async move {
            match session.vault.unlock(&passphrase).await {
                Ok(()) => toasts.show(text::UNLOCKED),
                Err(problem) => {
                    error.try_set(Some(problem.to_string()));
                    focus::focus_by_id(FIELD);
                }
            }
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        unlock();
    };
    view! {
        <form class="stack-16" on:submit=submit>
            <SecretField
                id=FIELD
                label=text::PASSPHRASE
                value=typed
                autocomplete="current-password"
                error=error
                on_input=move |_| error.set(None)
            />
            <div class="actions">
                <Button text=text::UNLOCK kind=Kind::Primary icon=Icon::Unlock submit=true working=work.seconds()/>
            </div>
        </form>
    }
    .into_any()
}
