//! What only the memory of this tab holds: client secrets and access tokens. It goes when the vault locks.

use leptos::prelude::*;

use super::Vault;
use crate::domain::{grant::TokenAnswer, secret::Secret};

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

impl Vault {
    /// Holds a client secret for as long as this tab lives.
    pub fn hold_secret(self, id: &str, secret: Secret) {
        self.secrets.try_update(|secrets| drop(secrets.insert(id.to_owned(), secret)));
    }

    /// Holds an access token for as long as this tab lives.
    pub fn hold_token(self, id: &str, token: HeldToken) {
        self.tokens.try_update(|tokens| drop(tokens.insert(id.to_owned(), token)));
    }

    /// The access token of this tab, without tracking.
    #[must_use]
    pub fn token_untracked(self, id: &str) -> Option<HeldToken> {
        self.tokens.try_with_untracked(|tokens| tokens.get(id).cloned()).flatten()
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
}
