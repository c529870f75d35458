//! The cursor of a text field.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlTextAreaElement};

use super::js::Subscription;

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
