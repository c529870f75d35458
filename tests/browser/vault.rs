//! The passphrase before the store, and backups of it.

use js_sys::Array;
use portico::browser::backup::{self, NotOpened};
use portico::browser::store::{Kind, Protection, Store, StoreProblem};
use portico::browser::{locks, timer};
use portico::domain::backup::{Contents, Envelope, Unusable};
use portico::domain::record::Record;
use portico::domain::secret::Secret;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{self, fresh_store, member};

const JSON: &str = r#"{"registration_access_token":"eyJ.sample"}"#;

fn words(text: &str) -> Secret {
    Secret::new(text)
}

/// A store with three records, and what is in it.
async fn filled() -> Store {
    let store = fresh_store().await;
    store.put(Kind::Applications, "a", 1, JSON).await.unwrap();
    store.put(Kind::Drafts, "d", 1, "{}").await.unwrap();
    store.put(Kind::Journal, "j", 1, "[1]").await.unwrap();
    store
}

async fn all(store: &Store) -> Vec<(Kind, Record)> {
    let mut records = Vec::new();
    for kind in Kind::ALL {
        let listing = store.all(kind).await.unwrap();
        assert_eq!(listing.unreadable, []);
        records.extend(listing.records.into_iter().map(|record| (kind, record)));
    }
    records
}

async fn key_row() -> JsValue {
    support::keys().await.unwrap().unchecked_into::<Array>().get(0)
}

async fn protect(store: &Store, current: Option<&str>, new: Option<&str>) -> Result<(), StoreProblem> {
    store.protect(current.map(words).as_ref(), new.map(words).as_ref()).await
}

#[wasm_bindgen_test]
async fn a_passphrase_locks_every_other_page_and_only_it_opens_them() {
    let store = filled().await;
    let before = all(&store).await;
    assert_eq!(store.protection().await, Ok(Protection::None));
    protect(&store, None, Some("four words that differ")).await.unwrap();
    assert_eq!(store.protection().await, Ok(Protection::Open));
    assert_eq!(all(&store).await, before);
    let other = Store::open().await.unwrap();
    assert_eq!(other.protection().await, Ok(Protection::Locked));
    assert_eq!(other.all(Kind::Applications).await, Err(StoreProblem::Locked));
    assert_eq!(other.get(Kind::Applications, "a").await, Err(StoreProblem::Locked));
    assert_eq!(other.put(Kind::Applications, "b", 1, "{}").await, Err(StoreProblem::Locked));
    assert_eq!(other.remove(Kind::Applications, "a").await, Err(StoreProblem::Locked));
    assert_eq!(other.unlock(&words("another")).await, Err(StoreProblem::WrongPassphrase));
    assert_eq!(other.protection().await, Ok(Protection::Locked));
    other.unlock(&words("four words that differ")).await.unwrap();
    assert_eq!(all(&other).await, before);
    other.put(Kind::Settings, "s", 1, "1").await.unwrap();
    assert_eq!(store.get(Kind::Settings, "s").await.unwrap().unwrap().json, "1");
    other.lock();
    assert_eq!(other.protection().await, Ok(Protection::Locked));
    assert_eq!(store.protection().await, Ok(Protection::Open));
}

#[wasm_bindgen_test]
async fn nothing_that_opens_a_record_lies_in_the_database() {
    let store = filled().await;
    let old_key = member(&key_row().await, "key");
    assert!(old_key.is_object());
    let old_rows = support::rows().await.unwrap().unchecked_into::<Array>();
    protect(&store, None, Some("secret words")).await.unwrap();
    let row = key_row().await;
    assert!(member(&row, "key").is_undefined());
    assert!(member(&member(&row, "wrapped"), "iterations").as_f64().unwrap() >= 600_000.0);
    let everything = support::everything().await.unwrap().as_string().unwrap();
    for secret in ["secret words", "eyJ.sample", "AES-GCM"] {
        assert!(!everything.contains(secret), "{secret}");
    }
    // The key that lay there unwrapped opens nothing any more: every record is encrypted under another one.
    let new_rows = support::rows().await.unwrap().unchecked_into::<Array>();
    for (old, new) in old_rows.iter().zip(new_rows.iter()) {
        assert_ne!(member(&old, "key").as_string(), member(&new, "key").as_string());
        let iv = |row: &JsValue| js_sys::Uint8Array::new(&member(row, "iv")).to_vec();
        assert_ne!(iv(&old), iv(&new));
    }
}

#[wasm_bindgen_test]
async fn it_is_changed_and_removed_only_by_who_knows_it() {
    let store = filled().await;
    let before = all(&store).await;
    protect(&store, None, Some("first")).await.unwrap();
    for wrong in [None, Some("wrong")] {
        assert_eq!(protect(&store, wrong, Some("second")).await, Err(StoreProblem::WrongPassphrase));
        assert_eq!(protect(&store, wrong, None).await, Err(StoreProblem::WrongPassphrase));
    }
    assert_eq!(all(&store).await, before);
    protect(&store, Some("first"), Some("second")).await.unwrap();
    let other = Store::open().await.unwrap();
    assert_eq!(other.unlock(&words("first")).await, Err(StoreProblem::WrongPassphrase));
    other.unlock(&words("second")).await.unwrap();
    assert_eq!(all(&other).await, before);
    protect(&store, Some("second"), None).await.unwrap();
    assert_eq!(store.protection().await, Ok(Protection::None));
    // The page that had unlocked it reads on, because there is a key for everybody now.
    assert_eq!(all(&other).await, before);
    assert_eq!(all(&Store::open().await.unwrap()).await, before);
}

#[wasm_bindgen_test]
async fn the_same_letters_typed_otherwise_are_the_same_passphrase() {
    let store = filled().await;
    protect(&store, None, Some("caf\u{e9}")).await.unwrap();
    store.lock();
    store.unlock(&words("cafe\u{301}")).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_record_that_is_damaged_stays_what_it_is() {
    let store = filled().await;
    support::damage("drafts", "d").await.unwrap();
    protect(&store, None, Some("words")).await.unwrap();
    assert_eq!(store.all(Kind::Drafts).await.unwrap().unreadable.len(), 1);
    assert_eq!(store.get(Kind::Applications, "a").await.unwrap().unwrap().json, JSON);
}

#[wasm_bindgen_test]
async fn what_another_page_writes_meanwhile_is_not_lost() {
    let store = filled().await;
    let other = Store::open().await.unwrap();
    spawn_local(async move {
        for count in 0..40 {
            // From the moment the passphrase is set this page has no key, and says so.
            if other.put(Kind::Settings, "count", 1, &count.to_string()).await.is_err() {
                break;
            }
            timer::sleep(5).await;
        }
    });
    protect(&store, None, Some("words")).await.unwrap();
    let listing = store.all(Kind::Settings).await.unwrap();
    assert_eq!((listing.records.len(), listing.unreadable.len()), (1, 0));
}

#[wasm_bindgen_test]
async fn erasing_works_while_it_is_locked() {
    let store = filled().await;
    protect(&store, None, Some("words")).await.unwrap();
    let locked = Store::open().await.unwrap();
    locked.erase().await.unwrap();
    assert_eq!(locked.protection().await, Ok(Protection::None));
    assert_eq!(all(&locked).await, []);
    locked.put(Kind::Drafts, "new", 1, "{}").await.unwrap();
    assert_eq!(all(&store).await.len(), 1);
}

#[wasm_bindgen_test]
async fn a_key_of_a_later_portal_is_not_overwritten() {
    drop(fresh_store().await);
    let row = support::evaluate("({ id: 'x', sealed_by: 'something later' })");
    support::put_key(&row).await.unwrap();
    assert_eq!(Store::open().await.err(), Some(StoreProblem::NewerVersion));
    assert_eq!(member(&key_row().await, "sealed_by").as_string().as_deref(), Some("something later"));
    support::delete_database().await;
}

#[wasm_bindgen_test]
async fn a_new_key_waits_for_whatever_is_under_way() {
    let held = locks::hold("portico.application.a").await;
    assert!(locks::is_busy());
    let done = std::rc::Rc::new(std::cell::Cell::new(false));
    let flag = done.clone();
    spawn_local(async move { locks::alone(async || flag.set(true)).await });
    timer::sleep(50).await;
    assert!(!done.get());
    // Whoever is at work may need a second lock: that must not wait for the one who waits for all.
    let second = locks::hold("portico.application.b").await;
    drop((held, second));
    support::eventually("it is alone", async || done.get()).await;
    assert!(!locks::is_busy());
}

#[wasm_bindgen_test]
async fn a_backup_comes_back_in_a_store_that_was_erased() {
    let store = filled().await;
    let contents =
        Contents { made_at: 5, origin: "https://a.example".to_owned(), records: all(&store).await };
    let file = backup::seal(&contents, &words("for the file")).await.unwrap();
    assert!(!file.contains("eyJ.sample") && file.contains("\"portico-backup\""));
    store.erase().await.unwrap();
    let envelope = Envelope::read(&file).unwrap();
    let opened = backup::open(&envelope, &words("for the file")).await.unwrap();
    assert_eq!(opened, contents);
    for (kind, record) in &opened.records {
        store.put(*kind, &record.id, record.version, &record.json).await.unwrap();
    }
    assert_eq!(all(&store).await, contents.records);
}

#[wasm_bindgen_test]
async fn a_wrong_passphrase_and_a_changed_file_open_nothing() {
    let contents = Contents { made_at: 5, origin: String::new(), records: Vec::new() };
    let file = backup::seal(&contents, &words("right")).await.unwrap();
    let envelope = Envelope::read(&file).unwrap();
    let not_opened = Err(NotOpened::Unusable(Unusable::WrongPassphrase));
    assert_eq!(backup::open(&envelope, &words("wrong")).await, not_opened);
    for change in [
        |envelope: &mut Envelope| envelope.data[0] ^= 1,
        |envelope: &mut Envelope| envelope.data.truncate(20),
        |envelope: &mut Envelope| envelope.iv[0] ^= 1,
        |envelope: &mut Envelope| envelope.salt[0] ^= 1,
        |envelope: &mut Envelope| envelope.iterations += 1,
    ] {
        let mut changed = envelope.clone();
        change(&mut changed);
        assert_eq!(backup::open(&changed, &words("right")).await, not_opened);
    }
    assert_eq!(backup::open(&envelope, &words("right")).await, Ok(contents));
}
