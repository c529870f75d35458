//! Long texts of the page, taken into WebAssembly.

use js_sys::{JsString, Reflect};
use wasm_bindgen::prelude::*;

use crate::domain::room;

#[wasm_bindgen]
extern "C" {
    type TextEncoder;
    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;
    #[wasm_bindgen(method, js_name = encodeInto)]
    fn encode_into(this: &TextEncoder, text: &JsString, room: &mut [u8]) -> JsValue;
}

/// The text as UTF-8, with room for what somebody types into it; half of a surrogate pair becomes U+FFFD.
///
/// What a call takes by itself goes through the characters one by one, and has to be copied when it grows.
#[must_use]
pub fn taken(text: &JsString) -> String {
    let encoder = TextEncoder::new();
    let length = text.length();
    let mut bytes = Vec::with_capacity(room::with_more(units(length)));
    let mut from = 0;
    while from < length {
        let filled = bytes.len();
        // The first time this is enough for ASCII, the second time for everything.
        let most = if from == 0 { units(length) } else { 3 * units(length - from) };
        bytes.resize(filled + most.max(4), 0);
        let Some(free) = bytes.get_mut(filled..) else { break };
        let done = encoder.encode_into(&text.slice(from, length), free);
        let (read, written) = (count(&done, "read"), count(&done, "written"));
        bytes.truncate(filled + units(written));
        if read == 0 {
            break;
        }
        from += read;
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn count(done: &JsValue, name: &str) -> u32 {
    let number = Reflect::get(done, &name.into()).ok().and_then(|value| value.as_f64());
    number.unwrap_or_default() as u32
}

fn units(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
