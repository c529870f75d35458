//! Erasing everything, after it was typed that this is meant.

use leptos::prelude::*;

use crate::{
    browser::theme,
    components::prelude::*,
    state::{use_session, vault::Status, work::Work},
    text::settings as text,
};

/// The dialog. It works on a locked vault too.
#[component]
pub fn Erase(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let work = Work::new();
    let trouble = RwSignal::new(None);
    let erase = move || {
        work.run(async move {
            match session.erase().await {
                Ok(()) => {
                    theme::show(theme::current());
                    toasts.show(text::ERASED);
                    open.try_set(false);
                }
                Err(problem) => {
                    trouble.try_set(Some(problem.to_string()));
                }
            }
        });
    };
    let means = move || match session.vault.status.get() {
        Status::Locked => text::ERASE_MEANS_LOCKED.to_owned(),
        _ => text::erase_means(session.vault.applications.with(Vec::len)),
    };
    view! {
        <ConfirmDialog
            open
            title=text::ERASE_TITLE
            action=text::ERASE_ROW
            safe=text::ERASE_SAFE
            danger=true
            name_to_type=text::ERASE_WORD
            working=work.seconds()
            on_confirm=erase
        >
            <p>{means}</p>
            {move || trouble.get().map(|trouble| view! { <p role="alert">{trouble}</p> }.into_any())}
        </ConfirmDialog>
    }
    .into_any()
}
