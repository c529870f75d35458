//! Sending the form, with what is not part of it.

use leptos::prelude::*;

use super::{form::Form, judging};
use crate::state::sending::Proofs;

impl Form {
    /// What the registration needs beside the form. Tracks.
    pub fn proofs(self) -> Proofs {
        let user = self.environment.with(|environment| {
            let environment = environment.as_ref().filter(|e| judging::asks_user(e))?;
            self.session.vault.user(&environment.id)
        });
        let elsewhere =
            self.environment.with(|e| e.as_ref().is_some_and(|e| self.software.signs_elsewhere(e)));
        let signed = self.checked.with(|checked| {
            let valid = checked.as_ref().ok().filter(|_| elsewhere)?;
            self.software.signed(valid.metadata())
        });
        Proofs {
            token: self.sent_token(),
            user,
            lifetime: self.software.lifetime_seconds().ok().flatten(),
            signed,
        }
    }

    /// Sends the form, or says what to change.
    pub fn submit(self) {
        if self.session.registering.work.is_running_untracked() {
            return;
        }
        let environment = self.environment.get_untracked();
        match (self.outcome.get_untracked(), environment) {
            (Ok(valid), Some(environment)) => {
                let proofs = untrack(move || self.proofs());
                // A signature is good for one send: a retry needs another.
                self.software.forget_signature();
                self.session.registering.send(self.session, environment, valid, proofs);
            }
            _ => self.attempts.update(|attempts| *attempts += 1),
        }
    }
}
