//! The address of the page, its title and how far it is scrolled.

use wasm_bindgen::JsValue;

use super::js::{self, Subscription, window};

/// Scheme, host and port of the page: `https://portal.example`.
#[must_use]
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The path below which the portal lies, without a slash at its end; empty at the root of the site. `cargo xtask build
/// --base` writes it into the page, and nothing else knows it.
fn base() -> String {
    js::root().and_then(|root| root.get_attribute("data-base")).unwrap_or_default()
}

/// The address of a path of the portal, which begins with a slash, as it stands in a link or is fetched.
#[must_use]
pub fn href(path: &str) -> String {
    base() + path
}

/// Path and query of the page below its base, as [`crate::domain::route::Route::parse`] reads them.
#[must_use]
pub fn path_and_query() -> String {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let below = path.strip_prefix(&base()).unwrap_or(&path);
    let slash = if below.starts_with('/') { "" } else { "/" };
    format!("{slash}{below}{}", location.search().unwrap_or_default())
}

/// Adds an entry to the history. `path` is one of the portal; nothing is loaded and no `popstate` is fired.
pub fn push(path: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&href(path)));
    }
}

/// Changes the current entry of the history.
pub fn replace(path: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&href(path)));
    }
}

/// As the browser's back button.
pub fn back() {
    if let Ok(history) = window().history() {
        let _ = history.back();
    }
}

/// Calls when the person goes back or forward; the address is the new one by then.
pub fn on_popstate(mut callback: impl FnMut() + 'static) -> Subscription {
    Subscription::new(window(), &["popstate"], move |_| callback())
}

/// The title of the tab. Never put a secret in it: it is kept in the history.
pub fn set_title(title: &str) {
    if let Some(document) = js::document() {
        document.set_title(title);
    }
}

/// Whether the browser trusts how this page came here: https, or this machine.
#[must_use]
pub fn is_secure_context() -> bool {
    window().is_secure_context()
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// Shows the top of the page.
pub fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Brings an element into view, without moving the focus.
pub fn scroll_into_view(id: &str) {
    if let Some(element) = js::document().and_then(|document| document.get_element_by_id(id)) {
        element.scroll_into_view();
    }
}

/// Leaves the portal for another address. Only https, this machine and the page's own origin are gone to.
pub fn leave_for(address: &str) {
    let _ = window().location().assign(address);
}

/// The fragment of the address, with its `#`, taken out of the address; nothing when there is none.
pub fn take_fragment() -> Option<String> {
    let fragment = window().location().hash().ok().filter(|fragment| !fragment.is_empty())?;
    replace(&path_and_query());
    Some(fragment)
}
