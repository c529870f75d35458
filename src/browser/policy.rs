//! What the page's own Content-Security-Policy has blocked.
//!
//! To a page such a request fails like any other. Only the report event tells, and it comes a moment later.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::SecurityPolicyViolationEvent;

use super::js::{self, Subscription};
use super::{clock, timer};
use crate::domain::url;

/// How long the report may take to arrive after the failure.
const REPORT_DELAY_MS: u32 = 30;
/// More reports than this are not remembered.
const REMEMBERED: usize = 32;

struct Report {
    origin: String,
    at_ms: f64,
}

thread_local! {
    static REPORTS: RefCell<Vec<Report>> = const { RefCell::new(Vec::new()) };
    /// Taken on first use; lives as long as the page.
    static LISTENER: Option<Subscription> = listen();
}

/// Listens from now on.
pub(super) fn watch() {
    LISTENER.with(|_| ());
}

/// The origin of `address`, if a connection to it was blocked since `since_ms` (of [`clock::monotonic_ms`]).
pub(super) async fn blocked(address: &str, since_ms: f64) -> Option<String> {
    let origin = url::origin(address)?;
    timer::sleep(REPORT_DELAY_MS).await;
    REPORTS
        .with_borrow(|reports| {
            reports.iter().any(|report| report.origin == origin && report.at_ms >= since_ms)
        })
        .then_some(origin)
}

fn listen() -> Option<Subscription> {
    Some(Subscription::new(js::document()?, &["securitypolicyviolation"], |event| {
        let event = event.unchecked_into::<SecurityPolicyViolationEvent>();
        if event.effective_directive() != "connect-src" {
            return;
        }
        let Some(origin) = url::origin(&event.blocked_uri()) else { return };
        REPORTS.with_borrow_mut(|reports| {
            if reports.len() >= REMEMBERED {
                reports.clear();
            }
            reports.push(Report { origin, at_ms: clock::monotonic_ms() });
        });
    }))
}
