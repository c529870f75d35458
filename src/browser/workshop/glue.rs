//! What the program looks like in JavaScript.

use js_sys::{Array, Float64Array, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// In `boot.js`: fetches a program once; after a failure the next call tries again.
    #[wasm_bindgen(catch, js_namespace = portico)]
    pub(super) async fn load(name: &str) -> Result<JsValue, JsValue>;

    /// The loaded program.
    #[derive(Clone)]
    pub type Workshop;

    #[wasm_bindgen(method, catch)]
    pub(super) fn read_private_key(this: &Workshop, text: &str) -> Result<JsPrivateKey, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn encrypted_pkcs8(
        this: &Workshop,
        salt: &[u8],
        iterations: u32,
        iv: &[u8],
        ciphertext: &[u8],
    ) -> Result<Uint8Array, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn read_public_key(this: &Workshop, text: &str) -> Result<JsPublicKey, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn describe(this: &Workshop, text: &str) -> Result<Array, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn assemble(
        this: &Workshop,
        to_be_signed: &[u8],
        algorithm: &str,
        signature: &[u8],
    ) -> Result<Uint8Array, JsValue>;

    pub(super) type JsPrivateKey;

    #[wasm_bindgen(method, getter)]
    pub(super) fn pkcs8(this: &JsPrivateKey) -> Uint8Array;

    #[wasm_bindgen(method, getter)]
    pub(super) fn kind(this: &JsPrivateKey) -> String;

    pub(super) type JsPublicKey;

    #[wasm_bindgen(method, getter)]
    pub(super) fn spki(this: &JsPublicKey) -> Uint8Array;

    #[wasm_bindgen(method, getter, js_name = kind)]
    pub(super) fn public_kind(this: &JsPublicKey) -> String;

    /// What is asked for in a certificate.
    pub type Wish;

    #[wasm_bindgen(method)]
    pub(super) fn self_signed(this: &Wish, not_before: f64, days: u32, serial: &[u8]);

    /// Adds an attribute of the subject.
    #[wasm_bindgen(method)]
    pub fn subject(this: &Wish, name: &str, value: &str);

    /// Adds an alternative name.
    #[wasm_bindgen(method)]
    pub fn name(this: &Wish, kind: &str, name: &str);

    /// Adds what the key may do.
    #[wasm_bindgen(method)]
    pub fn usage(this: &Wish, name: &str);

    /// Adds what it is for.
    #[wasm_bindgen(method)]
    pub fn purpose(this: &Wish, name: &str);

    #[wasm_bindgen(method, js_name = qualified)]
    pub(super) fn set_qualified(
        this: &Wish,
        website: bool,
        roles: Array,
        authority: &str,
        authority_id: &str,
    );

    #[wasm_bindgen(method, catch, js_name = to_be_signed)]
    pub(super) fn bytes_to_sign(this: &Wish, algorithm: &str) -> Result<Uint8Array, JsValue>;

    pub(super) type JsDescribed;

    #[wasm_bindgen(method, getter)]
    pub(super) fn texts(this: &JsDescribed) -> Array;

    #[wasm_bindgen(method, getter)]
    pub(super) fn times(this: &JsDescribed) -> Float64Array;

    #[wasm_bindgen(method, getter)]
    pub(super) fn names(this: &JsDescribed) -> Array;

    #[wasm_bindgen(method, getter)]
    pub(super) fn uses(this: &JsDescribed) -> Array;

    #[wasm_bindgen(method, getter)]
    pub(super) fn qualified(this: &JsDescribed) -> Array;

    #[wasm_bindgen(method, getter, js_name = spki)]
    pub(super) fn described_spki(this: &JsDescribed) -> Uint8Array;

    #[wasm_bindgen(method, getter)]
    pub(super) fn der(this: &JsDescribed) -> Uint8Array;
}
