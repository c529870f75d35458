//! Whom to ask, where to read on, and which version this is.

use leptos::prelude::*;

use crate::{components::prelude::*, domain::url, state::use_session, text::settings as text};

/// The group.
#[component]
pub fn About() -> impl IntoView {
    let session = use_session();
    let (contact, links) = session.portal.with_value(|portal| (portal.contact.clone(), portal.links.clone()));
    let nobody = contact.name.is_none() && contact.email.is_none() && contact.url.is_none();
    let title = contact.name.clone().unwrap_or_else(|| "Contact".to_owned());
    let about = if nobody { Some(text::NO_CONTACT.to_owned()) } else { contact.email.clone() };
    let links: Vec<AnyView> = links
        .into_iter()
        .map(|link| {
            view! {
                <SettingsRow title=link.label text=url::host(&link.url)>
                    <ExternalLink href=link.url text="Open"/>
                </SettingsRow>
            }
            .into_any()
        })
        .collect();
    view! {
        <SettingsGroup title=text::ABOUT>
            <SettingsRow title text=Signal::stored(about)>
                {contact.email.map(|email| view! { <ExternalLink href=format!("mailto:{email}") text="Write"/> })}
                {contact.url.map(|href| view! { <ExternalLink href text="Open"/> })}
            </SettingsRow>
            {links}
            <SettingsRow title=text::VERSION text=format!("Version {}", env!("CARGO_PKG_VERSION"))>""</SettingsRow>
        </SettingsGroup>
    }
    .into_any()
}
