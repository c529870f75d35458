//! AES-GCM (NIST SP 800-38D) for records: a fresh 96-bit IV each, and what the record is as additional data, so
//! that one cannot be passed off as another.

use js_sys::{Object, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{AesGcmParams, AesKeyGenParams, CryptoKey};

use super::Kind;
use crate::browser::crypto::{self, CryptoProblem, run, subtle};
use crate::domain::secret::Secret;

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

/// A key in the form in which it is stored when a passphrase locks it.
pub(super) struct Wrapped {
    pub(super) salt: Uint8Array,
    pub(super) iterations: u32,
    pub(super) sealed: Sealed,
}

/// A new key as in [`new_key`], and its wrapped form. The key that can be exported exists only inside this function.
pub(super) async fn new_wrapped_key(passphrase: &Secret) -> Result<(CryptoKey, Wrapped), CryptoProblem> {
    let algorithm = AesKeyGenParams::new("AES-GCM", 256);
    let usages = crypto::usages(&["encrypt", "decrypt"]);
    let key: CryptoKey =
        run(subtle()?.generate_key_with_object(&algorithm, true, &usages)).await?.unchecked_into();
    let (salt, iterations) = (crypto::random_bytes::<16>(), crypto::PASSPHRASE_ITERATIONS);
    let by = crypto::key_of_passphrase(passphrase, &salt, iterations, &["wrapKey", "unwrapKey"]).await?;
    let iv = Uint8Array::from(crypto::random_bytes::<12>().as_slice());
    let data =
        run(subtle()?.wrap_key_with_object("raw", &key, &by, &around_a_key(&iv))).await?.unchecked_into();
    let wrapped =
        Wrapped { salt: Uint8Array::from(salt.as_slice()), iterations, sealed: Sealed { iv, data } };
    // What this tab goes on with has been through the passphrase, and cannot be exported.
    let key = unwrap_with(&by, &wrapped).await?;
    Ok((key, wrapped))
}

/// The key inside; `None` when the passphrase is another one.
pub(super) async fn unwrap(
    wrapped: &Wrapped,
    passphrase: &Secret,
) -> Result<Option<CryptoKey>, CryptoProblem> {
    let salt = wrapped.salt.to_vec();
    let by = crypto::key_of_passphrase(passphrase, &salt, wrapped.iterations, &["unwrapKey"]).await?;
    // The browser gives no reason; everything else that could fail has worked by now.
    Ok(unwrap_with(&by, wrapped).await.ok())
}

async fn unwrap_with(by: &CryptoKey, wrapped: &Wrapped) -> Result<CryptoKey, CryptoProblem> {
    let algorithm = AesKeyGenParams::new("AES-GCM", 256);
    let usages = crypto::usages(&["encrypt", "decrypt"]);
    let unwrapped = subtle()?.unwrap_key_with_buffer_source_and_object_and_object(
        "raw",
        &wrapped.sealed.data,
        by,
        &around_a_key(&wrapped.sealed.iv),
        &algorithm,
        false,
        &usages,
    );
    run(unwrapped).await.map(JsCast::unchecked_into)
}

fn around_a_key(iv: &Uint8Array) -> AesGcmParams {
    let parameters = AesGcmParams::new_with_u8_array("AES-GCM", iv);
    parameters.set_additional_data_u8_array(&Uint8Array::from(b"portico key".as_slice()));
    parameters
}

fn parameters(iv: &Uint8Array, label: &Label<'_>) -> AesGcmParams {
    let parameters = AesGcmParams::new_with_u8_array("AES-GCM", iv);
    parameters.set_additional_data_u8_array(&label.bytes());
    parameters
}
