//! The certificate of a key: what the bank checks signatures with.

use leptos::{ev::SubmitEvent, prelude::*};

use super::Desk;
use crate::{
    browser::signing::KeyPair,
    components::prelude::*,
    domain::registration::apigee::{Credential, KeyAction, Status},
    pages::keys::LoadKey,
    state::{app_keys, keys, keys::HeldKey, work::Work},
    text::developer_app as words,
};

/// For how long a certificate that is made here holds, in days.
const DAYS: u32 = 365;

#[component]
pub(super) fn Certificate(desk: Desk, credential: Credential) -> impl IntoView {
    let subject = desk.subject;
    let registered = credential.certificate.is_some();
    let usable = credential.status != Status::Revoked;
    let open = RwSignal::new(!registered && usable);
    let words = if registered { words::CERTIFICATE_THERE } else { words::CERTIFICATE_MISSING };
    let lamp = if registered { Lamp::Ok } else { Lamp::Warn };
    let key = StoredValue::new(credential.consumer_key);
    let held = Memo::new(move |_| own_key(desk).map(|key| key.thumbprint().to_owned()));
    view! {
        <PanelPart sunken=true>
            <div class="stack-16">
                <div class="row between">
                    <Lit lamp>{words}</Lit>
                    {usable
                        .then(|| view! { <Button text=if registered { words::REPLACE } else { words::CLOSE } kind=Kind::Text size=Size::Row on_press=move || open.update(|open| *open = !*open)/> })}
                </div>
                {move || {
                    open.get()
                        .then(|| match held.get() {
                            Some(_) => view! { <Upload desk key/> }.into_any(),
                            None => {
                                view! {
                                    <p class="small muted">{words::KEY_NEEDED}</p>
                                    <LoadKey on_taken=move |pair: KeyPair| drop(subject.session.keys.hold(pair))/>
                                }
                                    .into_any()
                            }
                        })
                }}
            </div>
        </PanelPart>
    }
    .into_any()
}

/// The private key of the application, when it is at hand. Tracks.
fn own_key(desk: Desk) -> Option<HeldKey> {
    let subject = desk.subject;
    subject
        .application
        .with(|application| keys::of_application(subject.session.keys, application))
        .pop()
        .map(|known| known.key)
}

#[component]
fn Upload(desk: Desk, key: StoredValue<String>) -> impl IntoView {
    let subject = desk.subject;
    let pasted = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let work = Work::new();
    let send = move |certificate: String| {
        desk.act(KeyAction::SetCertificate { key: key.get_value(), certificate });
    };
    let make = move || {
        let Some(own) = untrack(move || own_key(desk)) else { return };
        let name = subject.application.with_untracked(|application| application.name().to_owned());
        work.run(async move {
            match app_keys::certificate_of(&own, &name, DAYS).await {
                Ok(certificate) => send(certificate),
                Err(problem) => drop(error.try_set(Some(problem))),
            }
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (text, own) = (pasted.get_untracked(), untrack(move || own_key(desk)));
        work.run(async move {
            match app_keys::checked(&text, own.as_ref()).await {
                Ok(certificate) => {
                    error.try_set(None);
                    send(certificate);
                }
                Err(problem) => drop(error.try_set(Some(problem))),
            }
        });
    };
    let id = format!("certificate-{}", key.get_value());
    view! {
        <div class="row between">
            <p class="small muted grow-wide">{words::MAKE_TEXT}</p>
            <Button text=words::MAKE_AND_REGISTER icon=Icon::Certificate kind=Kind::Primary working=work.seconds() on_press=make/>
        </div>
        <Fold summary=words::PASTE_INSTEAD>
            <form class="stack-8" on:submit=submit>
                <TextArea id label=words::CERTIFICATE_FIELD value=pasted mono=true rows=4 hint=words::CERTIFICATE_HINT.to_owned() error=error/>
                <div class="actions"><Button text=words::REGISTER_IT submit=true working=work.seconds()/></div>
            </form>
        </Fold>
    }
    .into_any()
}
