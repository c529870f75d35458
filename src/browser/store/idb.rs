//! IndexedDB with futures instead of events.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
};

use super::{Kind, StoreProblem, under_way::Write};
use crate::browser::{js, timer};

/// A database of this origin.
pub(in crate::browser) struct Schema {
    pub(in crate::browser) name: &'static str,
    pub(in crate::browser) version: u32,
    pub(in crate::browser) stores: &'static [&'static str],
}

/// The database of the records.
pub(super) const SCHEMA: Schema = Schema { name: "portico", version: VERSION, stores: &[KEYS, RECORDS] };
/// Raised when an earlier portal must not touch what this one stores; never when only the content of records changes.
/// 2: the key may be wrapped, and a portal that does not know that would put a new one in its place.
const VERSION: u32 = 2;
/// The object store with the one key.
pub(super) const KEYS: &str = "keys";
/// The object store with the records, by `[kind, id]`.
pub(super) const RECORDS: &str = "records";
/// A browser that has not opened a database after this long is waiting for another tab, or for the disk. The event
/// `blocked` tells the first sooner, but also when that tab is only finishing a write.
const PATIENCE_MS: u32 = 10_000;

/// The connection, as long as there is one.
pub(in crate::browser) type Slot = Rc<RefCell<Option<IdbDatabase>>>;

#[wasm_bindgen]
extern "C" {
    /// `transaction` with options, which `web-sys` does not know.
    type Database;
    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Database,
        stores: &JsValue,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;

    /// `commit`, which `web-sys` calls deprecated and the standard does not.
    type Committing;
    #[wasm_bindgen(method, catch)]
    fn commit(this: &Committing) -> Result<(), JsValue>;
}

/// Opens the database. It is closed and `slot` emptied when another tab deletes or upgrades it, or the browser
/// clears it; whoever needs it next opens it again.
pub(in crate::browser) async fn open(
    schema: &'static Schema,
    slot: &Slot,
) -> Result<IdbDatabase, StoreProblem> {
    let refused = |error: JsValue| StoreProblem::of_opening(&error);
    let factory = js::window().indexed_db().map_err(refused)?;
    let factory = factory.ok_or_else(|| StoreProblem::Refused("there is no indexedDB".to_owned()))?;
    let request = factory.open_with_u32(schema.name, schema.version).map_err(refused)?;
    let upgrade = Closure::once_into_js(|event: Event| {
        if let Some(database) = database_of(&event) {
            for store in schema.stores {
                // Refused where it is already.
                let _ = database.create_object_store(store);
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let database = opened(&request).await?;
    let slot = Rc::downgrade(slot);
    let gone = Closure::once_into_js(move |event: Event| {
        if let Some(database) = event.target().and_then(|target| target.dyn_into::<IdbDatabase>().ok()) {
            database.close();
        }
        if let Some(slot) = slot.upgrade() {
            slot.replace(None);
        }
    });
    // A connection gets only one of the two: after it is closed it gets nothing more.
    database.set_onversionchange(Some(gone.unchecked_ref()));
    database.set_onclose(Some(gone.unchecked_ref()));
    Ok(database)
}

async fn opened(request: &IdbOpenDbRequest) -> Result<IdbDatabase, StoreProblem> {
    let mut patience = None;
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        patience = Some(timer::after(PATIENCE_MS, move || {
            let _ = reject.call0(&JsValue::NULL);
        }));
    });
    let event = match JsFuture::from(promise).await {
        Ok(_) => {
            let database = request.result().map_err(|error| StoreProblem::of_opening(&error))?;
            return Ok(database.unchecked_into());
        }
        Err(event) => event,
    };
    if js::member(&event, "type").as_string().as_deref() == Some("error") {
        return Err(StoreProblem::of_opening(&error_of(request)));
    }
    // Should it open later after all, nobody uses it, and an open connection would block others in turn.
    let too_late = Closure::once_into_js(|event: Event| {
        if let Some(database) = database_of(&event) {
            database.close();
        }
    });
    request.set_onsuccess(Some(too_late.unchecked_ref()));
    Err(StoreProblem::Blocked)
}

/// A transaction over everything. A write counts only when it is on the disk, where the browser can promise that.
pub(in crate::browser) struct Transaction {
    inner: IdbTransaction,
    finished: JsFuture,
    /// Only a write has it.
    under_way: Option<Write>,
}

impl Transaction {
    pub(in crate::browser) fn read(database: &IdbDatabase) -> Result<Self, StoreProblem> {
        Self::begin(database, None)
    }

    pub(in crate::browser) fn write(database: &IdbDatabase) -> Result<Self, StoreProblem> {
        Self::begin(database, Some(Write::begin()))
    }

    fn begin(database: &IdbDatabase, under_way: Option<Write>) -> Result<Self, StoreProblem> {
        let mode = if under_way.is_some() { "readwrite" } else { "readonly" };
        let options = Object::new();
        js::set(&options, "durability", &JsValue::from_str("strict"));
        let stores = js::member(database, "objectStoreNames");
        let inner = database
            .unchecked_ref::<Database>()
            .transaction(&stores, mode, &options)
            .map_err(|error| StoreProblem::of(&error))?;
        let promise = Promise::new(&mut |resolve, reject| {
            inner.set_oncomplete(Some(&resolve));
            inner.set_onabort(Some(&reject));
        });
        Ok(Self { inner, finished: JsFuture::from(promise), under_way })
    }

    pub(in crate::browser) fn store(&self, name: &str) -> Result<IdbObjectStore, StoreProblem> {
        self.inner.object_store(name).map_err(|error| StoreProblem::of(&error))
    }

    /// Waits until all of it is done. Nothing more can be asked for: a write that is committed comes to its end even
    /// when the page is left now.
    pub(in crate::browser) async fn complete(self) -> Result<(), StoreProblem> {
        if self.under_way.is_some() {
            // Refused where it has ended already; older browsers commit by themselves.
            let _ = self.inner.unchecked_ref::<Committing>().commit();
        }
        match self.finished.await {
            Ok(_) => Ok(()),
            Err(_) => Err(self.inner.error().map_or(StoreProblem::Closed, |error| StoreProblem::of(&error))),
        }
    }
}

/// The result of a request. It listens at once, so that requests can be started first and awaited in any order; a
/// transaction stays open from one awaited request to the next.
pub(in crate::browser) fn result(
    request: Result<IdbRequest, JsValue>,
) -> impl Future<Output = Result<JsValue, StoreProblem>> {
    let started = request.map(|request| {
        let promise = Promise::new(&mut |resolve: Function, reject: Function| {
            request.set_onsuccess(Some(&resolve));
            request.set_onerror(Some(&reject));
        });
        (JsFuture::from(promise), request)
    });
    async move {
        let (future, request) = started.map_err(|error| StoreProblem::of(&error))?;
        match future.await {
            Ok(_) => request.result().map_err(|error| StoreProblem::of(&error)),
            Err(_) => Err(StoreProblem::of(&error_of(&request))),
        }
    }
}

/// Where a record is.
pub(super) fn key(kind: Kind, id: &str) -> Array {
    Array::of2(&kind.as_str().into(), &id.into())
}

/// Kind and ID in a key that [`key`] has made.
pub(super) fn place_of(key: &JsValue) -> Option<(String, String)> {
    let key = key.dyn_ref::<Array>()?;
    Some((key.get(0).as_string()?, key.get(1).as_string()?))
}

/// The ID in a key that [`key`] has made.
pub(super) fn id_of(key: &JsValue) -> Option<String> {
    key.dyn_ref::<Array>()?.get(1).as_string()
}

/// Every record of a kind: in IndexedDB an array sorts after every text.
pub(super) fn range(kind: Kind) -> Result<IdbKeyRange, StoreProblem> {
    let kind = JsValue::from_str(kind.as_str());
    IdbKeyRange::bound(&Array::of1(&kind), &Array::of2(&kind, &Array::new()))
        .map_err(|error| StoreProblem::of(&error))
}

fn database_of(event: &Event) -> Option<IdbDatabase> {
    let request = event.target()?;
    js::member(&request, "result").dyn_into().ok()
}

fn error_of(request: &IdbRequest) -> JsValue {
    request.error().ok().flatten().map_or(JsValue::UNDEFINED, JsValue::from)
}
