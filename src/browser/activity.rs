//! When somebody last used the portal, in any tab: pressed a key, a button, touched, scrolled. Times and not timers,
//! because a browser slows down the timers of a tab that cannot be seen, and stops them while the computer sleeps.

use std::cell::Cell;

use super::js::{self, Subscription};
use super::{clock, local};

const NAME: &str = "used";
/// A use is written down at most this often, in milliseconds.
const PACE_MS: f64 = 2_000.0;

thread_local! {
    static WRITTEN_MS: Cell<f64> = const { Cell::new(0.0) };
    static IS_NOTED: Cell<bool> = const { Cell::new(false) };
}

/// Whether uses are noted: only while something locks by itself.
pub fn note(uses: bool) {
    IS_NOTED.set(uses);
}

/// Notes a use now.
pub fn touch() {
    let now = clock::now_ms();
    if !IS_NOTED.get() {
        return;
    }
    if (now - WRITTEN_MS.get()).abs() >= PACE_MS {
        WRITTEN_MS.set(now);
        local::set(NAME, &now.round().to_string());
    }
}

/// Milliseconds since the last use, in any tab. A clock that was set back counts as a use.
#[must_use]
pub fn idle_ms() -> f64 {
    let elsewhere = local::get(NAME).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (clock::now_ms() - elsewhere.max(WRITTEN_MS.get())).max(0.0)
}

/// Calls at every use of this tab, before the page itself sees it.
pub fn on_use(mut callback: impl FnMut() + 'static) -> Subscription {
    Subscription::new(js::window(), &["pointerdown", "keydown", "wheel", "touchmove", "scroll"], move |_| {
        callback();
    })
}
