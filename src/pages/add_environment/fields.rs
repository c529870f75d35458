//! The fields, and the button that saves.

use leptos::{prelude::*, task::spawn_local};

use super::{form::Form, pieces::Pieces};
use crate::{
    components::prelude::*,
    domain::{config::AUTH_METHODS, registration, route::Route},
    state::{added, use_session},
    text::add_environment as text,
};

/// Everything below the lookup.
#[component]
pub fn Fields(
    /// What is typed.
    form: Form,
) -> impl IntoView {
    let session = use_session();
    let trouble = RwSignal::new(None::<String>);
    let save = move || match form.check() {
        Err(_) => form.attempts.update(|attempts| *attempts += 1),
        Ok(added) => {
            let name = added.environment.name.clone();
            spawn_local(async move {
                match added::save(session.vault, added).await {
                    Ok(()) => {
                        session.said.set(Some(text::added(&name)));
                        session.go(Route::Settings);
                    }
                    Err(problem) => drop(trouble.try_set(Some(problem.to_string()))),
                }
            });
        }
    };
    let label = Signal::derive(move || {
        form.name.with(|name| match name.trim() {
            "" => text::SAVE.to_owned(),
            name => format!("Add {name}"),
        })
    });
    view! {
        <div class="columns side-medium">
            <div class="column-main stack-28">
                <ErrorSummary
                    title="What to change before it can be added"
                    lines=Signal::derive(move || form.summary())
                    attempts=form.attempts
                />
                <section class="section">
                    <SectionHead title=text::FORM aside=text::FORM_ASIDE.to_owned()/>
                    <What form/>
                </section>
                <section class="section">
                    <SectionHead title=text::WAYS_IN/>
                    <Registering form/>
                </section>
                <section class="section">
                    <SectionHead title=text::ADDRESSES/>
                    <Addresses form/>
                </section>
                {move || trouble.get().map(|trouble| view! { <Note tone=Tone::Stopped role="alert">{trouble}</Note> }.into_any())}
                <div class="actions">
                    <Button text=label kind=Kind::Primary icon=Icon::Plus on_press=save/>
                    <ButtonLink to=Route::Settings text="Back to the settings" kind=Kind::Text/>
                </div>
            </div>
            <div class="column-side"><Pieces form/></div>
        </div>
    }
    .into_any()
}

#[component]
fn What(form: Form) -> impl IntoView {
    let kinds =
        vec![SegmentedOption::new("sandbox", "Sandbox"), SegmentedOption::new("production", "Production")];
    let dialects: Vec<SelectOption> = registration::DIALECTS
        .iter()
        .map(|dialect| SelectOption::new(dialect.id(), dialect.name()))
        .collect();
    view! {
        <div class="pair fields">
            <TextField id="environment-name" label="Name" value=form.name error=form.error("name") required=true/>
            <div class="field">
                <span class="label" aria-hidden="true">"Kind"</span>
                <Segmented legend="Kind" name="environment-kind" options=kinds value=form.kind/>
            </div>
            <TextField
                id="environment-issuer"
                label="Issuer"
                value=form.issuer
                kind="url"
                mono=true
                error=form.error("issuer")
                required=true
            />
            <Select
                id="environment-dialect"
                label=text::DIALECT
                value=form.dialect
                options=Signal::stored(dialects)
                hint=text::DIALECT_HINT.to_owned()
                error=form.error("dialect")
            />
        </div>
    }
    .into_any()
}

#[component]
fn Registering(form: Form) -> impl IntoView {
    let tokens = ["required", "optional", "none"]
        .into_iter()
        .zip(["Required", "Optional", "None"])
        .map(|(value, name)| SegmentedOption::new(value, name))
        .collect();
    let methods: Vec<AnyView> = AUTH_METHODS
        .into_iter()
        .zip(form.methods)
        .enumerate()
        .map(|(index, (method, checked))| {
            view! { <Check id=format!("environment-method-{index}") label=method checked/> }.into_any()
        })
        .collect();
    let wrong = form.error("auth_methods");
    view! {
        <div class="pair fields">
            <div class="field">
                <span class="label" aria-hidden="true">{text::TOKEN}</span>
                <Segmented legend=text::TOKEN name="environment-initial" options=tokens value=form.initial_access_token/>
            </div>
            <fieldset>
                <legend>{text::METHODS}</legend>
                <div class="stack-8 methods">{methods}</div>
                {move || wrong.get().map(|wrong| view! { <p class="error"><IconMark icon=Icon::Stopped/><span>{wrong}</span></p> }.into_any())}
            </fieldset>
            <TextField
                id="environment-grants"
                label=text::GRANTS
                value=form.grant_types
                mono=true
                hint=text::GRANTS_HINT.to_owned()
                error=form.error("grant_types")
            />
            <TextField
                id="environment-audience"
                label=text::AUDIENCE
                value=form.assertion_audience
                mono=true
                hint=text::AUDIENCE_HINT.to_owned()
                error=form.error("assertion_audience")
            />
        </div>
    }
    .into_any()
}

#[component]
fn Addresses(form: Form) -> impl IntoView {
    let hint = Signal::derive(move || {
        Some(if form.discovery.get() { text::FROM_DISCOVERY } else { text::NEEDED }.to_owned())
    });
    let wrong = [form.error("endpoints"), form.error("endpoints.registration")];
    let registration_wrong = Signal::derive(move || wrong.into_iter().find_map(|wrong| wrong.get()));
    let wrong = ["via", "via.prefix", "via.replaces"].map(|path| form.error(path));
    let prefix_wrong = Signal::derive(move || wrong.into_iter().find_map(|wrong| wrong.get()));
    view! {
        <Check id="environment-discovery" label=text::DISCOVERY checked=form.discovery hint=text::DISCOVERY_HINT/>
        <div class="pair fields">
            <TextField
                id="environment-registration"
                label="Registration endpoint"
                value=form.registration
                mono=true
                hint
                error=registration_wrong
            />
            <TextField id="environment-token" label="Token endpoint" value=form.token mono=true hint error=form.error("endpoints.token")/>
            <TextField id="environment-jwks" label="Keys (JWKS)" aside="Optional" value=form.jwks mono=true error=form.error("endpoints.jwks")/>
            <TextField
                id="environment-introspection"
                label="Introspection endpoint"
                aside="Optional"
                value=form.introspection
                mono=true
                error=form.error("endpoints.introspection")
            />
            <TextField
                id="environment-prefix"
                label=text::PREFIX
                aside="Optional"
                value=form.prefix
                mono=true
                hint=text::PREFIX_HINT.to_owned()
                error=prefix_wrong
            />
            <TextField
                id="environment-api"
                label=text::API
                aside="Optional"
                value=form.api
                mono=true
                hint=text::API_HINT.to_owned()
                error=form.error("api")
            />
        </div>
    }
    .into_any()
}
