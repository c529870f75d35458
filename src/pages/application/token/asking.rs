//! Asking for a token, and for the secret that it takes.

use leptos::prelude::*;

use crate::{
    browser::signing::KeyPair,
    components::prelude::*,
    domain::{application::Application, config::TLS_CLIENT_AUTH, grant, http::Response, secret::Secret},
    pages::{application::Subject, keys::LoadKey},
    state::{Trouble, backend, work::Work},
    text::application as words,
};

/// Asking for tokens, for this tab and for a call that is repeated.
#[derive(Clone, Copy)]
pub(in super::super) struct Asking {
    pub(in super::super) subject: Subject,
    pub(super) work: Work,
    pub(super) trouble: RwSignal<Option<Trouble>>,
}

impl Asking {
    pub(super) fn new(subject: Subject) -> Self {
        Self { subject, work: Work::new(), trouble: RwSignal::new(None) }
    }

    pub(super) fn ask(self) {
        self.work.run(async move {
            self.once().await;
        });
    }

    /// Takes a pasted answer of the token endpoint.
    pub(super) fn on_answer(self) -> Callback<Response> {
        Callback::new(move |response: Response| {
            let subject = self.subject;
            let (id, scope) =
                subject.application.with_untracked(|a| (a.id.clone(), a.token_scopes().join(" ")));
            self.work.run(async move {
                let outcome = backend::take_token(subject.session, &id, &scope, &response).await;
                self.trouble.try_set(outcome.err());
            });
        })
    }

    /// Asks once; whether there is a token now.
    pub(in super::super) async fn once(self) -> bool {
        let subject = self.subject;
        let known = (subject.environment.try_get_value().flatten(), subject.application.try_get_untracked());
        let (Some(environment), Some(application)) = known else { return false };
        let Some(credential) = untrack(move || subject.credential()) else { return false };
        let scope = application.token_scopes().join(" ");
        let outcome =
            backend::request_token(subject.session, &environment, &application, &credential, &scope).await;
        let got = outcome.is_ok();
        self.trouble.try_set(outcome.err());
        got
    }
}

/// There is no token in this tab.
pub(super) fn none(asking: Asking) -> AnyView {
    let subject = asking.subject;
    let at_hand = Memo::new(move |_| subject.credential().is_some());
    let way = move || {
        if !subject.reachable().get() {
            return view! { <p class="muted">{words::NO_TOKEN_ANY_MORE}</p> }.into_any();
        }
        let signs = subject.application.with(Application::signs);
        let certificate = subject.application.with(|a| a.method() == TLS_CLIENT_AUTH);
        if !certificate && !signs && !subject.application.with(|a| grant::takes_secret(a.method())) {
            let method = subject.application.with(|a| a.method().to_owned());
            return view! { <p class="muted">{words::other_method(&method)}</p> }.into_any();
        }
        if !at_hand.get() && signs {
            return view! { <KeyEntry subject/> }.into_any();
        }
        if !at_hand.get() {
            return view! { <SecretEntry asking label="Client secret" kind=Kind::Primary/> {read_instead(subject)} }.into_any();
        }
        view! {
            <div class="row between">
                <p class="muted">{move || subject.application.with(words::asks_with)}</p>
                <AskButton asking text="Get a token" kind=Kind::Primary/>
            </div>
        }
        .into_any()
    };
    view! { <div class="panel-part"><div class="stack-8"><h2>{words::NO_TOKEN}</h2> {way}</div></div> }
        .into_any()
}

/// The private key is not here: it can be loaded for this tab.
#[component]
fn KeyEntry(subject: Subject) -> impl IntoView {
    view! {
        <div class="stack-16">
            <p class="muted">{move || subject.application.with(words::key_wanted)}</p>
            <LoadKey on_taken=move |pair: KeyPair| drop(subject.session.keys.hold(pair))/>
        </div>
    }
    .into_any()
}

/// Some servers send the secret again with a read.
fn read_instead(subject: Subject) -> AnyView {
    view! {
        <div class="row">
            <span class="small muted">{words::not_at_hand(subject.dialect())}</span>
            <Button
                text="Read the registration"
                size=Size::Head
                icon=Icon::Refresh
                working=subject.reading.seconds()
                on_press=move || subject.read()
            />
        </div>
    }
    .into_any()
}

#[component]
pub(super) fn AskButton(
    asking: Asking,
    #[prop(into)] text: Signal<String>,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] icon: Option<Icon>,
) -> impl IntoView {
    match icon {
        Some(icon) => {
            view! { <Button text kind icon working=asking.work.seconds() on_press=move || asking.ask()/> }
                .into_any()
        }
        None => view! { <Button text kind working=asking.work.seconds() on_press=move || asking.ask()/> }
            .into_any(),
    }
}

/// A field for a secret that is not at hand. It is held for this tab, and asked with at once.
#[component]
pub(super) fn SecretEntry(asking: Asking, label: &'static str, kind: Kind) -> impl IntoView {
    let subject = asking.subject;
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let submit = move || {
        let secret = typed.get_untracked().trim().to_owned();
        if secret.is_empty() {
            error.set(Some(words::SECRET_MISSING.to_owned()));
            return;
        }
        typed.set(String::new());
        error.set(None);
        subject.session.vault.hold_secret(&subject.id(), Secret::new(secret));
        asking.ask();
    };
    view! {
        <form
            class="field-and-button"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <SecretField id="client-secret" label value=typed hint=words::SECRET_HINT error=error/>
            <Button text="Get a token" kind submit=true working=asking.work.seconds()/>
        </form>
    }
    .into_any()
}
