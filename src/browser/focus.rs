//! Where the keyboard is.

use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

use super::js;

/// Moves the focus to an element and brings it into view; `false` when there is none or it takes no focus.
pub fn focus_by_id(id: &str) -> bool {
    js::document()
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| element.focus().is_ok() && active_id().as_deref() == Some(id))
}

/// Moves the focus to the page's headline after a navigation, so that a screen reader starts there. Does not
/// scroll: a new page starts at its top.
pub fn focus_heading() -> bool {
    let heading = js::document()
        .and_then(|document| document.query_selector("main h1, h1").ok().flatten())
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let Some(heading) = heading else { return false };
    if !heading.has_attribute("tabindex") {
        let _ = heading.set_attribute("tabindex", "-1");
    }
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    heading.focus_with_options(&options).is_ok()
}

/// The ID of the element that has the focus; `None` when it has none.
#[must_use]
pub fn active_id() -> Option<String> {
    js::document()?.active_element().map(|element| element.id()).filter(|id| !id.is_empty())
}
