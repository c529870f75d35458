//! From the small program of a first visit to the whole portal.

use js_sys::Function;
use wasm_bindgen::JsCast;

use super::js;

/// Fetches the whole portal and lets it take over at the address that is shown (`window.portico.enter` of `boot.js`).
/// What goes wrong is shown by `boot.js`, because this program may be half gone then.
pub fn enter() {
    let portico = js::member(&js::window(), "portico");
    if let Some(enter) = js::member(&portico, "enter").dyn_ref::<Function>() {
        // It never throws: failures come later, and are shown by the page.
        let _ = enter.call0(&portico);
    }
}
