//! The lines of a history are chained where they are saved: digests are made by the browser.

use crate::{
    browser::crypto,
    domain::{
        application::history::{
            Entry,
            chain::{self, Verdict},
        },
        jose::base64url,
    },
};

/// Chains the lines that are not chained yet. Without cryptography they stay as they are, until there is some.
pub(super) async fn close(entries: &mut [Entry]) {
    while let Some((index, text)) = chain::next_open(entries) {
        let Ok(digest) = crypto::sha256(text.as_bytes()).await else { return };
        let Some(entry) = entries.get_mut(index) else { return };
        entry.hash = Some(base64url(&digest));
    }
}

/// Whether every line is as it was written; `None` when there is no cryptography to tell by.
pub async fn verify(entries: &[Entry]) -> Option<Verdict> {
    let mut digests = Vec::new();
    for text in chain::to_verify(entries) {
        digests.push(base64url(&crypto::sha256(text.as_bytes()).await.ok()?));
    }
    Some(chain::verdict(entries, &digests))
}
