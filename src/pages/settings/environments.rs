//! The environments of `portal.json` and of this browser: how they are, what is written of them, and adding one.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::find;
use crate::{
    browser::location,
    components::prelude::*,
    domain::{config::Environment, http::render, json, route::Route, self_check, url},
    pages::{
        add_environment,
        home::{environments::watch, health},
    },
    state::{added, use_session, vault::Status, work::Work},
    text::{
        add_environment as adding, self_check as checking, server_user as finding_words, settings as text,
    },
};

/// The group.
#[component]
pub fn Environments() -> impl IntoView {
    let session = use_session();
    let own = session.portal.with_value(|portal| {
        portal.environments.iter().filter(|one| portal.is_from_operator(&one.id)).count()
    });
    let rows = move || {
        session.environments_changed.track();
        let all = session.portal.with_value(|portal| portal.environments.clone());
        all.into_iter().map(|environment| view! { <One environment/> }.into_any()).collect::<Vec<AnyView>>()
    };
    view! {
        <SettingsGroup title=text::ENVIRONMENTS text=text::environments_text(own)>
            {rows}
            <Replaced/>
            <Add/>
        </SettingsGroup>
    }
    .into_any()
}

#[component]
fn One(environment: Environment) -> impl IntoView {
    let session = use_session();
    let (seen, _) = watch(&environment.id);
    let work = Work::new();
    let issuer = url::absolute(&location::origin(), &environment.issuer);
    let name = environment.name.clone();
    let from_operator = session.portal.with_value(|portal| portal.is_from_operator(&environment.id));
    let source = session
        .portal
        .with_value(|portal| portal.source_of(&environment.id).map(json::pretty))
        .or_else(|| {
            let added = session.vault.added.get_untracked();
            added.iter().find(|one| one.environment.id == environment.id).map(|one| one.piece())
        })
        .unwrap_or_default();
    let asked = environment.clone();
    let finding = find::offered(&environment).then(|| environment.clone());
    let check = move || {
        let environment = asked.clone();
        work.run(async move {
            session.environments.check(&environment).await;
        });
    };
    let summary = move || seen.with(|seen| seen.is_some().then(|| health::summary(seen.as_ref(), false)));
    let sentence = move || seen.with(|seen| health::sentence(seen.as_ref()));
    let mut views =
        vec![CodeView::new("portal.json", "Configuration", Signal::stored(render::json(&source)))];
    if !from_operator {
        let origins = add_environment::words(&environment);
        views.push(CodeView::new("connect-src", "Origins", Signal::stored(origins)));
    }
    let raw = if from_operator { text::RAW } else { text::RAW_ADDED };
    let label = format!("{raw}: {name}");
    let remove_label = format!("Remove {name}");
    let check_label = format!("Check {name}");
    let title = name.clone();
    let removing = RwSignal::new(false);
    let checked = self_check::refusal(&environment).is_none();
    let to_check = Route::SelfCheck { environment: environment.id.clone() };
    view! {
        <SettingsRow
            title
            text=issuer
            lamp=Signal::derive(move || Some(seen.with(|seen| health::lamp(seen.as_ref()))))
        >
            <span class="small muted" role="status">{summary}</span>
            <Badge text=if from_operator { text::FROM_OPERATOR } else { text::ADDED_HERE }/>
            {checked.then(|| view! { <ButtonLink to=to_check text=checking::TITLE size=Size::Head/> }.into_any())}
            <Button text="Check" label=check_label size=Size::Head working=work.seconds() on_press=check/>
        </SettingsRow>
        <div class="settings-fold">
            {move || sentence().map(|sentence| view! { <p class="small muted">{sentence}</p> }.into_any())}
            <Fold summary=raw>
                <div class="stack-8">
                    {(!from_operator).then(|| view! { <p class="small muted">{adding::PIECES_TEXT}</p> }.into_any())}
                    <CodeBlock label views/>
                    {(!from_operator).then(|| view! {
                        <div class="actions">
                            <Button
                                text=text::REMOVE
                                label=remove_label.clone()
                                icon=Icon::Trash
                                kind=Kind::Danger
                                size=Size::Head
                                on_press=move || removing.set(true)
                            />
                        </div>
                    }.into_any())}
                </div>
            </Fold>
            {finding.map(|environment| view! { <LazyFold summary=finding_words::FIND_TITLE><find::FindByName environment=environment.clone()/></LazyFold> }.into_any())}
            <RemoveDialog open=removing id=environment.id name/>
        </div>
    }
    .into_any()
}

#[component]
fn RemoveDialog(open: RwSignal<bool>, id: String, name: String) -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let trouble = RwSignal::new(None::<String>);
    let id = StoredValue::new(id);
    let said = text::removed(&name);
    let registered = move || {
        let here = session
            .vault
            .applications
            .with(|all| id.with_value(|id| all.iter().filter(|one| one.environment == *id).count()));
        text::remove_means(here)
    };
    let remove = move || {
        let said = said.clone();
        spawn_local(async move {
            let Some(id) = id.try_get_value() else { return };
            match added::remove(session.vault, &id).await {
                Ok(()) => toasts.show(&said),
                Err(problem) => drop(trouble.try_set(Some(problem.to_string()))),
            }
        });
    };
    view! {
        <ConfirmDialog open title=format!("Remove {name}?") action=text::REMOVE safe=text::ERASE_SAFE danger=true on_confirm=remove>
            <p>{registered}</p>
            {move || trouble.get().map(|trouble| view! { <p role="alert">{trouble}</p> }.into_any())}
        </ConfirmDialog>
    }
    .into_any()
}

/// Environments of this browser whose ID the operator has published since.
#[component]
fn Replaced() -> impl IntoView {
    let session = use_session();
    let rows = move || {
        let replaced = session.vault.added.get().into_iter().filter(|added| {
            session.portal.with_value(|portal| portal.is_from_operator(&added.environment.id))
        });
        replaced
            .map(|added| {
                let id = added.environment.id.clone();
                let forget = move || {
                    let id = id.clone();
                    spawn_local(async move {
                        // What stays is seen here, and can be removed again.
                        let _ = added::remove(session.vault, &id).await;
                    });
                };
                view! {
                    <SettingsRow title=added.environment.name text=text::REPLACED.to_owned()>
                        <Badge text=text::ADDED_HERE/>
                        <Button text=text::REMOVE size=Size::Head on_press=forget/>
                    </SettingsRow>
                }
                .into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    rows.into_any()
}

/// The field that leads to the page which adds one.
#[component]
fn Add() -> impl IntoView {
    let session = use_session();
    let issuer = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = issuer.get_untracked();
        session.to_add.set(Some(typed).filter(|typed| !typed.trim().is_empty()));
        session.go(Route::AddEnvironment);
    };
    let part = move || {
        (session.vault.status.get() != Status::Locked).then(|| {
            view! {
                <PanelPart sunken=true>
                    <form class="look-up" on:submit=submit>
                        <TextField
                            id="add-environment"
                            label=adding::TITLE
                            value=issuer
                            kind="text"
                            mono=true
                            hint=text::ADD_HINT.to_owned()
                        />
                        <Button text=adding::LOOK_UP submit=true/>
                    </form>
                </PanelPart>
            }
            .into_any()
        })
    };
    part.into_any()
}
