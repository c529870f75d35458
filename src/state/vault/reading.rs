//! Reading the store again: when it opens, and when another tab has changed it.

use leptos::prelude::*;

use super::{Unshown, VERSION, Vault};
use crate::{
    browser::store::{Kind, Listing, Protection, Record, StoreProblem},
    domain::application::Application,
    state::{added, vault::Status},
};

impl Vault {
    /// Reads everything again; once more when something was [changed](Self::changed) in the meantime, because what was
    /// read would take its place.
    pub(in crate::state) async fn reload(self) {
        let Some(store) = self.store() else { return };
        let (listing, added, creations) = loop {
            let before = self.changes.try_get_value();
            let listing = match store.all(Kind::Applications).await {
                Ok(listing) => listing,
                // Another tab has set a passphrase; it also says so.
                Err(StoreProblem::Locked) => return,
                Err(problem) => {
                    self.status.try_set(Status::MemoryOnly(problem.to_string()));
                    return;
                }
            };
            let added = added::all(&store).await;
            let creations = self.read_journal(&store, &listing).await;
            if self.changes.try_get_value() == before {
                break (listing, added, creations);
            }
        };
        // It may have been locked since the reading began.
        if self.lock.protection.try_get_untracked().is_none_or(|now| now == Protection::Locked) {
            return;
        }
        self.changed();
        self.show(listing);
        if self.added.try_with_untracked(|known| *known != added) == Some(true) {
            self.added.try_set(added);
        }
        if let Some(creations) = creations {
            self.creations.try_set(creations);
        }
    }

    /// Says that this tab shows something that a reading under way may not know.
    pub(in crate::state) fn changed(self) {
        self.changes.try_update_value(|changes| *changes = changes.wrapping_add(1));
    }

    /// Shows the applications of the store, and those that could not be stored.
    fn show(self, listing: Listing) {
        let mut applications = Vec::new();
        let mut unshown: Vec<Unshown> = listing
            .unreadable
            .into_iter()
            .map(|record| Unshown {
                id: record.id,
                why: "It cannot be decrypted with this browser's key.".to_owned(),
            })
            .collect();
        for record in &listing.records {
            match read(record) {
                Ok(application) => applications.push(application),
                Err(why) => unshown.push(Unshown { id: record.id.clone(), why }),
            }
        }
        for newer in self.unsaved() {
            match applications.iter_mut().find(|stored| stored.id == newer.id) {
                Some(stored) => *stored = newer,
                None => applications.push(newer),
            }
        }
        applications.sort_by_key(|application| application.created_at);
        self.applications.try_set(applications);
        self.unshown.try_set(unshown);
    }
}

pub(super) fn read(record: &Record) -> Result<Application, String> {
    if record.version > VERSION {
        return Err("A newer version of this portal made it. Reload the page to get that version.".to_owned());
    }
    serde_json::from_str(&record.json).map_err(|_| "It is damaged. It is kept as it is.".to_owned())
}
