//! The journal of registrations, in the store and for the pages.

use leptos::prelude::*;

use super::{SOMETHING_HERE, Vault};
use crate::{
    browser::{
        channel, local, locks,
        store::{Kind, Listing, Store, StoreProblem},
    },
    domain::journal::{Creation, VERSION},
    state::creating,
};

impl Vault {
    /// Stores an intent. Nothing is shown yet: it is on its way.
    ///
    /// # Errors
    /// When the store fails. Nothing may be sent then.
    pub async fn intend(self, creation: &Creation) -> Result<(), StoreProblem> {
        local::set(SOMETHING_HERE, "list");
        let json =
            serde_json::to_string(creation).map_err(|problem| StoreProblem::Failed(problem.to_string()))?;
        match self.store() {
            Some(store) => store.put(Kind::Journal, &creation.id, VERSION, &json).await,
            None => Err(StoreProblem::Closed),
        }
    }

    /// Stores and shows what is left open by a registration that is over.
    pub async fn doubt(self, creation: Creation) {
        // When that fails the entry says less, and is still there.
        let _ = self.intend(&creation).await;
        self.changed();
        self.creations.try_update(|list| {
            list.retain(|known| known.id != creation.id);
            list.push(creation.clone());
        });
        channel::post(&creation.id);
    }

    /// Removes an entry.
    ///
    /// # Errors
    /// When the store fails; it is still there then.
    pub async fn close(self, id: &str) -> Result<(), StoreProblem> {
        if let Some(store) = self.store() {
            store.remove(Kind::Journal, id).await?;
        }
        self.changed();
        self.creations.try_update(|list| list.retain(|creation| creation.id != id));
        channel::post(id);
        Ok(())
    }

    /// Whether an application of this browser was created with this initial access token.
    #[must_use]
    pub fn has_used(self, digest: Option<&str>) -> bool {
        digest.is_some_and(|digest| {
            self.applications
                .try_with_untracked(|list| {
                    list.iter().any(|known| known.initial_access_token.as_deref() == Some(digest))
                })
                .unwrap_or(false)
        })
    }

    /// What the journal leaves open, oldest first. An entry whose application is stored was closed too late, and goes;
    /// one whose lock is held is still on its way in another tab.
    pub(super) async fn read_journal(self, store: &Store, stored: &Listing) -> Option<Vec<Creation>> {
        let listing = store.all(Kind::Journal).await.ok()?;
        let mut creations = Vec::new();
        for record in listing.records.iter().filter(|record| record.version <= VERSION) {
            let Ok(creation) = serde_json::from_str::<Creation>(&record.json) else { continue };
            let is_stored = stored.records.iter().any(|record| record.id == creation.id);
            if is_stored || self.get_untracked(&creation.id).is_some() {
                // Next time, if it fails.
                let _ = store.remove(Kind::Journal, &creation.id).await;
            } else if locks::try_hold(&creating::lock(&creation.id)).await.is_some() {
                creations.push(creation);
            }
        }
        creations.sort_by_key(|creation| creation.at);
        Some(creations)
    }
}
