//! Texts of the page, taken into WebAssembly.

use js_sys::JsString;
use portico::browser::text::taken;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn every_text_arrives_as_it_is() {
    let long = "0123456789".repeat(20_000);
    let mixed = format!("{long}юнікод😀{long}");
    let samples = ["", "a", "é", "😀", "юнікод", &long, &mixed, &"😀".repeat(50_000), &"ш".repeat(70_000)];
    for text in samples {
        assert_eq!(taken(&JsString::from(text)), text);
    }
}

#[wasm_bindgen_test]
fn half_of_a_pair_is_replaced() {
    let half = JsString::from_char_code(&[0x61, 0xd83d, 0x62]);
    assert_eq!(taken(&half), "a\u{fffd}b");
}

#[wasm_bindgen_test]
fn a_long_text_can_grow_where_it_is() {
    let long = "x".repeat(100_000);
    let text = taken(&JsString::from(long.as_str()));
    assert!(text.capacity() >= text.len() + 4096, "{}", text.capacity());
}
