//! The portal: the frame, and the page of the route.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{clock, focus, location},
    components::prelude::*,
    domain::{catalogue::Product, config::Portal, route::Route},
    pages, start,
    state::{Session, upkeep, vault::Status},
    text,
};

/// Starts the portal.
pub fn start() {
    start::start(|portal, catalogue| view! { <App portal=portal catalogue=catalogue /> }.into_any());
}

/// The portal.
#[component]
fn App(portal: Portal, catalogue: Vec<Product>) -> impl IntoView {
    let branding = portal.branding.clone();
    let session = start::provide(portal, catalogue);
    Toasts::provide();
    Announcer::provide();
    spawn_local(async move {
        session.vault.open().await;
        upkeep::start(session);
    });
    // The lamp of the chosen environment is seen on every page.
    Effect::new(move |_| {
        if let Some(chosen) = session.chosen() {
            spawn_local(async move { session.environments.check_if_stale(&chosen).await });
        }
    });
    follow_route(session, branding.name.clone());
    let place = Signal::derive(move || session.route.get().place());
    let count =
        Signal::derive(move || Some(session.vault.applications.with(Vec::len)).filter(|count| *count > 0));
    view! {
        <Shell
            name=branding.name
            operator=branding.operator.unwrap_or_default()
            logo=branding.logo
            place=place
            count=count
            environments=start::environment_choices(session)
            environment=session.environment
            on_environment=move |id: String| session.choose(&id)
            foot=move || view! { <Foot session=session /> }
        >
            <OfflineNote offline=Signal::derive(move || !session.online.get()) text=text::app::OFFLINE />
            {move || page(session.route.get())}
        </Shell>
        <ToastRegion />
        <AnnouncerRegion />
    }
}

/// The one place where a route becomes a page.
fn page(route: Route) -> AnyView {
    match route {
        Route::Home => view! { <pages::home::Home /> }.into_any(),
        Route::NewApplication { products, trial } => {
            view! { <pages::new_application::NewApplication products=products trial=trial /> }.into_any()
        }
        Route::Application { id, tab } => {
            view! { <pages::application::ApplicationPage id=id tab=tab /> }.into_any()
        }
        Route::Inspect => view! { <pages::inspect::Inspect /> }.into_any(),
        Route::Products { id } => view! { <pages::products::Products id=id /> }.into_any(),
        Route::Settings => view! { <pages::settings::Settings /> }.into_any(),
        Route::Unknown { path } => view! { <pages::unknown::Unknown path=path /> }.into_any(),
    }
}

/// Title at once; focus on the heading and an announcement after a change of page, not at the first one.
fn follow_route(session: Session, portal_name: String) {
    let announcer = use_announcer();
    // After the welcome program this is a change of page like any other.
    let mut arrived = clock::is_marked(start::MOUNTED);
    Effect::new(move |earlier: Option<Route>| {
        let route = session.route.get();
        let name = match &route {
            Route::Application { id, .. } => {
                session.vault.get(id).map(|application| application.name().to_owned())
            }
            Route::Products { id: Some(id) } => session.product(id).map(|product| product.name),
            _ => None,
        };
        let title = text::app::title(&route, name.as_deref());
        location::set_title(&format!("{title} – {portal_name}"));
        if std::mem::take(&mut arrived) || earlier.is_some_and(|earlier| earlier != route) {
            focus::focus_heading();
            announcer.say(&title);
        }
        route
    });
}

/// The foot of the navigation: whether what is made here is kept.
#[component]
fn Foot(session: Session) -> impl IntoView {
    view! {
        {move || match session.vault.status.get() {
            Status::Opening => ().into_any(),
            Status::Durable => {
                view! { <span class="lit small muted"><IconMark icon=Icon::Lock />{text::app::STORED}</span> }.into_any()
            }
            Status::MemoryOnly(why) => {
                view! {
                    <Lit lamp=Lamp::Warn>{text::app::NOT_STORED}</Lit>
                    <p class="tiny quiet">{why} " " {text::app::NOT_STORED_DETAIL}</p>
                }
                    .into_any()
            }
        }}
    }
}
