//! What only the memory of this tab holds: client secrets, access tokens, users who may register, and records that could
//! not be stored. All but the last go when the vault locks.

use leptos::prelude::*;

use super::Vault;
use crate::{
    browser::channel,
    domain::{application::Application, grant::TokenAnswer, inspect::access::AccessToken, secret::Secret},
};

/// A token of this tab. Never stored.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldToken {
    /// What the token endpoint gave.
    pub answer: TokenAnswer,
    /// The `scope` that was asked for.
    pub asked_scope: String,
    /// When the answer came, seconds since 1970.
    pub at: i64,
    /// How long it took, milliseconds.
    pub elapsed_ms: u32,
}

impl HeldToken {
    /// When it ends, by this computer's clock: servers' clocks differ, lengths do not. `None` when nothing says.
    #[must_use]
    pub fn ends_at(&self) -> Option<i64> {
        let own = || AccessToken::read(self.answer.access_token.expose()).and_then(|token| token.lifetime());
        self.answer.expires_in.or_else(own).map(|seconds| self.at.saturating_add(seconds))
    }

    /// Whether it has ended.
    #[must_use]
    pub fn has_ended(&self, now: i64) -> bool {
        self.ends_at().is_some_and(|end| now >= end)
    }
}

/// Somebody who may register clients at a server (RFC 7617). Never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// User name.
    pub name: String,
    /// Password.
    pub password: Secret,
}

impl Vault {
    /// Holds a user of an environment for as long as this tab lives.
    pub fn hold_user(self, environment: &str, user: User) {
        self.users.try_update(|users| drop(users.insert(environment.to_owned(), user)));
    }

    /// Forgets the user of an environment.
    pub fn forget_user(self, environment: &str) {
        self.users.try_update(|users| drop(users.remove(environment)));
    }

    /// The user of an environment. Tracks.
    #[must_use]
    pub fn user(self, environment: &str) -> Option<User> {
        self.users.with(|users| users.get(environment).cloned())
    }

    /// The user of an environment, without tracking.
    #[must_use]
    pub fn user_untracked(self, environment: &str) -> Option<User> {
        self.users.try_with_untracked(|users| users.get(environment).cloned()).flatten()
    }

    /// The access token of an application, without tracking.
    #[must_use]
    pub fn token_untracked(self, id: &str) -> Option<HeldToken> {
        self.tokens.try_with_untracked(|tokens| tokens.get(id).cloned()).flatten()
    }

    /// Lets go of the access token of an application.
    pub fn drop_token(self, id: &str) {
        self.tokens.try_update(|tokens| drop(tokens.remove(id)));
    }

    /// Holds a client secret for as long as this tab lives.
    pub fn hold_secret(self, id: &str, secret: Secret) {
        self.secrets.try_update(|secrets| drop(secrets.insert(id.to_owned(), secret)));
    }

    /// Holds an access token for as long as this tab lives.
    pub fn hold_token(self, id: &str, token: HeldToken) {
        self.tokens.try_update(|tokens| drop(tokens.insert(id.to_owned(), token)));
    }

    /// The client secret: of this tab, or kept because the partner asked for that. Tracks.
    #[must_use]
    pub fn secret(self, id: &str) -> Option<Secret> {
        self.secrets
            .with(|secrets| secrets.get(id).cloned())
            .or_else(|| self.get(id).and_then(|application| application.secret.and_then(|note| note.kept)))
    }

    /// The client secret as in [`Self::secret`], without tracking.
    #[must_use]
    pub fn secret_untracked(self, id: &str) -> Option<Secret> {
        // Asked for after an answer has come: the page may be gone by then.
        let held = self.secrets.try_with_untracked(|secrets| secrets.get(id).cloned()).flatten();
        held.or_else(|| {
            self.get_untracked(id).and_then(|application| application.secret.and_then(|note| note.kept))
        })
    }

    /// Tries again to store what could not be stored.
    pub(in crate::state) async fn save_unsaved(self) {
        for application in self.unsaved() {
            if self.put(&application).await.is_ok() {
                self.not_stored.try_update_value(|ids| ids.remove(&application.id));
                channel::post(&application.id);
            }
        }
    }

    /// What this tab holds and could not store: newer than anything the store has.
    pub(in crate::state) fn unsaved(self) -> Vec<Application> {
        let ids = self.not_stored.try_get_value().unwrap_or_default();
        let held = self.applications.try_with_untracked(|list| {
            list.iter().filter(|application| ids.contains(&application.id)).cloned().collect()
        });
        held.unwrap_or_default()
    }
}
