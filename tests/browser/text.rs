//! Texts of the page: taken into WebAssembly, and shown in colours.

use js_sys::JsString;
use portico::browser::painted::{Painted, Run};
use portico::browser::text::taken;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::document;

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

#[wasm_bindgen_test]
fn runs_in_colours_change_where_they_are_different() {
    let element = document().create_element("p").unwrap();
    let run =
        |class: &str, text: &str| Run { class: class.to_owned(), text: text.to_owned(), is_marked: false };
    let mut painted = Painted::default();
    painted.paint(&element, vec![run("part-0", "юні😀код"), run("", "."), run("part-1", "abc")]);
    assert_eq!(
        element.inner_html(),
        r#"<span class="part-0">юні😀код</span><span class="">.</span><span class="part-1">abc</span>"#
    );
    let node = element.first_child().unwrap().first_child().unwrap();
    painted.paint(&element, vec![run("part-0", "юні😀кіт"), run("", "."), run("part-1", "")]);
    assert_eq!(element.text_content().unwrap(), "юні😀кіт.");
    assert_eq!(element.first_child().unwrap().first_child().unwrap(), node, "the text is the same node");
    let marked = Run { is_marked: true, ..run("part-1", "b") };
    painted.paint(&element, vec![run("part-1", "a"), marked, run("part-1", "c")]);
    let whole = r#"<span class="part-1">a</span><span class="part-1"><mark>b</mark></span><span class="part-1">c</span>"#;
    assert_eq!(element.inner_html(), whole);
    // Another element begins empty.
    let other = document().create_element("p").unwrap();
    painted.paint(&other, vec![run("part-0", "<b>")]);
    assert_eq!(
        (other.inner_html().as_str(), element.inner_html().as_str()),
        (r#"<span class="part-0">&lt;b&gt;</span>"#, whole)
    );
}
