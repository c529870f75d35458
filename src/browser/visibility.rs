//! Whether the tab is in front.

use web_sys::VisibilityState;

use super::js::{self, Subscription};

/// Whether the page can be seen now.
#[must_use]
pub fn is_visible() -> bool {
    js::document().is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Calls with the new state when the tab comes to the front or goes to the back.
pub fn on_change(mut callback: impl FnMut(bool) + 'static) -> Option<Subscription> {
    Some(Subscription::new(js::document()?, &["visibilitychange"], move |_| callback(is_visible())))
}
