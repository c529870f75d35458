//! What a change to a registration by software statement can say: the statement, where a sign-in returns to, every other
//! member, and which key signs.

use leptos::prelude::*;
use serde_json::Value;

use super::{Desk, form};
use crate::{
    components::prelude::*,
    domain::{
        form::{Draft, Field},
        registration::{
            Software, SoftwareMember, StatementUse,
            open_banking::{SoftwareStatement, members::MemberKind},
        },
        route::Tab,
        time,
    },
    state::signed_request,
    text::application as words,
};

/// The fields. They stand in the place of those that other servers know.
pub(super) fn fields(desk: Desk) -> AnyView {
    let members: &'static [SoftwareMember] =
        desk.subject.dialect().map(|dialect| dialect.software_members()).unwrap_or_default();
    let rows: Vec<AnyView> = members.iter().map(|member| field(desk, member)).collect();
    view! {
        {statement(desk)}
        {form::redirect_uris(desk)}
        {signer(desk)}
        <Fold summary=words::OTHER_MEMBERS><div class="pair fields">{rows}</div></Fold>
    }
    .into_any()
}

fn statement(desk: Desk) -> AnyView {
    let value = form::part(desk, |draft| &mut software(draft).statement);
    let read = Memo::new(move |_| value.with(|text| SoftwareStatement::read(text).ok()));
    let hint = Signal::derive(move || {
        let now = desk.subject.session.now.get();
        read.with(|read| {
            let read = read.as_ref()?;
            let issued = read.issued_at.map(|at| time::since(at, now)).unwrap_or_default();
            Some(words::statement_says(&read.software_id, read.issuer.as_deref(), &issued))
        })
    });
    let error = Signal::derive(move || desk.error(Field::Statement));
    view! {
        <TextArea
            id=Field::Statement.id()
            label=Field::Statement.label()
            value
            mono=true
            rows=4
            hint=hint
            error
        />
    }
    .into_any()
}

/// Which key signs, and whether it is here. Tracks the keys.
fn signer(desk: Desk) -> Option<AnyView> {
    let subject = desk.subject;
    if subject.habits().software_statement != StatementUse::SignedRequest {
        return None;
    }
    let keys = subject.session.keys;
    let here = Memo::new(move |_| {
        keys.held.track();
        subject
            .application
            .with(|application| signed_request::signer(subject.session, &application.asked).is_some())
    });
    let named = Memo::new(move |_| {
        desk.draft.with(|draft| {
            let software = draft.software.as_deref().cloned().unwrap_or_default();
            words::signed_by(&software.algorithm, &software.kid)
        })
    });
    let lamp = Signal::derive(move || if here.get() { Lamp::Ok } else { Lamp::Warn });
    Some(
        view! {
            <div class="row between" id=Field::Keys.id() tabindex="-1">
                <p class="lit grow-wide small"><LampMark lamp/><span>{move || marked(&named.get())}" "{move || words::signer_here(here.get())}</span></p>
                {move || {
                    (!here.get())
                        .then(|| view! { <ButtonLink to=subject.route(Tab::Credentials) text="Load the key" size=Size::Head/> })
                }}
            </div>
        }
        .into_any(),
    )
}

/// A member by its kind.
fn field(desk: Desk, member: &'static SoftwareMember) -> AnyView {
    let label = member.label.replace('`', "");
    let choices = match member.kind {
        MemberKind::Flag => return switch(desk, member.name, label),
        MemberKind::Text => None,
        MemberKind::Choice(choices) => Some(words::usually(choices)),
    };
    let text = desk.draft.with_untracked(|draft| {
        draft.software.as_ref().map(|software| software.text(member.name).to_owned()).unwrap_or_default()
    });
    let value = RwSignal::new(text);
    Effect::new(move |before: Option<String>| {
        let typed = value.get();
        if before.is_some_and(|before| before != typed) {
            set(desk, member.name, typed.as_str().into());
        }
        typed
    });
    let of_form = [Field::Audience, Field::SubjectDn, Field::KeysAddress];
    let known = of_form.into_iter().find(|field| field.id() == member.name);
    let error = Signal::derive(move || known.and_then(|field| desk.error(field)));
    view! { <TextField id=member.name label value mono=true hint=Signal::stored(choices) error/> }.into_any()
}

fn switch(desk: Desk, name: &'static str, label: String) -> AnyView {
    let checked = Signal::derive(move || {
        desk.draft.with(|draft| {
            let value = draft.software.as_ref().and_then(|software| software.members.get(name).cloned());
            value == Some(Value::Bool(true))
        })
    });
    view! { <Switch id=name label checked on_change=move |on: bool| set(desk, name, on.into())/> }.into_any()
}

fn set(desk: Desk, name: &'static str, value: Value) {
    desk.draft.update(|draft| {
        software(draft).members.insert(name.to_owned(), value);
    });
}

fn software(draft: &mut Draft) -> &mut Software {
    draft.software.get_or_insert_default()
}
