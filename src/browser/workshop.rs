//! The second program of the Workshop: certificates and everything else in DER. It is fetched when somebody needs it,
//! and never on a first visit. It computes nothing secret: what is signed or encrypted is done by WebCrypto in between.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::js;

#[wasm_bindgen]
extern "C" {
    /// In `boot.js`: fetches a program once; after a failure the next call tries again.
    #[wasm_bindgen(catch, js_namespace = portico)]
    async fn load(name: &str) -> Result<JsValue, JsValue>;

    /// The loaded program.
    #[derive(Clone)]
    pub type Workshop;

    #[wasm_bindgen(method, catch)]
    fn read_private_key(this: &Workshop, text: &str) -> Result<JsPrivateKey, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn encrypted_pkcs8(
        this: &Workshop,
        salt: &[u8],
        iterations: u32,
        iv: &[u8],
        ciphertext: &[u8],
    ) -> Result<Uint8Array, JsValue>;

    type JsPrivateKey;

    #[wasm_bindgen(method, getter)]
    fn pkcs8(this: &JsPrivateKey) -> Uint8Array;

    #[wasm_bindgen(method, getter)]
    fn kind(this: &JsPrivateKey) -> String;
}

/// A private key that was read.
pub struct PrivateKey {
    /// As PKCS #8.
    pub pkcs8: Zeroizing<Vec<u8>>,
    /// `RSA`, `EC` or `OKP`.
    pub kind: String,
}

/// Fetches the program, or gives the one that was fetched.
///
/// # Errors
/// A sentence: why it did not come, and what to do.
pub async fn open() -> Result<Workshop, String> {
    load("workshop").await.map(JsCast::unchecked_into).map_err(|error| {
        let reason = js::describe(&error);
        format!("The part of the portal that reads keys and certificates could not be fetched ({reason}). Check the connection and press the button again. If the page has been open for long, reload it: a new version may be on the server.")
    })
}

impl Workshop {
    /// Reads a private key in any of its forms.
    ///
    /// # Errors
    /// A sentence: what it is instead, or how to open it.
    pub fn private_key(&self, text: &str) -> Result<PrivateKey, String> {
        let key = self.read_private_key(text).map_err(|error| sentence(&error))?;
        let array = key.pkcs8();
        let pkcs8 = Zeroizing::new(array.to_vec());
        // The copy on the JavaScript side is not left lying about.
        array.fill(0, 0, array.length());
        Ok(PrivateKey { pkcs8, kind: key.kind() })
    }

    /// EncryptedPrivateKeyInfo (RFC 5958, 3) of what was encrypted with AES-256-CBC under a key of PBKDF2-HMAC-SHA-256.
    ///
    /// # Errors
    /// A sentence.
    pub fn encrypted(
        &self,
        salt: &[u8],
        iterations: u32,
        iv: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, String> {
        let der = self.encrypted_pkcs8(salt, iterations, iv, sealed);
        der.map(|der| der.to_vec()).map_err(|error| sentence(&error))
    }
}

/// The program says everything in sentences.
fn sentence(error: &JsValue) -> String {
    error.as_string().unwrap_or_else(|| js::describe(error))
}
