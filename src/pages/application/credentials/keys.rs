//! The keys of an application that proves itself by a signature.

use leptos::prelude::*;

use super::Subject;
use crate::{
    browser::signing::KeyPair,
    components::prelude::*,
    domain::{export::file_stem, jose::PublicJwk},
    pages::keys::{Bench, KeyOutput, LoadKey},
    state::keys::{self, HeldKey},
    text::application as words,
};

/// Right after registering: the private half of the key, to be saved.
#[component]
pub(in super::super) fn ClientKey(subject: Subject) -> impl IntoView {
    let at_hand = Memo::new(move |_| newest(subject).map(|key| key.thumbprint().to_owned()));
    let file = subject.application.with_untracked(|application| file_stem(application.name()));
    move || match at_hand.get().and_then(|_| untrack(move || newest(subject))) {
        Some(key) => {
            let bench = Bench::of(&key, file.clone());
            view! {
                <section class="panel bench-panel">
                    <div class="panel-head"><div class="panel-title"><h2>{words::CLIENT_KEY}</h2></div></div>
                    <KeyOutput bench/>
                </section>
            }
            .into_any()
        }
        None => view! { <Note lead=words::KEY_ELSEWHERE_LEAD>{words::KEY_ELSEWHERE}</Note> }.into_any(),
    }
}

fn newest(subject: Subject) -> Option<HeldKey> {
    subject
        .application
        .with(|application| keys::of_application(subject.session.keys, application))
        .pop()
        .map(|known| known.key)
}

/// Under Credentials: what the server knows, and whether it can be used from here.
#[component]
pub(super) fn KeysPanel(subject: Subject) -> impl IntoView {
    let registered = Memo::new(move |_| subject.application.with(|application| application.keys()));
    let loading = RwSignal::new(false);
    let rows = move || registered.get().into_iter().map(|key| row(subject, key)).collect_view();
    let address = Memo::new(move |_| subject.application.with(|a| a.asked.jwks_uri.clone()));
    view! {
        <section class="panel">
            <div class="panel-head">
                <div class="panel-title">
                    <h2>{words::KEYS}</h2>
                    <span class="sub">"private_key_jwt"</span>
                </div>
                <Button text=words::LOAD_KEY icon=Icon::Upload size=Size::Head on_press=move || loading.update(|open| *open = !*open)/>
            </div>
            {move || {
                loading
                    .get()
                    .then(|| {
                        view! {
                            <PanelPart sunken=true>
                                <LoadKey
                                    on_taken=move |pair: KeyPair| {
                                        subject.session.keys.hold(pair);
                                        loading.set(false);
                                    }
                                    on_close=move |()| loading.set(false)
                                />
                            </PanelPart>
                        }
                    })
            }}
            {move || address.get().map(|address| view! { <PanelPart><p class="small muted">{words::keys_at(&address)}</p></PanelPart> })}
            {rows}
        </section>
    }
    .into_any()
}

fn row(subject: Subject, key: PublicJwk) -> AnyView {
    let kid = key.kid.clone().unwrap_or_else(|| words::NO_KID.to_owned());
    let kind = key.kind.words();
    let here =
        Memo::new({
            let key = key.clone();
            move |_| {
                subject.session.keys.held.with(|held| {
                    held.iter().find(|known| known.public.is_same_key(&key)).map(|known| known.kept)
                })
            }
        });
    let lamp = Signal::derive(move || if here.get().is_some() { Lamp::Ok } else { Lamp::Known });
    view! {
        <PanelPart>
            <div class="row between">
                <div class="stack-4">
                    <code class="kid">{kid}</code>
                    <span class="small muted">{kind}</span>
                </div>
                <span class="lit small"><LampMark lamp/> <span>{move || words::key_here(here.get())}</span></span>
            </div>
        </PanelPart>
    }
    .into_any()
}
