//! How the application proves itself, and what opens registration.

use leptos::prelude::*;

use super::{
    form::Form,
    judging,
    keys::Keys,
    members::Members,
    parts::{Head, Part},
    sign_in::SignInBlock,
    signing::Signing,
    token::TokenField,
    trial::Trial,
    user::User,
};
use crate::{
    components::prelude::*,
    domain::{
        config::{Environment, InitialAccessToken, PRIVATE_KEY_JWT},
        form::Field,
    },
    text::new_application as words,
};

/// The part.
#[component]
pub fn Credentials(
    /// The form.
    form: Form,
    /// Getting an initial access token for trying.
    trial: Trial,
) -> impl IntoView {
    let asks_for_token = Memo::new(move |_| {
        form.environment.with(|environment| environment.as_ref().map(|e| e.initial_access_token))
    });
    let signs_in =
        Memo::new(move |_| form.environment.with(|e| e.as_ref().is_some_and(|e| e.sign_in.is_some())));
    let signs = Memo::new(move |_| {
        form.environment.with(|environment| {
            environment.as_ref().is_some_and(|e| form.draft.with(|draft| draft.method(e) == PRIVATE_KEY_JWT))
        })
    });
    let stated = Memo::new(move |_| form.habits().takes_statements());
    let asks_user = Memo::new(move |_| form.environment.with(|e| e.as_ref().is_some_and(judging::asks_user)));
    view! {
        <section class="section">
            <Head form=form part=Part::Credentials />
            <div class="stack-24">
                {move || form.environment.get().map(|environment| methods(form, &environment))}
                {move || match (stated.get(), signs.get()) {
                    (true, _) => view! { <Signing form=form /><Members form=form /> }.into_any(),
                    (false, true) => view! { <Keys form=form /> }.into_any(),
                    (false, false) => ().into_any(),
                }}
                {move || asks_user.get().then(|| view! { <User form=form /> })}
                {move || signs_in.get().then(|| view! { <SignInBlock form=form /> })}
                {move || match asks_for_token.get() {
                    Some(InitialAccessToken::None) if signs_in.get() || asks_user.get() => ().into_any(),
                    Some(InitialAccessToken::None) => {
                        view! { <p class="muted small">{words::NO_TOKEN}</p> }.into_any()
                    }
                    asked => {
                        let optional = asked == Some(InitialAccessToken::Optional);
                        view! { <TokenField form=form trial=trial optional=optional /> }.into_any()
                    }
                }}
            </div>
        </section>
    }
}

fn methods(form: Form, environment: &Environment) -> AnyView {
    let card = |method: &String| {
        let (title, text) = words::method(method);
        RadioCard {
            value: method.clone(),
            title: title.to_owned(),
            text: text.to_owned(),
            code: method.clone(),
            icon: Some(Icon::Secret),
        }
    };
    // The form keeps what was chosen, also when this environment does not offer it.
    let cards: Vec<RadioCard> = environment.auth_methods.iter().map(card).collect();
    let shown = RwSignal::new(form.draft.with_untracked(|draft| draft.method(environment).to_owned()));
    view! {
        <RadioCards
            legend="How the application proves itself"
            name=Field::Method.id()
            hide_legend=true
            options=cards
            value=shown
            on_change=move |method: String| form.method.set(method)
            error=form.error(Field::Method)
        />
    }
    .into_any()
}
