//! Leaving the page: the browser asks first while something is under way that should be waited for.

use super::js::{self, Subscription};

/// From now until the guard is dropped, closing the tab or going to another site is asked about. The words are the
/// browser's own.
pub fn ask_first() -> Subscription {
    Subscription::new(js::window(), &["beforeunload"], |event| {
        event.prevent_default();
        // Browsers that are a few years old look at this instead.
        js::set(&event, "returnValue", &true.into());
    })
}
