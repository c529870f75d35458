//! The self-check of an environment: what it does, start and stop, a row per check, reports.

mod form;
mod outcome;
mod rows;

use leptos::prelude::*;

use crate::{
    browser::location,
    components::prelude::*,
    domain::{config::Environment, registration::Operation, route::Route, self_check::refusal, url},
    state::{self_check::Run, use_session},
    text::self_check as words,
};
use form::Form;

/// The page.
#[component]
pub fn SelfCheck(
    /// ID of the environment.
    id: String,
) -> impl IntoView {
    let environment = use_session().environment_by_id(&id);
    match environment {
        Some(environment) => view! { <Page environment/> }.into_any(),
        None => view! {
            <div class="page">
                <PageHead title=words::UNKNOWN lead=words::UNKNOWN_TEXT.to_owned() crumbs=crumbs()/>
                <div class="actions"><ButtonLink to=Route::Settings text="Settings" kind=Kind::Primary/></div>
            </div>
        }
        .into_any(),
    }
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::to("Settings", Route::Settings), Crumb::here(words::TITLE)]
}

#[component]
fn Page(environment: Environment) -> impl IntoView {
    let name = environment.name.clone();
    let badge = move || view! { <EnvironmentBadge name=name.clone()/> };
    let body = match refusal(&environment) {
        Some(why) => {
            view! { <Note tone=Tone::Look lead=words::REFUSED.to_owned()>{marked(why)}</Note> }.into_any()
        }
        None => view! { <Bench environment=environment.clone()/> }.into_any(),
    };
    view! {
        <div class="page">
            <PageHead title=words::TITLE lead=words::lead(&environment.name) crumbs=crumbs() chip=badge/>
            <div class="check-page">{body}</div>
        </div>
    }
    .into_any()
}

#[component]
fn Bench(environment: Environment) -> impl IntoView {
    let run = Run::new();
    let what = view! { <What environment=environment.clone()/> };
    let id = environment.id.clone();
    let name = environment.name.clone();
    let form = Form::new(&environment);
    view! {
        <section class="panel" aria-label=words::WHAT>
            <div class="panel-head"><div class="panel-title"><h2>{words::WHAT}</h2></div></div>
            {what}
            <form::Start form environment run/>
        </section>
        <TroubleNote run/>
        <outcome::Outcome run id name/>
        <rows::Rows run/>
    }
    .into_any()
}

#[component]
fn TroubleNote(run: Run) -> impl IntoView {
    view! { <crate::pages::trouble::TroubleNote trouble=run.trouble/> }.into_any()
}

/// What happens to the server, before anything does.
#[component]
fn What(environment: Environment) -> impl IntoView {
    let session = use_session();
    let id = environment.id.clone();
    let issuer = url::absolute(&location::origin(), &environment.issuer);
    // Where requests go is known for sure once discovery has been read; until then it is where the issuer is.
    let host = Memo::new(move |_| {
        let endpoint = session.environments.health.with(|all| {
            all.get(&id).and_then(|seen| seen.reach.as_ref().ok().map(|reach| reach.registration.clone()))
        });
        url::host(&endpoint.unwrap_or_else(|| issuer.clone()))
    });
    let deletes = environment.allows(Operation::Delete);
    view! {
        <div class="panel-part stack-8">
            <KeptList>
                <Kept kept=true>{move || host.with(|host| words::registers(host))}</Kept>
                <Kept kept=true>{words::STOPS}</Kept>
                <Kept kept=false>{words::LEAVES}</Kept>
            </KeptList>
            {(!deletes).then(|| view! { <Note tone=Tone::Look>{words::STAYS}</Note> })}
        </div>
    }
    .into_any()
}
