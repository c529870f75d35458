//! Long texts of the page, taken into WebAssembly.

use std::{mem, ops::Range};

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::HtmlTextAreaElement;

use crate::domain::room;

#[wasm_bindgen]
extern "C" {
    type TextEncoder;
    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;
    #[wasm_bindgen(method, js_name = encodeInto)]
    fn encode_into(this: &TextEncoder, text: &JsString, room: &mut [u8]) -> Encoded;
    /// How far `encodeInto` came: units of the text, bytes of the room.
    type Encoded;
    #[wasm_bindgen(method, getter)]
    fn read(this: &Encoded) -> u32;
    #[wasm_bindgen(method, getter)]
    fn written(this: &Encoded) -> u32;
    type Field;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Field) -> JsString;
    type Value;
    #[wasm_bindgen(method, js_name = startsWith)]
    fn starts_with(this: &Value, beginning: &JsString) -> bool;
    #[wasm_bindgen(method, js_name = endsWith)]
    fn ends_with(this: &Value, end: &JsString) -> bool;
}

/// No more than so many letters are typed between two frames.
const FEW: u32 = 16;

thread_local! {
    static ENCODER: TextEncoder = TextEncoder::new();
}

/// What a field holds.
#[must_use]
pub fn held(field: &HtmlTextAreaElement) -> String {
    taken(&field.unchecked_ref::<Field>().value())
}

/// A field, and what it held when somebody looked last, as the browser has it: it is compared there, and not taken for
/// each key.
#[derive(Debug)]
pub struct Followed {
    field: HtmlTextAreaElement,
    held: JsString,
}

/// Letters that were typed into a text, which says the same otherwise. Counted in units of UTF-16.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// How long the text was before.
    pub length: usize,
    /// Where they stand.
    pub at: usize,
    /// The letters.
    pub letters: String,
}

impl Followed {
    /// Follows a field.
    #[must_use]
    pub fn new(field: HtmlTextAreaElement) -> Self {
        Self { field, held: JsString::default() }
    }

    /// Looks at the field. Gives what was typed since the last time, when that is all that happened.
    pub fn typed(&mut self) -> Option<Typed> {
        let before = mem::replace(&mut self.held, self.field.unchecked_ref::<Field>().value());
        let length = before.length();
        let count = self.held.length().checked_sub(length).filter(|count| (1..=FEW).contains(count))?;
        let end = self.field.selection_end().ok().flatten()?;
        let at = end.checked_sub(count)?;
        let now: &Value = self.held.unchecked_ref();
        let is_all = now.starts_with(&before.slice(0, at)) && now.ends_with(&before.slice(at, length));
        is_all.then(|| Typed {
            length: units(length),
            at: units(at),
            letters: String::from(&self.held.slice(at, end)),
        })
    }

    /// All that the field held then.
    #[must_use]
    pub fn text(&self) -> String {
        taken(&self.held)
    }

    /// What stood there, in units of UTF-16.
    pub(super) fn slice(&self, place: &Range<usize>) -> JsString {
        let unit = |at| u32::try_from(at).unwrap_or(u32::MAX);
        self.held.slice(unit(place.start), unit(place.end))
    }
}

/// The text as UTF-8, with room for what somebody types into it; half of a surrogate pair becomes U+FFFD.
///
/// What a call takes by itself goes through the characters one by one, and has to be copied when it grows.
#[must_use]
pub fn taken(text: &JsString) -> String {
    let length = text.length();
    let mut bytes = Vec::with_capacity(room::with_more(units(length)));
    let mut from = 0;
    while from < length {
        let filled = bytes.len();
        // The first time this is enough for ASCII, the second time for everything.
        let most = if from == 0 { units(length) } else { 3 * units(length - from) };
        bytes.resize(filled + most.max(4), 0);
        let Some(free) = bytes.get_mut(filled..) else { break };
        let done = match from {
            0 => ENCODER.with(|encoder| encoder.encode_into(text, free)),
            _ => ENCODER.with(|encoder| encoder.encode_into(&text.slice(from, length), free)),
        };
        let (read, written) = (done.read(), done.written());
        bytes.truncate(filled + units(written));
        if read == 0 {
            break;
        }
        from += read;
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn units(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
