//! The key that signs a registration request, and later the client's assertions: made or loaded here, or elsewhere; and
//! its public half at the directory.

use leptos::prelude::*;

use super::{
    form::Form,
    keys,
    software::{ELSEWHERE, SoftwareForm},
};
use crate::{
    components::prelude::*,
    domain::{config::Environment, form::Field, jose::PublicJwk, registration::StatementUse},
    pages::trouble::TroubleNote,
    state::{Trouble, directory, work::Work},
    text::{keys as key_words, statement as words},
};

/// The block.
#[component]
pub fn Signing(
    /// The form.
    form: Form,
) -> impl IntoView {
    let software = form.software;
    let signed = Memo::new(move |_| form.habits().software_statement == StatementUse::SignedRequest);
    let elsewhere = Memo::new(move |_| {
        form.environment.with(|e| e.as_ref().is_some_and(|e| software.signs_elsewhere(e)))
    });
    let shown = RwSignal::new(String::new());
    Effect::new(move |_| {
        shown.set(if elsewhere.get() { ELSEWHERE } else { "here" }.to_owned());
    });
    let choice = move || {
        let options = vec![
            SegmentedOption::new("here", words::HERE),
            SegmentedOption::new(ELSEWHERE, words::ELSEWHERE),
        ];
        view! {
            <Segmented
                legend=words::SIGNED_WHERE
                name="signed-where"
                options
                value=shown
                on_change=move |name: String| software.signer.set(name)
            />
        }
    };
    let error = form.error(Field::Keys);
    view! {
        <div class="stack-16" id=Field::Keys.id() tabindex="-1" role="group" aria-label=words::SIGNING>
            <div class="row between">
                <h3 class="panel-heading">{words::SIGNING}</h3>
                {move || signed.get().then(choice)}
            </div>
            {move || {
                if elsewhere.get() {
                    view! { <Elsewhere form error/> }.into_any()
                } else {
                    keys::here(form, error)
                }
            }}
            <TextField
                id="kid"
                label=words::KID
                aside="Optional"
                value=software.kid
                mono=true
                hint=words::KID_HINT.to_owned()
            />
            <Publish form/>
        </div>
    }
    .into_any()
}

/// The public half of a key that is not here.
#[component]
fn Elsewhere(form: Form, error: Signal<Option<String>>) -> impl IntoView {
    let software = form.software;
    let environment = form.environment.get_untracked();
    let offered = environment.as_ref().map(|e| e.signed_request.algorithms.clone()).unwrap_or_default();
    let chosen = environment.as_ref().and_then(|e| untrack(|| software.algorithm(e)));
    let shown = RwSignal::new(chosen.map(|it| it.name().to_owned()).unwrap_or_default());
    let options: Vec<SelectOption> = offered
        .into_iter()
        .map(|algorithm| SelectOption::new(algorithm.name(), key_words::algorithm(algorithm)))
        .collect();
    let wrong = Signal::derive(move || software.public_problem.get().or_else(|| error.get()));
    view! {
        <p class="small muted">{words::ELSEWHERE_TEXT}</p>
        <TextArea
            id="public-elsewhere"
            label=words::PUBLIC
            value=software.public_text
            mono=true
            rows=4
            hint=words::PUBLIC_HINT.to_owned()
            error=wrong
        />
        <Select
            id="elsewhere-algorithm"
            label=key_words::ALGORITHM
            value=shown
            options
            on_change=move |name: String| software.algorithm.set(name)
        />
    }
    .into_any()
}

/// The public half of the key that signs, under its name. Tracks.
fn public(form: Form, environment: &Environment) -> Option<PublicJwk> {
    let software: SoftwareForm = form.software;
    if software.signs_elsewhere(environment) {
        let public = software.public.get()?;
        return Some(software.named(&public, software.algorithm(environment)));
    }
    let chosen = software.chosen.get();
    let held = form.session.keys.held;
    held.with(|held| held.iter().find(|key| key.thumbprint() == chosen).map(|key| key.public.clone()))
        .map(|public| software.named(&public, None))
}

/// The button that publishes the public half, where the directory takes keys.
#[component]
fn Publish(form: Form) -> impl IntoView {
    let directory = Memo::new(move |_| {
        form.environment.with(|environment| {
            let directory = environment.as_ref()?.software_statement.as_ref()?.directory.clone()?;
            Some((directory.name, directory.keys?))
        })
    });
    move || directory.get().map(|(name, template)| view! { <PublishAt form name template/> })
}

#[component]
fn PublishAt(form: Form, name: String, template: String) -> impl IntoView {
    let software = form.software;
    let work = Work::new();
    let trouble = RwSignal::new(None::<Trouble>);
    let host = directory::host(&template);
    let label = words::publish_at(&name, &host);
    let key = Memo::new(move |_| form.environment.with(|environment| public(form, environment.as_ref()?)));
    let ids = Memo::new(move |_| {
        let statement = software.statement()?;
        Some((statement.organisation_id?, statement.software_id))
    });
    let publish = move || {
        let Some((key, (organisation, id))) = key.get_untracked().zip(ids.get_untracked()) else { return };
        let template = template.clone();
        trouble.set(None);
        work.run(async move {
            match directory::publish(&template, &organisation, &id, &key).await {
                Ok(kid) => {
                    if key.kid.as_deref() != Some(kid.as_str()) {
                        software.kid.try_set(kid.clone());
                    }
                    software.published.try_set(Some((key.thumbprint(), kid)));
                }
                Err(problem) => drop(trouble.try_set(Some(problem))),
            }
        });
    };
    let ready = Memo::new(move |_| key.with(Option::is_some) && ids.with(Option::is_some));
    let said = move || {
        let published = software.published.get();
        let same = |(thumbprint, _): &(String, String)| {
            key.with(|key| key.as_ref().is_some_and(|key| key.thumbprint() == *thumbprint))
        };
        match published.filter(same) {
            Some((_, kid)) => {
                let words = marked(&words::published(&host, &kid));
                view! { <Lit lamp=Lamp::Ok>{words}</Lit> }.into_any()
            }
            None if ids.with(Option::is_none) => words::PUBLISH_NEEDS.into_any(),
            None => words::PUBLISH_TEXT.into_any(),
        }
    };
    view! {
        <div class="stack-8">
            <p class="small muted" role="status">{said}</p>
            <div class="row">
                <Button
                    text=label
                    icon=Icon::Upload
                    size=Size::Row
                    working=work.seconds()
                    disabled=Signal::derive(move || !ready.get())
                    on_press=publish
                />
            </div>
            <TroubleNote trouble/>
        </div>
    }
    .into_any()
}
