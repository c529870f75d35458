//! Right after an application was created: the secret once, files to take along, what the server changed.

mod next;
mod secret;

use leptos::prelude::*;

use super::{Subject, credentials::AppKeys, differences::ServerChanges, take_along::TakeAlong};
use crate::{
    components::prelude::*,
    domain::{application::history::Step, grant, route::Tab},
    state::vault::Status,
    text::application as words,
};
use next::{KeptPanel, NextPanel};
use secret::SecretPanel;

/// What the parts of this page share.
#[derive(Clone, Copy)]
struct Desk {
    subject: Subject,
    /// Whether the secret is seen.
    shown: RwSignal<bool>,
    /// Whether the partner said that it is stored.
    stored: RwSignal<bool>,
}

#[component]
pub(super) fn Registered(subject: Subject) -> impl IntoView {
    // Shown without being asked only while nothing else has happened: a later visit starts hidden.
    let fresh = subject.application.with_untracked(|application| {
        application.history.last().is_none_or(|entry| entry.step == Step::Registered)
    });
    let in_tab = subject.session.vault.secrets.with_untracked(|secrets| secrets.contains_key(&subject.id()));
    let desk = Desk { subject, shown: RwSignal::new(fresh && in_tab), stored: RwSignal::new(false) };
    subject.look_up_reach();
    view! {
        <div class="columns">
            <div class="column-main">
                <Warnings subject/>
                {subject.habits().developer_apps.then(|| view! { <AppKeys subject/> })}
                <SecretPanel desk/>
                <Identifiers subject/>
                <TakeAlong subject hide=Signal::derive(move || (desk.shown.get(), desk.stored.get()))/>
                <ServerChanges subject/>
            </div>
            <div class="column-side sticky">
                <NextPanel desk/>
                <KeptPanel subject/>
            </div>
        </div>
    }
    .into_any()
}

/// What was odd about the answer, and that nothing is stored.
#[component]
fn Warnings(subject: Subject) -> impl IntoView {
    let odd = subject.application.with_untracked(words::registered_notes);
    view! {
        {odd.map(|odd| view! { <Note tone=Tone::Look lead=words::ODD_ANSWER>{odd}</Note> })}
        {move || {
            matches!(subject.session.vault.status.get(), Status::MemoryOnly(_))
                .then(|| view! { <Note tone=Tone::Look lead=words::MEMORY_ONLY_LEAD>{words::memory_only(subject.has_own_token())}</Note> })
        }}
    }
}

/// What a program needs beside the secret.
#[component]
fn Identifiers(subject: Subject) -> impl IntoView {
    let client_id = subject.client_id();
    let token_endpoint =
        Signal::derive(move || subject.reach().map(|reach| reach.token_printed).unwrap_or_default());
    let token = Signal::derive(move || subject.application.with(|a| a.registration_access_token.clone()));
    let token_text =
        Signal::derive(move || token.with(|t| t.as_ref().map(|t| t.expose().to_owned()).unwrap_or_default()));
    view! {
        <dl class="id-rows table-frame">
            <div>
                <dt>"Client ID"</dt>
                <dd class="mono clip">{client_id}</dd>
                <dd><CopyButton what="Client ID" text=client_id/></dd>
            </div>
            <div>
                <dt>"Token endpoint"</dt>
                <dd class="mono clip">
                    {move || match token_endpoint.get() {
                        address if address.is_empty() => words::LOOKING_UP.to_owned(),
                        address => address,
                    }}
                </dd>
                <dd>
                    {move || {
                        (!token_endpoint.with(String::is_empty))
                            .then(|| view! { <CopyButton what="Token endpoint" text=token_endpoint/> })
                    }}
                </dd>
            </div>
            {subject.has_own_token().then(|| {
                view! {
                    <div>
                        <dt>"Registration access token"</dt>
                        <dd>
                            {move || {
                                if token.with(Option::is_some) {
                                    words::REGISTRATION_TOKEN_STORED
                                } else {
                                    words::REGISTRATION_TOKEN_NONE
                                }
                            }}
                        </dd>
                        <dd>
                            {move || {
                                token
                                    .with(Option::is_some)
                                    .then(|| view! { <CopyButton what="Registration access token" text=token_text/> })
                            }}
                        </dd>
                    </div>
                }
            })}
        </dl>
    }
    .into_any()
}

/// Whether a token can be had here, so that "Get a token" leads somewhere.
fn gets_tokens(subject: Subject) -> bool {
    subject.application.with(|application| grant::takes_secret(application.method()) || application.signs())
}

/// The overview, for those who do not want a token now.
fn overview(subject: Subject) -> AnyView {
    view! { <ActionRow to=subject.route(Tab::Overview) title="Open the application" text=words::OPEN_APPLICATION/> }.into_any()
}
