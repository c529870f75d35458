//! What is known of the client secret, and the secret itself where it is at hand.

use leptos::{prelude::*, task::spawn_local};

use super::super::Subject;
use crate::{
    components::prelude::*,
    domain::{grant, time},
    state::manage,
    text::application as words,
};

#[component]
pub(super) fn SecretPanel(subject: Subject) -> impl IntoView {
    let masked = Signal::derive(move || {
        subject.application.with(|a| a.secret.is_some().then(|| words::masked_secret(a)))
    });
    let expires = Memo::new(move |_| {
        subject
            .application
            .with(|a| a.secret.as_ref().and_then(|note| note.expires_at))
            .filter(|end| *end > 0)
    });
    view! {
        <Panel title="Client secret" sub=masked flush=true>
            {move || expires.get().map(|end| ruler(subject, end))}
            <Facts4 subject/>
            <PanelPart>
                <AtHand subject/>
            </PanelPart>
        </Panel>
    }
    .into_any()
}

/// The days of a secret that ends.
fn ruler(subject: Subject, end: i64) -> AnyView {
    let start = subject.application.with_untracked(|application| application.created_at);
    let now = subject.session.now;
    let life = Memo::new(move |_| Life::at(start, Some(end), now.get()));
    let left = move || if now.get() >= end { "Expired".to_owned() } else { time::duration(end - now.get()) };
    view! {
        <LifeRow
            life
            big=Signal::derive(left)
            small=format!("of {}", time::length(end - start))
            start=format!("Made {}", time::date(start))
            end=format!("Expires {}", time::date_time(end))
        />
    }
    .into_any()
}

#[component]
fn Facts4(subject: Subject) -> impl IntoView {
    let last_four = move || {
        subject
            .application
            .with(|a| a.secret.as_ref().and_then(|note| note.last_four.clone()))
            .unwrap_or_else(|| "–".to_owned())
    };
    let expires = move || subject.application.with(words::secret_expiry);
    let used = move || {
        let now = subject.session.now.get();
        subject.application.with(|application| words::last_token(application, now))
    };
    view! {
        <Probes even=true>
            <Probe label="Method"><span class="mono">{move || subject.application.with(|a| a.method().to_owned())}</span></Probe>
            <Probe label="Last four"><span class="mono">{last_four}</span></Probe>
            <Probe label="Expires">{expires}</Probe>
            <Probe label="Last used here">{used}</Probe>
        </Probes>
    }
    .into_any()
}

/// The secret, when asked for; else how to come by it.
#[component]
fn AtHand(subject: Subject) -> impl IntoView {
    let secret = Memo::new(move |_| subject.secret());
    move || {
        let takes_secret = subject.application.with(|a| grant::takes_secret(a.method()));
        match secret.get() {
            Some(secret) => {
                let shown = RwSignal::new(false);
                let text = StoredValue::new(secret);
                let copied = Signal::derive(move || text.with_value(|secret| secret.expose().to_owned()));
                let button = move || {
                    let (word, icon) = if shown.get() {
                        ("Hide the secret", Icon::EyeOff)
                    } else {
                        ("Show the secret", Icon::Eye)
                    };
                    view! { <Button text=word icon size=Size::Head on_press=move || shown.update(|shown| *shown = !*shown)/> }
                };
                view! {
                    <div class="stack-8">
                        {move || shown.get().then(|| view! { <p class="mono secret-line" translate="no">{copied.get()}</p> })}
                        <div class="actions">{button} <CopyButton what="Client secret" text=copied label="Copy" size=Size::Head/></div>
                        <KeepSwitch subject/>
                    </div>
                }
                .into_any()
            }
            None if !takes_secret => view! { <p class="small muted">{words::NO_SECRET}</p> }.into_any(),
            None if !subject.reachable().get() => {
                view! { <p class="small muted">{words::NOT_AT_HAND}</p> }.into_any()
            }
            None => view! { <p class="small muted">{words::not_at_hand(subject.dialect())}</p> }.into_any(),
        }
    }
}

/// Keeps the secret in this browser, encrypted, or stops keeping it. Nothing is there to be switched where neither a
/// secret nor a record of it exists.
#[component]
pub(in super::super) fn KeepSwitch(subject: Subject) -> impl IntoView {
    let kept = Memo::new(move |_| {
        subject.application.with(|a| a.secret.as_ref().is_some_and(|note| note.kept.is_some()))
    });
    let possible =
        Memo::new(move |_| subject.application.with(|a| a.secret.is_some()) && subject.secret().is_some());
    let shown = RwSignal::new(kept.get_untracked());
    Effect::new(move |_| shown.set(kept.get()));
    let change = move |keep: bool| {
        shown.set(keep);
        let (session, id) = (subject.session, subject.id());
        let Some(secret) = session.vault.secret_untracked(&id) else { return };
        // Whatever is decided, it stays at hand in this tab.
        session.vault.hold_secret(&id, secret.clone());
        spawn_local(async move {
            if let Err(trouble) = manage::keep_secret(session, &id, keep.then_some(secret)).await {
                shown.try_set(!keep);
                subject.tell(Err(trouble), "");
            }
        });
    };
    move || {
        possible.get().then(|| {
            view! { <Switch id="keep-secret" label=words::KEEP_SECRET checked=shown on_change=change/> }
        })
    }
}
