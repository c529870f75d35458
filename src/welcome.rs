//! The program of a first visit: the frame and the first page, a quarter of the whole.
//!
//! Whoever has nothing in this browser yet reads one page before anything else. Everything behind it is in the larger
//! program, which `boot.js` fetches as soon as a link is approached, and which takes over at the first change of route.

use leptos::prelude::*;

use crate::{
    browser::{location, program},
    components::prelude::*,
    domain::{catalogue::Product, config::Portal, route::Route},
    pages::home::first::FirstVisit,
    start, text,
};

/// Starts the first visit.
pub fn start() {
    start::start(|portal, catalogue| view! { <Welcome portal=portal catalogue=catalogue /> }.into_any());
}

#[component]
fn Welcome(portal: Portal, catalogue: Vec<Product>) -> impl IntoView {
    let branding = portal.branding.clone();
    let session = start::provide(portal, catalogue);
    location::set_title(&format!("{} – {}", text::app::title(&Route::Home, None), branding.name));
    let leaving = Memo::new(move |_| session.route.get() != Route::Home);
    Effect::new(move |_| {
        if leaving.get() {
            program::enter();
        }
    });
    view! {
        <Shell
            name=branding.name
            operator=branding.operator.unwrap_or_default()
            logo=branding.logo
            place=Signal::derive(move || session.route.get().place())
            environments=start::environment_choices(session)
            environment=session.environment
            on_environment=move |id: String| session.choose(&id)
        >
            <OfflineNote offline=Signal::derive(move || !session.online.get()) text=text::app::OFFLINE />
            <FirstVisit />
        </Shell>
        <div class="toasts" role="status">
            {move || leaving.get().then(|| view! { <p class="toast">{text::app::OPENING}</p> })}
        </div>
    }
}
