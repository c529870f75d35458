//! The store in IndexedDB.

use std::rc::Rc;

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CryptoKey, IdbDatabase};

use super::cipher::{self, Label, Sealed};
use super::idb::{self, KEYS, RECORDS, Slot, Transaction};
use super::{Kind, Listing, Record, StoreProblem, Unreadable, Usage};
use crate::browser::{crypto, js};

/// Where the one key lies in its object store.
const KEY: &str = "records";

/// Records in IndexedDB. A clone is the same store.
#[derive(Clone)]
pub struct Indexed {
    connection: Rc<Connection>,
}

struct Connection {
    slot: Slot,
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(database) = self.slot.take() {
            database.close();
        }
    }
}

/// The key, and a name for it that every record carries: another tab may erase everything and make a new key.
struct Key {
    id: JsValue,
    key: CryptoKey,
}

impl Indexed {
    pub(super) async fn open() -> Result<Self, StoreProblem> {
        crypto::available()?;
        let store = Self { connection: Rc::new(Connection { slot: Slot::default() }) };
        // Making the key now finds out whether the browser lets the page write.
        store.obtain_key().await?;
        Ok(store)
    }

    pub(super) async fn all(&self, kind: Kind) -> Result<Listing, StoreProblem> {
        let range = idb::range(kind)?;
        let transaction = Transaction::read(&self.database().await?)?;
        let records = transaction.store(RECORDS)?;
        let key = idb::result(transaction.store(KEYS)?.get(&KEY.into()));
        let ids = idb::result(records.get_all_keys_with_key(&range));
        let rows = idb::result(records.get_all_with_key(&range));
        let key = stored_key(&key.await?);
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
        let key = stored_key(&key.await?);
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

    /// `false` when the key was replaced meanwhile: another tab has erased everything.
    async fn write(&self, label: &Label<'_>, key: &Key, sealed: Sealed) -> Result<bool, StoreProblem> {
        let place = idb::key(label.kind, label.id);
        let transaction = Transaction::write(&self.database().await?)?;
        let records = transaction.store(RECORDS)?;
        let current = idb::result(transaction.store(KEYS)?.get(&KEY.into()));
        let before = idb::result(records.get(&place));
        let (current, before) = (stored_key(&current.await?), before.await?);
        if current.is_none_or(|current| current.id != key.id) {
            return Ok(false);
        }
        if let Some(stored) = version_of(&before).filter(|stored| *stored > label.version) {
            return Err(StoreProblem::NewerRecord { stored });
        }
        let row = Object::new();
        js::set(&row, "version", &label.version.into());
        js::set(&row, "key", &key.id);
        js::set(&row, "iv", &sealed.iv);
        js::set(&row, "data", &sealed.data);
        let written = idb::result(records.put_with_key(&row, &place));
        written.await?;
        transaction.complete().await.map(|()| true)
    }

    pub(super) async fn remove(&self, kind: Kind, id: &str) -> Result<(), StoreProblem> {
        let transaction = Transaction::write(&self.database().await?)?;
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
        transaction.complete().await
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

    async fn database(&self) -> Result<IdbDatabase, StoreProblem> {
        let slot = &self.connection.slot;
        let open = slot.borrow().clone();
        if let Some(database) = open {
            return Ok(database);
        }
        let database = idb::open(slot).await?;
        slot.replace(Some(database.clone()));
        Ok(database)
    }

    /// The key; made when there is none.
    async fn obtain_key(&self) -> Result<Key, StoreProblem> {
        let transaction = Transaction::read(&self.database().await?)?;
        let stored = idb::result(transaction.store(KEYS)?.get(&KEY.into()));
        if let Some(key) = stored_key(&stored.await?) {
            return Ok(key);
        }
        let made = Key { id: JsValue::from_str(&crypto::random_id()), key: cipher::new_key().await? };
        let row = Object::new();
        js::set(&row, "id", &made.id);
        js::set(&row, "key", &made.key);
        let transaction = Transaction::write(&self.database().await?)?;
        let keys = transaction.store(KEYS)?;
        let stored = idb::result(keys.get(&KEY.into()));
        // Another tab may have been faster; its key is the one then.
        if let Some(key) = stored_key(&stored.await?) {
            return Ok(key);
        }
        let written = idb::result(keys.put_with_key(&row, &KEY.into()));
        written.await?;
        transaction.complete().await?;
        Ok(made)
    }
}

fn stored_key(row: &JsValue) -> Option<Key> {
    Some(Key { id: js::member(row, "id"), key: js::member(row, "key").dyn_into().ok()? })
}

/// The version that a stored value claims; `None` for what is no record.
fn version_of(row: &JsValue) -> Option<u32> {
    js::member(row, "version").as_f64().map(|version| version as u32)
}

/// The content of a stored value; `None` for what is no record of this key.
fn decrypt(
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
