//! What the token says of itself: the claims that matter first.

use leptos::prelude::*;

use super::inspect as to_inspector;
use crate::{
    components::prelude::*,
    domain::{
        inspect::{Inspection, Kind as TokenKind, access::AccessToken, inspect, rows::realm},
        overview::short_id,
        time,
    },
    pages::application::Subject,
    state::{environments::known_issuers, vault::HeldToken},
    text::application as words,
};

#[component]
pub(super) fn TokenSays(subject: Subject, held: Memo<Option<HeldToken>>) -> impl IntoView {
    // The sentences here do not depend on the time, so it is read once per token.
    let inspection = Memo::new(move |_| {
        let mut issuers = known_issuers(subject.session);
        // Directly and through a prefix the issuer is the same: then it is the environment of this application.
        let own = subject.environment_id();
        issuers.sort_by_key(|known| Some(&known.id) != own.as_ref());
        held.with(|held| {
            let held = held.as_ref()?;
            Some(inspect(held.answer.access_token.expose(), held.at, &issuers))
        })
    });
    let count = move || {
        let count =
            inspection.with(|i| i.as_ref().and_then(|i| Some(i.payload.as_ref()?.document.members().len())));
        count.map_or_else(|| "Inspect".to_owned(), |count| format!("All {count} claims"))
    };
    let all = move || {
        view! { <Button text=Signal::derive(count) kind=Kind::Text size=Size::Row on_press=move || to_inspector(subject, held)/> }
    };
    view! {
        <Panel title="What the token says" aside=all>
            {move || inspection.get().map(|inspection| claims(subject, &inspection))}
        </Panel>
    }
    .into_any()
}

fn claims(subject: Subject, inspection: &Inspection) -> AnyView {
    let text = inspection.token.expose();
    let Some(token) = AccessToken::read(text) else {
        let (lead, rest) = match inspection.kind {
            TokenKind::Encrypted => (words::ENCRYPTED_LEAD, words::ENCRYPTED),
            _ => (words::OPAQUE_LEAD, words::OPAQUE),
        };
        return view! { <p class="small muted"><b>{lead}</b> " " {rest}</p> }.into_any();
    };
    let own = subject.application.with(|application| application.client_id.clone());
    let environment = subject.environment_id();
    let issuer = token.issuer.as_deref().map(|issuer| {
        let note = match &inspection.environment {
            Some(known) if Some(&known.id) == environment.as_ref() => format!("your {}", known.name),
            Some(known) => format!("your {}, not the environment of this application", known.name),
            None => "not an environment of this portal".to_owned(),
        };
        claim("iss", realm(issuer).unwrap_or(issuer).to_owned(), note)
    });
    let audience =
        (!token.audience.is_empty()).then(|| claim("aud", token.audience.join(" "), String::new()));
    let party = token.authorized_party.as_deref().map(|party| {
        let note = if party == own { "this application" } else { "another client" };
        claim("azp", short_id(party), note.to_owned())
    });
    let roles = (!token.roles.is_empty())
        .then(|| claim("realm_access", token.roles.join(" "), words::roles(token.roles.len())));
    let user = inspection.payload.as_ref().and_then(|payload| payload.document.text("preferred_username"));
    let user = user.map(|user| claim("preferred_username", user.to_owned(), String::new()));
    let expiry = token.expires_at.map(|at| expiry(subject, at));
    view! { <Facts class="claims">{issuer} {audience} {party} {roles} {user} {expiry}</Facts> }.into_any()
}

fn claim(name: &'static str, value: String, note: String) -> AnyView {
    view! { <Fact label=name><span class="mono">{value}</span> " " <span class="muted">{note}</span></Fact> }
        .into_any()
}

fn expiry(subject: Subject, at: i64) -> AnyView {
    view! {
        <Fact label="exp">
            {time::clock(at)} " " <span class="muted">{move || time::relative(at, subject.session.now.get())}</span>
        </Fact>
    }
    .into_any()
}
