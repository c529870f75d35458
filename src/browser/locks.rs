//! One at a time, over all tabs of the portal (Web Locks).
//!
//! A browser gives Web Locks to secure contexts only. Elsewhere a queue inside this tab takes their place: nothing
//! durable is kept on such a page, so there is nothing that two tabs could both write.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::js;

/// The lock is held as long as this lives. A closed tab gives its locks back by itself.
#[must_use = "the lock is given back when this is dropped"]
pub struct Held {
    release: Function,
    /// Nobody changes the key of the store while this is held.
    pass: Option<Rc<Held>>,
}

/// Held by every tab in which somebody holds any other lock, and alone by whoever gives the store another key: an
/// answer that is on its way can always be stored.
const ALL: &str = "portico";

thread_local! {
    /// What this tab holds of [`ALL`], shared by all its locks.
    static PASS: RefCell<Weak<Held>> = const { RefCell::new(Weak::new()) };
}

/// Whether somebody in this tab holds a lock.
#[must_use]
pub fn is_busy() -> bool {
    PASS.with_borrow(|pass| pass.strong_count() > 0)
}

/// Runs the work when nobody holds any lock, in this tab or another; whoever wants one waits. No lock may be asked for
/// inside the work.
pub async fn alone<T>(work: impl AsyncFnOnce() -> T) -> T {
    let _held = request(ALL, Mode::Exclusive).await;
    work().await
}

async fn pass() -> Option<Rc<Held>> {
    if let Some(pass) = PASS.with_borrow(Weak::upgrade) {
        return Some(pass);
    }
    let pass = request(ALL, Mode::Shared).await.ok().flatten().map(Rc::new)?;
    PASS.with_borrow_mut(|held| {
        // Another lock of this tab may have been faster; holding it twice does no harm, but one of them counts.
        let first = held.upgrade().unwrap_or_else(|| Rc::clone(&pass));
        *held = Rc::downgrade(&first);
        Some(first)
    })
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// Runs the work when nobody else, in this tab or another, runs work under that name. First come, first served.
/// Not re-entrant: asking for the same name inside the work waits for ever.
pub async fn exclusive<T>(name: &str, work: impl AsyncFnOnce() -> T) -> T {
    let _held = hold(name).await;
    work().await
}

/// Like [`exclusive`], but `None` at once, without running the work, when somebody else holds the name.
pub async fn try_exclusive<T>(name: &str, work: impl AsyncFnOnce() -> T) -> Option<T> {
    let _held = try_hold(name).await?;
    Some(work().await)
}

/// Waits for a lock and takes it.
pub async fn hold(name: &str) -> Held {
    let pass = pass().await;
    match request(name, Mode::Exclusive).await {
        Ok(Some(mut held)) => {
            held.pass = pass;
            held
        }
        Ok(None) | Err(NoLocks) => in_this_tab(name).await,
    }
}

/// Takes a lock if it is free.
pub async fn try_hold(name: &str) -> Option<Held> {
    let pass = pass().await;
    match request(name, Mode::IfAvailable).await {
        Ok(held) => held.map(|mut held| {
            held.pass = pass;
            held
        }),
        Err(NoLocks) if QUEUES.with_borrow(|queues| queues.contains_key(name)) => None,
        Err(NoLocks) => Some(in_this_tab(name).await),
    }
}

/// The browser has no Web Locks for this page.
struct NoLocks;

/// How a lock is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// One at a time.
    Exclusive,
    /// One at a time, and not at all when somebody else has it.
    IfAvailable,
    /// Any number, as long as nobody has it alone.
    Shared,
}

#[wasm_bindgen]
extern "C" {
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        callback: &JsValue,
    ) -> Result<Promise, JsValue>;
}

/// A promise and the function that fulfils it.
fn settled_by_hand() -> (Promise, Function) {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
    // The executor has run by now, so there always is a resolver.
    (promise, resolver.unwrap_or_else(Function::default))
}

/// `None` when it was not to be waited for and somebody else holds it.
async fn request(name: &str, mode: Mode) -> Result<Option<Held>, NoLocks> {
    let locks = js::member(&js::window().navigator(), "locks");
    if !locks.is_object() {
        return Err(NoLocks);
    }
    // The browser holds the lock until the promise that the callback gives back is settled. The guard exists before
    // the request: a future that is dropped while it waits must not keep a lock that comes later.
    let (until_released, release) = settled_by_hand();
    let held = Held { release, pass: None };
    let (answer, answered) = settled_by_hand();
    let refused = answered.clone();
    let callback = Closure::once_into_js(move |lock: JsValue| {
        let _ = answered.call1(&JsValue::NULL, &JsValue::from_bool(!lock.is_null()));
        until_released
    });
    let options = Object::new();
    js::set(&options, "ifAvailable", &JsValue::from_bool(mode == Mode::IfAvailable));
    if mode == Mode::Shared {
        js::set(&options, "mode", &JsValue::from_str("shared"));
    }
    let request =
        locks.unchecked_ref::<LockManager>().request(name, &options, &callback).map_err(|_| NoLocks)?;
    // A request that is refused (a sandboxed frame) never calls back.
    wasm_bindgen_futures::spawn_local(async move {
        if JsFuture::from(request).await.is_err() {
            let _ = refused.call1(&JsValue::NULL, &JsValue::UNDEFINED);
        }
    });
    let granted = JsFuture::from(answer).await.map_err(|_| NoLocks)?;
    granted.as_bool().map(|granted| granted.then_some(held)).ok_or(NoLocks)
}

struct Queue {
    length: usize,
    /// Settled when the last one in the queue is done.
    last: Promise,
}

thread_local! {
    static QUEUES: RefCell<BTreeMap<String, Queue>> = const { RefCell::new(BTreeMap::new()) };
}

async fn in_this_tab(name: &str) -> Held {
    let (released, release) = settled_by_hand();
    let held = Held { release, pass: None };
    let before = QUEUES.with_borrow_mut(|queues| match queues.get_mut(name) {
        None => {
            queues.insert(name.to_owned(), Queue { length: 1, last: released.clone() });
            None
        }
        Some(queue) => {
            queue.length += 1;
            Some(std::mem::replace(&mut queue.last, released.clone()))
        }
    });
    let name = name.to_owned();
    let (my_turn, begin) = settled_by_hand();
    wasm_bindgen_futures::spawn_local(async move {
        if let Some(before) = before {
            let _ = JsFuture::from(before).await;
        }
        let _ = begin.call0(&JsValue::NULL);
        let _ = JsFuture::from(released).await;
        QUEUES.with_borrow_mut(|queues| leave(queues, &name));
    });
    let _ = JsFuture::from(my_turn).await;
    held
}

fn leave(queues: &mut BTreeMap<String, Queue>, name: &str) {
    let empty = queues.get_mut(name).is_some_and(|queue| {
        queue.length = queue.length.saturating_sub(1);
        queue.length == 0
    });
    if empty {
        queues.remove(name);
    }
}
