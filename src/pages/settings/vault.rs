//! The vault: whether a passphrase locks it, and when it locks by itself.

use leptos::prelude::*;

use super::passphrase::{PassphraseDialog, Purpose};
use crate::{
    browser::store::Protection,
    components::prelude::*,
    domain::export::everything,
    pages::unlock::UnlockForm,
    state::{lock::CHOICES, use_session, vault::Status},
    text::{settings, vault as text},
};

const NEVER: &str = "never";

/// The group.
#[component]
pub fn VaultGroup() -> impl IntoView {
    let session = use_session();
    let asking = RwSignal::new(false);
    let purpose = RwSignal::new(Purpose::Set);
    let ask = Callback::new(move |what: Purpose| {
        purpose.set(what);
        asking.set(true);
    });
    // Rows are made anew only when the vault changes its state, so that a dialog keeps the focus it gives back.
    let state = Memo::new(move |_| (session.vault.status.get(), session.vault.lock.protection.get()));
    let rows = move || {
        match state.get() {
        (Status::Opening, _) => view! { <Loading label=settings::OPENING lines=1/> }.into_any(),
        (Status::MemoryOnly(why), _) => view! {
            <SettingsRow title=settings::NOT_DURABLE text=why lamp=Lamp::Warn>""</SettingsRow>
            <SettingsRow title=text::NOT_POSSIBLE text=settings::NO_PASSPHRASE.to_owned()>""</SettingsRow>
        }
        .into_any(),
        (Status::Locked, _) | (_, Protection::Locked) => view! { <LockedRows/> }.into_any(),
        (Status::Durable, Protection::None) => view! {
            <SettingsRow title=text::OPEN_WITHOUT text=text::OPEN_WITHOUT_TEXT.to_owned() lamp=Lamp::Known>
                <Button text=text::SET icon=Icon::Lock size=Size::Head on_press=move || ask.run(Purpose::Set)/>
            </SettingsRow>
        }
        .into_any(),
        (Status::Durable, Protection::Open) => view! { <OpenRows ask/> }.into_any(),
    }
    };
    view! {
        <SettingsGroup title=text::VAULT text=text::VAULT_TEXT.to_owned()>
            {rows}
            <PassphraseDialog open=asking purpose/>
        </SettingsGroup>
    }
    .into_any()
}

#[component]
fn LockedRows() -> impl IntoView {
    view! {
        <SettingsRow title=text::LOCKED text=text::LOCKED_TEXT.to_owned() lamp=Lamp::Known>""</SettingsRow>
        <PanelPart sunken=true><UnlockForm/></PanelPart>
    }
    .into_any()
}

#[component]
fn OpenRows(ask: Callback<Purpose>) -> impl IntoView {
    let session = use_session();
    let lock = session.vault.lock;
    let holds = Signal::derive(move || {
        let held = session.vault.applications.with(|applications| everything::contents(applications));
        Some(text::holds(held.applications, held.registration_access_tokens))
    });
    let value =
        |minutes: Option<u32>| minutes.map_or_else(|| NEVER.to_owned(), |minutes| minutes.to_string());
    let chosen = RwSignal::new(value(lock.after.get_untracked()));
    let options: Vec<SegmentedOption> = CHOICES
        .into_iter()
        .map(Some)
        .chain([None])
        .map(|minutes| SegmentedOption::new(value(minutes), text::after(minutes)))
        .collect();
    let change = move |value: String| lock.set_after(value.parse().ok());
    view! {
        <SettingsRow title=text::OPEN text=holds lamp=Lamp::Ok>
            <Button text=text::CHANGE size=Size::Head on_press=move || ask.run(Purpose::Change)/>
            <Button
                text=text::LOCK_NOW
                icon=Icon::Lock
                size=Size::Head
                on_press=move || session.vault.lock_all()
            />
        </SettingsRow>
        <SettingsRow title=text::AFTER text=text::AFTER_TEXT.to_owned()>
            <Segmented legend=text::AFTER name="lock-after" options value=chosen on_change=change/>
        </SettingsRow>
        <SettingsRow title=text::REMOVE_ROW text=text::REMOVE_TEXT.to_owned()>
            <Button text=text::REMOVE size=Size::Head on_press=move || ask.run(Purpose::Remove)/>
        </SettingsRow>
    }
    .into_any()
}
