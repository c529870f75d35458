//! What every file of this folder needs to talk to JavaScript.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, EventTarget, Window};

/// A listener that is taken off when this is dropped.
#[must_use = "the listener is taken off when this is dropped"]
pub struct Subscription {
    target: EventTarget,
    events: &'static [&'static str],
    listener: Closure<dyn FnMut(Event)>,
}

impl Subscription {
    /// Listens to some events of a target.
    pub(super) fn new(
        target: impl Into<EventTarget>,
        events: &'static [&'static str],
        listener: impl FnMut(Event) + 'static,
    ) -> Self {
        let subscription = Self::paused(target, events, listener);
        subscription.go_on();
        subscription
    }

    /// Listens to nothing until it is told to.
    pub(super) fn paused(
        target: impl Into<EventTarget>,
        events: &'static [&'static str],
        listener: impl FnMut(Event) + 'static,
    ) -> Self {
        Self { target: target.into(), events, listener: Closure::new(listener) }
    }

    /// Listens, if it does not yet.
    pub(super) fn go_on(&self) {
        for event in self.events {
            // It only fails for a listener that is no function.
            let _ =
                self.target.add_event_listener_with_callback(event, self.listener.as_ref().unchecked_ref());
        }
    }

    /// Listens no more.
    pub(super) fn pause(&self) {
        for event in self.events {
            let _ = self
                .target
                .remove_event_listener_with_callback(event, self.listener.as_ref().unchecked_ref());
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.pause();
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Window;
}

/// The window. The portal's module is only ever loaded by a page, so there is always one.
pub(super) fn window() -> Window {
    WINDOW.with(Clone::clone)
}

/// The document of the page.
pub(super) fn document() -> Option<Document> {
    window().document()
}

/// The `<html>` element.
pub(super) fn root() -> Option<Element> {
    document()?.document_element()
}

/// A member of a JavaScript object; `undefined` when there is none or the object is none.
pub(super) fn member(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a member of an object that was made here, which cannot refuse.
pub(super) fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(object, &JsValue::from_str(name), value);
}

/// The name of what was thrown, such as `QuotaExceededError`; empty when it has none.
pub(super) fn error_name(error: &JsValue) -> String {
    member(error, "name").as_string().unwrap_or_default()
}

/// Name and message of what was thrown, for a person who wants to look it up.
pub(super) fn describe(error: &JsValue) -> String {
    let message = member(error, "message").as_string().unwrap_or_default();
    // It ends up inside a sentence that has its own full stop.
    let message = message.trim_end_matches('.');
    match error_name(error) {
        name if name.is_empty() => message.to_owned(),
        name if message.is_empty() => name,
        name => format!("{name}: {message}"),
    }
}
