//! Environments that were added in this browser: stored, and taken into the list of all.

use leptos::prelude::*;

use crate::{
    browser::{
        channel, local,
        store::{Kind, Store, StoreProblem},
    },
    domain::config::Added,
    state::{Session, session::ENVIRONMENT, vault::Vault},
};

/// The form of the record that this build writes.
const VERSION: u32 = 1;
const PREFIX: &str = "environment:";

/// All of them, oldest first; what this build does not understand stays in the store.
pub async fn all(store: &Store) -> Vec<Added> {
    let Ok(listing) = store.all(Kind::Settings).await else { return Vec::new() };
    let mut added: Vec<Added> = listing
        .records
        .iter()
        .filter(|record| record.version <= VERSION && record.id.starts_with(PREFIX))
        .filter_map(|record| Added::read(&record.json))
        .collect();
    added.sort_by(|a, b| (a.saved_at, &a.environment.id).cmp(&(b.saved_at, &b.environment.id)));
    added
}

/// Stores one, new or in place of an earlier one of the same ID.
///
/// # Errors
/// When the store fails.
pub async fn save(vault: Vault, added: Added) -> Result<(), StoreProblem> {
    let Some(store) = vault.store() else { return Err(StoreProblem::Closed) };
    let id = record_id(&added.environment.id);
    store.put(Kind::Settings, &id, VERSION, &added.write()).await?;
    vault.changed();
    vault.added.update(|all| {
        all.retain(|known| known.environment.id != added.environment.id);
        all.push(added);
    });
    channel::post(&id);
    Ok(())
}

/// Removes one. Applications that were registered there stay, and say that their environment is gone.
///
/// # Errors
/// When the store fails.
pub async fn remove(vault: Vault, id: &str) -> Result<(), StoreProblem> {
    let Some(store) = vault.store() else { return Err(StoreProblem::Closed) };
    store.remove(Kind::Settings, &record_id(id)).await?;
    vault.changed();
    vault.added.update(|all| all.retain(|known| known.environment.id != id));
    channel::post(&record_id(id));
    Ok(())
}

fn record_id(id: &str) -> String {
    format!("{PREFIX}{id}")
}

/// Keeps the list of all environments in step with those of this browser, for as long as the page lives.
pub fn follow(session: Session) {
    Effect::new(move |before: Option<Vec<Added>>| {
        let added = session.vault.added.get();
        if before.as_ref().is_none_or(Vec::is_empty) && added.is_empty() || before.as_ref() == Some(&added) {
            return added;
        }
        session.portal.update_value(|portal| portal.take_added(&added));
        session.environments_changed.update(|count| *count += 1);
        choose_again(session);
        added
    });
}

/// The one that was chosen last time may have come, or the chosen one gone.
fn choose_again(session: Session) {
    let chosen = session.environment.get_untracked();
    let is_there = |id: &String| session.environment_by_id(id).is_some();
    let wanted = local::get(ENVIRONMENT).filter(is_there).or_else(|| Some(chosen.clone()).filter(is_there));
    let first =
        || session.portal.with_value(|portal| portal.environments.first().map(|first| first.id.clone()));
    if let Some(wanted) = wanted.or_else(first).filter(|wanted| *wanted != chosen) {
        session.environment.set(wanted);
    }
}
