//! The keys that decide on a statement and on the request around it: those of the directory, and those of the software.
//! Both are fetched by buttons that name the host, and by nothing else.

use leptos::prelude::*;

use super::{
    desk::Desk,
    fetching::fetch_button,
    shown::{Shown, kept},
};
use crate::{
    browser::location,
    components::prelude::*,
    domain::{
        inspect::{
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
pub fn StatementKeys(desk: Desk, shown: Shown) -> impl IntoView {
    let origin = location::origin();
    let named = kept(shown, {
        let known = known(desk, &origin);
        move |read| {
            let directory =
                directory_keys(read, &known).into_iter().map(|address| (Whose::Directory, address));
            directory.chain(software_keys(read).map(|address| (Whose::Software, address))).collect::<Vec<_>>()
        }
    });
    move || {
        let buttons = named.get().into_iter().map(|(whose, address)| match whose {
            Whose::Software if !may_be_asked(&address, &origin) => not_asked(&address),
            _ => button(desk, whose, address),
        });
        buttons.collect::<Vec<AnyView>>()
    }
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
