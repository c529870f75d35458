//! Files for the person, made in the page.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::{js, timer};

/// How long the browser may take to begin reading the file.
const KEPT_MS: u32 = 10_000;

/// Hands a text over as a file; `false` when the browser has no way to.
pub fn text(file_name: &str, media_type: &str, content: &str) -> bool {
    start(file_name, media_type, &JsValue::from_str(content)).is_some()
}

fn start(file_name: &str, media_type: &str, content: &JsValue) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(content);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let link = js::document()?.create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    link.set_href(&address);
    link.set_download(file_name);
    link.click();
    // The file may hold a secret, so its address does not outlive its use.
    wasm_bindgen_futures::spawn_local(async move {
        timer::sleep(KEPT_MS).await;
        let _ = Url::revoke_object_url(&address);
    });
    Some(())
}

/// Hands bytes over as a file; `false` when the browser has no way to.
pub fn bytes(file_name: &str, media_type: &str, content: &[u8]) -> bool {
    start(file_name, media_type, &js_sys::Uint8Array::from(content)).is_some()
}
