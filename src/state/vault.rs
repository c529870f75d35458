//! The applications of this browser: in memory for the pages, encrypted in the store, in step with other tabs.

pub mod chain;
mod held;
mod journal;
mod reading;

pub use held::{HeldToken, User};
use reading::read;

use std::collections::{HashMap, HashSet};

use leptos::prelude::*;

use crate::{
    browser::{
        channel, local,
        store::{Kind, Store, StoreProblem},
    },
    domain::{
        application::{Application, VERSION},
        config::Added,
        journal::Creation,
        secret::Secret,
    },
    state::lock::Lock,
};

/// Name of a small value that says whether there is something to list. Until the store is open it decides between the
/// first visit and a list that is still empty, so that nothing jumps; `boot.js` chooses the program by it.
pub const SOMETHING_HERE: &str = "home";

/// How the store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not read yet.
    Opening,
    /// Everything is stored.
    Durable,
    /// Everything is stored, and a passphrase locks it: nothing can be read or written until it is unlocked.
    Locked,
    /// Nothing outlives this tab; the sentence says why.
    MemoryOnly(String),
}

/// A record this build cannot show in full, and never overwrites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unshown {
    /// Its ID.
    pub id: String,
    /// Why, in a sentence.
    pub why: String,
}

/// The applications and what is known of them.
#[derive(Clone, Copy)]
pub struct Vault {
    /// All applications, in the order they were made.
    pub applications: RwSignal<Vec<Application>>,
    /// Registrations whose answer is not stored, oldest first. Not those that are on their way.
    pub creations: RwSignal<Vec<Creation>>,
    /// Records that are kept and not shown.
    pub unshown: RwSignal<Vec<Unshown>>,
    /// How the store is.
    pub status: RwSignal<Status>,
    /// Whether a passphrase locks it, and when.
    pub lock: Lock,
    /// Environments that were added in this browser.
    pub added: RwSignal<Vec<Added>>,
    /// IDs of applications that this tab wants to write and another one is writing.
    pub waits: RwSignal<Vec<String>>,
    /// Client secrets of this tab, by application.
    pub secrets: RwSignal<HashMap<String, Secret>>,
    /// Access tokens of this tab, by application.
    pub tokens: RwSignal<HashMap<String, HeldToken>>,
    /// Users who may register clients, by environment. Never stored.
    pub users: RwSignal<HashMap<String, User>>,
    store: StoredValue<Option<Store>, LocalStorage>,
    /// IDs of applications whose last save failed.
    not_stored: StoredValue<HashSet<String>>,
    /// Steps with everything that is shown anew, so that a reading notices what overtook it.
    changes: StoredValue<u64>,
}

impl Vault {
    /// Empty and closed.
    #[must_use]
    pub fn new() -> Self {
        Self {
            applications: RwSignal::new(Vec::new()),
            creations: RwSignal::new(Vec::new()),
            unshown: RwSignal::new(Vec::new()),
            status: RwSignal::new(Status::Opening),
            lock: Lock::new(),
            added: RwSignal::new(Vec::new()),
            waits: RwSignal::new(Vec::new()),
            secrets: RwSignal::new(HashMap::new()),
            tokens: RwSignal::new(HashMap::new()),
            users: RwSignal::new(HashMap::new()),
            store: StoredValue::new_local(None),
            not_stored: StoredValue::new(HashSet::new()),
            changes: StoredValue::new(0),
        }
    }

    /// Opens the store, and reads everything unless a passphrase locks it. When the store is refused the portal goes on
    /// in memory and says so.
    pub async fn open(self) {
        let problem = match Store::open().await {
            Ok(store) => {
                self.store.set_value(Some(store));
                match self.follow().await {
                    Ok(()) => return,
                    Err(problem) => problem,
                }
            }
            Err(problem) => problem,
        };
        self.store.set_value(Some(Store::memory()));
        self.status.set(Status::MemoryOnly(problem.to_string()));
    }

    /// The store, once it is open.
    #[must_use]
    pub fn store(self) -> Option<Store> {
        self.store.try_get_value().flatten()
    }

    /// Reads one application from the store, past what this tab holds: another tab may have changed it. What this tab
    /// could not store is newer than the store.
    ///
    /// # Errors
    /// When the store fails, or holds a record of a newer version.
    pub async fn latest(self, id: &str) -> Result<Option<Application>, StoreProblem> {
        let unsaved = self.not_stored.try_with_value(|ids| ids.contains(id)) == Some(true);
        let Some(store) = self.store().filter(|_| !unsaved) else { return Ok(self.get_untracked(id)) };
        match store.get(Kind::Applications, id).await? {
            Some(record) => read(&record).map(Some).map_err(StoreProblem::Failed),
            None => Ok(None),
        }
    }

    /// Stores an application, then shows it, then tells the other tabs. It is shown even when storing fails, so
    /// that nothing is lost while the tab lives.
    ///
    /// # Errors
    /// When the store fails; the portal then goes on in memory, and says so.
    pub async fn save(self, mut application: Application) -> Result<(), StoreProblem> {
        chain::close(&mut application.history).await;
        let stored = self.put(&application).await;
        self.changed();
        self.applications.try_update(|list| match list.iter_mut().find(|known| known.id == application.id) {
            Some(known) => *known = application.clone(),
            None => list.push(application.clone()),
        });
        match &stored {
            Ok(()) => {
                self.not_stored.try_update_value(|ids| {
                    ids.remove(&application.id);
                });
                channel::post(&application.id);
            }
            Err(problem) => {
                self.not_stored.try_update_value(|ids| {
                    ids.insert(application.id.clone());
                });
                self.status.try_set(Status::MemoryOnly(problem.to_string()));
            }
        }
        stored
    }

    async fn put(self, application: &Application) -> Result<(), StoreProblem> {
        local::set(SOMETHING_HERE, "list");
        let json = serde_json::to_string(application)
            .map_err(|problem| StoreProblem::Failed(problem.to_string()))?;
        match self.store() {
            Some(store) => store.put(Kind::Applications, &application.id, VERSION, &json).await,
            None => Err(StoreProblem::Closed),
        }
    }

    /// Forgets an application here. At the server it stays as it is.
    ///
    /// # Errors
    /// When the store fails; it is then still listed.
    pub async fn forget(self, id: &str) -> Result<(), StoreProblem> {
        if let Some(store) = self.store() {
            store.remove(Kind::Applications, id).await?;
        }
        self.changed();
        self.applications.update(|list| list.retain(|application| application.id != id));
        self.secrets.update(|secrets| drop(secrets.remove(id)));
        self.tokens.update(|tokens| drop(tokens.remove(id)));
        channel::post(id);
        Ok(())
    }

    /// Erases everything this portal keeps in the browser.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn erase(self) -> Result<(), StoreProblem> {
        if let Some(store) = self.store() {
            store.erase().await?;
        }
        self.not_stored.try_update_value(HashSet::clear);
        self.forget_all();
        self.status.update(|status| {
            if *status == Status::Locked {
                *status = Status::Durable;
            }
        });
        self.say_erased();
        Ok(())
    }

    /// An application by its ID. Tracks.
    #[must_use]
    pub fn get(self, id: &str) -> Option<Application> {
        self.applications.with(|list| list.iter().find(|application| application.id == id).cloned())
    }

    /// An application by its ID, without tracking.
    #[must_use]
    pub fn get_untracked(self, id: &str) -> Option<Application> {
        self.applications
            .try_with_untracked(|list| list.iter().find(|application| application.id == id).cloned())
            .flatten()
    }
}

impl Default for Vault {
    fn default() -> Self {
        Self::new()
    }
}
