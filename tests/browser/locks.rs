//! One at a time: with the browser's locks, and with the queue that stands in for them.

use std::cell::RefCell;
use std::rc::Rc;

use portico::browser::{locks, timer};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Replaced, eventually, window};

fn without_web_locks() -> Replaced {
    Replaced::new(&window().navigator(), "locks", &JsValue::UNDEFINED)
}

/// Three pieces of work at once; each says when it begins and ends.
async fn contend(name: &'static str) -> Vec<String> {
    let log = Rc::new(RefCell::new(Vec::new()));
    for worker in 1..=3 {
        let log = Rc::clone(&log);
        spawn_local(async move {
            locks::exclusive(name, async || {
                log.borrow_mut().push(format!("begin {worker}"));
                timer::sleep(20).await;
                log.borrow_mut().push(format!("end {worker}"));
            })
            .await;
        });
    }
    eventually("all are done", async || log.borrow().len() == 6).await;
    log.take()
}

const IN_ORDER: [&str; 6] = ["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"];

#[wasm_bindgen_test]
async fn work_under_one_name_never_overlaps() {
    assert_eq!(contend("a").await, IN_ORDER);
}

#[wasm_bindgen_test]
async fn the_queue_keeps_the_same_order() {
    let _none = without_web_locks();
    assert_eq!(contend("a").await, IN_ORDER);
}

async fn taken_and_free() {
    let held = locks::hold("client").await;
    assert!(locks::try_hold("client").await.is_none());
    assert_eq!(locks::try_exclusive("client", async || 1).await, None);
    assert_eq!(locks::try_exclusive("another", async || 2).await, Some(2));
    drop(held);
    eventually("it is free", async || locks::try_exclusive("client", async || 3).await == Some(3)).await;
    assert_eq!(locks::exclusive("client", async || 4).await, 4);
}

#[wasm_bindgen_test]
async fn who_does_not_wait_is_told_that_it_is_taken() {
    taken_and_free().await;
}

#[wasm_bindgen_test]
async fn the_queue_says_that_it_is_taken() {
    let _none = without_web_locks();
    taken_and_free().await;
}

async fn gives_up() {
    let first = locks::hold("client").await;
    let mut second = Box::pin(locks::hold("client"));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(second.as_mut().poll(&mut context).is_pending());
    drop(second);
    timer::sleep(10).await;
    // It must not let others in before the first one is done…
    assert!(locks::try_hold("client").await.is_none());
    drop(first);
    // …and must not keep what nobody holds.
    eventually("it is free", async || locks::try_hold("client").await.is_some()).await;
}

#[wasm_bindgen_test]
async fn who_stops_waiting_leaves_the_line() {
    gives_up().await;
}

#[wasm_bindgen_test]
async fn who_stops_waiting_leaves_the_queue() {
    let _none = without_web_locks();
    gives_up().await;
}

#[wasm_bindgen_test]
async fn a_browser_that_refuses_its_locks_gets_the_queue() {
    let refusing = crate::support::evaluate(
        "({ request: () => Promise.reject(new DOMException('sandboxed', 'SecurityError')) })",
    );
    let _refused = Replaced::new(&window().navigator(), "locks", &refusing);
    taken_and_free().await;
}
