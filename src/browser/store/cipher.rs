//! AES-GCM (NIST SP 800-38D) for records: a fresh 96-bit IV each, and what the record is as additional data, so
//! that one cannot be passed off as another.

use js_sys::{Object, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{AesGcmParams, AesKeyGenParams, CryptoKey};

use super::Kind;
use crate::browser::crypto::{self, CryptoProblem, run, subtle};

/// What a record is. Bound to its ciphertext.
pub(super) struct Label<'a> {
    pub(super) kind: Kind,
    pub(super) id: &'a str,
    pub(super) version: u32,
}

impl Label<'_> {
    /// Unambiguous, because neither a kind nor a number has a line feed in it.
    fn bytes(&self) -> Uint8Array {
        Uint8Array::from(format!("{}\n{}\n{}", self.kind.as_str(), self.version, self.id).as_bytes())
    }
}

/// IV and ciphertext.
pub(super) struct Sealed {
    pub(super) iv: Uint8Array,
    pub(super) data: Object,
}

/// A key that encrypts and decrypts and cannot be exported.
pub(super) async fn new_key() -> Result<CryptoKey, CryptoProblem> {
    let algorithm = AesKeyGenParams::new("AES-GCM", 256);
    let usages = crypto::usages(&["encrypt", "decrypt"]);
    run(subtle()?.generate_key_with_object(&algorithm, false, &usages)).await.map(JsCast::unchecked_into)
}

/// Encrypts a text.
pub(super) async fn seal(key: &CryptoKey, label: &Label<'_>, text: &str) -> Result<Sealed, CryptoProblem> {
    let iv = Uint8Array::from(crypto::random_bytes::<12>().as_slice());
    let started = subtle()?.encrypt_with_object_and_u8_array(&parameters(&iv, label), key, text.as_bytes());
    Ok(Sealed { data: run(started).await?.unchecked_into(), iv })
}

/// Decrypts it again; `None` when key, label, IV and ciphertext do not belong together. Starts at once: thousands of
/// records are decrypted side by side.
pub(super) fn open(
    key: &CryptoKey,
    label: &Label<'_>,
    sealed: &Sealed,
) -> impl Future<Output = Option<String>> + use<> {
    let parameters = parameters(&sealed.iv, label);
    let started = subtle()
        .map(|subtle| run(subtle.decrypt_with_object_and_buffer_source(&parameters, key, &sealed.data)));
    async move {
        let plain = started.ok()?.await.ok()?;
        String::from_utf8(Uint8Array::new(&plain).to_vec()).ok()
    }
}

fn parameters(iv: &Uint8Array, label: &Label<'_>) -> AesGcmParams {
    let parameters = AesGcmParams::new_with_u8_array("AES-GCM", iv);
    parameters.set_additional_data_u8_array(&label.bytes());
    parameters
}
