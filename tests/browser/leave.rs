//! Leaving the page is asked about while something is under way, and only then.

use portico::browser::leave;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::evaluate;

fn is_asked() -> bool {
    evaluate(
        "(() => { const event = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(event); return event.defaultPrevented; })()",
    )
    .as_bool()
    .unwrap()
}

#[wasm_bindgen_test]
fn leaving_is_asked_about_while_a_guard_lives() {
    assert!(!is_asked());
    let first = leave::ask_first();
    let second = leave::ask_first();
    assert!(is_asked());
    drop(first);
    assert!(is_asked());
    drop(second);
    assert!(!is_asked());
}
