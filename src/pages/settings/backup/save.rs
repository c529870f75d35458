//! Saving a backup: its passphrase, asked for twice, and the file.

use leptos::prelude::*;

use super::super::passphrase::{Twice, TwiceFields};
use crate::{
    browser::{clock, crypto, download},
    components::prelude::*,
    domain::{backup as format, secret::Secret},
    state::{Session, backup, use_session, work::Work},
    text::{backup as text, vault},
};

/// The dialog.
#[component]
pub fn SaveDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// When the last one was saved; set when this one was.
    last: RwSignal<Option<i64>>,
) -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let twice = Twice::new();
    let trouble = RwSignal::new(None::<String>);
    let left_out = RwSignal::new(0_usize);
    let work = Work::new();
    Effect::new(move |_| {
        twice.clear();
        trouble.set(crypto::available().err().map(|problem| problem.to_string()));
        if open.get() {
            leptos::task::spawn_local(async move {
                if let Ok((_, unreadable)) = backup::gather(session.vault).await {
                    left_out.try_set(unreadable);
                }
            });
        }
    });
    let go = move || {
        let Some(passphrase) = twice.take() else { return };
        trouble.set(None);
        work.run(async move {
            match save(session, &passphrase).await {
                Ok(name) => {
                    toasts.show(&format!("{name} saved"));
                    last.try_set(backup::last());
                    open.try_set(false);
                }
                Err(problem) => drop(trouble.try_set(Some(problem))),
            }
        });
    };
    let held = Signal::derive(move || work.is_running());
    let buttons = move || {
        view! {
            <Button text=vault::NOT_NOW disabled=held on_press=move || open.set(false)/>
            <Button text=text::SAVE_ACTION kind=Kind::Primary working=work.seconds() on_press=go/>
        }
    };
    view! {
        <Dialog open title=text::SAVE held buttons>
            <div class="stack-16">
                <p>{text::SAVE_MEANS}</p>
                {move || Some(left_out.get()).filter(|count| *count > 0).map(|count| view! { <p>{text::unreadable(count)}</p> }.into_any())}
                <TwiceFields id="backup-passphrase" label=text::PASSPHRASE twice/>
                {move || trouble.get().map(|trouble| view! { <p role="alert">{trouble}</p> }.into_any())}
            </div>
        </Dialog>
    }
    .into_any()
}

/// Hands the file over; gives back its name.
async fn save(session: Session, passphrase: &Secret) -> Result<String, String> {
    let (contents, _) = backup::gather(session.vault).await.map_err(|problem| problem.to_string())?;
    let file = backup::seal(&contents, passphrase).await?;
    let name = format::file_name(clock::now());
    if !download::text(&name, "application/json", &file) {
        return Err(text::REFUSED.to_owned());
    }
    backup::saved();
    Ok(name)
}
