//! The portal: the frame, and the page of the route.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{clock, focus, location, store::Protection},
    components::prelude::*,
    domain::{
        catalogue::Product,
        config::Portal,
        route::{Place, Route},
    },
    pages, start,
    state::{Session, added, keys::only_copy, upkeep, vault::Status},
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
    session.vault.listen(session.now);
    added::follow(session);
    only_copy::ask_before_it_is_lost(session);
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
            {pages(session)}
        </Shell>
        <ToastRegion />
        <AnnouncerRegion />
    }
}

/// The page of the route; instead of one that needs the vault, while that is locked, the one that unlocks it.
fn pages(session: Session) -> impl IntoView {
    let shut = Memo::new(move |_| session.vault.lock.is_shut());
    let shown = Memo::new(move |_| {
        let route = session.route.get();
        let is_locked = shut.get() && route.needs_vault();
        // Pages take the list of environments as it is when they are made; the settings follow it themselves.
        let list =
            if route.place() == Some(Place::Settings) { 0 } else { session.environments_changed.get() };
        (route, is_locked, list)
    });
    move || match shown.get() {
        (_, true, _) => view! { <pages::unlock::Unlock /> }.into_any(),
        (route, false, _) => page(route),
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
        Route::Workshop => view! { <pages::workshop::Workshop /> }.into_any(),
        Route::SignedIn => view! { <pages::signed_in::SignedIn /> }.into_any(),
        Route::Products { id } => view! { <pages::products::Products id=id /> }.into_any(),
        Route::Settings => view! { <pages::settings::Settings /> }.into_any(),
        Route::AddEnvironment => view! { <pages::add_environment::AddEnvironment /> }.into_any(),
        Route::SelfCheck { environment } => {
            view! { <pages::self_check::SelfCheck id=environment /> }.into_any()
        }
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
            Route::SelfCheck { environment } => session.environment_by_id(environment).map(|one| one.name),
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

/// The foot of the navigation: whether what is made here is kept, and how long the vault stays open.
#[component]
fn Foot(session: Session) -> impl IntoView {
    let lock = session.vault.lock;
    let is_open = Memo::new(move |_| lock.protection.get() == Protection::Open);
    view! {
        {move || match session.vault.status.get() {
            Status::Opening => ().into_any(),
            Status::Locked => {
                view! { <span class="lit small muted"><IconMark icon=Icon::Lock />{text::app::VAULT_LOCKED}</span> }.into_any()
            }
            Status::Durable if is_open.get() => view! { <VaultOpen session=session /> }.into_any(),
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

/// The foot of an open vault that a passphrase locks.
#[component]
fn VaultOpen(session: Session) -> impl IntoView {
    let lock = session.vault.lock;
    let when = Memo::new(move |_| match lock.left.get() {
        _ if lock.closing.get() => text::app::VAULT_CLOSING.to_owned(),
        Some(seconds) => text::app::locks_itself_in(seconds),
        None => text::app::VAULT_STAYS_OPEN.to_owned(),
    });
    view! {
        <div class="row between">
            <span class="lit small">
                <IconMark icon=Icon::Unlock />
                {text::app::VAULT_OPEN}
            </span>
            <Button text="Lock now" kind=Kind::Plain size=Size::Row on_press=move || session.vault.lock_all() />
        </div>
        <p class="tiny quiet vault-when">{when}</p>
    }
    .into_any()
}
