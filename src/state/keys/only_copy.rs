//! A private key that was made here, is registered, and lies nowhere but in this tab: with the tab it would be lost.

use leptos::prelude::*;

use super::HeldKey;
use crate::{browser::leave, state::Session};

/// From now on the browser asks before a tab is closed that holds the only copy of a registered key.
pub fn ask_before_it_is_lost(session: Session) {
    let at_risk = Memo::new(move |_| {
        session
            .keys
            .held
            .with(|held| held.iter().filter(|key| key.is_only_here()).any(|key| is_registered(session, key)))
    });
    // The effect's value is the guard: it goes when there is nothing to lose any more.
    Effect::new(move |_| at_risk.get().then(leave::ask_first));
}

fn is_registered(session: Session, key: &HeldKey) -> bool {
    session.vault.applications.with(|all| {
        all.iter().any(|application| application.keys().iter().any(|known| known.is_same_key(&key.public)))
    })
}
