//! The draft of a new application, kept while it is typed. The initial access token is never part of it.

use leptos::prelude::*;

use crate::{
    browser::store::{self, Kind, StoreProblem},
    domain::form::Draft,
    state::vault::Vault,
};

const ID: &str = "new-application";
const VERSION: u32 = 1;

/// Reads the draft; `None` when there is none that this build understands.
pub async fn load(vault: Vault) -> Option<Draft> {
    let record = vault.store()?.get(Kind::Drafts, ID).await.ok()??;
    (record.version <= VERSION).then(|| serde_json::from_str(&record.json).ok()).flatten()
}

/// Stores the draft; an empty one is removed.
///
/// # Errors
/// When the store fails. What was typed is still in the page.
pub async fn save(vault: Vault, draft: &Draft) -> Result<(), StoreProblem> {
    let Some(store) = vault.store() else { return Err(StoreProblem::Closed) };
    if draft.is_empty() {
        return store.remove(Kind::Drafts, ID).await;
    }
    let json = serde_json::to_string(draft).map_err(|problem| StoreProblem::Failed(problem.to_string()))?;
    store.put(Kind::Drafts, ID, VERSION, &json).await
}

/// Removes the draft, after it was registered or given up.
///
/// # Errors
/// When the store fails.
pub async fn clear(vault: Vault) -> Result<(), StoreProblem> {
    // A draft that is still being encrypted would be stored after it was removed.
    store::settled().await;
    save(vault, &Draft::default()).await
}

/// The draft for a list: read once, `None` until then.
#[must_use]
pub fn stored(vault: Vault) -> RwSignal<Option<Draft>> {
    let draft = RwSignal::new(None);
    Effect::new(move || {
        if vault.status.get() != crate::state::vault::Status::Opening {
            leptos::task::spawn_local(async move {
                let found = load(vault).await.filter(|draft| !draft.is_empty());
                draft.try_set(found);
            });
        }
    });
    draft
}
