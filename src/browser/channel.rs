//! What tabs of the portal tell each other (`BroadcastChannel`).

use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

use super::js::{self, Subscription};

thread_local! {
    /// One for sending and listening, because a channel does not hear itself. `None` in a browser without it:
    /// then tabs see each other's changes when they are reloaded.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new("portico").ok();
}

/// Tells the other tabs; this page does not hear it. Never put a secret in a message.
pub fn post(message: &str) {
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            let _ = channel.post_message(&message.into());
        }
    });
}

/// Hears what other tabs tell, until the guard is dropped.
pub fn subscribe(mut callback: impl FnMut(String) + 'static) -> Option<Subscription> {
    let channel = CHANNEL.with(Clone::clone)?;
    Some(Subscription::new(channel, &["message"], move |event| {
        let data = js::member(event.unchecked_ref::<MessageEvent>(), "data");
        if let Some(message) = data.as_string() {
            callback(message);
        }
    }))
}
