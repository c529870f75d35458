//! The window as a person has set it up.

use super::js::{Subscription, window};

/// Width and height of the window in CSS pixels.
#[must_use]
pub fn size() -> (f64, f64) {
    let window = window();
    let pixels = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
    (pixels(window.inner_width()), pixels(window.inner_height()))
}

/// Whether a media query holds now; `false` for one that the browser does not know.
#[must_use]
pub fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Whether the device prefers dark.
#[must_use]
pub fn prefers_dark() -> bool {
    matches("(prefers-color-scheme: dark)")
}

/// Whether the person asked for less movement.
#[must_use]
pub fn prefers_reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Calls with the new answer whenever a media query changes it.
pub fn on_media_change(query: &str, mut callback: impl FnMut(bool) + 'static) -> Option<Subscription> {
    let list = window().match_media(query).ok().flatten()?;
    let watched = list.clone();
    Some(Subscription::new(list, &["change"], move |_| callback(watched.matches())))
}
