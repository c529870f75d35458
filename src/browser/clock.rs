//! What time it is.

use web_sys::Performance;

use super::js::window;

thread_local! {
    static PERFORMANCE: Option<Performance> = window().performance();
}

/// Seconds since 1970-01-01T00:00:00Z, by the clock of this device: a NumericDate (RFC 7519, 2).
#[must_use]
pub fn now() -> i64 {
    // A float becomes the nearest integer that fits, so a broken clock cannot do harm here.
    (now_ms() / 1000.0).floor() as i64
}

/// Milliseconds since 1970-01-01T00:00:00Z, by the clock of this device.
#[must_use]
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Milliseconds since the page was opened. It never jumps when the clock is set: use it to measure.
#[must_use]
pub fn monotonic_ms() -> f64 {
    PERFORMANCE.with(|performance| performance.as_ref().map_or_else(now_ms, Performance::now))
}

/// An HTTP date (RFC 9110, 5.6.7) as seconds since 1970; `None` when the browser cannot read it.
#[must_use]
pub fn parse_http_date(text: &str) -> Option<f64> {
    let milliseconds = js_sys::Date::parse(text);
    milliseconds.is_finite().then_some(milliseconds / 1000.0)
}

/// Notes a moment for measurements (User Timing): `performance.getEntriesByName(name)`.
pub fn mark(name: &str) {
    if let Some(performance) = window().performance() {
        // A mark that cannot be set is missing in a measurement, and nowhere else.
        let _ = performance.mark(name);
    }
}

/// Whether [`mark`] was called with this name since the page was opened.
#[must_use]
pub fn is_marked(name: &str) -> bool {
    window().performance().is_some_and(|performance| performance.get_entries_by_name(name).length() > 0)
}
