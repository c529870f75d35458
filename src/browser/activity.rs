//! When somebody last used the portal, in any tab: pressed a key, a button, touched, scrolled. Times and not timers,
//! because a browser slows down the timers of a tab that cannot be seen, and stops them while the computer sleeps.

use std::cell::{Cell, RefCell};

use super::js::{self, Subscription};
use super::{clock, local};

const NAME: &str = "used";
/// A use is written down at most this often, in milliseconds.
const PACE_MS: f64 = 2_000.0;

thread_local! {
    static WRITTEN_MS: Cell<f64> = const { Cell::new(0.0) };
    static IS_NOTED: Cell<bool> = const { Cell::new(false) };
    static HEARD: RefCell<Option<Subscription>> = const { RefCell::new(None) };
}

/// Whether uses are noted: only while something locks by itself, so that a key costs nothing otherwise.
pub fn note(uses: bool) {
    IS_NOTED.set(uses);
    HEARD.with_borrow(|heard| match heard {
        Some(heard) if uses => heard.go_on(),
        Some(heard) => heard.pause(),
        None => {}
    });
}

/// Notes a use now.
pub fn touch() {
    if !IS_NOTED.get() {
        return;
    }
    let now = clock::now_ms();
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

/// Calls at every use of this tab that is noted, before the page itself sees it; whoever was called so far is not any
/// more.
pub fn on_use(mut callback: impl FnMut() + 'static) {
    const USES: &[&str] = &["pointerdown", "keydown", "wheel", "touchmove", "scroll"];
    let heard = Subscription::paused(js::window(), USES, move |_| callback());
    HEARD.set(Some(heard));
    note(IS_NOTED.get());
}
