//! Keys that mean something to the whole page.

use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::js::{self, Subscription};

/// Calls when a key is pressed without Ctrl, Alt or Meta while nobody types in a field. The key then does nothing
/// else.
pub fn on_key(key: &'static str, mut callback: impl FnMut() + 'static) -> Subscription {
    Subscription::new(js::window(), &["keydown"], move |event: Event| {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else { return };
        if pressed.key() != key {
            return;
        }
        let plain =
            !(pressed.ctrl_key() || pressed.alt_key() || pressed.meta_key() || pressed.is_composing());
        if plain && !event.default_prevented() && !is_typing() {
            event.prevent_default();
            callback();
        }
    })
}

/// Whether the focus is where letters go, or in a dialog.
fn is_typing() -> bool {
    const FIELDS: &str = "input, textarea, select, [contenteditable], dialog, dialog *";
    js::document()
        .and_then(|document| document.active_element())
        .is_some_and(|element| element.matches(FIELDS).unwrap_or(false))
}
