//! What is typed into a text field, and its cursor.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlTextAreaElement};

use super::js::{self, Subscription};

thread_local! {
    /// Who is told of what is typed.
    static TOLD: RefCell<Option<Weak<dyn Fn()>>> = const { RefCell::new(None) };
    static TELL: Closure<dyn FnMut()> = Closure::new(|| {
        if let Some(told) = TOLD.with_borrow(|told| told.as_ref()?.upgrade()) {
            told();
        }
    });
}

/// Tells what is typed until it is dropped.
#[must_use = "nobody is told any more when this is dropped"]
pub struct Typing {
    field: HtmlTextAreaElement,
    ask: Function,
    _told: Rc<dyn Fn()>,
}

impl Drop for Typing {
    fn drop(&mut self) {
        let _ = self.field.remove_event_listener_with_callback("input", &self.ask);
    }
}

/// Calls before the next frame when something was typed into the field; whoever was called so far is not any more.
///
/// The listener is the browser's own function that asks for a frame: a key calls nothing of ours until then.
pub fn on_typed(field: &HtmlTextAreaElement, callback: impl Fn() + 'static) -> Typing {
    let told: Rc<dyn Fn()> = Rc::new(callback);
    TOLD.set(Some(Rc::downgrade(&told)));
    let window = js::window();
    let frame: Function = js::member(&window, "requestAnimationFrame").unchecked_into();
    let ask: Function = TELL.with(|tell| frame.bind1(&window, tell.as_ref()).unchecked_into());
    // It only fails for a listener that is no function.
    let _ = field.add_event_listener_with_callback("input", &ask);
    Typing { field: field.clone(), ask, _told: told }
}

/// Calls when the cursor of the field may have moved.
pub fn on_cursor(
    field: &HtmlTextAreaElement,
    mut callback: impl FnMut(&HtmlTextAreaElement) + 'static,
) -> Subscription {
    let moved = field.clone();
    Subscription::new(field.clone(), &["click", "keyup"], move |_| callback(&moved))
}

/// Where the cursor of the field stands, as a byte offset in its text. Browsers count in UTF-16.
#[must_use]
pub fn cursor(field: &HtmlTextAreaElement, text: &str) -> Option<usize> {
    let units = field.selection_start().ok().flatten()?;
    Some(byte_offset(text, usize::try_from(units).ok()?))
}

/// Whether the cursor of the field stands before the first character, or after the last one, with nothing selected.
#[must_use]
pub fn edges(event: &Event) -> Option<(bool, bool)> {
    let field = field(event)?;
    let (start, end) = (field.selection_start().ok().flatten()?, field.selection_end().ok().flatten()?);
    Some((start == 0 && end == 0, start == end && end == field.text_length()))
}

/// Where the cursor is put in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caret {
    /// Before the first character.
    Start,
    /// Behind so many units of UTF-16.
    At(u32),
    /// Behind the last character.
    End,
}

/// Gives the field of this ID the focus, with the cursor there.
pub fn enter(id: &str, caret: Caret) {
    let found = super::js::document().and_then(|document| document.get_element_by_id(id));
    let Some(field) = found.and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok()) else {
        return;
    };
    let at = match caret {
        Caret::Start => 0,
        Caret::At(at) => at,
        Caret::End => field.text_length(),
    };
    // A field that is gone again takes no focus, and nothing is lost by that.
    let _ = field.focus();
    let _ = field.set_selection_range(at, at);
}

fn field(event: &Event) -> Option<HtmlTextAreaElement> {
    event.target()?.dyn_into().ok()
}

fn byte_offset(text: &str, units: usize) -> usize {
    if text.is_ascii() {
        return units.min(text.len());
    }
    let mut left = units;
    for (at, character) in text.char_indices() {
        if left < character.len_utf16() {
            return at;
        }
        left -= character.len_utf16();
    }
    text.len()
}
