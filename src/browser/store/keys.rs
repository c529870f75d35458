//! The one key of the store, as it lies in its object store: ready for use, or wrapped by a passphrase.

use js_sys::{Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CryptoKey;

use super::StoreProblem;
use super::cipher::{self, Sealed, Wrapped};
use crate::browser::{crypto, js};
use crate::domain::secret::Secret;

/// Where the key lies in its object store.
pub(super) const KEY: &str = "records";

/// The key, and a name for it that every record carries: another tab may erase everything, or encrypt it anew.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) id: JsValue,
    pub(super) key: CryptoKey,
}

/// What is stored of it.
pub(super) enum Kept {
    /// Nothing yet.
    Nothing,
    /// The key itself.
    Open(Key),
    /// What only a passphrase makes a key of.
    Wrapped { id: JsValue, wrapped: Wrapped },
}

impl Kept {
    /// Reads what is stored.
    ///
    /// # Errors
    /// For what a later portal has stored: to overwrite that would lose every record.
    pub(super) fn of(row: &JsValue) -> Result<Self, StoreProblem> {
        if row.is_undefined() {
            return Ok(Self::Nothing);
        }
        let id = js::member(row, "id");
        if let Ok(key) = js::member(row, "key").dyn_into() {
            return Ok(Self::Open(Key { id, key }));
        }
        let wrapped = js::member(row, "wrapped");
        let read = || {
            Some(Wrapped {
                salt: js::member(&wrapped, "salt").dyn_into::<Uint8Array>().ok()?,
                iterations: js::member(&wrapped, "iterations").as_f64()? as u32,
                sealed: Sealed {
                    iv: js::member(&wrapped, "iv").dyn_into().ok()?,
                    data: js::member(&wrapped, "data").dyn_into().ok()?,
                },
            })
        };
        read().map(|wrapped| Self::Wrapped { id, wrapped }).ok_or(StoreProblem::NewerVersion)
    }

    /// Its name; `None` when there is no key.
    pub(super) fn id(&self) -> Option<&JsValue> {
        match self {
            Self::Nothing => None,
            Self::Open(key) => Some(&key.id),
            Self::Wrapped { id, .. } => Some(id),
        }
    }
}

/// A new key, and the row to store it as: wrapped when there is a passphrase.
pub(super) async fn make(passphrase: Option<&Secret>) -> Result<(Key, Object), StoreProblem> {
    let id = JsValue::from_str(&crypto::random_id());
    let row = Object::new();
    js::set(&row, "id", &id);
    let key = match passphrase {
        None => {
            let key = cipher::new_key().await?;
            js::set(&row, "key", &key);
            key
        }
        Some(passphrase) => {
            let (key, wrapped) = cipher::new_wrapped_key(passphrase).await?;
            let stored = Object::new();
            js::set(&stored, "kdf", &"PBKDF2-SHA-256".into());
            js::set(&stored, "salt", &wrapped.salt);
            js::set(&stored, "iterations", &wrapped.iterations.into());
            js::set(&stored, "iv", &wrapped.sealed.iv);
            js::set(&stored, "data", &wrapped.sealed.data);
            js::set(&row, "wrapped", &stored);
            key
        }
    };
    Ok((Key { id, key }, row))
}
