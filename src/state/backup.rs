//! Making a backup of everything in this browser, and taking one in.

use crate::{
    browser::{
        backup::{self, NotOpened},
        channel, clock, local, location, locks,
        store::{Kind, Record, Store, StoreProblem},
    },
    domain::{
        backup::{
            Contents, Envelope,
            plan::{self, Line},
        },
        secret::Secret,
    },
    state::{Session, vault::Vault},
};

/// The small value with the time of the last backup.
const LAST: &str = "backup-at";

/// What became of a restore.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Records that were not here.
    pub added: usize,
    /// Records that were older here.
    pub replaced: usize,
}

/// When this browser last made one, seconds since 1970.
#[must_use]
pub fn last() -> Option<i64> {
    local::get(LAST)?.parse().ok()
}

/// Everything that can be read, and how many records cannot.
///
/// # Errors
/// When the store fails.
pub async fn gather(vault: Vault) -> Result<(Contents, usize), StoreProblem> {
    let Some(store) = vault.store() else { return Err(StoreProblem::Closed) };
    // What could not be stored yet is newer than the store.
    vault.save_unsaved().await;
    let mut unreadable = 0;
    let mut records = Vec::new();
    for kind in Kind::ALL {
        let listing = store.all(kind).await?;
        unreadable += listing.unreadable.len();
        records.extend(listing.records.into_iter().map(|record| (kind, record)));
    }
    Ok((Contents { made_at: clock::now(), origin: location::origin(), records }, unreadable))
}

/// The text of the file.
///
/// # Errors
/// A sentence.
pub async fn seal(contents: &Contents, passphrase: &Secret) -> Result<String, String> {
    backup::seal(contents, passphrase).await.map_err(|problem| problem.to_string())
}

/// Notes that the file was handed over.
pub fn saved() {
    local::set(LAST, &clock::now().to_string());
}

/// What is in a file, compared with what is here. Nothing is written.
///
/// # Errors
/// A sentence: why it cannot be opened or compared.
pub async fn open(
    vault: Vault,
    envelope: &Envelope,
    passphrase: &Secret,
) -> Result<(Contents, Vec<Line>), String> {
    let contents =
        backup::open(envelope, passphrase).await.map_err(|problem: NotOpened| problem.to_string())?;
    let (here, _) = gather(vault).await.map_err(|problem| problem.to_string())?;
    let lines = plan::plan(&here.records, &contents);
    Ok((contents, lines))
}

/// Writes what is new or newer. Each record is compared once more with what is here at that moment, while nobody else
/// writes it: between preview and restore another tab may have got a newer token.
///
/// # Errors
/// When the store fails; what was written until then stays, and the same file can be restored again.
pub async fn restore(vault: Vault, contents: &Contents) -> Result<Restored, StoreProblem> {
    let Some(store) = vault.store() else { return Err(StoreProblem::Closed) };
    let mut restored = Restored::default();
    for (kind, record) in &contents.records {
        let name = match kind {
            Kind::Applications => format!("portico.application.{}", record.id),
            _ => format!("portico.record.{}", record.id),
        };
        let written = locks::exclusive(&name, async || restore_one(&store, *kind, record).await).await?;
        match written {
            Some(plan::Standing::New) => restored.added += 1,
            Some(_) => restored.replaced += 1,
            None => {}
        }
    }
    channel::post("restored");
    vault.reload().await;
    Ok(restored)
}

async fn restore_one(
    store: &Store,
    kind: Kind,
    record: &Record,
) -> Result<Option<plan::Standing>, StoreProblem> {
    let here = match store.get(kind, &record.id).await {
        Ok(here) => here,
        // Nothing that could be read is lost by overwriting it.
        Err(StoreProblem::Unreadable { .. }) => None,
        Err(problem) => return Err(problem),
    };
    if kind == Kind::Journal && store.get(Kind::Applications, &record.id).await?.is_some() {
        return Ok(None);
    }
    let standing = plan::compare(kind, here.as_ref(), record);
    if !standing.is_written() {
        return Ok(None);
    }
    store.put(kind, &record.id, record.version, &record.json).await?;
    Ok(Some(standing))
}

/// The names of applications whose environment is neither configured nor in the file.
#[must_use]
pub fn homeless(session: Session, contents: &Contents, lines: &[Line]) -> Vec<String> {
    let in_file = |id: &str| {
        contents
            .records
            .iter()
            .any(|(kind, record)| *kind == Kind::Settings && record.id == format!("environment:{id}"))
    };
    let mut names: Vec<String> = lines
        .iter()
        .filter(|line| line.kind == Kind::Applications)
        .filter_map(|line| line.environment.clone())
        .filter(|id| session.environment_by_id(id).is_none() && !in_file(id))
        .collect();
    names.sort();
    names.dedup();
    names
}
