//! One panel per environment, with what was seen of it.

use leptos::{prelude::*, task::spawn_local};

use super::health;
use crate::{
    browser::location,
    components::prelude::*,
    domain::{config::Environment, route::Route, self_check, url},
    state::{environments::Health, use_session},
    text::self_check as text,
};

/// All environments of the portal. Each is asked once when the page opens, unless that was done a minute ago.
#[component]
pub fn EnvironmentPanels() -> impl IntoView {
    let session = use_session();
    let all = session.portal.with_value(|portal| portal.environments.clone());
    for environment in all.clone() {
        spawn_local(async move { session.environments.check_if_stale(&environment).await });
    }
    let panels: Vec<AnyView> =
        all.into_iter().map(|environment| view! { <Panel environment/> }.into_any()).collect();
    view! { <div class="environments">{panels}</div> }.into_any()
}

#[component]
fn Panel(environment: Environment) -> impl IntoView {
    let session = use_session();
    let origin = location::origin();
    let issuer = url::absolute(&origin, &environment.issuer);
    let (seen, checking) = watch(&environment.id);
    let name = environment.name.clone();
    let to_check = Route::SelfCheck { environment: environment.id.clone() };
    let checked = self_check::refusal(&environment).is_none();
    let environment = StoredValue::new(environment);
    let probes = Memo::new(move |_| {
        seen.with(|seen| {
            environment.with_value(|environment| health::probes(environment, &origin, seen.as_ref()))
        })
    });
    let check = move || {
        spawn_local(async move {
            session.environments.check(&environment.get_value()).await;
        });
    };
    let drawn: Vec<AnyView> = health::LABELS
        .into_iter()
        .enumerate()
        .map(|(index, label)| {
            let probed = move || probes.with(|probes| probes.get(index).cloned()).unwrap_or_default();
            view! { <Probe label lamp=Signal::derive(move || probed().0)>{move || probed().1}</Probe> }
                .into_any()
        })
        .collect();
    view! {
        <EnvironmentPanel
            name
            lamp=Signal::derive(move || seen.with(|seen| health::lamp(seen.as_ref())))
            checked=Signal::derive(move || seen.with(|seen| health::checked(seen.as_ref(), checking.get(), session.now.get())))
            issuer
            summary=Signal::derive(move || seen.with(|seen| health::summary(seen.as_ref(), checking.get())))
            on_check=check
            working=checking
        >
            {drawn}
            {move || {
                seen.with(|seen| health::sentence(seen.as_ref()))
                    .map(|sentence| view! { <div class="probe why"><dt>"What was seen"</dt><dd>{sentence}</dd></div> })
            }}
            {checked.then(|| view! {
                <div class="probe why">
                    <dt>{text::TEST_ENVIRONMENT}</dt>
                    <dd><A to=to_check>{text::RUN_IT}</A></dd>
                </div>
            }.into_any())}
        </EnvironmentPanel>
    }
    .into_any()
}

/// What is known of an environment, and whether it is being asked.
pub fn watch(id: &str) -> (Memo<Option<Health>>, Signal<bool>) {
    let session = use_session();
    let id = StoredValue::new(id.to_owned());
    let seen =
        Memo::new(move |_| id.with_value(|id| session.environments.health.with(|all| all.get(id).cloned())));
    let checking = Signal::derive(move || {
        id.with_value(|id| session.environments.checking.with(|ids| ids.contains(id)))
    });
    (seen, checking)
}
