//! The last words of a page that cannot go on.

use std::any::Any;
use std::panic;

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

use super::js;

/// Longer words than this are taken for keys and tokens.
const LONGEST_WORD: usize = 24;

/// From now on a panic shows the static crash section of the page.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
        report(&format!("{}{place}", scrub(payload(info.payload()))));
    }));
}

/// Shows the crash section with this text, by `window.portico.crash`; on the console when that is missing.
/// The text is shown as it is: pass what [`scrub`] leaves when it may quote data.
pub fn report(message: &str) {
    let message = JsValue::from_str(message);
    let portico = js::member(&js::window(), "portico");
    let shown = js::member(&portico, "crash")
        .dyn_ref::<Function>()
        .is_some_and(|crash| crash.call1(&portico, &message).is_ok());
    if !shown {
        console_error(&message);
    }
}

/// Leaves out what may be data of the person: text in quotes, and long words that are no path.
#[must_use]
pub fn scrub(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, outside) in text.split(['"', '`']).enumerate() {
        if index % 2 == 1 {
            out.push('…');
            continue;
        }
        for word in outside.split_inclusive(char::is_whitespace) {
            let is_path = word.contains("::") || word.contains(".rs:");
            out.push_str(if word.len() > LONGEST_WORD && !is_path { "… " } else { word });
        }
    }
    out
}

fn payload(payload: &dyn Any) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("The program stopped without a message.")
}

fn console_error(message: &JsValue) {
    let console = js::member(&js::window(), "console");
    if let Some(error) = js::member(&console, "error").dyn_ref::<Function>() {
        let _ = error.call1(&console, message);
    }
}
