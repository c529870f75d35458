//! A file that a person chose or dropped.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, HtmlInputElement};

use super::js;

/// A larger file is not read: no backup comes near it, and no token.
const LIMIT: f64 = 200_000_000.0;

/// A file by its name, not read yet.
#[derive(Clone)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    file: File,
}

impl Chosen {
    /// Its text.
    ///
    /// # Errors
    /// A sentence: why it cannot be read.
    pub async fn text(&self) -> Result<String, String> {
        if self.file.size() > LIMIT {
            return Err("This file is too large to be read here. Nothing has changed.".to_owned());
        }
        let text = JsFuture::from(self.file.text()).await.ok().and_then(|text: JsValue| text.as_string());
        text.ok_or_else(|| {
            "The browser could not read this file: it was moved or changed. Nothing has changed here."
                .to_owned()
        })
    }
}

/// The file that was chosen in an `<input type=file>`. The input is emptied, so that choosing the same file again is
/// noticed.
#[must_use]
pub fn chosen(event: &Event) -> Option<Chosen> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let file = input.files()?.get(0)?;
    input.set_value("");
    Some(Chosen { name: file.name(), file })
}

/// The first file that was dropped.
#[must_use]
pub fn dropped(event: &DragEvent) -> Option<Chosen> {
    let file = event.data_transfer()?.files()?.get(0)?;
    Some(Chosen { name: file.name(), file })
}

/// Opens the browser's dialog of a file input, by its ID. Only in answer to a press.
pub fn ask(id: &str) {
    let input = js::document().and_then(|document| document.get_element_by_id(id));
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        input.click();
    }
}
