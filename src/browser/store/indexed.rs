//! The store in IndexedDB.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbDatabase;

use super::cipher::{self, Label, Sealed};
use super::idb::{self, KEYS, RECORDS, Slot, Transaction};
use super::keys::{self, KEY, Kept, Key};
use super::{Kind, Listing, Protection, Record, StoreProblem, Unreadable, Usage, rekey};
use crate::browser::{crypto, js};
use crate::domain::secret::Secret;

/// Records in IndexedDB. A clone is the same store.
#[derive(Clone)]
pub struct Indexed {
    connection: Rc<Connection>,
}

struct Connection {
    slot: Slot,
    /// The key of a store that a passphrase locks, while this page has it unlocked.
    unlocked: RefCell<Option<Key>>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(database) = self.slot.take() {
            database.close();
        }
    }
}

impl Indexed {
    pub(super) async fn open() -> Result<Self, StoreProblem> {
        crypto::available()?;
        let connection = Connection { slot: Slot::default(), unlocked: RefCell::default() };
        let store = Self { connection: Rc::new(connection) };
        // Making the key now finds out whether the browser lets the page write.
        match store.obtain_key().await {
            Ok(_) | Err(StoreProblem::Locked) => Ok(store),
            Err(problem) => Err(problem),
        }
    }

    /// Whether a passphrase locks it, and whether this page has the key.
    pub(super) async fn protection(&self) -> Result<Protection, StoreProblem> {
        let kept = self.kept().await?;
        Ok(match (&kept, self.usable(&kept)) {
            (Kept::Nothing | Kept::Open(_), _) => Protection::None,
            (Kept::Wrapped { .. }, Ok(_)) => Protection::Open,
            (Kept::Wrapped { .. }, Err(_)) => Protection::Locked,
        })
    }

    /// Takes the key out of its wrapping, for this page.
    pub(super) async fn unlock(&self, passphrase: &Secret) -> Result<(), StoreProblem> {
        let Kept::Wrapped { id, wrapped } = self.kept().await? else { return Ok(()) };
        let key = cipher::unwrap(&wrapped, passphrase).await?.ok_or(StoreProblem::WrongPassphrase)?;
        self.hold(Some(Key { id, key }));
        Ok(())
    }

    /// Keeps the key of a locked store in this page, or lets go of it.
    pub(super) fn hold(&self, key: Option<Key>) {
        self.connection.unlocked.replace(key);
    }

    /// What is stored of the key.
    pub(super) async fn kept(&self) -> Result<Kept, StoreProblem> {
        let transaction = Transaction::read(&self.database().await?)?;
        let stored = idb::result(transaction.store(KEYS)?.get(&KEY.into()));
        Kept::of(&stored.await?)
    }

    /// The key that goes with what is stored, if there is one.
    fn usable(&self, kept: &Kept) -> Result<Option<Key>, StoreProblem> {
        match kept {
            Kept::Nothing => Ok(None),
            Kept::Open(key) => Ok(Some(key.clone())),
            Kept::Wrapped { id, .. } => {
                let held = self.connection.unlocked.borrow().clone();
                held.filter(|held| held.id == *id).map(Some).ok_or(StoreProblem::Locked)
            }
        }
    }

    pub(super) async fn all(&self, kind: Kind) -> Result<Listing, StoreProblem> {
        let range = idb::range(kind)?;
        let transaction = Transaction::read(&self.database().await?)?;
        let records = transaction.store(RECORDS)?;
        let key = idb::result(transaction.store(KEYS)?.get(&KEY.into()));
        let ids = idb::result(records.get_all_keys_with_key(&range));
        let rows = idb::result(records.get_all_with_key(&range));
        let key = self.usable(&Kept::of(&key.await?)?)?;
        let (ids, rows) = (ids.await?.unchecked_into::<Array>(), rows.await?.unchecked_into::<Array>());
        let stored = ids.iter().zip(rows.iter()).filter_map(|(id, row)| Some((idb::id_of(&id)?, row)));
        // All of them are started before the first is awaited.
        let started: Vec<_> = stored
            .map(|(id, row)| {
                let content = decrypt(key.as_ref(), kind, &id, &row);
                (id, version_of(&row).unwrap_or(0), content)
            })
            .collect();
        let mut listing = Listing::default();
        for (id, version, content) in started {
            match content.await {
                Some(json) => listing.records.push(Record { id, version, json }),
                None => listing.unreadable.push(Unreadable { id, version }),
            }
        }
        Ok(listing)
    }

    pub(super) async fn get(&self, kind: Kind, id: &str) -> Result<Option<Record>, StoreProblem> {
        let transaction = Transaction::read(&self.database().await?)?;
        let key = idb::result(transaction.store(KEYS)?.get(&KEY.into()));
        let row = idb::result(transaction.store(RECORDS)?.get(&idb::key(kind, id)));
        let key = self.usable(&Kept::of(&key.await?)?)?;
        let row = row.await?;
        if row.is_undefined() {
            return Ok(None);
        }
        match decrypt(key.as_ref(), kind, id, &row).await.zip(version_of(&row)) {
            Some((json, version)) => Ok(Some(Record { id: id.to_owned(), version, json })),
            None => Err(StoreProblem::Unreadable { kind, id: id.to_owned() }),
        }
    }

    pub(super) async fn put(
        &self,
        kind: Kind,
        id: &str,
        version: u32,
        json: &str,
    ) -> Result<(), StoreProblem> {
        let label = Label { kind, id, version };
        loop {
            let key = self.obtain_key().await?;
            let sealed = cipher::seal(&key.key, &label, json).await?;
            if self.write(&label, &key, sealed).await? {
                return Ok(());
            }
        }
    }

    /// `false` when the key was replaced meanwhile: another tab has erased everything, or set a passphrase.
    async fn write(&self, label: &Label<'_>, key: &Key, sealed: Sealed) -> Result<bool, StoreProblem> {
        let place = idb::key(label.kind, label.id);
        let transaction = Transaction::write(&self.database().await?)?;
        let records = transaction.store(RECORDS)?;
        let current = idb::result(transaction.store(KEYS)?.get(&KEY.into()));
        let before = idb::result(records.get(&place));
        let (current, before) = (Kept::of(&current.await?)?, before.await?);
        if current.id() != Some(&key.id) {
            return Ok(false);
        }
        if let Some(stored) = version_of(&before).filter(|stored| *stored > label.version) {
            return Err(StoreProblem::NewerRecord { stored });
        }
        let row = rekey::record(label.version, key, &sealed);
        let written = idb::result(records.put_with_key(&row, &place));
        written.await?;
        transaction.complete().await.map(|()| true)
    }

    pub(super) async fn remove(&self, kind: Kind, id: &str) -> Result<(), StoreProblem> {
        let transaction = Transaction::write(&self.database().await?)?;
        let kept = idb::result(transaction.store(KEYS)?.get(&KEY.into()));
        self.usable(&Kept::of(&kept.await?)?)?;
        let removed = idb::result(transaction.store(RECORDS)?.delete(&idb::key(kind, id)));
        removed.await?;
        transaction.complete().await
    }

    pub(super) async fn erase(&self) -> Result<(), StoreProblem> {
        let transaction = Transaction::write(&self.database().await?)?;
        for store in [RECORDS, KEYS] {
            let cleared = idb::result(transaction.store(store)?.clear());
            cleared.await?;
        }
        transaction.complete().await?;
        self.hold(None);
        Ok(())
    }

    pub(super) async fn usage(&self) -> Result<Vec<Usage>, StoreProblem> {
        let transaction = Transaction::read(&self.database().await?)?;
        let records = transaction.store(RECORDS)?;
        let mut usage = Vec::new();
        for kind in Kind::ALL {
            let range = idb::range(kind)?;
            let rows = idb::result(records.get_all_with_key(&range)).await?.unchecked_into::<Array>();
            let size = |row: JsValue| u64::from(Uint8Array::new(&js::member(&row, "data")).length());
            usage.push(Usage { kind, count: rows.length() as usize, bytes: rows.iter().map(size).sum() });
        }
        Ok(usage)
    }

    pub(super) async fn database(&self) -> Result<IdbDatabase, StoreProblem> {
        let slot = &self.connection.slot;
        let open = slot.borrow().clone();
        if let Some(database) = open {
            return Ok(database);
        }
        let database = idb::open(&idb::SCHEMA, slot).await?;
        slot.replace(Some(database.clone()));
        Ok(database)
    }

    /// The key; made when there is none.
    pub(super) async fn obtain_key(&self) -> Result<Key, StoreProblem> {
        if let Some(key) = self.usable(&self.kept().await?)? {
            return Ok(key);
        }
        let (made, row) = keys::make(None).await?;
        let transaction = Transaction::write(&self.database().await?)?;
        let keys = transaction.store(KEYS)?;
        let stored = idb::result(keys.get(&KEY.into()));
        // Another tab may have been faster; its key is the one then.
        if let Some(key) = self.usable(&Kept::of(&stored.await?)?)? {
            return Ok(key);
        }
        let written = idb::result(keys.put_with_key(&row, &KEY.into()));
        written.await?;
        transaction.complete().await?;
        Ok(made)
    }
}

/// The version that a stored value claims; `None` for what is no record.
pub(super) fn version_of(row: &JsValue) -> Option<u32> {
    js::member(row, "version").as_f64().map(|version| version as u32)
}

/// The content of a stored value; `None` for what is no record of this key.
pub(super) fn decrypt(
    key: Option<&Key>,
    kind: Kind,
    id: &str,
    row: &JsValue,
) -> impl Future<Output = Option<String>> + use<> {
    let sealed = js::member(row, "iv").dyn_into().ok().zip(js::member(row, "data").dyn_into().ok());
    let started = key.zip(version_of(row)).zip(sealed).map(|((key, version), (iv, data))| {
        cipher::open(&key.key, &Label { kind, id, version }, &Sealed { iv, data })
    });
    async move { started?.await }
}
