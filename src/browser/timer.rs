//! Waiting. A timer stops when its guard is dropped.

use std::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::js::window;

/// Calls once, later; dropping it before that cancels the call.
#[must_use = "the timer is cancelled when this is dropped"]
pub struct Timeout {
    handle: Option<i32>,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let Some(handle) = self.handle {
            window().clear_timeout_with_handle(handle);
        }
    }
}

/// Calls again and again until it is dropped.
#[must_use = "the timer is cancelled when this is dropped"]
pub struct Interval {
    handle: Option<i32>,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Interval {
    fn drop(&mut self) {
        if let Some(handle) = self.handle {
            window().clear_interval_with_handle(handle);
        }
    }
}

/// Calls once after so many milliseconds.
pub fn after(milliseconds: u32, callback: impl FnOnce() + 'static) -> Timeout {
    let callback = Closure::once(callback);
    let handle = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(
            callback.as_ref().unchecked_ref(),
            limit(milliseconds),
        )
        .ok();
    Timeout { handle, _callback: callback }
}

/// Calls every so many milliseconds.
pub fn every(milliseconds: u32, callback: impl FnMut() + 'static) -> Interval {
    let callback = Closure::<dyn FnMut()>::new(callback);
    let handle = window()
        .set_interval_with_callback_and_timeout_and_arguments_0(
            callback.as_ref().unchecked_ref(),
            limit(milliseconds),
        )
        .ok();
    Interval { handle, _callback: callback }
}

/// Waits so many milliseconds.
pub async fn sleep(milliseconds: u32) {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, limit(milliseconds));
    });
    let _ = JsFuture::from(promise).await;
}

thread_local! {
    /// What is called before the next frame, by one function for all: there may be one with every key.
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
    static CALL_WAITING: Closure<dyn FnMut()> = Closure::new(|| {
        WAITING.take().into_iter().for_each(|callback| callback());
    });
}

/// Calls once, before the next frame is painted. A page that nobody sees has none until it is seen again.
pub fn before_next_frame(callback: impl FnOnce() + 'static) {
    let is_first = WAITING.with_borrow_mut(|waiting| {
        waiting.push(Box::new(callback));
        waiting.len() == 1
    });
    if is_first {
        CALL_WAITING.with(|call| window().request_animation_frame(call.as_ref().unchecked_ref())).ok();
    }
}

/// A page that nobody sees is not painted: it goes on after so many milliseconds.
const UNSEEN_MS: i32 = 200;

/// Waits until the next frame was painted.
pub async fn painted() {
    let promise = Promise::new(&mut |resolve, _| {
        let later = resolve.clone();
        before_next_frame(move || {
            let _ = window().set_timeout_with_callback(&later);
        });
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, UNSEEN_MS);
    });
    let _ = JsFuture::from(promise).await;
}

/// A browser counts in 32 bits with a sign; more than that would fire at once.
fn limit(milliseconds: u32) -> i32 {
    i32::try_from(milliseconds).unwrap_or(i32::MAX)
}
