//! The keys that decide on a statement and on the request around it: those of the directory, and those of the software.
//! Both are fetched by buttons that name the host, and by nothing else.

use std::sync::Arc;

use leptos::prelude::*;

use super::{desk::Desk, fetching::fetch_button};
use crate::{
    browser::location,
    components::prelude::*,
    domain::{
        inspect::{
            Inspection,
            layers::{KnownDirectory, directory_keys, may_be_asked, software_keys},
            verify::Source,
            visible::visible,
        },
        url,
    },
    state::key_sets,
    text::inspect as text,
};

/// Whose keys are fetched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// Those of the directory, from where the settings of the portal say.
    Directory,
    /// Those of the software, from where the statement says.
    Software,
}

/// The buttons; nothing for what has no statement.
#[component]
pub fn StatementKeys(desk: Desk, read: Arc<Inspection>) -> impl IntoView {
    let origin = location::origin();
    let mut buttons: Vec<AnyView> = directory_keys(&read, &known(desk, &origin))
        .into_iter()
        .map(|address| button(desk, Whose::Directory, address))
        .collect();
    if let Some(address) = software_keys(&read) {
        buttons.push(match may_be_asked(&address, &origin) {
            true => button(desk, Whose::Software, address),
            false => not_asked(&address),
        });
    }
    buttons.into_any()
}

/// The directories of all environments.
fn known(desk: Desk, origin: &str) -> Vec<KnownDirectory> {
    desk.session.portal.with_value(|portal| {
        let rules =
            portal.environments.iter().filter_map(|environment| environment.software_statement.as_ref());
        rules
            .filter_map(|rules| rules.directory.as_ref())
            .map(|directory| KnownDirectory {
                issuer: directory.issuer.clone(),
                jwks: url::absolute(origin, &directory.jwks),
            })
            .collect()
    })
}

fn button(desk: Desk, whose: Whose, address: String) -> AnyView {
    let host = visible(&url::host(&address)).into_owned();
    let label = match whose {
        Whose::Directory => text::fetch_directory_keys(&host),
        Whose::Software => text::fetch_software_keys(&host),
    };
    let fetch = move || {
        let (address, from) = (address.clone(), address.clone());
        let source = move |fetched_at| match whose {
            Whose::Directory => Source::Environment { host: url::host(&from), fetched_at },
            Whose::Software => Source::NamedByStatement { address: from, fetched_at },
        };
        async move { key_sets::fetch_published(&address, source).await }
    };
    fetch_button(desk, label, fetch)
}

fn not_asked(address: &str) -> AnyView {
    view! { <span class="small muted">{marked(&text::not_asked(&visible(address)))}</span> }.into_any()
}
