//! The first visit: what happens here in three lines, two doors, and what one leaves with.

use leptos::{prelude::*, task::spawn_local};

use super::{environments::watch, health};
use crate::{
    components::prelude::*,
    domain::{
        config::{Environment, InitialAccessToken},
        route::Route,
    },
    state::{Session, use_session},
    text::home as text,
};

/// The page of somebody who has nothing here yet.
#[component]
pub fn FirstVisit() -> impl IntoView {
    view! {
        <div class="page first-visit">
            <div class="hero">
                <div class="hero-words">
                    <h1 id="title" tabindex="-1">{text::FIRST_TITLE}</h1>
                    <p class="lead">{text::FIRST_LEAD}</p>
                    <Doors/>
                </div>
                <Sample/>
            </div>
            <Minute/>
            <Trio/>
        </div>
    }
    .into_any()
}

/// The environment that hands out a token for trying, if there is one.
fn trial(session: Session) -> Option<Environment> {
    session.portal.with_value(|portal| {
        portal.environments.iter().find(|environment| environment.trial.is_some()).cloned()
    })
}

#[component]
fn Doors() -> impl IntoView {
    let session = use_session();
    let trial = trial(session);
    let own = Signal::derive(move || {
        let needs_token =
            session.chosen().is_none_or(|chosen| chosen.initial_access_token != InitialAccessToken::None);
        (if needs_token { text::HAVE_TOKEN } else { text::NO_TOKEN_NEEDED }).to_owned()
    });
    let own_kind = if trial.is_some() { Kind::Secondary } else { Kind::Primary };
    let first_door = trial.as_ref().map(|environment| {
        let id = environment.id.clone();
        let enter = move || {
            session.choose(&id);
            session.go(Route::NewApplication { products: Vec::new(), trial: true });
        };
        view! { <Button text=text::TRY kind=Kind::Primary size=Size::Large after=Icon::ArrowRight on_press=enter/> }
    });
    view! {
        <div class="actions">
            {first_door}
            <ButtonLink to=Route::new_application() text=own kind=own_kind size=Size::Large/>
        </div>
        {move || trial.clone().or_else(|| session.chosen()).map(|environment| view! { <HealthLine environment/> })}
    }
    .into_any()
}

/// Whether the server is there: asked once when the page opens.
#[component]
fn HealthLine(environment: Environment) -> impl IntoView {
    let session = use_session();
    let (seen, _) = watch(&environment.id);
    let (name, is_trial) = (environment.name.clone(), environment.trial.is_some());
    spawn_local(async move { session.environments.check_if_stale(&environment).await });
    let words = move || {
        seen.with(|seen| match seen {
            None => text::asking(&name),
            Some(_) if health::lamp(seen.as_ref()) == Lamp::Ok => {
                text::answers(&name, seen.as_ref().map_or(0, |seen| seen.elapsed_ms), is_trial)
            }
            Some(_) => format!("{name}: {}", health::sentence(seen.as_ref()).unwrap_or_default()),
        })
    };
    view! {
        <div class="health-line">
            <Lit lamp=Signal::derive(move || seen.with(|seen| health::lamp(seen.as_ref())))>{words}</Lit>
        </div>
    }
    .into_any()
}

/// How a file of credentials and a first call look. The sample call is the first of the catalogue with an answer. They
/// are two blocks: one would be the largest paint of the page, and the lead is there long before the program.
#[component]
fn Sample() -> impl IntoView {
    let session = use_session();
    let call = session.catalogue.with_value(|products| {
        products.iter().flat_map(|product| &product.calls).find(|call| call.answer.is_some()).cloned()
    });
    let call = call.map(|call| {
        let answer: String =
            call.answer.map(|answer| answer.to_string()).unwrap_or_default().chars().take(84).collect();
        view! {
            <pre>
                <b>{call.method.as_str()}</b>
                {format!(" {}\n", call.path)}
                <LampMark lamp=Lamp::Ok/>
                <span class="answered">"200 OK"</span>
                {format!("\n{answer}…")}
            </pre>
        }
    });
    view! {
        <section class="hero-code">
            <div class="panel-head">
                <h2>{text::WHAT_YOU_HAVE}</h2>
                <span class="panel-aside mono">"gateway-client.env"</span>
            </div>
            <pre>
                "TOKEN_URL=" <b>"https://…/token"</b> "\nCLIENT_ID="
                <span class="hidden-secret">{text::MADE_FOR_YOU}</span> "\nCLIENT_SECRET="
                <span class="hidden-secret">{text::SHOWN_ONCE}</span>
            </pre>
            {call}
        </section>
    }
    .into_any()
}

/// A ruler of sixty seconds, whose tall marks are the borders of the four steps.
#[component]
fn Minute() -> impl IntoView {
    let last = text::MINUTE.len() - 1;
    let step = |(index, step): (usize, &'static text::MinuteStep)| {
        let ticks: String =
            (0..15).map(|tick| format!("M{} {}V14", tick * 10, if tick == 0 { 0 } else { 6 })).collect();
        let end = if index == last { "M150 0V14" } else { "" };
        view! {
            <li>
                <div class="mark-at" aria-hidden="true">
                    <span>{step.at}</span>
                    {(index == last).then(|| view! { <span>{text::MINUTE_END}</span> })}
                </div>
                <div class="scale" aria-hidden="true">
                    <svg viewBox="0 0 150 14" preserveAspectRatio="none"><path d=format!("{ticks}{end}")/></svg>
                </div>
                <h2 class="step-title">{step.title}</h2>
                <p>{step.text}</p>
                <p class="tiny">{step.note}</p>
            </li>
        }
        .into_any()
    };
    let steps: Vec<AnyView> = text::MINUTE.iter().enumerate().map(step).collect();
    view! { <ol class="minute" role="list">{steps}</ol> }.into_any()
}

#[component]
fn Trio() -> impl IntoView {
    let session = use_session();
    let products = session.catalogue.with_value(Vec::len);
    let lines: Vec<AnyView> =
        text::SECRETS.into_iter().map(|line| view! { <Kept kept=true>{line}</Kept> }.into_any()).collect();
    view! {
        <div class="trio">
            <section class="panel">
                <h2 class="step-title">{text::SECRETS_TITLE}</h2>
                <KeptList>{lines}</KeptList>
            </section>
            <section class="panel">
                <h2 class="step-title">{text::INSPECT_TITLE}</h2>
                <p>{text::INSPECT_TEXT}</p>
                <ButtonLink to=Route::Inspect text=text::INSPECT_DOOR icon=Icon::Inspect size=Size::Head/>
            </section>
            <section class="panel">
                <h2 class="step-title">{text::PRODUCTS_TITLE}</h2>
                <p>{text::PRODUCTS_TEXT}</p>
                <ButtonLink to=Route::Products { id: None } text=text::see_products(products) icon=Icon::Products size=Size::Head/>
            </section>
        </div>
    }
    .into_any()
}
