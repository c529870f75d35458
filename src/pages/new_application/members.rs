//! The members of a registration by software statement: those that usually matter in the open, the others in a fold.

use leptos::prelude::*;
use serde_json::Value;

use super::form::Form;
use crate::{
    components::prelude::*,
    domain::{
        config::TLS_CLIENT_AUTH,
        form::Field,
        registration::{SoftwareMember, StatementUse, dialect_of, open_banking::members::MemberKind},
    },
    text::statement as words,
};

/// Those that a problem can point to: a link into a fold that is closed leads nowhere.
const IN_THE_OPEN: [Field; 3] = [Field::Audience, Field::SubjectDn, Field::KeysAddress];

/// The fields. What stands in them follows the statement and the environment until somebody writes something else.
#[component]
pub fn Members(
    /// The form.
    form: Form,
) -> impl IntoView {
    let members = Memo::new(move |_| {
        form.environment
            .with(|environment| environment.as_ref().map(|e| dialect_of(e).software_members()))
            .unwrap_or_default()
    });
    let by_certificate = Memo::new(move |_| {
        form.environment
            .with(|e| e.as_ref().is_some_and(|e| form.draft.with(|draft| draft.method(e) == TLS_CLIENT_AUTH)))
    });
    let signed = Memo::new(move |_| form.habits().software_statement == StatementUse::SignedRequest);
    let lifetime = Signal::derive(move || {
        let usual = form.environment.with(|e| e.as_ref().map(|e| e.signed_request.lifetime));
        usual.map(words::lifetime_hint)
    });
    let lifetime_error = Signal::derive(move || {
        form.software.lifetime_seconds().is_err().then(|| words::LIFETIME_WRONG.to_owned())
    });
    let shown = move |member: &SoftwareMember| {
        let field = IN_THE_OPEN.into_iter().find(|field| field.id() == member.name)?;
        let needed = field != Field::SubjectDn || by_certificate.get();
        needed.then(|| draw(form, member, form.error(field)))
    };
    let folded = move || {
        let rest =
            members.get().iter().filter(|member| !IN_THE_OPEN.iter().any(|field| field.id() == member.name));
        rest.map(|member| draw(form, member, Signal::stored(None))).collect::<Vec<AnyView>>()
    };
    let changed = Memo::new(move |_| form.software.typed.with(|typed| !typed.is_empty()));
    view! {
        <div class="pair fields">
            {move || members.get().iter().filter_map(shown).collect::<Vec<AnyView>>()}
            {move || {
                signed
                    .get()
                    .then(|| {
                        view! { <TextField id="lifetime" label=words::LIFETIME value=form.software.lifetime hint=lifetime error=lifetime_error/> }
                    })
            }}
        </div>
        <Fold summary=words::MEMBERS>
            <div class="stack-16">
                <p class="small muted">{words::MEMBERS_TEXT}</p>
                <div class="pair fields">{folded}</div>
                {move || {
                    changed
                        .get()
                        .then(|| {
                            view! {
                                <div class="row">
                                    <Button
                                        text=words::MEMBERS_RESET
                                        size=Size::Row
                                        on_press=move || form.software.typed.update(serde_json::Map::clear)
                                    />
                                </div>
                            }
                        })
                }}
            </div>
        </Fold>
    }
    .into_any()
}

/// What stands in a member now. Tracks.
fn current(form: Form, name: &str) -> Option<Value> {
    form.draft.with(|draft| draft.software.as_ref()?.members.get(name).cloned())
}

fn write(form: Form, name: &'static str, value: Value) {
    form.software.typed.update(|typed| {
        typed.insert(name.to_owned(), value);
    });
}

fn draw(form: Form, member: &SoftwareMember, error: Signal<Option<String>>) -> AnyView {
    let (name, label) = (member.name, member.label.replace('`', ""));
    match member.kind {
        MemberKind::Flag => flag(form, name, label),
        MemberKind::Text => {
            let value = followed(form, name);
            view! {
                <TextField
                    id=name
                    label
                    value
                    mono=true
                    error
                    on_input=move |text: String| write(form, name, text.into())
                />
            }
            .into_any()
        }
        MemberKind::Choice(choices) => {
            let value = followed(form, name);
            let options = Signal::derive(move || {
                let now = value.get();
                let mut options = vec![SelectOption::new("", words::LEFT_OUT)];
                options.extend(choices.iter().map(|choice| SelectOption::new(*choice, *choice)));
                if !now.is_empty() && !choices.contains(&now.as_str()) {
                    options.push(SelectOption::new(now.clone(), now));
                }
                options
            });
            view! {
                <Select id=name label value options on_change=move |text: String| write(form, name, text.into())/>
            }
            .into_any()
        }
    }
}

/// A text that follows what stands in the member.
fn followed(form: Form, name: &'static str) -> RwSignal<String> {
    let text =
        move || current(form, name).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let value = RwSignal::new(untrack(text));
    Effect::new(move |_| {
        let now = text();
        // Space around it is only taken off when it is sent.
        if value.with_untracked(|typed| *typed != now) {
            value.set(now);
        }
    });
    value
}

fn flag(form: Form, name: &'static str, label: String) -> AnyView {
    let on = move || current(form, name).and_then(|value| value.as_bool()).unwrap_or_default();
    let checked = RwSignal::new(untrack(on));
    Effect::new(move |_| {
        let now = on();
        if checked.get_untracked() != now {
            checked.set(now);
        }
    });
    view! { <Check id=name label checked on_change=move |on: bool| write(form, name, on.into())/> }.into_any()
}
