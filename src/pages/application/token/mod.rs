//! The token: how long it lives, what it is, what it grants, and the first call with it.

mod asking;
mod claims;
mod granted;

use leptos::{prelude::*, task::spawn_local};

use super::{Subject, call::CallSection};
use crate::{
    components::prelude::*,
    domain::{application::Application, inspect::access::AccessToken, route::Route, time},
    pages::trouble::TroubleNote,
    state::{Trouble, vault::HeldToken},
    text::application as words,
};
pub(super) use asking::Asking;
use asking::{AskButton, SecretEntry, none};
use claims::TokenSays;
use granted::Granted;

#[component]
pub(super) fn Token(subject: Subject) -> impl IntoView {
    let asking = Asking::new(subject);
    let held = Memo::new(move |_| subject.token());
    let has_token = Memo::new(move |_| held.with(Option::is_some));
    wanted(asking);
    view! {
        <TokenPanel asking held/>
        {move || {
            has_token
                .get()
                .then(|| {
                    view! {
                        <div class="token-facts">
                            <Granted subject held/>
                            <TokenSays subject held/>
                        </div>
                    }
                })
        }}
        <CallSection asking held/>
    }
    .into_any()
}

/// Another page may have sent the partner here to get a token at once.
fn wanted(asking: Asking) {
    let subject = asking.subject;
    let wanted = subject.session.token_wanted;
    let mine = wanted.with_untracked(|id| id.as_deref() == Some(subject.id().as_str()));
    if mine {
        wanted.set(None);
        spawn_local(async move {
            // A key that is kept is read first: it may be what signs.
            subject.session.keys.load().await;
            if untrack(move || subject.credential()).is_some() {
                asking.ask();
            }
        });
    }
}

/// Countdown, ruler and token, or what it takes to get one.
#[component]
fn TokenPanel(asking: Asking, held: Memo<Option<HeldToken>>) -> impl IntoView {
    let subject = asking.subject;
    let has_token = Memo::new(move |_| held.with(Option::is_some));
    view! {
        <section class="panel" aria-label="Access token">
            {move || if has_token.get() { view! { <Running asking held/> }.into_any() } else { none(asking) }}
            {move || {
                asking
                    .trouble
                    .with(Option::is_some)
                    .then(|| view! { <div class="panel-part"><TroubleNote trouble=asking.trouble on_answer=asking.on_answer()/></div> })
            }}
            {move || {
                let refused = asking.trouble.with(|trouble| matches!(trouble, Some(Trouble::Refused(_))));
                (refused && subject.secret().is_some())
                    .then(|| view! { <div class="panel-part"><SecretEntry asking label="Another client secret" kind=Kind::Secondary/></div> })
            }}
        </section>
    }
    .into_any()
}

/// A token of this tab.
#[component]
fn Running(asking: Asking, held: Memo<Option<HeldToken>>) -> impl IntoView {
    let subject = asking.subject;
    let span = Memo::new(move |_| held.with(|held| held.as_ref().map(span).unwrap_or((0, None))));
    let now = subject.session.now;
    let life = Signal::derive(move || {
        let (start, end) = span.get();
        Life::at(start, end, now.get())
    });
    let expired = Memo::new(move |_| life.get() == Life::Expired);
    let big = move || match span.get().1 {
        Some(_) if expired.get() => "Expired".to_owned(),
        Some(end) => time::countdown(end - now.get()),
        None => "No end said".to_owned(),
    };
    let small = move || {
        let (start, end) = span.get();
        match end {
            Some(end) if expired.get() => time::relative(end, now.get()),
            Some(end) => format!("left of {}", time::length(end - start)),
            None => words::NO_END.to_owned(),
        }
    };
    let end = move || span.get().1.map(|end| words::token_ends(end, expired.get())).unwrap_or_default();
    announce(life);
    let again = move || {
        let can = subject.reachable().get() && subject.credential().is_some();
        let kind = if expired.get() { Kind::Primary } else { Kind::Secondary };
        can.then(|| view! { <AskButton asking text="Get a new token" kind icon=Icon::Refresh/> })
    };
    let uses_secret = move || !subject.application.with(Application::signs);
    view! {
        <LifeRow
            life
            big=Signal::derive(big)
            small=Signal::derive(small)
            start=Signal::derive(move || format!("Issued {}", time::clock_bare(span.get().0)))
            end=Signal::derive(end)
        >
            {again}
        </LifeRow>
        {move || {
            (subject.reachable().get() && uses_secret() && subject.secret().is_none())
                .then(|| view! { <div class="panel-part"><SecretEntry asking label="Client secret, for a new token" kind=Kind::Secondary/></div> })
        }}
        <TokenRow subject held/>
    }
    .into_any()
}

/// Said once at a minute before the end and once at the end, not every second.
fn announce(life: Signal<Life>) {
    let announcer = use_announcer();
    let expired = Memo::new(move |_| life.get() == Life::Expired);
    Effect::new(move |before: Option<bool>| {
        let now = expired.get();
        if now && before == Some(false) {
            announcer.say(words::TOKEN_EXPIRED);
        }
        now
    });
}

#[component]
fn TokenRow(subject: Subject, held: Memo<Option<HeldToken>>) -> impl IntoView {
    let text = Signal::derive(move || {
        held.with(|held| {
            held.as_ref().map(|held| held.answer.access_token.expose().to_owned()).unwrap_or_default()
        })
    });
    let notes = move || {
        held.with(|held| {
            held.as_ref().map(|held| held.answer.notes.join(" ")).filter(|notes| !notes.is_empty())
        })
    };
    view! {
        <PanelPart sunken=true>
            <div class="token-row">
                <TokenText token=text lines=2/>
                <div class="actions">
                    <CopyButton what="Access token" text label="Copy token" size=Size::Head/>
                    <Button text="Inspect" icon=Icon::Inspect size=Size::Head on_press=move || inspect(subject, held)/>
                </div>
            </div>
            {move || notes().map(|notes| view! { <p class="small muted">{notes}</p> })}
        </PanelPart>
    }
    .into_any()
}

/// Hands the token to the inspector past the address.
fn inspect(subject: Subject, held: Memo<Option<HeldToken>>) {
    let token = held.with_untracked(|held| held.as_ref().map(|held| held.answer.access_token.clone()));
    subject.session.to_inspect.set(token);
    subject.session.go(Route::Inspect);
}

/// From when until when a token lives, by this computer's clock: servers' clocks differ, lengths do not.
fn span(held: &HeldToken) -> (i64, Option<i64>) {
    (held.at, held.ends_at())
}

/// Whether a token has ended by this computer's clock.
pub(super) fn has_expired(held: &HeldToken, now: i64) -> bool {
    held.has_ended(now)
}

/// The scopes of a token: by itself, or by the answer it came with; `None` when neither says.
pub(super) fn granted_scopes(held: &HeldToken) -> Option<Vec<String>> {
    AccessToken::read(held.answer.access_token.expose())
        .map(|token| token.scopes)
        .filter(|scopes| !scopes.is_empty())
        .or_else(|| {
            held.answer.scope.as_ref().map(|scope| scope.split_whitespace().map(str::to_owned).collect())
        })
}
