//! What tabs tell each other. The other tab is a second channel in this page.

use std::cell::RefCell;
use std::rc::Rc;

use portico::browser::{channel, timer};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::BroadcastChannel;

use crate::support::{evaluate, eventually, member, window};

#[wasm_bindgen_test]
async fn a_message_of_another_tab_arrives_until_the_guard_is_dropped() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&heard);
    let subscription = channel::subscribe(move |message| log.borrow_mut().push(message));
    let other = BroadcastChannel::new("portico").unwrap();
    other.post_message(&"applications".into()).unwrap();
    other.post_message(&JsValue::from_f64(1.0)).unwrap();
    channel::post("from here");
    eventually("the message arrives", async || !heard.borrow().is_empty()).await;
    timer::sleep(50).await;
    assert_eq!(*heard.borrow(), ["applications"]);
    drop(subscription);
    other.post_message(&"too late".into()).unwrap();
    timer::sleep(50).await;
    assert_eq!(heard.borrow().len(), 1);
    other.close();
}

#[wasm_bindgen_test]
async fn another_tab_hears_this_one() {
    evaluate(
        "(window.portico_heard = [], window.portico_other = new BroadcastChannel('portico'),
          window.portico_other.onmessage = (event) => window.portico_heard.push(event.data))",
    );
    channel::post("applications");
    let heard = || member(&member(&window(), "portico_heard"), "0").as_string();
    eventually("the message arrives", async || heard().is_some()).await;
    assert_eq!(heard().as_deref(), Some("applications"));
    evaluate("window.portico_other.close()");
}
