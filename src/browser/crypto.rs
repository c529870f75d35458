//! Randomness and digests, by WebCrypto. Nothing cryptographic is computed by the portal itself.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use js_sys::{Array, JsString, Object, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesKeyGenParams, CryptoKey, Pbkdf2Params, SubtleCrypto};

use super::js;
use crate::domain::{jose::Algorithm, secret::Secret};

/// Rounds of PBKDF2 for what protects everything (OWASP's figure of 2023 for HMAC-SHA-256).
pub const PASSPHRASE_ITERATIONS: u32 = 600_000;

/// Why there is no cryptography.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CryptoProblem {
    /// The page came over plain http from another computer.
    NotSecureContext,
    /// The address is fine, but the browser has no `crypto.subtle`.
    Missing,
    /// The browser does not know a signature algorithm.
    NoAlgorithm(Algorithm),
    /// A key does not fit what it is wanted for; a sentence.
    Unfit(String),
    /// The browser said no; its own words.
    Refused(String),
}

impl fmt::Display for CryptoProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSecureContext => f.write_str(
                "This address is plain http, so the browser gives this page no cryptography: keys, signed requests \
                 and the encrypted vault are off, and secrets would cross the network in clear text. Open it over \
                 https, or as http://localhost on this machine.",
            ),
            Self::Missing => f.write_str(
                "This browser gives the page no cryptography (crypto.subtle), so nothing can be kept encrypted. \
                 Use a current version of Chrome, Edge, Firefox or Safari.",
            ),
            Self::NoAlgorithm(algorithm) => write!(
                f,
                "This browser does not know {}. Choose ES256, which every browser knows, or use a newer browser: Ed25519 \
                 came with Chrome 137, Firefox 129 and Safari 17.",
                algorithm.name()
            ),
            Self::Unfit(sentence) => f.write_str(sentence),
            Self::Refused(reason) => write!(f, "The browser refused a cryptographic operation: {reason}."),
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// Every browser that runs WebAssembly has it, on plain http too.
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill(buffer: &mut [u8]);
}

/// Bytes that nobody can guess.
#[must_use]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill(&mut bytes);
    bytes
}

/// A new ID: 96 random bits as 16 URL-safe characters.
#[must_use]
pub fn random_id() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes::<12>())
}

/// A random UUID, version 4 (RFC 9562, 5.4).
#[must_use]
pub fn uuid_v4() -> String {
    let [a, b, c, d, e, f, version, g, variant, h, rest @ ..] = random_bytes::<16>();
    let (version, variant) = (version & 0x0f | 0x40, variant & 0x3f | 0x80);
    let tail: String = rest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{a:02x}{b:02x}{c:02x}{d:02x}-{e:02x}{f:02x}-{version:02x}{g:02x}-{variant:02x}{h:02x}-{tail}")
}

/// Whether this page may use WebCrypto.
///
/// # Errors
/// On plain http (other than this machine), and in a browser without it.
pub fn available() -> Result<(), CryptoProblem> {
    subtle().map(drop)
}

/// SHA-256 (FIPS 180-4).
///
/// # Errors
/// When there is no cryptography.
pub async fn sha256(bytes: &[u8]) -> Result<[u8; 32], CryptoProblem> {
    digest_of(&run(subtle()?.digest_with_str_and_u8_array("SHA-256", bytes)).await?)
}

/// PBKDF2 with HMAC-SHA-256 (RFC 8018, 5.2), 32 bytes of it.
///
/// # Errors
/// When there is no cryptography, or `iterations` is 0.
pub async fn pbkdf2_sha256(secret: &Secret, salt: &[u8], iterations: u32) -> Result<[u8; 32], CryptoProblem> {
    let key = import_pbkdf2(secret.expose().as_bytes(), "deriveBits").await?;
    digest_of(&run(subtle()?.derive_bits_with_object(&pbkdf2(salt, iterations), &key, 256)).await?)
}

/// An AES-GCM key out of a passphrase, by PBKDF2 with HMAC-SHA-256. It cannot be exported. The passphrase is brought
/// into one form first (NFC, as RFC 8265, 4.2 has it): two keyboards may type the same letter as different characters.
pub(super) async fn key_of_passphrase(
    passphrase: &Secret,
    salt: &[u8],
    iterations: u32,
    uses: &[&str],
) -> Result<CryptoKey, CryptoProblem> {
    let text = JsString::from(passphrase.expose()).normalize("NFC");
    let text = Secret::new(String::from(text));
    let key = import_pbkdf2(text.expose().as_bytes(), "deriveKey").await?;
    let wanted = AesKeyGenParams::new("AES-GCM", 256);
    let parameters = pbkdf2(salt, iterations);
    let uses = usages(uses);
    let derived = subtle()?.derive_key_with_object_and_object(&parameters, &key, &wanted, false, &uses);
    run(derived).await.map(JsCast::unchecked_into)
}

async fn import_pbkdf2(bytes: &[u8], usage: &str) -> Result<CryptoKey, CryptoProblem> {
    let raw = Uint8Array::from(bytes);
    let key = run(subtle()?.import_key_with_str("raw", &raw, "PBKDF2", false, &usages(&[usage]))).await;
    // The copy on the JavaScript side is not left lying about.
    raw.fill(0, 0, raw.length());
    key.map(JsCast::unchecked_into)
}

fn pbkdf2(salt: &[u8], iterations: u32) -> Pbkdf2Params {
    Pbkdf2Params::new_with_str("PBKDF2", "SHA-256", iterations, &Uint8Array::from(salt))
}

/// The object behind `crypto.subtle`.
pub(super) fn subtle() -> Result<SubtleCrypto, CryptoProblem> {
    let window = js::window();
    if !window.is_secure_context() {
        return Err(CryptoProblem::NotSecureContext);
    }
    let subtle = js::member(&js::member(&window, "crypto"), "subtle");
    if subtle.is_object() { Ok(subtle.unchecked_into()) } else { Err(CryptoProblem::Missing) }
}

/// The result of an operation of [`subtle`]. It listens at once, so that many can be started and then awaited.
pub(super) fn run(
    started: Result<Promise, JsValue>,
) -> impl Future<Output = Result<JsValue, CryptoProblem>> + 'static {
    let refused = |error: JsValue| CryptoProblem::Refused(js::describe(&error));
    let started = started.map(JsFuture::from);
    async move { started.map_err(refused)?.await.map_err(refused) }
}

/// What a key may be used for, as WebCrypto wants to hear it.
pub(super) fn usages(names: &[&str]) -> JsValue {
    names.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into()
}

fn digest_of(buffer: &JsValue) -> Result<[u8; 32], CryptoProblem> {
    Uint8Array::new(buffer.unchecked_ref::<Object>())
        .to_vec()
        .try_into()
        .map_err(|_| CryptoProblem::Refused("a digest of another length came back".to_owned()))
}
