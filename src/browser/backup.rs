//! Sealing and opening a backup: AES-256-GCM under a key that PBKDF2 makes of its own passphrase.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use web_sys::AesGcmParams;

use super::crypto::{self, CryptoProblem, PASSPHRASE_ITERATIONS, run, subtle};
use crate::domain::backup::{Contents, Envelope, Unusable};
use crate::domain::secret::Secret;

/// Why a backup could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// The page has no cryptography.
    NoCryptography(CryptoProblem),
    /// The file, or the passphrase.
    Unusable(Unusable),
}

impl From<CryptoProblem> for NotOpened {
    fn from(problem: CryptoProblem) -> Self {
        Self::NoCryptography(problem)
    }
}

impl std::fmt::Display for NotOpened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoCryptography(problem) => problem.fmt(f),
            Self::Unusable(unusable) => unusable.fmt(f),
        }
    }
}

/// The file with these contents.
///
/// # Errors
/// When there is no cryptography.
pub async fn seal(contents: &Contents, passphrase: &Secret) -> Result<String, CryptoProblem> {
    let salt = crypto::random_bytes::<16>();
    let iv = crypto::random_bytes::<12>();
    let key = crypto::key_of_passphrase(passphrase, &salt, PASSPHRASE_ITERATIONS, &["encrypt"]).await?;
    let plain = Uint8Array::from(contents.write().expose().as_bytes());
    let sealed = subtle()?.encrypt_with_object_and_buffer_source(&parameters(&iv), &key, &plain);
    let data = run(sealed).await;
    plain.fill(0, 0, plain.length());
    let data = Uint8Array::new(&data?).to_vec();
    Ok(Envelope { salt: salt.to_vec(), iterations: PASSPHRASE_ITERATIONS, iv: iv.to_vec(), data }.write())
}

/// What is in a file.
///
/// # Errors
/// When the passphrase is another one, the content is damaged, or a later portal made it.
pub async fn open(envelope: &Envelope, passphrase: &Secret) -> Result<Contents, NotOpened> {
    let key =
        crypto::key_of_passphrase(passphrase, &envelope.salt, envelope.iterations, &["decrypt"]).await?;
    let data = Uint8Array::from(envelope.data.as_slice());
    let opened = run(subtle()?.decrypt_with_object_and_buffer_source(
        &parameters(&envelope.iv),
        &key,
        data.unchecked_ref(),
    ));
    let plain = opened.await.map_err(|_| NotOpened::Unusable(Unusable::WrongPassphrase))?;
    let text = String::from_utf8(Uint8Array::new(&plain).to_vec())
        .map_err(|_| NotOpened::Unusable(Unusable::Damaged("its content is not text.".to_owned())))?;
    Contents::read(&Secret::new(text)).map_err(NotOpened::Unusable)
}

fn parameters(iv: &[u8]) -> AesGcmParams {
    let parameters = AesGcmParams::new_with_u8_array("AES-GCM", &Uint8Array::from(iv));
    parameters.set_additional_data_u8_array(&Uint8Array::from(Envelope::bound().as_bytes()));
    parameters
}
