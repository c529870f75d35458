//! Settings: appearance, what is kept here, environments, help.

mod about;
mod environments;
mod stored;

use leptos::prelude::*;

use crate::{
    browser::theme::{self, Theme},
    components::prelude::*,
    text::settings as text,
};

/// The page.
#[component]
pub fn Settings() -> impl IntoView {
    view! {
        <div class="page settings">
            <PageHead title=text::TITLE lead=text::LEAD.to_owned()/>
            <Appearance/>
            <stored::Stored/>
            <environments::Environments/>
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
