//! Pieces of a long text: elements that the browser alone holds. A view would keep something for each of hundreds.

use std::ops::Range;

use wasm_bindgen::prelude::*;
use web_sys::{Element, MouseEvent};

use super::js::document;

const PIECE: &str = "token-piece";
const MARKED: &str = "marked";
/// All pieces; the one that somebody is in is a field.
const ALL: &str = ".token-piece, .token-editor";

#[wasm_bindgen]
extern "C" {
    type Page;
    /// Not every browser has it.
    #[wasm_bindgen(method, catch, js_name = caretPositionFromPoint)]
    fn caret_position_from_point(this: &Page, x: i32, y: i32) -> Result<Option<Position>, JsValue>;
    type Position;
    #[wasm_bindgen(method, getter)]
    fn offset(this: &Position) -> u32;
}

/// A piece that was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pressed {
    /// Its number, counted from the first piece.
    pub number: usize,
    /// Where in its text, in units of UTF-16, as far as the browser says that.
    pub at: Option<u32>,
}

/// Fills an element with pieces, whatever was in it (a directive, `use:pieces`): the class and the text of each.
pub fn pieces(element: Element, pieces: Vec<(&'static str, String)>) {
    let Some(document) = document() else { return };
    element.set_text_content(None);
    for (class, text) in pieces {
        let Ok(piece) = document.create_element("div") else { return };
        piece.set_class_name(&format!("token {PIECE} {class}"));
        piece.set_text_content(Some(&text));
        // It was just made and stands nowhere yet: nothing refuses it.
        let _ = element.append_child(&piece);
    }
}

/// The piece in `around` that was pressed. Nothing for the one with the field.
#[must_use]
pub fn pressed(around: &Element, event: &MouseEvent) -> Option<Pressed> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let piece = target.closest(&format!(".{PIECE}")).ok()??;
    let number = all(around).position(|other| other == piece)?;
    let page: Page = document()?.unchecked_into();
    let position = page.caret_position_from_point(event.client_x(), event.client_y()).ok().flatten();
    Some(Pressed { number, at: position.map(|position| position.offset()) })
}

/// Marks the pieces of these numbers and no others.
pub fn mark(around: &Element, range: &Range<usize>) {
    for (number, piece) in all(around).enumerate() {
        let classes = piece.class_list();
        if classes.contains(MARKED) != range.contains(&number) {
            // A class of this name is never refused.
            let _ = classes.toggle(MARKED);
        }
    }
}

fn all(around: &Element) -> impl Iterator<Item = Element> + use<> {
    let list = around.query_selector_all(ALL).ok();
    let length = list.as_ref().map_or(0, web_sys::NodeList::length);
    (0..length).filter_map(move |at| list.as_ref()?.item(at)?.dyn_into().ok())
}
