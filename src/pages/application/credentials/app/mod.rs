//! The keys of a developer app, each with its products, its certificate, and what the bank has decided.

mod certificate;
mod products;

use leptos::prelude::*;

use super::Subject;
use crate::{
    components::prelude::*,
    domain::registration::apigee::{App, Credential, KeyAction, Status},
    pages::trouble::TroubleNote,
    state::{Trouble, app_keys, work::Work},
    text::developer_app as words,
};
use certificate::Certificate;
use products::Products;

/// What the parts share.
#[derive(Clone, Copy)]
struct Desk {
    subject: Subject,
    work: Work,
    trouble: RwSignal<Option<Trouble>>,
}

impl Desk {
    fn act(self, action: KeyAction) {
        let subject = self.subject;
        let Some(environment) = subject.environment() else { return };
        let id = subject.id();
        self.trouble.set(None);
        self.work.run(async move {
            let outcome = app_keys::act(subject.session, &environment, &id, &action).await;
            self.trouble.try_set(outcome.err());
        });
    }
}

/// The panels, one for each key.
#[component]
pub(in super::super) fn AppKeys(subject: Subject) -> impl IntoView {
    let desk = Desk { subject, work: Work::new(), trouble: RwSignal::new(None) };
    let app = Memo::new(move |_| subject.application.with(|application| application.developer_app()));
    let keys = move || {
        let current = subject.client_id().get();
        app.get().map(|app: App| {
            let single = app.credentials.len() == 1;
            app.credentials
                .into_iter()
                .rev()
                .map(|credential| {
                    let is_current = credential.consumer_key == current;
                    view! { <Key desk credential is_current single/> }
                })
                .collect_view()
        })
    };
    view! {
        <section class="stack-16" aria-label=words::KEYS>
            <div class="row between">
                <h2>{words::KEYS}</h2>
                <div class="row">
                    <Button text=words::REFRESH icon=Icon::Refresh size=Size::Head working=subject.reading.seconds() on_press=move || subject.read()/>
                    <Button text=words::ADD_KEY icon=Icon::Plus size=Size::Head working=desk.work.seconds() on_press=move || desk.act(KeyAction::AddKey)/>
                </div>
            </div>
            <p class="small muted">{words::KEYS_TEXT}</p>
            <TroubleNote trouble=desk.trouble/>
            {keys}
        </section>
    }
    .into_any()
}

/// The lamp of a status.
fn lamp(status: Status) -> Lamp {
    match status {
        Status::Approved => Lamp::Ok,
        Status::Pending => Lamp::Info,
        Status::Revoked => Lamp::Bad,
        Status::Other => Lamp::Known,
    }
}

#[component]
fn Key(desk: Desk, credential: Credential, is_current: bool, single: bool) -> impl IntoView {
    let key = StoredValue::new(credential.consumer_key.clone());
    let usable = credential.status != Status::Revoked;
    let revoke = move || desk.act(KeyAction::RevokeKey { key: key.get_value() });
    let delete = move || desk.act(KeyAction::DeleteKey { key: key.get_value() });
    let shown = credential.consumer_key.clone();
    view! {
        <section class="panel" aria-label=format!("Key {}", credential.consumer_key)>
            <div class="panel-head">
                <div class="panel-title">
                    <h3 class="panel-heading"><code>{shown.clone()}</code></h3>
                    {is_current.then(|| view! { <span class="sub">{words::IN_USE}</span> })}
                </div>
                <div class="row">
                    <Lit lamp=lamp(credential.status)>{words::key_status(credential.status)}</Lit>
                    <CopyIcon what="Consumer key" text=Signal::stored(shown)/>
                </div>
            </div>
            {credential
                .reason
                .clone()
                .map(|reason| view! { <PanelPart><p class="small">{words::reason(&reason)}</p></PanelPart> })}
            <Products desk credential=credential.clone()/>
            <Certificate desk credential=credential.clone()/>
            <div class="panel-part row between">
                <span class="small muted">{words::issued(&credential)}</span>
                <div class="row">
                    {usable.then(|| view! { <Button text=words::REVOKE size=Size::Row on_press=revoke/> })}
                    {(!single).then(|| view! { <Button text=words::DELETE size=Size::Row kind=Kind::Danger on_press=delete/> })}
                </div>
            </div>
        </section>
    }
    .into_any()
}
