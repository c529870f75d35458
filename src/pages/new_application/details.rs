//! Part 1: name, contact, and where a sign-in returns to.

use leptos::prelude::*;

use super::form::Form;
use crate::{
    components::prelude::*,
    domain::{config::Environment, form::Field, registration},
    text::new_application as words,
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
    view! {
        <section class="section stack-16">
            <SectionHead title="Details" number=1 id="part-details" />
            <div class="pair fields">
                <TextField
                    id=Field::Name.id()
                    label=Field::Name.label()
                    value=form.name
                    hint=words::NAME_HINT.to_owned()
                    error=form.error(Field::Name)
                    required=true
                />
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
            {move || may_sign_in.get().then(|| view! { <SignIn form=form /> })}
        </section>
    }
}

#[component]
fn SignIn(form: Form) -> impl IntoView {
    view! {
        <Check id="sign-in" label=words::SIGN_IN checked=form.sign_in hint=words::SIGN_IN_HINT />
        {move || {
            form.sign_in
                .get()
                .then(|| {
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
                })
        }}
    }
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
