//! Small values that have to be there before the first paint (`localStorage`). Nothing secret, nothing dear: the
//! browser may refuse or forget them at any time.

use web_sys::Storage;

use super::js::window;

const PREFIX: &str = "portico.";

/// A value by its name without the prefix.
#[must_use]
pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(&format!("{PREFIX}{name}")).ok()?
}

/// Keeps a value; `false` when the browser refuses.
pub fn set(name: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&format!("{PREFIX}{name}"), value).is_ok())
}

/// Forgets a value.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&format!("{PREFIX}{name}"));
    }
}

/// Forgets every value of the portal, and none of other pages of this origin.
pub fn erase() {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or(0);
    // First all names, because removing one moves the others.
    let names: Vec<String> = (0..count).filter_map(|index| storage.key(index).ok()?).collect();
    for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
        let _ = storage.remove_item(name);
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}
