//! Tells open pages to reload when a file changes: server-sent events (HTML standard, section 9.2).

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use futures_util::stream;
use tokio::sync::watch;

use crate::answer;
use crate::server::App;

/// How often the file is looked at.
const EVERY: Duration = Duration::from_millis(250);
/// After how many looks without a change a comment keeps the connection alive.
const QUIET: u32 = 60;

struct Watch {
    file: PathBuf,
    seen: Option<SystemTime>,
    stopping: watch::Receiver<bool>,
}

/// The stream of events; 404 when the server wasn't asked to watch a file.
pub async fn events(State(app): State<Arc<App>>) -> Response {
    let Some(file) = app.watch_file.clone() else {
        return answer::refusal(StatusCode::NOT_FOUND, "not_found", "This server watches no file.");
    };
    let seen = changed_at(&file).await;
    let watch = Watch { file, seen, stopping: app.stopping.subscribe() };
    let hello =
        stream::once(async { Ok::<_, std::convert::Infallible>(Bytes::from_static(b": watching\n\n")) });
    let events = stream::unfold(watch, |watch| async move {
        let (event, watch) = next(watch).await?;
        Some((Ok(Bytes::from_static(event)), watch))
    });
    let body = Body::from_stream(stream::StreamExt::chain(hello, events));
    answer::with_type(StatusCode::OK, "text/event-stream", body)
}

/// The next event; `None` when the server stops.
async fn next(mut watch: Watch) -> Option<(&'static [u8], Watch)> {
    for _ in 0..QUIET {
        tokio::select! {
            _ = watch.stopping.wait_for(|stopping| *stopping) => return None,
            () = tokio::time::sleep(EVERY) => {}
        }
        let now = changed_at(&watch.file).await;
        if now.is_some() && now != watch.seen {
            watch.seen = now;
            return Some((b"event: reload\ndata: \n\n", watch));
        }
    }
    Some((b": nothing new\n\n", watch))
}

async fn changed_at(file: &PathBuf) -> Option<SystemTime> {
    tokio::fs::metadata(file).await.ok()?.modified().ok()
}
