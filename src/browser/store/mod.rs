//! What is kept in this browser: records, each encrypted with AES-GCM under a key that cannot leave the browser. A
//! passphrase may lock it: then only a wrapped form of the key is stored, and a page has the key while it is unlocked.
//!
//! [`Store::open`] says why there is no such storage; [`Store::memory`] has the same interface and lets the portal
//! go on. Nothing is ever stored in clear text instead.

mod cipher;
pub(super) mod idb;
mod indexed;
mod keys;
mod memory;
mod problem;
mod record;
mod rekey;
mod under_way;

pub use indexed::Indexed;
pub use memory::Memory;
pub use problem::StoreProblem;
pub use record::{Kind, Listing, Record, Unreadable, Usage};
use under_way::Write;
pub use under_way::settled;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{js, local};
use crate::domain::secret::Secret;

/// Whether a passphrase stands before the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Protection {
    /// There is none.
    #[default]
    None,
    /// There is one, and this page has the key.
    Open,
    /// There is one, and this page has no key: nothing can be read or written.
    Locked,
}

/// Where the records are. A clone is the same store.
#[derive(Clone)]
pub enum Store {
    /// In IndexedDB, encrypted.
    Indexed(Indexed),
    /// In this page, until it is closed.
    Memory(Memory),
}

impl Store {
    /// Opens the storage of this browser, and makes its key on first use.
    ///
    /// # Errors
    /// When the page gets no cryptography or no storage, the disk is full, or another version of the portal is in
    /// the way.
    pub async fn open() -> Result<Self, StoreProblem> {
        Indexed::open().await.map(Self::Indexed)
    }

    /// An empty store that lasts as long as the page.
    #[must_use]
    pub fn memory() -> Self {
        Self::Memory(Memory::default())
    }

    /// Whether what is put here is still there tomorrow.
    #[must_use]
    pub fn is_durable(&self) -> bool {
        matches!(self, Self::Indexed(_))
    }

    /// Whether a passphrase locks it, and whether this page has it unlocked.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn protection(&self) -> Result<Protection, StoreProblem> {
        match self {
            Self::Indexed(store) => store.protection().await,
            Self::Memory(_) => Ok(Protection::None),
        }
    }

    /// Unlocks it for this page. Nothing to do without a passphrase.
    ///
    /// # Errors
    /// [`StoreProblem::WrongPassphrase`], or when the storage fails.
    pub async fn unlock(&self, passphrase: &Secret) -> Result<(), StoreProblem> {
        match self {
            Self::Indexed(store) => store.unlock(passphrase).await,
            Self::Memory(_) => Ok(()),
        }
    }

    /// Lets go of the key that a passphrase unlocked in this page. A store without a passphrase stays as it is.
    pub fn lock(&self) {
        if let Self::Indexed(store) = self {
            store.hold(None);
        }
    }

    /// Sets a passphrase, changes it, or takes it away (`new` is `None`). All records are encrypted anew, in one
    /// transaction: what fails changes nothing. Other pages have to unlock it afterwards.
    ///
    /// # Errors
    /// [`StoreProblem::WrongPassphrase`] when `current` is not the passphrase of now; else when the storage fails.
    pub async fn protect(&self, current: Option<&Secret>, new: Option<&Secret>) -> Result<(), StoreProblem> {
        match self {
            Self::Indexed(store) => store.protect(current, new).await,
            Self::Memory(_) => Err(StoreProblem::Failed("nothing is stored on this page".to_owned())),
        }
    }

    /// Every record of a kind, by ID, and what is there but cannot be read.
    ///
    /// # Errors
    /// When the storage fails as a whole.
    pub async fn all(&self, kind: Kind) -> Result<Listing, StoreProblem> {
        match self {
            Self::Indexed(store) => store.all(kind).await,
            Self::Memory(store) => Ok(store.all(kind)),
        }
    }

    /// One record, if it is there.
    ///
    /// # Errors
    /// [`StoreProblem::Unreadable`] when it is there and cannot be decrypted; else when the storage fails.
    pub async fn get(&self, kind: Kind, id: &str) -> Result<Option<Record>, StoreProblem> {
        match self {
            Self::Indexed(store) => store.get(kind, id).await,
            Self::Memory(store) => Ok(store.get(kind, id)),
        }
    }

    /// Writes a record, new or instead of an older one. It is on the disk when this returns.
    ///
    /// # Errors
    /// [`StoreProblem::NewerRecord`] when a newer portal has written the one that is there; it stays as it is.
    /// [`StoreProblem::Full`] and others when the storage fails; nothing has changed then.
    pub async fn put(&self, kind: Kind, id: &str, version: u32, json: &str) -> Result<(), StoreProblem> {
        let _under_way = Write::begin();
        match self {
            Self::Indexed(store) => store.put(kind, id, version, json).await,
            Self::Memory(store) => store.put(kind, id, version, json),
        }
    }

    /// Removes a record, readable or not; that there is none is fine.
    ///
    /// # Errors
    /// When the storage fails; nothing has changed then.
    pub async fn remove(&self, kind: Kind, id: &str) -> Result<(), StoreProblem> {
        let _under_way = Write::begin();
        match self {
            Self::Indexed(store) => store.remove(kind, id).await,
            Self::Memory(store) => {
                store.remove(kind, id);
                Ok(())
            }
        }
    }

    /// Removes everything the portal keeps in this browser: records, key, and small values. The store can be used
    /// afterwards; it makes a new key.
    ///
    /// # Errors
    /// When the storage fails; the records are still there then.
    pub async fn erase(&self) -> Result<(), StoreProblem> {
        match self {
            Self::Indexed(store) => store.erase().await?,
            Self::Memory(store) => store.erase(),
        }
        local::erase();
        Ok(())
    }

    /// How much there is of each kind, in the order of [`Kind::ALL`].
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn usage(&self) -> Result<Vec<Usage>, StoreProblem> {
        match self {
            Self::Indexed(store) => store.usage().await,
            Self::Memory(store) => Ok(store.usage()),
        }
    }
}

/// Asks the browser not to clear this storage by itself when the disk gets full; `true` when it promises that.
/// Firefox asks the person, so call it after a click that has to do with keeping something.
pub async fn keep_safe() -> bool {
    let storage = js::member(&js::window().navigator(), "storage");
    if !storage.is_object() {
        return false;
    }
    match storage.unchecked_into::<web_sys::StorageManager>().persist() {
        Ok(asked) => JsFuture::from(asked).await.is_ok_and(|answer: JsValue| answer.is_truthy()),
        Err(_) => false,
    }
}
