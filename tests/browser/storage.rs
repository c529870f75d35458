//! The encrypted store, as long as all is well.

use js_sys::Array;
use portico::browser::store::{self, Kind, Listing, Record, Store};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{
    self, Page, Replaced, evaluate, eventually, fresh_store, function, keep_real, member, window,
};

const JSON: &str = r#"{"name":"Зразок","registration_access_token":"eyJhbGciOiJIUzUxMiJ9.sample"}"#;

fn record(id: &str, version: u32, json: &str) -> Record {
    Record { id: id.to_owned(), version, json: json.to_owned() }
}

#[wasm_bindgen_test]
async fn a_record_comes_back_as_it_was() {
    let store = fresh_store().await;
    assert!(store.is_durable());
    assert_eq!(store.get(Kind::Applications, "a").await, Ok(None));
    store.put(Kind::Applications, "a", 1, JSON).await.unwrap();
    store.put(Kind::Applications, "ї/\n", 3, "{}").await.unwrap();
    store.put(Kind::Drafts, "a", 1, "[]").await.unwrap();
    assert_eq!(store.get(Kind::Applications, "a").await, Ok(Some(record("a", 1, JSON))));
    let expected = vec![record("a", 1, JSON), record("ї/\n", 3, "{}")];
    assert_eq!(store.all(Kind::Applications).await, Ok(Listing { records: expected, unreadable: vec![] }));
    assert_eq!(store.all(Kind::Drafts).await.unwrap().records, vec![record("a", 1, "[]")]);
    assert_eq!(store.all(Kind::Journal).await, Ok(Listing::default()));
}

#[wasm_bindgen_test]
async fn writing_again_replaces_and_removing_removes() {
    let store = fresh_store().await;
    store.put(Kind::Settings, "look", 1, "1").await.unwrap();
    store.put(Kind::Settings, "look", 2, "2").await.unwrap();
    assert_eq!(store.all(Kind::Settings).await.unwrap().records, vec![record("look", 2, "2")]);
    store.remove(Kind::Settings, "look").await.unwrap();
    store.remove(Kind::Settings, "look").await.unwrap();
    assert_eq!(store.get(Kind::Settings, "look").await, Ok(None));
}

#[wasm_bindgen_test]
async fn it_is_there_after_the_database_was_closed_and_opened() {
    let store = fresh_store().await;
    store.put(Kind::Applications, "a", 1, JSON).await.unwrap();
    drop(store);
    let again = Store::open().await.unwrap();
    assert_eq!(again.get(Kind::Applications, "a").await, Ok(Some(record("a", 1, JSON))));
}

#[wasm_bindgen_test]
async fn nothing_of_a_record_is_stored_in_clear_text() {
    let store = fresh_store().await;
    store.put(Kind::Applications, "visible-id", 1, JSON).await.unwrap();
    let stored = support::everything().await.unwrap().as_string().unwrap();
    // The view itself works: it sees the name of the algorithm.
    assert!(stored.contains("AES-GCM"), "{stored}");
    for secret in ["registration", "sample", "eyJhbGci", "name"] {
        assert!(!stored.contains(secret), "{secret} can be read in the database");
    }
}

#[wasm_bindgen_test]
async fn the_same_content_is_encrypted_differently_each_time() {
    let store = fresh_store().await;
    for id in ["a", "b"] {
        store.put(Kind::Drafts, id, 1, JSON).await.unwrap();
    }
    let rows = support::rows().await.unwrap().unchecked_into::<Array>();
    let bytes = |index, name| js_sys::Uint8Array::new(&member(&rows.get(index), name)).to_vec();
    assert_eq!(bytes(0, "iv").len(), 12);
    assert_ne!(bytes(0, "iv"), bytes(1, "iv"));
    assert_ne!(bytes(0, "data"), bytes(1, "data"));
}

#[wasm_bindgen_test]
async fn the_key_cannot_be_exported() {
    let store = fresh_store().await;
    store.put(Kind::Drafts, "a", 1, JSON).await.unwrap();
    let key = member(&support::keys().await.unwrap().unchecked_into::<Array>().get(0), "key");
    assert_eq!(member(&key, "extractable").as_bool(), Some(false));
    assert_eq!(support::export_key().await.unwrap().as_string().as_deref(), Some("InvalidAccessError"));
}

#[wasm_bindgen_test]
async fn two_connections_see_each_others_changes() {
    let one = fresh_store().await;
    let two = Store::open().await.unwrap();
    one.put(Kind::Applications, "a", 1, "1").await.unwrap();
    assert_eq!(two.get(Kind::Applications, "a").await, Ok(Some(record("a", 1, "1"))));
    two.put(Kind::Applications, "a", 1, "2").await.unwrap();
    assert_eq!(one.get(Kind::Applications, "a").await, Ok(Some(record("a", 1, "2"))));
    two.remove(Kind::Applications, "a").await.unwrap();
    assert_eq!(one.get(Kind::Applications, "a").await, Ok(None));
}

#[wasm_bindgen_test]
async fn two_first_visits_at_once_agree_on_one_key() {
    support::delete_database().await;
    let (one, two) = futures_of_two(Store::open(), Store::open()).await;
    let (one, two) = (one.unwrap(), two.unwrap());
    one.put(Kind::Drafts, "a", 1, "1").await.unwrap();
    two.put(Kind::Drafts, "b", 1, "2").await.unwrap();
    assert_eq!(support::keys().await.unwrap().unchecked_into::<Array>().length(), 1);
    assert_eq!(one.all(Kind::Drafts).await.unwrap().records.len(), 2);
}

/// Starts both before it waits for either.
async fn futures_of_two<T: 'static>(
    one: impl Future<Output = T> + 'static,
    two: impl Future<Output = T>,
) -> (T, T) {
    let slot = std::rc::Rc::new(std::cell::RefCell::new(None));
    let filled = slot.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let value = one.await;
        filled.replace(Some(value));
    });
    let two = two.await;
    eventually("both are done", async || slot.borrow().is_some()).await;
    (slot.take().unwrap(), two)
}

#[wasm_bindgen_test]
async fn erasing_leaves_nothing_and_the_store_works_on() {
    let page = Page::new();
    let store = fresh_store().await;
    let other_tab = Store::open().await.unwrap();
    store.put(Kind::Applications, "a", 1, JSON).await.unwrap();
    let local = window().local_storage().unwrap().unwrap();
    local.set_item("portico.theme", "dark").unwrap();
    local.set_item("portico.other", "1").unwrap();
    local.set_item("somebody.else", "1").unwrap();
    let key = |keys: wasm_bindgen::JsValue| member(&keys.unchecked_into::<Array>().get(0), "id").as_string();
    let first = key(support::keys().await.unwrap());

    store.erase().await.unwrap();
    assert_eq!(support::rows().await.unwrap().unchecked_into::<Array>().length(), 0);
    assert_eq!(support::keys().await.unwrap().unchecked_into::<Array>().length(), 0);
    assert_eq!(local.get_item("portico.theme").unwrap(), None);
    assert_eq!(local.get_item("portico.other").unwrap(), None);
    assert_eq!(local.get_item("somebody.else").unwrap().as_deref(), Some("1"));

    // A tab that knew the old key writes with the new one.
    other_tab.put(Kind::Drafts, "b", 1, "{}").await.unwrap();
    assert_eq!(store.get(Kind::Drafts, "b").await, Ok(Some(record("b", 1, "{}"))));
    assert_ne!(key(support::keys().await.unwrap()), first);
    drop(page);
}

#[wasm_bindgen_test]
async fn usage_counts_records_and_their_bytes() {
    let store = fresh_store().await;
    store.put(Kind::Drafts, "a", 1, "0123456789").await.unwrap();
    store.put(Kind::Drafts, "b", 1, "").await.unwrap();
    let usage = store.usage().await.unwrap();
    assert_eq!(usage.iter().map(|usage| usage.kind).collect::<Vec<_>>(), Kind::ALL);
    // Ten bytes of text, and twice the 16 bytes of the tag.
    assert_eq!((usage[1].count, usage[1].bytes), (2, 10 + 2 * 16));
    assert_eq!((usage[0].count, usage[0].bytes), (0, 0));
}

#[wasm_bindgen_test]
async fn a_write_asks_for_the_disk() {
    let store = fresh_store().await;
    let prototype = evaluate("IDBDatabase.prototype");
    keep_real(&prototype, "transaction");
    let spy = function(
        "stores, mode, options",
        "window.portico_asked = mode + ' ' + options?.durability;
         return window.portico_real.call(this, stores, mode, options);",
    );
    let _spy = Replaced::new(&prototype, "transaction", &spy);
    store.put(Kind::Drafts, "a", 1, "{}").await.unwrap();
    assert_eq!(member(&window(), "portico_asked").as_string().as_deref(), Some("readwrite strict"));
}

#[wasm_bindgen_test]
async fn many_records_are_read_side_by_side() {
    let store = fresh_store().await;
    for id in 0..200 {
        store.put(Kind::Applications, &format!("{id:03}"), 1, &format!("[{id}]")).await.unwrap();
    }
    keep_real(&evaluate("crypto.subtle"), "decrypt");
    // How many were under way at once.
    let spy = function(
        "algorithm, key, data",
        "window.portico_open = (window.portico_open ?? 0) + 1;
         window.portico_most = Math.max(window.portico_most ?? 0, window.portico_open);
         return window.portico_real.call(this, algorithm, key, data).finally(() => window.portico_open--);",
    );
    let _spy = Replaced::new(&evaluate("crypto.subtle"), "decrypt", &spy);
    let records = store.all(Kind::Applications).await.unwrap().records;
    assert_eq!(records.len(), 200);
    assert_eq!(records[7], record("007", 1, "[7]"));
    assert_eq!(member(&window(), "portico_most").as_f64(), Some(200.0));
}

/// A page that is left in the middle of a write loses it: who leaves on purpose can wait for the end.
#[wasm_bindgen_test]
async fn who_leaves_can_wait_for_what_is_being_written() {
    let store = fresh_store().await;
    for id in ["a", "b", "c"] {
        let store = store.clone();
        wasm_bindgen_futures::spawn_local(async move {
            store.put(Kind::Applications, id, 1, JSON).await.unwrap();
        });
    }
    // The writes have begun by now, and have not ended.
    portico::browser::timer::sleep(0).await;
    store::settled().await;
    assert_eq!(store.all(Kind::Applications).await.unwrap().records.len(), 3);
}
