//! Copy and paste.

use std::fmt;

use js_sys::{JsString, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{js, text};

/// Why nothing was copied or pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyProblem {
    /// Plain http: the browser gives the page no clipboard.
    Unavailable,
    /// The browser or the person said no, or the tab was not in front.
    Refused,
}

impl fmt::Display for CopyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unavailable => {
                "The browser gives this page no clipboard, because its address is plain http. Select the text and \
                 press Ctrl+C (⌘C on a Mac)."
            }
            Self::Refused => {
                "The browser did not allow this page to use the clipboard. Allow it in the site settings, or use \
                 the keyboard: Ctrl+C and Ctrl+V (⌘C and ⌘V on a Mac)."
            }
        })
    }
}

#[wasm_bindgen]
extern "C" {
    type Clipboard;
    #[wasm_bindgen(method, catch, js_name = writeText)]
    fn write_text(this: &Clipboard, text: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = readText)]
    fn read_text(this: &Clipboard) -> Result<Promise, JsValue>;

    type DataTransfer;
    #[wasm_bindgen(method, js_name = getData)]
    fn get_data(this: &DataTransfer, format: &str) -> JsString;
}

/// Copies a text. Must follow a click or a key.
///
/// # Errors
/// When there is no clipboard or the browser refuses.
pub async fn copy(text: &str) -> Result<(), CopyProblem> {
    settle(clipboard()?.write_text(text)).await.map(drop)
}

/// The text in the clipboard. Must follow a click or a key; the browser may ask the person.
///
/// # Errors
/// When there is no clipboard or the browser refuses.
pub async fn read() -> Result<String, CopyProblem> {
    let read = settle(clipboard()?.read_text()).await?;
    read.dyn_ref().map(text::taken).ok_or(CopyProblem::Refused)
}

/// The text of a paste into a field; `None` when it holds none. Prevent the default to handle it yourself.
#[must_use]
pub fn pasted(event: &web_sys::ClipboardEvent) -> Option<String> {
    let data: DataTransfer = JsValue::from(event.clipboard_data()?).unchecked_into();
    Some(text::taken(&data.get_data("text/plain"))).filter(|text| !text.is_empty())
}

fn clipboard() -> Result<Clipboard, CopyProblem> {
    let clipboard = js::member(&js::window().navigator(), "clipboard");
    if clipboard.is_object() { Ok(clipboard.unchecked_into()) } else { Err(CopyProblem::Unavailable) }
}

/// Firefox has no `readText` for pages in every setting: calling it throws, which is a refusal too.
async fn settle(started: Result<Promise, JsValue>) -> Result<JsValue, CopyProblem> {
    JsFuture::from(started.map_err(|_| CopyProblem::Refused)?).await.map_err(|_| CopyProblem::Refused)
}
