//! Private keys that stay in this browser: handles that can sign and cannot be exported. They lie in a database of
//! their own, because a handle can be stored and never encrypted: what guards it is the browser.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CryptoKey, IdbDatabase};

use super::{
    js,
    signing::SigningKey,
    store::{
        StoreProblem,
        idb::{self, Schema, Slot, Transaction},
    },
};
use crate::domain::{
    jose::{Algorithm, PublicJwk},
    json,
};

const KEYS: &str = "keys";
const SCHEMA: Schema = Schema { name: "portico-keys", version: 1, stores: &[KEYS] };

/// A key that is kept.
#[derive(Clone)]
pub struct Kept {
    /// Its public half, under its thumbprint.
    pub public: PublicJwk,
    /// What it signs with.
    pub signing: SigningKey,
    /// When it was made or brought here, seconds since 1970.
    pub made_at: i64,
}

/// Every key that is kept. What another version has written and is not understood here is left alone.
///
/// # Errors
/// When the browser gives no storage.
pub async fn all() -> Result<Vec<Kept>, StoreProblem> {
    let database = Open::new().await?;
    let transaction = Transaction::read(&database.0)?;
    let rows = idb::result(transaction.store(KEYS)?.get_all()).await?;
    Ok(rows.unchecked_into::<Array>().iter().filter_map(|row| read(&row)).collect())
}

/// Keeps a key.
///
/// # Errors
/// When the browser gives no storage, or cannot store keys.
pub async fn keep(key: &Kept) -> Result<(), StoreProblem> {
    let row = Object::new();
    js::set(&row, "key", &key.signing.key);
    js::set(&row, "alg", &JsValue::from_str(key.signing.algorithm.name()));
    js::set(&row, "jwk", &JsValue::from_str(&key.public.to_value().to_string()));
    js::set(&row, "made_at", &JsValue::from_f64(key.made_at as f64));
    let database = Open::new().await?;
    let transaction = Transaction::write(&database.0)?;
    let written = idb::result(transaction.store(KEYS)?.put_with_key(&row, &name(&key.public)));
    written.await?;
    transaction.complete().await
}

/// Removes a key, by its thumbprint.
///
/// # Errors
/// When the browser gives no storage.
pub async fn remove(public: &PublicJwk) -> Result<(), StoreProblem> {
    let database = Open::new().await?;
    let transaction = Transaction::write(&database.0)?;
    let removed = idb::result(transaction.store(KEYS)?.delete(&name(public)));
    removed.await?;
    transaction.complete().await
}

/// Removes every key.
///
/// # Errors
/// When the browser gives no storage.
pub async fn erase() -> Result<(), StoreProblem> {
    let database = Open::new().await?;
    let transaction = Transaction::write(&database.0)?;
    let cleared = idb::result(transaction.store(KEYS)?.clear());
    cleared.await?;
    transaction.complete().await
}

/// A connection for one piece of work: keys are read and written so rarely that none is held open.
struct Open(IdbDatabase);

impl Open {
    async fn new() -> Result<Self, StoreProblem> {
        let slot: Slot = Rc::new(RefCell::new(None));
        idb::open(&SCHEMA, &slot).await.map(Self)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.close();
    }
}

fn name(public: &PublicJwk) -> JsValue {
    JsValue::from_str(public.kid.as_deref().unwrap_or_default())
}

fn read(row: &JsValue) -> Option<Kept> {
    let text = |name: &str| js::member(row, name).as_string();
    let algorithm = Algorithm::parse(&text("alg")?)?;
    let public = PublicJwk::read(&json::object(&text("jwk")?).ok()?.members).ok()?;
    let key: CryptoKey = js::member(row, "key").dyn_into().ok()?;
    let made_at = js::member(row, "made_at").as_f64()? as i64;
    Some(Kept { public, signing: SigningKey { algorithm, key }, made_at })
}
