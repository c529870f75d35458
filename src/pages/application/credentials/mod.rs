//! The client secret or what stands in its place, the registration access token, and deleting.

mod access;
mod app;
mod certificate;
mod check;
mod check_key;
mod keys;
mod registration_token;
mod rotation;
mod secret;

use leptos::prelude::*;

use super::{Subject, take_along::TakeAlong};
use crate::{
    components::prelude::*,
    domain::{application::Application, config::TLS_CLIENT_AUTH, registration::Operation, route::Tab},
    pages::sign_in::SignInPanel,
    text::{application as words, sign_in as sign_in_words},
};
pub(super) use app::AppKeys;
use certificate::CertificatePanel;
use check::CheckPanel;
use check_key::CheckKeyPanel;
pub(super) use keys::ClientKey;
use keys::KeysPanel;
use registration_token::RegistrationTokenPanel;
pub(super) use registration_token::TokenEntry;
pub(super) use secret::KeepSwitch;
use secret::SecretPanel;

#[component]
pub(super) fn Credentials(subject: Subject) -> impl IntoView {
    let is_app = subject.habits().developer_apps;
    // Keys of a registration by software statement are published at the directory, and are not part of it.
    let by_statement = subject.habits().takes_statements();
    let own_token = subject.has_own_token();
    subject.look_up_reach();
    view! {
        <div class="columns">
            <div class="column-main">
                {is_app.then(|| view! { <AppKeys subject/> })}
                {if is_app {
                    ().into_any()
                } else if subject.application.with_untracked(Application::signs) {
                    view! {
                        <KeysPanel subject/>
                        {move || (subject.reachable().get() && !by_statement).then(|| view! { <rotation::RotationPanel subject/> })}
                        <CheckKeyPanel subject/>
                    }
                        .into_any()
                } else if subject.application.with_untracked(|a| a.method() == TLS_CLIENT_AUTH) {
                    view! { <CertificatePanel subject/> }.into_any()
                } else {
                    view! { <SecretPanel subject/> <CheckPanel subject/> }.into_any()
                }}
                {move || subject.reachable().get().then(|| view! { <TakeAlong subject/> })}
                <DeletePanel subject/>
            </div>
            <div class="column-side">
                {is_app.then(|| sign_in(subject))}
                {move || subject.reachable().get().then(|| view! { <access::AccessPanel subject/> })}
                {own_token.then(|| view! { <RegistrationTokenPanel subject/> })}
            </div>
        </div>
    }
    .into_any()
}

/// An app belongs to who made it: who that is, and the way there.
fn sign_in(subject: Subject) -> Option<AnyView> {
    let environment = subject.environment()?;
    let back_to = subject.route(Tab::Credentials);
    Some(view! { <SignInPanel environment text=sign_in_words::REQUIRED back_to/> }.into_any())
}

/// Deleting asks first, in a dialog.
#[component]
fn DeletePanel(subject: Subject) -> impl IntoView {
    let can_delete = subject.can(Operation::Delete);
    move || {
        if !can_delete.get() {
            return subject.reachable().get().then(|| not_deletable(subject));
        }
        Some(
            view! {
                <section class="panel">
                    <div class="panel-part row between">
                        <div class="grow-wide">
                            <h2 class="panel-heading">"Delete this application"</h2>
                            <p class="small muted">{words::DELETE_SHORT}</p>
                        </div>
                        <Button text="Delete application" kind=Kind::Danger on_press=move || subject.deleting.set(true)/>
                    </div>
                </section>
            }
            .into_any(),
        )
    }
}

/// The server does not delete: what is left to do.
fn not_deletable(subject: Subject) -> AnyView {
    view! {
        <Panel title=words::NO_DELETING>
            <p class="small muted">{subject.left_to_do()}</p>
            <div class="actions">
                <Button text="Forget it here" size=Size::Head on_press=move || subject.forgetting.set(true)/>
            </div>
        </Panel>
    }
    .into_any()
}
