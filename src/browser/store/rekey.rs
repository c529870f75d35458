//! Encrypting everything anew under another key, in one transaction: at every moment all of it can be read with the
//! old key, or all of it with the new one.

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::cipher::{self, Label, Sealed};
use super::idb::{self, KEYS, RECORDS, Transaction};
use super::indexed::{Indexed, decrypt, version_of};
use super::keys::{self, KEY, Kept, Key};
use super::{Kind, StoreProblem};
use crate::browser::js;
use crate::domain::secret::Secret;

/// A record as it is stored, and where.
struct Row {
    place: JsValue,
    value: JsValue,
}

impl Indexed {
    /// Sets a passphrase, changes it, or takes it away (`new` is `None`). Every record gets a new key: the old one lay
    /// there unwrapped, or was wrapped by another passphrase, and a copy of it may exist.
    pub(super) async fn protect(
        &self,
        current: Option<&Secret>,
        new: Option<&Secret>,
    ) -> Result<(), StoreProblem> {
        let old = self.prove(current).await?;
        let (key, stored) = keys::make(new).await?;
        loop {
            let rows = self.rows(&old).await?;
            let anew = encrypt_anew(&old, &key, &rows).await?;
            if self.replace(&old, &rows, &anew, &stored).await? {
                self.hold(new.map(|_| key));
                return Ok(());
            }
        }
    }

    /// The key of now. With a passphrase it is proved that whoever asks knows it.
    async fn prove(&self, passphrase: Option<&Secret>) -> Result<Key, StoreProblem> {
        match self.kept().await? {
            Kept::Nothing => self.obtain_key().await,
            Kept::Open(key) => Ok(key),
            Kept::Wrapped { id, wrapped } => {
                let passphrase = passphrase.ok_or(StoreProblem::WrongPassphrase)?;
                let key = cipher::unwrap(&wrapped, passphrase).await?;
                key.map(|key| Key { id, key }).ok_or(StoreProblem::WrongPassphrase)
            }
        }
    }

    async fn rows(&self, old: &Key) -> Result<Vec<Row>, StoreProblem> {
        let transaction = Transaction::read(&self.database().await?)?;
        let kept = idb::result(transaction.store(KEYS)?.get(&KEY.into()));
        let rows = all(&transaction)?;
        if Kept::of(&kept.await?)?.id() != Some(&old.id) {
            return Err(StoreProblem::Closed);
        }
        rows.await
    }

    /// `false` when a record was written or removed meanwhile: then nothing has changed.
    async fn replace(
        &self,
        old: &Key,
        before: &[Row],
        anew: &[Option<Object>],
        stored: &Object,
    ) -> Result<bool, StoreProblem> {
        let transaction = Transaction::write(&self.database().await?)?;
        let keys = transaction.store(KEYS)?;
        let kept = idb::result(keys.get(&KEY.into()));
        let now = all(&transaction)?;
        if Kept::of(&kept.await?)?.id() != Some(&old.id) {
            return Err(StoreProblem::Closed);
        }
        if !are_the_same(before, &now.await?) {
            return Ok(false);
        }
        let records = transaction.store(RECORDS)?;
        let mut written = Vec::new();
        for (row, value) in before.iter().zip(anew) {
            if let Some(value) = value {
                written.push(idb::result(records.put_with_key(value, &row.place)));
            }
        }
        written.push(idb::result(keys.put_with_key(stored, &KEY.into())));
        for one in written {
            one.await?;
        }
        transaction.complete().await.map(|()| true)
    }
}

/// Everything that is stored. Both requests are started at once.
fn all(
    transaction: &Transaction,
) -> Result<impl Future<Output = Result<Vec<Row>, StoreProblem>> + use<>, StoreProblem> {
    let records = transaction.store(RECORDS)?;
    let places = idb::result(records.get_all_keys());
    let values = idb::result(records.get_all());
    Ok(async move {
        let (places, values) =
            (places.await?.unchecked_into::<Array>(), values.await?.unchecked_into::<Array>());
        Ok(places.iter().zip(values.iter()).map(|(place, value)| Row { place, value }).collect())
    })
}

/// Every write draws a new IV, so that the same IVs in the same places are the same records.
fn are_the_same(before: &[Row], now: &[Row]) -> bool {
    let iv =
        |row: &Row| js::member(&row.value, "iv").dyn_into::<js_sys::Uint8Array>().ok().map(|iv| iv.to_vec());
    let place = |row: &Row| idb::place_of(&row.place);
    before.len() == now.len()
        && before.iter().zip(now).all(|(before, now)| place(before) == place(now) && iv(before) == iv(now))
}

/// `None` for what cannot be read with the old key either: it stays as it is, and is no less readable than before.
async fn encrypt_anew(old: &Key, new: &Key, rows: &[Row]) -> Result<Vec<Option<Object>>, StoreProblem> {
    let mut anew = Vec::new();
    for row in rows {
        anew.push(match label(row) {
            Some((kind, id, version)) => match decrypt(Some(old), kind, &id, &row.value).await {
                Some(text) => {
                    let sealed = cipher::seal(&new.key, &Label { kind, id: &id, version }, &text).await?;
                    Some(record(version, new, &sealed))
                }
                None => None,
            },
            None => None,
        });
    }
    Ok(anew)
}

fn label(row: &Row) -> Option<(Kind, String, u32)> {
    let (kind, id) = idb::place_of(&row.place)?;
    let kind = Kind::ALL.into_iter().find(|known| known.as_str() == kind)?;
    Some((kind, id, version_of(&row.value)?))
}

/// A record as it is stored.
pub(super) fn record(version: u32, key: &Key, sealed: &Sealed) -> Object {
    let row = Object::new();
    js::set(&row, "version", &version.into());
    js::set(&row, "key", &key.id);
    js::set(&row, "iv", &sealed.iv);
    js::set(&row, "data", &sealed.data);
    row
}
