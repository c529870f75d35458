//! Long texts of the page, taken into WebAssembly.

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
}

thread_local! {
    static ENCODER: TextEncoder = TextEncoder::new();
}

/// What a field holds.
#[must_use]
pub fn held(field: &HtmlTextAreaElement) -> String {
    taken(&field.unchecked_ref::<Field>().value())
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
