//! Texts of the page: typed, taken into WebAssembly, and shown in colours.

use std::{cell::Cell, rc::Rc};

use js_sys::JsString;
use portico::browser::field::on_typed;
use portico::browser::painted::{Painted, Run};
use portico::browser::text::{Followed, Typed, taken};
use portico::browser::timer;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlTextAreaElement};

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

fn field_with(text: &str) -> HtmlTextAreaElement {
    let field: HtmlTextAreaElement = document().create_element("textarea").unwrap().unchecked_into();
    field.set_value(text);
    field
}

#[wasm_bindgen_test]
fn runs_in_colours_change_where_they_are_different() {
    let element = document().create_element("p").unwrap();
    let run = |class, text| Run { class, text, is_marked: false };
    let mut painted = Painted::default();
    painted.paint(&element, &[run("part-0", "юні😀код"), run("", "."), run("part-1", "abc")]);
    assert_eq!(
        element.inner_html(),
        r#"<span class="part-0">юні😀код</span><span class="">.</span><span class="part-1">abc</span>"#
    );
    let node = element.first_child().unwrap().first_child().unwrap();
    painted.paint(&element, &[run("part-0", "юні😀кіт"), run("", "."), run("part-1", "")]);
    assert_eq!(element.text_content().unwrap(), "юні😀кіт.");
    painted.paint(&element, &[run("part-0", "a"), run("", "."), run("part-1", "bc")]);
    let mut followed = Followed::new(field_with("..bxyc"));
    followed.typed();
    painted.insert(2, 1, "xy", &(2..6), &followed);
    assert_eq!(element.text_content().unwrap(), "a.bxyc");
    painted.paint(&element, &[run("part-0", "a"), run("", "."), run("part-1", "bc")]);
    assert_eq!(element.text_content().unwrap(), "a.bc");
    assert_eq!(element.first_child().unwrap().first_child().unwrap(), node, "the text is the same node");
    let marked = Run { is_marked: true, ..run("part-1", "b") };
    painted.paint(&element, &[run("part-1", "a"), marked, run("part-1", "c")]);
    let whole = r#"<span class="part-1">a</span><span class="part-1"><mark>b</mark></span><span class="part-1">c</span>"#;
    assert_eq!(element.inner_html(), whole);
    // Another element begins empty.
    let other = document().create_element("p").unwrap();
    painted.paint(&other, &[run("part-0", "<b>")]);
    assert_eq!(
        (other.inner_html().as_str(), element.inner_html().as_str()),
        (r#"<span class="part-0">&lt;b&gt;</span>"#, whole)
    );
}

#[wasm_bindgen_test]
fn letters_that_are_typed_into_a_field_are_told_from_everything_else() {
    let field = field_with("");
    let mut followed = Followed::new(field.clone());
    let mut now = |text: &str, cursor: u32| {
        field.set_value(text);
        field.set_selection_range(cursor, cursor).unwrap();
        let typed = followed.typed();
        assert_eq!(followed.text(), text);
        typed
    };
    let typed = |length, at, letters: &str| Some(Typed { length, at, letters: letters.to_owned() });
    assert_eq!(now("a.b", 3), typed(0, 0, "a.b"));
    assert_eq!(now("a.cb", 3), typed(3, 2, "c"));
    assert_eq!(now("a.cbde", 6), typed(4, 4, "de"));
    assert_eq!(now("fa.cbde", 1), typed(6, 0, "f"));
    assert_eq!(now("fa.cbde", 1), None, "nothing happened");
    assert_eq!(now("fa.cbd", 6), None, "a letter is gone");
    assert_eq!(now("fa.xxxx", 7), None, "letters are gone and others are there");
    assert_eq!(now("fa.xxxxx", 5), typed(7, 4, "x"), "the cursor tells which of them is new");
    assert_eq!(now("fa.xxxxxz", 3), None, "it does not stand where something is new");
    assert_eq!(now("ша.xxxxxz", 9), None);
    assert_eq!(now("ша.xxxxxz😀", 11), typed(9, 9, "😀"));
    assert_eq!(now(&"long ".repeat(20), 100), None);
}

#[wasm_bindgen_test]
async fn what_is_typed_is_told_before_the_next_frame_to_whoever_asked_last() {
    let field = field_with("");
    let (first, second) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let counts = |count: &Rc<Cell<u32>>| {
        let count = Rc::clone(count);
        on_typed(&field, move || count.set(count.get() + 1))
    };
    let press = || field.dispatch_event(&Event::new("input").unwrap()).unwrap();
    let before = counts(&first);
    press();
    assert_eq!(first.get(), 0, "a key calls nothing");
    timer::painted().await;
    assert_eq!(first.get(), 1);
    let now = counts(&second);
    drop(before);
    press();
    timer::painted().await;
    assert_eq!((first.get(), second.get()), (1, 1));
    // A frame that was asked for comes after all.
    press();
    drop(now);
    press();
    timer::painted().await;
    assert_eq!((first.get(), second.get()), (1, 1));
}
