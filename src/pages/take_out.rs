//! Everything the portal keeps, as one file, after a sentence about what is in it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{clock, download},
    components::prelude::*,
    domain::export::everything,
    state::{draft, use_session},
    text::settings as text,
};

/// The dialog that asks, and then hands the file over.
#[component]
pub fn TakeOut(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let refused = RwSignal::new(false);
    let contents = move || session.vault.applications.with(|applications| everything::contents(applications));
    let save = move || {
        spawn_local(async move {
            let draft = draft::load(session.vault).await;
            let now = clock::now();
            let file = session
                .vault
                .applications
                .with_untracked(|applications| everything::file(applications, draft.as_ref(), now));
            let name = everything::file_name(now);
            if download::text(&name, "application/json", file.expose()) {
                toasts.show(&format!("{name} saved"));
                open.try_set(false);
            } else {
                refused.try_set(true);
            }
        });
    };
    view! {
        <ConfirmDialog open title=text::EXPORT_TITLE action=text::EXPORT_ACTION safe="Not now" on_confirm=save>
            <div class="stack-8">
                <p>{move || text::export_holds(contents())}</p>
                <p>{text::EXPORT_CARE}</p>
                {move || refused.get().then(|| view! { <p role="alert">{text::EXPORT_REFUSED}</p> })}
            </div>
        </ConfirmDialog>
    }
    .into_any()
}
