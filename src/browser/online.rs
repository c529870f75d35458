//! Whether the device has a network. "Online" promises nothing; "offline" is nearly always true.

use super::js::{Subscription, window};

/// What the browser believes now.
#[must_use]
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Calls with the new state when it changes.
pub fn on_change(mut callback: impl FnMut(bool) + 'static) -> Subscription {
    Subscription::new(window(), &["online", "offline"], move |_| callback(is_online()))
}
