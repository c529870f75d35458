//! Checking the signature: with keys that somebody chose, and on request with the key that the token carries. Nothing is
//! fetched unless a button that names the host is pressed.

use leptos::{ev::SubmitEvent, prelude::*};

use super::{
    desk::Desk,
    fetching::fetch_button,
    judging,
    shown::{Shown, kept},
    statement_keys::StatementKeys,
};
use crate::{
    browser::{clock, verifying},
    components::prelude::*,
    domain::{
        config::Environment,
        inspect::{
            Signature,
            shape::Shape,
            verify::{Key, Keys, Source, Verdict, signatures},
        },
        url,
    },
    state::{key_sets, work::Work},
    text::inspect as text,
};

/// The verdict and the ways to a key.
#[component]
pub fn Verify(desk: Desk, shown: Shown) -> impl IntoView {
    let detached = RwSignal::new(String::new());
    judging::follow_shown(desk, detached);
    let is_detached = kept(shown, |read| read.shape == Shape::Detached);
    let verdicts = move || {
        let verdicts = desk.verdicts.get();
        let several = verdicts.len() > 1;
        verdicts
            .into_iter()
            .enumerate()
            .map(|(at, verdict)| said(&verdict, several.then_some(at + 1)))
            .collect::<Vec<_>>()
    };
    let pasting = RwSignal::new(false);
    view! {
        <div role="status">{verdicts}</div>
        {move || is_detached.get().then(|| view! {
            <PanelPart>
                <TextArea id="detached-payload" label=text::DETACHED value=detached mono=true/>
            </PanelPart>
        })}
        <PanelPart sunken=true>
            <div class="row">
                <FetchKeys desk shown/>
                <StatementKeys desk shown/>
                <Button text=text::PASTE_KEY size=Size::Row on_press=move || pasting.update(|open| *open = !*open)/>
                <TabKeys desk/>
                <CarriedKey desk shown/>
            </div>
            <KeysAtHand desk/>
        </PanelPart>
        {move || pasting.get().then(|| view! { <PasteKey desk on_done=move |()| pasting.set(false)/> })}
    }
    .into_any()
}

fn said(verdict: &Verdict, number: Option<usize>) -> AnyView {
    let lamp = judging::lamp(verdict);
    let title = match number {
        Some(number) => format!("{}: {}", text::signature_number(number), verdict.title()),
        None => verdict.title().to_owned(),
    };
    let words = verdict.text();
    view! {
        <PanelPart>
            <p class="lit small">
                <LampMark lamp/>
                <span><b>{format!("{title}.")}</b> " " <span class="muted">{marked(&words)}</span></span>
            </p>
        </PanelPart>
    }
    .into_any()
}

/// The keys of the environment that issued it, or of the one that is chosen.
#[component]
fn FetchKeys(desk: Desk, shown: Shown) -> impl IntoView {
    let issuer = kept(shown, |read| read.environment.as_ref().map(|known| known.id.clone()));
    let id = Memo::new(move |_| issuer.get().unwrap_or_else(|| desk.session.environment.get()));
    // A secret is not among the keys that an issuer publishes.
    let is_symmetric = kept(shown, |read| read.signature.as_ref().is_some_and(Signature::is_symmetric));
    move || {
        let environment = desk.session.environment_by_id(&id.get()).filter(|_| !is_symmetric.get());
        environment.map(|environment| fetch_keys(desk, environment))
    }
}

fn fetch_keys(desk: Desk, environment: Environment) -> AnyView {
    if let Some(keys) = key_sets::known(&environment.id) {
        desk.add_keys(keys);
    }
    let issuer = url::absolute(&crate::browser::location::origin(), &environment.issuer);
    let host = url::parts(&issuer).map(|parts| parts.host).unwrap_or_default();
    let label = text::fetch_keys(&host);
    let fetch = move || {
        let environment = environment.clone();
        async move { key_sets::fetch(desk.session, &environment).await }
    };
    fetch_button(desk, label, fetch)
}

/// The keys that were made or loaded in this tab.
#[component]
fn TabKeys(desk: Desk) -> impl IntoView {
    let held = desk.session.keys.held;
    let add = move || {
        let keys = held.with_untracked(|held| {
            held.iter()
                .filter_map(|key| {
                    let members = key.public.to_value();
                    Some(Key::read(members.as_object()?, text::KEY_OF_TAB.to_owned(), Source::Workshop))
                })
                .collect()
        });
        desk.add_keys(Keys { keys, left_out: 0 });
    };
    move || {
        (!held.with(Vec::is_empty))
            .then(|| view! { <Button text=text::KEYS_OF_TAB size=Size::Row on_press=add/> }.into_any())
    }
}

/// The key in the token: tried when somebody asks for it, and never trusted.
#[component]
fn CarriedKey(desk: Desk, shown: Shown) -> impl IntoView {
    let carries = kept(shown, |read| {
        let has =
            |name: &&str| read.header.as_ref().is_some_and(|header| header.document.get(name).is_some());
        ["jwk", "x5c"].iter().any(has)
    });
    let work = Work::new();
    let fetch = move || {
        work.run(async move {
            let Some(read) = shown.try_get_untracked().flatten() else { return };
            for strict in signatures(&read, "").into_iter().flatten() {
                desk.add_keys(verifying::carried(&strict).await);
            }
        });
    };
    move || {
        carries.get().then(|| {
            view! { <Button text=text::CARRIED_KEY size=Size::Row working=work.seconds() on_press=fetch/> }.into_any()
        })
    }
}

/// Which keys are tried, and where they came from.
#[component]
fn KeysAtHand(desk: Desk) -> impl IntoView {
    move || {
        let keys = desk.keys.get();
        if keys.keys.is_empty() {
            return ().into_any();
        }
        let now = clock::now();
        let lines: Vec<AnyView> = keys
            .keys
            .iter()
            .map(|key| {
                let name = key.kid.clone().unwrap_or_else(|| key.label.clone());
                let words = key.source.words(now);
                view! { <li><code>{name}</code> " " <span class="muted">{key.kty.clone()} ", " {marked(&words)}</span></li> }
                    .into_any()
            })
            .collect();
        view! {
            <Fold summary=text::keys_at_hand(keys.keys.len())>
                <ul class="small stack-4">{lines}</ul>
                <Button text=text::FORGET_KEYS kind=Kind::Text size=Size::Row on_press=move || desk.keys.set(Keys::default())/>
            </Fold>
        }
        .into_any()
    }
}

/// The form for a pasted key. What was pasted stays until it was taken.
#[component]
fn PasteKey(desk: Desk, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let work = Work::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        work.run(async move {
            match verifying::read_keys(&typed.get_untracked()).await {
                Ok(keys) => {
                    desk.add_keys(keys);
                    on_done.run(());
                }
                Err(why) => drop(error.try_set(Some(why))),
            }
        });
    };
    view! {
        <form class="panel-part stack-8" on:submit=submit novalidate>
            <TextArea
                id="verify-key"
                label=text::KEY
                value=typed
                hint=Signal::stored(Some(text::KEY_HINT.to_owned()))
                error=error
                mono=true
            />
            <div class="row"><Button text=text::USE_KEY submit=true working=work.seconds()/></div>
        </form>
    }
    .into_any()
}
