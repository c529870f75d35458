//! The store when something is wrong: refused, full, damaged, newer, in the way.

use portico::browser::crypto::CryptoProblem;
use portico::browser::store::{Kind, Listing, Record, Store, StoreProblem, Unreadable};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{
    self, Replaced, evaluate, eventually, fresh_store, function, keep_real, member, window,
};

fn unreadable(id: &str, version: u32) -> Unreadable {
    Unreadable { id: id.to_owned(), version }
}

#[wasm_bindgen_test]
async fn a_damaged_record_is_reported_and_kept() {
    let store = fresh_store().await;
    store.put(Kind::Applications, "a", 2, "{}").await.unwrap();
    store.put(Kind::Applications, "b", 1, "{}").await.unwrap();
    support::damage("applications", "a").await.unwrap();
    for _ in 0..2 {
        let listing = store.all(Kind::Applications).await.unwrap();
        assert_eq!(listing.unreadable, vec![unreadable("a", 2)]);
        assert_eq!(listing.records.len(), 1);
    }
    let problem = StoreProblem::Unreadable { kind: Kind::Applications, id: "a".to_owned() };
    assert_eq!(store.get(Kind::Applications, "a").await, Err(problem));
    store.remove(Kind::Applications, "a").await.unwrap();
    assert_eq!(store.all(Kind::Applications).await.unwrap().unreadable, vec![]);
}

#[wasm_bindgen_test]
async fn a_record_cannot_be_passed_off_as_another() {
    let store = fresh_store().await;
    store.put(Kind::Applications, "mine", 1, "{}").await.unwrap();
    support::copy("applications", "mine", "yours").await.unwrap();
    let listing = store.all(Kind::Applications).await.unwrap();
    assert_eq!(listing.unreadable, vec![unreadable("yours", 1)]);
    assert_eq!(listing.records.len(), 1);
}

#[wasm_bindgen_test]
async fn rubbish_in_the_database_is_reported() {
    let store = fresh_store().await;
    let rubbish =
        [JsValue::NULL, JsValue::from_str("text"), evaluate("({ version: 'x', iv: 1, data: null })")];
    for (index, value) in rubbish.iter().enumerate() {
        support::put_raw("journal", &index.to_string(), value).await.unwrap();
    }
    let listing = store.all(Kind::Journal).await.unwrap();
    assert_eq!(
        listing,
        Listing { records: vec![], unreadable: ["0", "1", "2"].map(|id| unreadable(id, 0)).into() }
    );
    assert_eq!(store.usage().await.unwrap()[3].count, 3);
    // Writing over it is allowed: it is no record of a newer version.
    store.put(Kind::Journal, "0", 1, "{}").await.unwrap();
    assert_eq!(store.all(Kind::Journal).await.unwrap().records.len(), 1);
}

#[wasm_bindgen_test]
async fn a_record_of_a_newer_version_is_never_overwritten() {
    for store in [fresh_store().await, Store::memory()] {
        store.put(Kind::Applications, "a", 7, "new").await.unwrap();
        let refused = store.put(Kind::Applications, "a", 6, "old").await;
        assert_eq!(refused, Err(StoreProblem::NewerRecord { stored: 7 }));
        let kept = Record { id: "a".to_owned(), version: 7, json: "new".to_owned() };
        assert_eq!(store.get(Kind::Applications, "a").await, Ok(Some(kept)));
    }
}

#[wasm_bindgen_test]
async fn everything_erased_while_a_record_is_being_encrypted() {
    let store = fresh_store().await;
    let other_tab = Store::open().await.unwrap();
    // The first encryption waits until it is let through.
    evaluate("window.portico_gate = new Promise((open) => { window.portico_open_gate = open; })");
    keep_real(&evaluate("crypto.subtle"), "encrypt");
    let waiting = function(
        "...asked",
        "const gate = window.portico_gate;
         window.portico_gate = undefined;
         return Promise.resolve(gate).then(() => window.portico_real.apply(this, asked));",
    );
    let _stub = Replaced::new(&evaluate("crypto.subtle"), "encrypt", &waiting);
    let writer = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        writer.put(Kind::Drafts, "slow", 1, "{}").await.unwrap();
    });
    eventually("the encryption begins", async || member(&window(), "portico_gate").is_undefined()).await;
    other_tab.erase().await.unwrap();
    other_tab.put(Kind::Drafts, "quick", 1, "{}").await.unwrap();
    evaluate("window.portico_open_gate()");
    eventually("the record is written", async || store.get(Kind::Drafts, "slow").await != Ok(None)).await;
    let listing = store.all(Kind::Drafts).await.unwrap();
    assert_eq!((listing.records.len(), listing.unreadable.len()), (2, 0));
}

#[wasm_bindgen_test]
async fn a_full_disk_is_named() {
    let store = fresh_store().await;
    let full = function("", "throw new DOMException('no room', 'QuotaExceededError');");
    let stub = Replaced::new(&evaluate("IDBObjectStore.prototype"), "put", &full);
    assert_eq!(store.put(Kind::Drafts, "a", 1, "{}").await, Err(StoreProblem::Full));
    drop(stub);
    assert_eq!(store.get(Kind::Drafts, "a").await, Ok(None));
    store.put(Kind::Drafts, "a", 1, "{}").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_refused_database_is_named() {
    support::delete_database().await;
    let refuse = function("", "throw new DOMException('not here', 'SecurityError');");
    let _stub = Replaced::new(&evaluate("IDBFactory.prototype"), "open", &refuse);
    let problem = Store::open().await.err();
    assert_eq!(problem, Some(StoreProblem::Refused("SecurityError: not here".to_owned())));
    assert!(problem.unwrap().to_string().contains("gives this page no storage"));
}

#[wasm_bindgen_test]
async fn a_disk_that_is_full_from_the_start_is_named() {
    support::delete_database().await;
    let full = function("", "throw new DOMException('no room', 'QuotaExceededError');");
    let _stub = Replaced::new(&evaluate("IDBObjectStore.prototype"), "put", &full);
    assert_eq!(Store::open().await.err(), Some(StoreProblem::Full));
}

#[wasm_bindgen_test]
async fn plain_http_stores_nothing() {
    support::delete_database().await;
    let _stub = Replaced::new(&window(), "isSecureContext", &JsValue::FALSE);
    let problem = Store::open().await.err();
    assert_eq!(problem, Some(StoreProblem::NoCryptography(CryptoProblem::NotSecureContext)));
}

#[wasm_bindgen_test]
async fn the_memory_store_has_the_same_manners() {
    let store = Store::memory();
    let same = store.clone();
    assert!(!store.is_durable());
    store.put(Kind::Drafts, "b", 1, "12").await.unwrap();
    store.put(Kind::Drafts, "a", 1, "345").await.unwrap();
    store.put(Kind::Settings, "a", 1, "{}").await.unwrap();
    let ids: Vec<String> = same.all(Kind::Drafts).await.unwrap().records.into_iter().map(|r| r.id).collect();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(same.usage().await.unwrap()[1].bytes, 5);
    same.remove(Kind::Drafts, "b").await.unwrap();
    assert_eq!(store.get(Kind::Drafts, "b").await, Ok(None));
    same.erase().await.unwrap();
    assert_eq!(store.all(Kind::Settings).await, Ok(Listing::default()));
}

#[wasm_bindgen_test]
async fn a_newer_portal_in_another_tab_is_let_through_and_named() {
    let store = fresh_store().await;
    store.put(Kind::Drafts, "a", 1, "{}").await.unwrap();
    // It would be "blocked" if this tab held on to its connection.
    let newer = support::open_at_version(99).await.unwrap();
    assert_eq!(store.get(Kind::Drafts, "a").await, Err(StoreProblem::NewerVersion));
    assert_eq!(Store::open().await.err(), Some(StoreProblem::NewerVersion));
    let close = member(&newer, "close");
    js_sys::Reflect::apply(&close.into(), &newer, &js_sys::Array::new()).unwrap();
    support::delete_database().await;
    // Once the way is free the store opens the database again by itself.
    assert_eq!(store.get(Kind::Drafts, "a").await, Ok(None));
    store.put(Kind::Drafts, "a", 1, "{}").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_database_that_never_opens_is_given_up() {
    let _clock = Replaced::new(
        &window(),
        "setTimeout",
        &function("callback, delay", "queueMicrotask(() => delay > 5000 && callback()); return 1;"),
    );
    let never = function("", "return new EventTarget();");
    let _stub = Replaced::new(&evaluate("IDBFactory.prototype"), "open", &never);
    assert_eq!(Store::open().await.err(), Some(StoreProblem::Blocked));
}

#[wasm_bindgen_test]
async fn asking_to_keep_the_storage_never_fails() {
    let navigator = window().navigator();
    let _stub = Replaced::new(&navigator, "storage", &JsValue::UNDEFINED);
    assert!(!portico::browser::store::keep_safe().await);
    let yes = evaluate("({ persist: () => Promise.resolve(true) })");
    let _stub = Replaced::new(&navigator, "storage", &yes);
    assert!(portico::browser::store::keep_safe().await);
}
