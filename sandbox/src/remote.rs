//! Documents of other servers.

use std::sync::LazyLock;
use std::time::Duration;

use reqwest::{Client, redirect};
use serde_json::Value;

/// The largest document that is read, in bytes.
const MAX_DOCUMENT: usize = 512 * 1024;

/// Reads a JSON document.
///
/// # Errors
/// Why it can't be had, as a sentence.
pub async fn json(http: &Client, url: &str) -> Result<Value, String> {
    let failed = |reason: reqwest::Error| format!("{url} could not be read: {}.", reason.without_url());
    let mut response =
        http.get(url).send().await.and_then(reqwest::Response::error_for_status).map_err(failed)?;
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if bytes.len() + chunk.len() > MAX_DOCUMENT {
            return Err(format!("{url} is larger than {MAX_DOCUMENT} bytes."));
        }
        bytes.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&bytes).map_err(|reason| format!("{url} is not JSON: {reason}."))
}

/// The keys that a client publishes at its `jwks_uri` (RFC 7591 section 2). Fetched for each request: this is a server
/// for trying, and a key that was just published is to work at once. Redirects are not followed.
///
/// # Errors
/// Why they can't be had, as a sentence.
pub fn client_keys(url: &str) -> Result<Value, String> {
    static HTTP: LazyLock<Option<Client>> = LazyLock::new(|| {
        Client::builder().timeout(Duration::from_secs(3)).redirect(redirect::Policy::none()).build().ok()
    });
    let http = HTTP.as_ref().ok_or("No connection can be made from here.")?;
    let runtime = tokio::runtime::Handle::try_current().map_err(|reason| reason.to_string())?;
    runtime.block_on(json(http, url))
}
