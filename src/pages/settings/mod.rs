//! Settings: the vault, backup, appearance, environments, what is kept here, help.

mod about;
mod backup;
mod environments;
pub mod erase;
mod find;
mod passphrase;
mod stored;
mod vault;

use leptos::prelude::*;

use crate::{
    browser::theme::{self, Theme},
    components::prelude::*,
    pages::endings::EndingsGroup,
    state::use_session,
    text::settings as text,
};

/// The page.
#[component]
pub fn Settings() -> impl IntoView {
    let said = use_session().said.try_update(Option::take).flatten();
    view! {
        <div class="page settings">
            <PageHead title=text::TITLE lead=text::LEAD.to_owned()/>
            {said.map(|said| view! { <Note tone=Tone::Good role="status">{said}</Note> })}
            <vault::VaultGroup/>
            <backup::BackupGroup/>
            <EndingsGroup/>
            <Appearance/>
            <environments::Environments/>
            <stored::Stored/>
            <about::About/>
        </div>
    }
    .into_any()
}

#[component]
fn Appearance() -> impl IntoView {
    let chosen = RwSignal::new(theme::current().as_str().to_owned());
    let icon = |theme: Theme| match theme {
        Theme::System => Icon::System,
        Theme::Light => Icon::Sun,
        Theme::Dark => Icon::Moon,
    };
    let options: Vec<SegmentedOption> = Theme::ALL
        .into_iter()
        .map(|theme| SegmentedOption::new(theme.as_str(), text::theme(theme)).icon(icon(theme)))
        .collect();
    let change = |value: String| theme::set(Theme::parse(&value));
    view! {
        <SettingsGroup title=text::APPEARANCE>
            <SettingsRow title="Theme" text=text::THEME_TEXT.to_owned()>
                <Segmented legend="Theme" name="theme" options value=chosen on_change=change/>
            </SettingsRow>
        </SettingsGroup>
    }
    .into_any()
}
