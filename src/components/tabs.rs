//! Tabs of a page. They are links: each tab has an address.

use leptos::prelude::*;

use super::link::A;
use crate::domain::route::Route;

/// One tab.
#[derive(Clone)]
pub struct TabLink {
    /// What it says.
    pub text: String,
    /// Its address.
    pub to: Route,
    /// Whether it is open.
    pub current: Signal<bool>,
}

/// The tabs of a page.
#[component]
pub fn Tabs(
    /// What they belong to, for assistive technology: "gateway-client".
    #[prop(into)]
    label: String,
    /// The tabs, in order.
    items: Vec<TabLink>,
) -> impl IntoView {
    let tab = |tab: TabLink| view! { <li><A to=tab.to current=tab.current>{tab.text}</A></li> }.into_any();
    let tabs: Vec<AnyView> = items.into_iter().map(tab).collect();
    view! { <nav class="tabs" aria-label=label><ul>{tabs}</ul></nav> }.into_any()
}
