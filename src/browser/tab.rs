//! Small values that live as long as the tab and outlive a visit to another site.

use web_sys::Storage;

use super::js;

/// A value; `None` when there is none, or the browser gives no storage.
#[must_use]
pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(&key(name)).ok().flatten()
}

/// Sets a value; `false` when the browser gives no storage.
pub fn set(name: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&key(name), value).is_ok())
}

/// Removes a value.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        // It only fails where nothing is stored anyway.
        let _ = storage.remove_item(&key(name));
    }
}

fn storage() -> Option<Storage> {
    js::window().session_storage().ok().flatten()
}

fn key(name: &str) -> String {
    format!("portico.{name}")
}
