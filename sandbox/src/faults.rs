//! Faults on demand: requests of the registration endpoint that never arrive, answers that are lost. For tests of what
//! a portal does then. Only with `--faults`.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use futures_util::stream;
use http_body_util::BodyExt as _;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::answer;
use crate::call::Call;
use crate::realm::cors;

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The connection is closed; nothing is done.
    DropBefore,
    /// It is done, and the connection is closed without a byte of the answer.
    DropAfter,
    /// It is done, and half of the answer is sent.
    Half,
    /// It is done, late.
    Delay,
    /// 500; nothing is done.
    ErrorBefore,
    /// It is done, and the answer is 500.
    ErrorAfter,
}

/// A fault for the next requests with this method.
#[derive(Clone, Debug, Deserialize)]
struct Fault {
    on: String,
    kind: Kind,
    #[serde(default)]
    delay_ms: u64,
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

/// One request that arrived.
#[derive(Clone, Debug, Serialize)]
struct Received {
    method: String,
    path: String,
    /// `None` while it is under way, and when the answer was dropped.
    status: Option<u16>,
    fault: Option<Kind>,
}

/// The faults that wait, and the requests that arrived.
#[derive(Debug, Default)]
pub struct Faults {
    enabled: bool,
    waiting: Mutex<VecDeque<Fault>>,
    received: Mutex<Vec<Received>>,
}

impl Faults {
    /// None, and none can be asked for unless `enabled`.
    pub fn new(enabled: bool) -> Self {
        Self { enabled, ..Self::default() }
    }

    /// Takes, or with DELETE clears, faults.
    pub fn order(&self, call: &Call) -> Response {
        if let Err(refusal) = self.allowed(call) {
            return refusal;
        }
        if call.method == Method::DELETE {
            lock(&self.waiting).clear();
            return answer::empty(StatusCode::NO_CONTENT);
        }
        match serde_json::from_slice::<Fault>(&call.body) {
            Ok(fault) => {
                lock(&self.waiting).push_back(fault);
                answer::json(StatusCode::OK, &json!({}))
            }
            Err(reason) => answer::refusal(StatusCode::BAD_REQUEST, "invalid_request", &format!("{reason}.")),
        }
    }

    /// Lists, or with DELETE forgets, what arrived.
    pub fn list(&self, call: &Call) -> Response {
        if let Err(refusal) = self.allowed(call) {
            return refusal;
        }
        if call.method == Method::DELETE {
            lock(&self.received).clear();
            return answer::empty(StatusCode::NO_CONTENT);
        }
        answer::json(StatusCode::OK, &*lock(&self.received))
    }

    fn allowed(&self, call: &Call) -> Result<(), Response> {
        if !self.enabled {
            let sentence = "This server was started without --faults.";
            return Err(answer::refusal(StatusCode::NOT_FOUND, "not_found", sentence));
        }
        cors::check(call, &[])
    }

    /// Does the work of a request, or lets it go wrong.
    pub async fn around(&self, call: Call, work: impl AsyncFnOnce(Call) -> Response) -> Response {
        if !self.enabled || call.method == Method::OPTIONS {
            return work(call).await;
        }
        let fault = self.next(&call.method);
        let kind = fault.as_ref().map(|fault| fault.kind);
        let index = self.record(&call, kind);
        match kind {
            Some(Kind::DropBefore) => return broken(Vec::new()),
            Some(Kind::ErrorBefore) => return failure(),
            Some(Kind::Delay) => {
                tokio::time::sleep(Duration::from_millis(fault.map_or(0, |fault| fault.delay_ms))).await;
            }
            _ => {}
        }
        let response = work(call).await;
        if kind != Some(Kind::DropAfter)
            && let Some(entry) = lock(&self.received).get_mut(index)
        {
            entry.status = Some(response.status().as_u16());
        }
        match kind {
            Some(Kind::DropAfter) => broken(Vec::new()),
            Some(Kind::ErrorAfter) => failure(),
            Some(Kind::Half) => half(response).await,
            _ => response,
        }
    }

    fn next(&self, method: &Method) -> Option<Fault> {
        let mut waiting = lock(&self.waiting);
        let at = waiting.iter().position(|fault| fault.on.eq_ignore_ascii_case(method.as_str()))?;
        let fault = waiting.get_mut(at)?;
        fault.times = fault.times.saturating_sub(1);
        if fault.times == 0 { waiting.remove(at) } else { Some(fault.clone()) }
    }

    fn record(&self, call: &Call, fault: Option<Kind>) -> usize {
        let mut received = lock(&self.received);
        let path = call.uri.path().to_owned();
        received.push(Received { method: call.method.to_string(), path, status: None, fault });
        received.len() - 1
    }
}

fn failure() -> Response {
    answer::bare_refusal(StatusCode::INTERNAL_SERVER_ERROR, "unknown_error")
}

/// An answer whose body ends in an error: the connection is closed. With nothing before the error not a byte is sent.
fn broken(first: Vec<u8>) -> Response {
    let error = || std::io::Error::other("the connection is dropped on demand");
    let pieces = (!first.is_empty()).then(|| Ok(Bytes::from(first))).into_iter().chain([Err(error())]);
    let mut response = answer::empty(StatusCode::OK);
    *response.body_mut() = Body::from_stream(stream::iter(pieces));
    response
}

/// The same answer with half of its body, and the length of the whole.
async fn half(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    parts.headers.insert(header::CONTENT_LENGTH, whole.len().into());
    let start = whole.slice(..whole.len() / 2);
    let pieces = stream::unfold(Some(start), |piece| async move {
        match piece {
            Some(piece) => Some((Ok::<_, std::io::Error>(piece), None)),
            None => {
                // Time for the first half to leave.
                tokio::time::sleep(Duration::from_millis(30)).await;
                Some((Err(std::io::Error::other("the connection is dropped on demand")), None))
            }
        }
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
