//! The registration access token: the only key to the registration.

use leptos::prelude::*;

use super::super::Subject;
use crate::{
    components::prelude::*,
    domain::{inspect::inspect, registration::Management, secret::Secret, time},
    state::{manage, work::Work},
    text::application as words,
};

#[component]
pub(super) fn RegistrationTokenPanel(subject: Subject) -> impl IntoView {
    let token = Memo::new(move |_| subject.application.with(|a| a.registration_access_token.clone()));
    let text = Signal::derive(move || {
        token.with(|token| token.as_ref().map(|t| t.expose().to_owned()).unwrap_or_default())
    });
    let reachable = subject.reachable();
    let state = move || {
        if token.with(Option::is_some) {
            view! { <Lit lamp=Lamp::Ok>{words::STORED}</Lit> }.into_any()
        } else {
            let lamp = if reachable.get() { Lamp::Warn } else { Lamp::Known };
            view! { <Lit lamp>{words::NOT_STORED}</Lit> }.into_any()
        }
    };
    let renewing = Work::new();
    let renew = move || {
        let Some(environment) = subject.environment() else { return };
        let (session, id) = (subject.session, subject.id());
        renewing.run(async move {
            let outcome = manage::renew_token(session, &environment, &id).await;
            subject.tell(outcome, words::RENEWED);
        });
    };
    let rotates = rotates(subject);
    let buttons = move || {
        let has = token.with(Option::is_some);
        (has && reachable.get()).then(|| {
            view! {
                <div class="actions">
                    <Button
                        text="Read the registration"
                        size=Size::Head
                        working=subject.reading.seconds()
                        on_press=move || subject.read()
                    />
                    {rotates
                        .then(|| {
                            view! {
                                <Button text="Renew" label="Renew the registration access token" size=Size::Head working=renewing.seconds() on_press=renew/>
                            }
                        })}
                    <CopyButton what="Registration access token" text label="Copy" size=Size::Head/>
                </div>
            }
        })
    };
    view! {
        <Panel title="Registration access token" flush=true>
            <PanelPart>
                <div class="stack-8">
                    <Facts>
                        <Fact label="State">{state}</Fact>
                        <Fact label="Expires">{move || expiry(subject, token.get())}</Fact>
                        <Fact label="Changes">{rotation(subject)}</Fact>
                        <Fact label="Last used">
                            {move || subject.application.with(|a| words::last_managed(a, subject.session.now.get()))}
                        </Fact>
                    </Facts>
                    {buttons}
                </div>
            </PanelPart>
            {move || {
                reachable
                    .get()
                    .then(|| {
                        view! {
                            <PanelPart><Fold summary=words::ENTER_TOKEN><TokenEntry subject/></Fold></PanelPart>
                            <PanelPart sunken=true>
                                <div class="with-icon small muted">
                                    <IconMark icon=Icon::Shield/>
                                    <p>{words::BEFORE_AN_UPDATE}</p>
                                </div>
                            </PanelPart>
                        }
                    })
            }}
        </Panel>
    }
    .into_any()
}

fn expiry(subject: Subject, token: Option<Secret>) -> AnyView {
    let Some(token) = token else { return "–".into_any() };
    let now = subject.session.now.get_untracked();
    let lifetime = inspect(token.expose(), now, &[]).lifetime;
    match lifetime.until {
        _ if lifetime.never => view! { "Never" }.into_any(),
        Some(at) => time::when_exactly(at, now).into_any(),
        None => words::DOES_NOT_SAY.into_any(),
    }
}

/// Whether an update is known to bring a new token.
fn rotates(subject: Subject) -> bool {
    subject.dialect().map(|dialect| dialect.management())
        == Some(Management::RegistrationAccessToken { rotates_on_update: true })
}

fn rotation(subject: Subject) -> &'static str {
    if rotates(subject) { words::ROTATES } else { words::MAY_ROTATE }
}

/// A field for a token that the operator regenerated. It is tried before the old one is let go.
#[component]
pub(in super::super) fn TokenEntry(subject: Subject) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let work = Work::new();
    let submit = move || {
        let token: String =
            typed.get_untracked().split_whitespace().filter(|word| *word != "Bearer").collect();
        if token.is_empty() {
            error.set(Some(words::TOKEN_MISSING.to_owned()));
            return;
        }
        let Some(environment) = subject.environment() else { return };
        error.set(None);
        let (session, id) = (subject.session, subject.id());
        work.run(async move {
            let outcome = manage::replace_token(session, &environment, &id, Secret::new(token)).await;
            if outcome.is_ok() {
                typed.try_set(String::new());
            }
            subject.tell(outcome, words::TOKEN_TAKEN);
        });
    };
    view! {
        <form
            class="stack-8"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <SecretField
                id="registration-access-token"
                label="Registration access token from the operator"
                value=typed
                hint=words::TOKEN_ENTRY_HINT
                error=error
            />
            <div class="actions"><Button text="Use this token" submit=true size=Size::Head working=work.seconds()/></div>
        </form>
    }
    .into_any()
}
