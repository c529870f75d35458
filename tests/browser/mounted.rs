//! What a test reads and types in a page that is mounted in `#mount`.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::support::{document, evaluate};

/// The first element that a selector finds.
pub fn element(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).unwrap().map(JsCast::unchecked_into)
}

/// The text of an element; empty when there is none.
pub fn text(selector: &str) -> String {
    element(selector).and_then(|element| element.text_content()).unwrap_or_default()
}

/// What is said without being asked for.
pub fn alerts() -> String {
    let script =
        "[...document.querySelectorAll('#mount [role=alert]')].map((alert) => alert.textContent).join(' ')";
    evaluate(script).as_string().unwrap()
}

/// What stands in a field.
pub fn value(selector: &str) -> String {
    evaluate(&format!("document.querySelector('{selector}').value")).as_string().unwrap()
}

/// Types as a person does: the field says that it changed.
pub fn type_into(selector: &str, words: &str) {
    let words = js_sys::JSON::stringify(&words.into()).unwrap();
    evaluate(&format!(
        "(() => {{ const field = document.querySelector('{selector}'); field.value = {words};
             field.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
    ));
}
