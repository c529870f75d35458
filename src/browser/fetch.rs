//! Sending. A request goes out as it was shown, once, and what comes back is a value.

use std::cell::Cell;
use std::rc::Rc;

use gloo_net::http::Request as OwnFile;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, Headers, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestInit, RequestMode, RequestRedirect, ResponseType,
};

use super::{clock, js, location, online, policy, timer};
use crate::domain::http::{Failure, Request, Response};

/// The portal reads no more of an answer than this, in bytes.
pub const BODY_LIMIT: u32 = 2_000_000;

/// How long the portal waits for a file of its own.
const OWN_FILE_TIMEOUT_MS: u32 = 20_000;

/// Listens for what the page's Content-Security-Policy blocks, which [`send`] then reports. Call it at the start.
pub fn watch_policy() {
    policy::watch();
}

/// Sends a request to a backend: without cookies, without following redirects, past every cache, without a
/// referrer. It is never repeated by the portal, and it is not cancelled when the future is dropped.
///
/// # Errors
/// A [`Failure`] when there is no answer to read, whatever the reason. An answer of any status is not an error.
pub async fn send(request: &Request, timeout_ms: u32) -> Result<Response, Failure> {
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Manual);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let headers = headers(request).map_err(|_| Failure::Blocked)?;
    init.set_headers(&headers);
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body.reveal().expose()));
    }
    exchange(&request.url, timeout_ms, async |signal| {
        init.set_signal(signal);
        let answer = js::window().fetch_with_str_and_init(&request.url, &init);
        JsFuture::from(answer).await.ok().map(JsCast::unchecked_into)
    })
    .await
}

/// Whether anything answers at an address, whatever it is: a GET without CORS, whose answer nobody may look at. Returns
/// the milliseconds until it came.
///
/// # Errors
/// As [`send`].
pub async fn answers(address: &str, timeout_ms: u32) -> Result<u32, Failure> {
    let init = RequestInit::new();
    init.set_mode(RequestMode::NoCors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let answer = exchange(address, timeout_ms, async |signal| {
        init.set_signal(signal);
        let answer = js::window().fetch_with_str_and_init(address, &init);
        JsFuture::from(answer).await.ok().map(JsCast::unchecked_into)
    });
    answer.await.map(|response| response.elapsed_ms)
}

/// Reads a file of the portal itself by its path, such as `/portal.json`; asks the server whether it has changed.
///
/// # Errors
/// As [`send`]. A missing file is an answer with status 404.
pub async fn get_text(path: &str) -> Result<Response, Failure> {
    let address = location::href(path);
    exchange(&address, OWN_FILE_TIMEOUT_MS, async |signal| {
        let file = OwnFile::get(&address).cache(RequestCache::NoCache).abort_signal(signal);
        file.send().await.ok().map(Into::into)
    })
    .await
}

fn headers(request: &Request) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.append(name, value.reveal().expose())?;
    }
    Ok(headers)
}

/// `start` sends, and gives nothing when the browser threw.
async fn exchange(
    address: &str,
    timeout_ms: u32,
    start: impl AsyncFnOnce(Option<&AbortSignal>) -> Option<web_sys::Response>,
) -> Result<Response, Failure> {
    policy::watch();
    let was_offline = !online::is_online();
    let started = clock::monotonic_ms();
    let timed_out = Rc::new(Cell::new(false));
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    let _timeout = timer::after(timeout_ms, {
        let timed_out = Rc::clone(&timed_out);
        let controller = controller.clone();
        move || {
            timed_out.set(true);
            if let Some(controller) = controller {
                controller.abort();
            }
        }
    });
    let result = async {
        let answer = start(signal.as_ref()).await.ok_or(None)?;
        read(answer, started).await
    };
    match result.await {
        Ok(response) => Ok(response),
        Err(Some(failure)) => {
            if let Some(controller) = controller {
                controller.abort();
            }
            Err(failure)
        }
        Err(None) if timed_out.get() => Err(Failure::Timeout { after_ms: timeout_ms }),
        // Only a device that was offline from the start has certainly sent nothing.
        Err(None) if was_offline => Err(Failure::Offline),
        Err(None) => Err(match policy::blocked(address, started).await {
            Some(origin) => Failure::ContentSecurityPolicy { origin },
            None => Failure::Blocked,
        }),
    }
}

/// `None` as the error: the browser threw, which says nothing.
async fn read(answer: web_sys::Response, started: f64) -> Result<Response, Option<Failure>> {
    if answer.type_() == ResponseType::Opaqueredirect {
        return Err(Some(Failure::Redirected));
    }
    let body = body(&answer).await?;
    Ok(Response {
        status: answer.status(),
        headers: visible(&answer.headers()),
        body: String::from_utf8_lossy(&body).into_owned(),
        elapsed_ms: (clock::monotonic_ms() - started).round() as u32,
    })
}

async fn body(answer: &web_sys::Response) -> Result<Vec<u8>, Option<Failure>> {
    let mut bytes = Vec::new();
    let Some(stream) = answer.body() else { return Ok(bytes) };
    let reader = stream.get_reader().unchecked_into::<ReadableStreamDefaultReader>();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(|_| None)?;
        if js::member(&piece, "done").is_truthy() {
            return Ok(bytes);
        }
        let piece = js::member(&piece, "value").unchecked_into::<Uint8Array>();
        if bytes.len() as u64 + u64::from(piece.length()) > u64::from(BODY_LIMIT) {
            return Err(Some(Failure::TooLarge { limit: BODY_LIMIT }));
        }
        bytes.extend(piece.to_vec());
    }
}

/// Every header that the browser lets the page see. `Headers` gives names in lower case.
fn visible(headers: &Headers) -> Vec<(String, String)> {
    let entries = js_sys::try_iter(headers).ok().flatten();
    entries
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let pair = entry.ok()?.unchecked_into::<Array>();
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}
