//! Finding a client by its name, at a server whose users may look it up.

use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    components::prelude::*,
    domain::{
        config::Environment,
        json,
        registration::{Management, Registration, dialect_of},
        route::{Route, Tab},
    },
    pages::{server_user::ServerUserPanel, trouble::TroubleNote},
    state::{Trouble, finding, use_session, work::Work},
    text::server_user as words,
};

/// Whether clients can be looked up there.
pub(super) fn offered(environment: &Environment) -> bool {
    dialect_of(environment).management() == Management::Basic
}

/// The user, the name, and what was found.
#[component]
pub(super) fn FindByName(environment: Environment) -> impl IntoView {
    let session = use_session();
    let (name, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let trouble = RwSignal::new(None::<Trouble>);
    let found = RwSignal::new(None::<Registration>);
    let work = Work::new();
    let field = format!("find-{}", environment.id);
    let asked = StoredValue::new(environment.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = name.get_untracked().trim().to_owned();
        error.set(typed.is_empty().then(|| words::FIND_MISSING.to_owned()));
        if typed.is_empty() {
            return;
        }
        let environment = asked.get_value();
        work.run(async move {
            let outcome = finding::find(session, &environment, &typed).await;
            let (registration, problem) = match outcome {
                Ok(registration) => (Some(registration), None),
                Err(trouble) => (None, Some(trouble)),
            };
            found.try_set(registration);
            trouble.try_set(problem);
        });
    };
    view! {
        <div class="stack-16">
            <ServerUserPanel environment/>
            <form class="look-up" on:submit=submit>
                <TextField id=field label=words::FIND_NAME value=name kind="text" mono=true hint=words::FIND_HINT.to_owned() error=error/>
                <Button text=words::FIND submit=true working=work.seconds()/>
            </form>
            <TroubleNote trouble=trouble/>
            <div role="status">{move || found.get().map(|registration| view! { <Found environment=asked.get_value() registration/> })}</div>
        </div>
    }
    .into_any()
}

/// What was found, and the way into the list.
#[component]
fn Found(environment: Environment, registration: Registration) -> impl IntoView {
    let session = use_session();
    let work = Work::new();
    let trouble = RwSignal::new(None::<Trouble>);
    let text = |name: &str| json::string(&registration.members, name);
    let name = text("client_name").unwrap_or_else(|| registration.client_id.clone());
    let method = text("token_endpoint_auth_method");
    let known = finding::known(session, &environment, &registration.client_id);
    let button = if known.is_some() { words::OPEN_KNOWN } else { words::TAKE };
    let client_id = registration.client_id.clone();
    let taken = StoredValue::new((environment, registration));
    let take = move || {
        work.run(async move {
            let Some((environment, registration)) = taken.try_get_value() else { return };
            match finding::take(session, &environment, &registration).await {
                Ok(id) => session.go(Route::application(&id, Tab::Overview)),
                Err(problem) => drop(trouble.try_set(Some(problem))),
            }
        });
    };
    view! {
        <div class="stack-8">
            <Facts>
                <Fact label="Name">{name}</Fact>
                <Fact label="Client ID"><span class="mono">{client_id}</span></Fact>
                {method.map(|method| view! { <Fact label="Method"><span class="mono">{method}</span></Fact> })}
            </Facts>
            <p class="small muted">{words::TAKE_MEANS}</p>
            <div class="actions"><Button text=button working=work.seconds() on_press=take/></div>
            <TroubleNote trouble=trouble/>
        </div>
    }
    .into_any()
}
