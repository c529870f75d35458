//! What tests share: guards that put the page back, and a view past the code under test.
//!
//! A panic does not unwind in WebAssembly, so a test that fails leaves its stubs behind: look at the first failure,
//! those after it may be its echo.

use js_sys::Function;
use portico::browser::store::{Store, settled};
use portico::browser::timer;
use wasm_bindgen::prelude::*;
use web_sys::Document;

#[wasm_bindgen(module = "/tests/browser/raw.js")]
extern "C" {
    #[wasm_bindgen(js_name = deleteDatabase, catch)]
    async fn delete_raw() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = openAtVersion, catch)]
    pub async fn open_at_version(version: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn rows() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn keys() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn copy(kind: &str, from: &str, to: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = putRaw, catch)]
    pub async fn put_raw(kind: &str, id: &str, value: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = putKey, catch)]
    pub async fn put_key(value: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn damage(kind: &str, id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn everything() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = exportKey, catch)]
    pub async fn export_key() -> Result<JsValue, JsValue>;
    fn replace(object: &JsValue, name: &str, value: &JsValue) -> Function;
}

/// A member of an object that is something else until this is dropped.
pub struct Replaced(Function);

impl Replaced {
    pub fn new(object: &JsValue, name: &str, value: &JsValue) -> Self {
        Self(replace(object, name, value))
    }
}

impl Drop for Replaced {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::NULL);
    }
}

/// Keeps a function of the browser as `window.portico_real`, for the one that is about to replace it.
pub fn keep_real(object: &JsValue, name: &str) {
    js_sys::Reflect::set(&window(), &"portico_real".into(), &member(object, name)).unwrap();
}

/// Address, title, theme, focus, small values and the body of the page, put back when it is dropped.
pub struct Page {
    address: String,
    title: String,
    host: web_sys::Element,
}

impl Page {
    /// With an empty element of its own for whatever the test shows.
    pub fn new() -> Self {
        let document = document();
        let host = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&host).unwrap();
        Self { address: window().location().href().unwrap(), title: document.title(), host }
    }

    /// Puts HTML into the page.
    pub fn show(&self, html: &str) {
        self.host.set_inner_html(html);
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.host.remove();
        let document = document();
        document.set_title(&self.title);
        let _ = window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some(&self.address));
        let root = document.document_element().unwrap();
        let _ = root.remove_attribute("data-theme");
        let _ = root.remove_attribute("style");
        window().local_storage().unwrap().unwrap().clear().unwrap();
    }
}

pub fn window() -> web_sys::Window {
    web_sys::window().unwrap()
}

pub fn document() -> Document {
    window().document().unwrap()
}

/// A member of a JavaScript object.
pub fn member(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap()
}

/// A function in JavaScript.
pub fn function(arguments: &str, body: &str) -> JsValue {
    Function::new_with_args(arguments, body).into()
}

/// What JavaScript makes of an expression.
pub fn evaluate(expression: &str) -> JsValue {
    Function::new_no_args(&format!("return ({expression});")).call0(&JsValue::NULL).unwrap()
}

/// Waits until something is so, for as long as a busy machine may take.
pub async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..500 {
        if is_so().await {
            return;
        }
        timer::sleep(10).await;
    }
    panic!("never: {what}");
}

/// Nothing is stored any more. What an earlier test left under way is waited for: it would be stored afterwards.
pub async fn delete_database() {
    settled().await;
    delete_raw().await.unwrap();
}

/// An empty store in a database that did not exist before.
pub async fn fresh_store() -> Store {
    delete_database().await;
    Store::open().await.unwrap()
}
