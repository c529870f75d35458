//! Locking the vault: by a button, by another tab, or by itself when the portal was not used for a while.
//!
//! A lock waits for whatever is under way in this tab, so that an answer can always be stored. What is in memory goes:
//! the key, the applications, client secrets, tokens.

use std::collections::HashMap;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{
        activity, channel, local, locks,
        store::{Protection, StoreProblem},
        visibility,
    },
    domain::secret::Secret,
    state::{
        vault::{Status, Vault},
        work,
    },
};

/// What tabs tell each other: lock.
const LOCK: &str = "lock";
/// What tabs tell each other: the passphrase was set, changed or taken away.
const PROTECTED: &str = "protected";
/// What tabs tell each other: everything was erased.
const ERASED: &str = "erased";

const AFTER: &str = "lock-after";
const NEVER: &str = "never";
/// The choices, in minutes.
pub const CHOICES: [u32; 3] = [5, 15, 60];
const DEFAULT: u32 = 15;

/// How the vault is locked.
#[derive(Clone, Copy)]
pub struct Lock {
    /// Whether there is a passphrase, and whether this tab has the key.
    pub protection: RwSignal<Protection>,
    /// It was asked to lock, and waits until what is under way is stored.
    pub closing: RwSignal<bool>,
    /// Minutes without use until it locks by itself; `None` is never.
    pub after: RwSignal<Option<u32>>,
    /// Seconds until it locks by itself; `None` when it does not.
    pub left: RwSignal<Option<u32>>,
}

impl Default for Lock {
    fn default() -> Self {
        Self::new()
    }
}

impl Lock {
    /// Nothing known yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            protection: RwSignal::new(Protection::None),
            closing: RwSignal::new(false),
            after: RwSignal::new(after()),
            left: RwSignal::new(None),
        }
    }

    /// Whether pages that need records have to wait for the passphrase. Tracks.
    #[must_use]
    pub fn is_shut(self) -> bool {
        self.protection.get() == Protection::Locked || self.closing.get()
    }

    /// Sets after how many minutes it locks by itself.
    pub fn set_after(self, minutes: Option<u32>) {
        local::set(AFTER, &minutes.map_or_else(|| NEVER.to_owned(), |minutes| minutes.to_string()));
        self.after.set(minutes);
    }
}

/// What was chosen in this browser.
fn after() -> Option<u32> {
    match local::get(AFTER).as_deref() {
        Some(NEVER) => None,
        Some(text) => Some(text.parse().ok().filter(|minutes| CHOICES.contains(minutes)).unwrap_or(DEFAULT)),
        None => Some(DEFAULT),
    }
}

impl Vault {
    /// Opens the locked vault in this tab, reads everything, and stores what could not be stored before.
    ///
    /// # Errors
    /// [`StoreProblem::WrongPassphrase`], or when the store fails.
    pub async fn unlock(self, passphrase: &Secret) -> Result<(), StoreProblem> {
        let Some(store) = self.store() else { return Err(StoreProblem::Closed) };
        store.unlock(passphrase).await?;
        self.follow().await
    }

    /// Sets a passphrase, changes it, or takes it away (`new` is `None`). Waits until nothing is under way in any tab,
    /// because all records are encrypted anew. The other tabs have to be unlocked afterwards.
    ///
    /// # Errors
    /// [`StoreProblem::WrongPassphrase`] when `current` is another one; else when the store fails. Nothing has changed
    /// then.
    pub async fn protect(self, current: Option<&Secret>, new: Option<&Secret>) -> Result<(), StoreProblem> {
        let Some(store) = self.store() else { return Err(StoreProblem::Closed) };
        locks::alone(async || store.protect(current, new).await).await?;
        channel::post(PROTECTED);
        self.follow().await
    }

    /// Locks all tabs, each as soon as nothing is under way in it. Nothing happens without a passphrase.
    pub fn lock_all(self) {
        if self.lock.protection.get_untracked() == Protection::Open {
            channel::post(LOCK);
            self.lock_here();
        }
    }

    /// Locks this tab as soon as nothing is under way in it.
    fn lock_here(self) {
        if self.lock.protection.try_get_untracked() != Some(Protection::Open) {
            return;
        }
        if locks::is_busy() || work::is_any_running() {
            self.lock.closing.try_set(true);
            return;
        }
        if let Some(store) = self.store() {
            store.lock();
        }
        self.shut();
    }

    /// Lets go of everything that came out of the store. What could not be stored stays in memory until it can be.
    fn shut(self) {
        self.forget_all();
        activity::note(false);
        self.lock.protection.try_set(Protection::Locked);
        self.lock.closing.try_set(false);
        self.lock.left.try_set(None);
        self.status.try_set(Status::Locked);
    }

    /// Empties the memory of this tab.
    pub(super) fn forget_all(self) {
        let unsaved = self.unsaved();
        self.changed();
        self.applications.try_set(unsaved);
        self.creations.try_set(Vec::new());
        self.unshown.try_set(Vec::new());
        self.added.try_set(Vec::new());
        self.secrets.try_set(HashMap::new());
        self.tokens.try_set(HashMap::new());
        self.users.try_set(HashMap::new());
    }

    /// Brings this tab in step with how the store is protected now.
    pub(super) async fn follow(self) -> Result<(), StoreProblem> {
        let Some(store) = self.store() else { return Ok(()) };
        match store.protection().await? {
            Protection::Locked => {
                store.lock();
                self.shut();
            }
            open => {
                self.lock.protection.try_set(open);
                activity::note(open == Protection::Open);
                activity::touch();
                // Before it is shown, so that nothing moves under a finger.
                self.watch_time();
                self.reload().await;
                self.save_unsaved().await;
                self.status.try_update(|status| {
                    if !matches!(status, Status::MemoryOnly(_)) {
                        *status = Status::Durable;
                    }
                });
            }
        }
        Ok(())
    }

    /// Hears the other tabs, and watches the time, for as long as the page lives. `now` steps once a second.
    pub fn listen(self, now: RwSignal<i64>) {
        let tabs = channel::subscribe(move |message| match message.as_str() {
            LOCK => self.lock_here(),
            PROTECTED => spawn_local(async move {
                // What fails here fails again, and is said, when the store is used next.
                let _ = self.follow().await;
            }),
            ERASED => {
                self.forget_all();
                self.lock.closing.try_set(false);
                spawn_local(async move {
                    let _ = self.follow().await;
                });
            }
            _ => spawn_local(self.reload()),
        });
        activity::on_use(move || {
            // A use that comes after the time is over, before a slow timer has noticed, is one too late.
            if !self.watch_time() {
                activity::touch();
            }
        });
        let seen = visibility::on_change(move |_| {
            self.watch_time();
        });
        Effect::new(move |_| {
            now.track();
            self.watch_time();
        });
        StoredValue::new_local((tabs, seen));
    }

    /// Locks when it is time, and counts down. `true` when it is locked or about to be.
    fn watch_time(self) -> bool {
        if self.lock.protection.try_get_untracked() != Some(Protection::Open) {
            return self.lock.protection.try_get_untracked() == Some(Protection::Locked);
        }
        if self.lock.closing.try_get_untracked() == Some(true) {
            self.lock_here();
            return true;
        }
        let Some(minutes) = self.lock.after.try_get_untracked().flatten() else {
            self.count_down(None);
            return false;
        };
        let left = f64::from(minutes) * 60.0 - activity::idle_ms() / 1000.0;
        if left <= 0.0 && !work::is_any_running() {
            self.lock_all();
            return true;
        }
        self.count_down(Some(left.max(0.0).ceil() as u32));
        false
    }

    fn count_down(self, left: Option<u32>) {
        if self.lock.left.try_get_untracked() != Some(left) {
            self.lock.left.try_set(left);
        }
    }

    /// Tells the other tabs that everything was erased.
    pub(super) fn say_erased(self) {
        activity::note(false);
        self.lock.protection.try_set(Protection::None);
        self.lock.closing.try_set(false);
        self.lock.left.try_set(None);
        self.lock.after.try_set(after());
        channel::post(ERASED);
    }
}
