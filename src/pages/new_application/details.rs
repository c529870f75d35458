//! Name, contact, and where a sign-in returns to.

use leptos::prelude::*;

use super::{
    form::Form,
    parts::{Head, Part},
};
use crate::{
    browser::focus,
    components::prelude::*,
    domain::{config::Environment, form::Field, registration},
    text::{new_application as words, statement as statement_words},
};

/// The part.
#[component]
pub fn Details(
    /// The form.
    form: Form,
) -> impl IntoView {
    let may_sign_in = Memo::new(move |_| {
        form.environment.with(|environment| environment.as_ref().is_some_and(Environment::offers_sign_in))
    });
    let is_app = Memo::new(move |_| {
        form.environment
            .with(|e| e.as_ref().is_some_and(|e| registration::dialect_of(e).habits().developer_apps))
    });
    let stated = Memo::new(move |_| form.habits().takes_statements());
    // Said while it is typed: a name that the server refuses is not worth a round trip.
    let suggestion = Memo::new(move |_| {
        let name = form.name.with(|name| name.trim().to_owned());
        let dialect = form.environment.with(|e| e.as_ref().map(registration::dialect_of))?;
        dialect.suggested_name(&name).filter(|_| !name.is_empty())
    });
    view! {
        <section class="section stack-16">
            <Head form=form part=Part::Details />
            <div class="pair fields">
                <TextField
                    id=Field::Name.id()
                    label=Field::Name.label()
                    value=form.name
                    hint=words::NAME_HINT.to_owned()
                    error=form.error(Field::Name)
                    required=true
                />
                {move || suggestion.get().map(|name| suggest(form, name))}
                <TextField
                    id=Field::Contact.id()
                    label=Field::Contact.label()
                    aside="Optional"
                    value=form.contact
                    kind="email"
                    autocomplete="email"
                    hint=words::CONTACT_HINT.to_owned()
                    error=form.error(Field::Contact)
                />
            </div>
            {move || is_app.get().then(|| view! { <AppDetails form=form /> })}
            {move || match (stated.get(), may_sign_in.get()) {
                (true, _) => redirect_uris(form),
                (false, true) => view! { <SignIn form=form /> }.into_any(),
                (false, false) => ().into_any(),
            }}
        </section>
    }
}

#[component]
fn SignIn(form: Form) -> impl IntoView {
    view! {
        <Check id="sign-in" label=words::SIGN_IN checked=form.sign_in hint=words::SIGN_IN_HINT />
        {move || form.sign_in.get().then(|| redirect_uris(form))}
    }
}

fn redirect_uris(form: Form) -> AnyView {
    view! {
        <TextArea
            id=Field::RedirectUris.id()
            label=Field::RedirectUris.label()
            value=form.redirect_uris
            mono=true
            rows=3
            placeholder="https://app.northline.example/signed-in"
            hint=words::REDIRECT_URIS_HINT.to_owned()
            error=form.error(Field::RedirectUris)
        />
    }
    .into_any()
}

/// A name that the server takes, as a button.
fn suggest(form: Form, name: String) -> AnyView {
    let text = statement_words::take_name(&name);
    let take = move || {
        form.name.set(name.clone());
        focus::focus_by_id(Field::Name.id());
    };
    view! {
        <div class="stack-8" role="status">
            <p class="small muted">{marked(statement_words::NAME_RULE)}</p>
            <div class="row"><Button text size=Size::Row on_press=take /></div>
        </div>
    }
    .into_any()
}

/// What a developer app has beside that.
#[component]
fn AppDetails(form: Form) -> impl IntoView {
    view! {
        <TextArea
            id=Field::Description.id()
            label=Field::Description.label()
            aside="Optional"
            value=form.description
            rows=2
            hint=words::DESCRIPTION_HINT.to_owned()
        />
        <TextField
            id=Field::RedirectUris.id()
            label=words::CALLBACK
            aside="Optional"
            value=form.redirect_uris
            kind="url"
            mono=true
            hint=words::CALLBACK_HINT.to_owned()
            error=form.error(Field::RedirectUris)
        />
    }
}
