//! The backup: saving one, and opening one.

mod open;
mod preview;
mod save;

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    state::{backup, use_session, vault::Status},
    text::backup as text,
};

/// The group.
#[component]
pub fn BackupGroup() -> impl IntoView {
    let session = use_session();
    let saving = RwSignal::new(false);
    let last = RwSignal::new(backup::last());
    let is_open =
        Memo::new(move |_| matches!(session.vault.status.get(), Status::Durable | Status::MemoryOnly(_)));
    let missing = Memo::new(move |_| {
        let since = last.get().unwrap_or(i64::MIN);
        session.vault.applications.with(|all| all.iter().filter(|one| one.created_at > since).count())
    });
    let seen = Memo::new(move |_| match last.get() {
        Some(at) => (text::last(at, session.now.get()), text::since(missing.get(), true)),
        None => (text::NEVER.to_owned(), text::since(missing.get(), false)),
    });
    let lamp = Signal::derive(move || (is_open.get() && missing.get() > 0).then_some(Lamp::Warn));
    let row = move || {
        if is_open.get() {
            view! {
                <SettingsRow
                    title=Signal::derive(move || seen.get().0)
                    text=Signal::derive(move || Some(seen.get().1))
                    lamp
                >
                    <Button
                        text=text::SAVE
                        icon=Icon::Download
                        kind=Kind::Primary
                        size=Size::Head
                        on_press=move || saving.set(true)
                    />
                </SettingsRow>
                <open::OpenBackup/>
            }
            .into_any()
        } else {
            view! { <SettingsRow title=text::SAVE text=text::LOCKED.to_owned()>""</SettingsRow> }.into_any()
        }
    };
    view! {
        <SettingsGroup title=text::TITLE text=text::TEXT.to_owned()>
            {row}
            <save::SaveDialog open=saving last/>
        </SettingsGroup>
    }
    .into_any()
}
