//! Links inside the portal: real addresses, so that a middle click, a long press and "copy link" work.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::button::{Kind, Size, button_class};
use super::icon::{Icon, IconMark};
use crate::browser::location;
use crate::domain::route::Route;

/// How a page is changed; the app provides it as a context.
#[derive(Clone, Copy)]
pub struct Navigate(pub Callback<Route>);

impl Navigate {
    /// Goes to a page.
    pub fn to(self, route: Route) {
        self.0.run(route);
    }
}

/// What a click on a link does: everything but a plain left click is left to the browser.
fn follow(route: Route) -> impl Fn(MouseEvent) {
    let navigate = use_context::<Navigate>();
    move |event| {
        let plain = event.button() == 0
            && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key())
            && !event.default_prevented();
        if plain && let Some(navigate) = navigate {
            event.prevent_default();
            navigate.to(route.clone());
        }
    }
}

/// A link to a page of the portal.
#[component]
pub fn A(
    /// Where it leads.
    to: Route,
    /// Its class.
    #[prop(optional)]
    class: &'static str,
    /// Whether it is the page or tab that is open (`aria-current="page"`).
    #[prop(optional, into)]
    current: Signal<bool>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let href = location::href(&to.to_string());
    view! {
        <a
            href=href
            class=class
            aria-current=move || current.get().then_some("page")
            on:click=follow(to)
        >
            {children()}
        </a>
    }
    .into_any()
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    to: Route,
    /// What it says.
    #[prop(into)]
    text: Signal<String>,
    /// How much it weighs.
    #[prop(optional)]
    kind: Kind,
    /// How high it is.
    #[prop(optional)]
    size: Size,
    /// An icon before the words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// An icon after the words.
    #[prop(optional)]
    after: Option<Icon>,
    /// As wide as its place.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    let href = location::href(&to.to_string());
    view! {
        <a href=href class=button_class(kind, size, wide) on:click=follow(to)>
            {icon.map(|icon| view! { <IconMark icon/> })}
            <span>{text}</span>
            {after.map(|icon| view! { <IconMark icon/> })}
        </a>
    }
    .into_any()
}

/// A link that leaves the portal. It sends no referrer and gives no handle back.
#[component]
pub fn ExternalLink(
    /// An absolute address.
    #[prop(into)]
    href: String,
    /// What it says.
    #[prop(into)]
    text: Signal<String>,
    /// Drawn as a button, and leaves the portal open beside it.
    #[prop(optional)]
    new_tab: bool,
) -> impl IntoView {
    let target = new_tab.then_some("_blank");
    let class = new_tab.then(|| button_class(Kind::Secondary, Size::Head, false));
    view! { <a href=href class=class target=target rel="noopener noreferrer external">{text}</a> }.into_any()
}
