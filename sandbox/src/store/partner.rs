//! The partners' applications with their keys, and the mail the bank sent about them.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use super::{Store, StoreError};
use crate::partner::app::App;

/// What became of a change to an application.
#[derive(Debug)]
pub enum Change<T, E> {
    /// It was made.
    Done(T),
    /// It was refused, and nothing has changed.
    Refused(E),
    /// There is no such application.
    NoSuchApp,
    /// One of its new keys is that of another application already. Nothing has changed.
    KeyTaken,
}

/// A message the bank sent.
#[derive(Clone, Debug)]
pub struct Mail {
    /// When, in seconds since 1970.
    pub sent_at: i64,
    /// What about: `approved`, `rejected` or `revoked`.
    pub kind: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
}

impl Store {
    /// The applications of one developer, or of all, the oldest first.
    ///
    /// # Errors
    /// When the database fails or holds damaged text.
    pub fn partner_apps(&self, developer: Option<&str>) -> Result<Vec<App>, StoreError> {
        let connection = self.connection();
        let mut statement = connection
            .prepare("SELECT document FROM partner_app WHERE ?1 IS NULL OR developer = ?1 ORDER BY rowid")?;
        let rows = statement.query_map([developer], |row| row.get::<_, String>(0))?;
        rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
    }

    /// One application of a developer.
    ///
    /// # Errors
    /// When the database fails or holds damaged text.
    pub fn partner_app(&self, developer: &str, name: &str) -> Result<Option<App>, StoreError> {
        named(&self.connection(), developer, name)
    }

    /// The application that a consumer key belongs to.
    ///
    /// # Errors
    /// When the database fails or holds damaged text.
    pub fn partner_app_of_key(&self, consumer_key: &str) -> Result<Option<App>, StoreError> {
        let found: Option<String> = self
            .connection()
            .query_row(
                "SELECT document FROM partner_app JOIN partner_key USING (app_id) WHERE consumer_key = ?1",
                [consumer_key],
                |row| row.get(0),
            )
            .optional()?;
        Ok(found.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// Adds an application; `false` when its developer has one of this name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_partner_app(&self, app: &App) -> Result<bool, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        let added = transaction.execute(
            "INSERT INTO partner_app (app_id, developer, name, document) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (developer, name) DO NOTHING",
            (&app.app_id, &app.developer, &app.name, serde_json::to_string(app)?),
        )?;
        if added == 0 || !claim_keys(&transaction, app)? {
            return Ok(false);
        }
        transaction.commit()?;
        Ok(true)
    }

    /// Changes an application, with nobody else changing it meanwhile.
    ///
    /// # Errors
    /// When the database fails or holds damaged text.
    pub fn change_partner_app<T, E>(
        &self,
        developer: &str,
        name: &str,
        change: impl FnOnce(&mut App) -> Result<T, E>,
    ) -> Result<Change<T, E>, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        let Some(mut app) = named(&transaction, developer, name)? else { return Ok(Change::NoSuchApp) };
        let done = match change(&mut app) {
            Ok(done) => done,
            Err(refusal) => return Ok(Change::Refused(refusal)),
        };
        transaction.execute(
            "UPDATE partner_app SET document = ?1 WHERE app_id = ?2",
            (serde_json::to_string(&app)?, &app.app_id),
        )?;
        transaction.execute("DELETE FROM partner_key WHERE app_id = ?1", [&app.app_id])?;
        if !claim_keys(&transaction, &app)? {
            return Ok(Change::KeyTaken);
        }
        transaction.commit()?;
        Ok(Change::Done(done))
    }

    /// Removes an application with its keys, and gives it back.
    ///
    /// # Errors
    /// When the database fails or holds damaged text.
    pub fn remove_partner_app(&self, developer: &str, name: &str) -> Result<Option<App>, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        let Some(app) = named(&transaction, developer, name)? else { return Ok(None) };
        transaction.execute("DELETE FROM partner_key WHERE app_id = ?1", [&app.app_id])?;
        transaction.execute("DELETE FROM partner_app WHERE app_id = ?1", [&app.app_id])?;
        transaction.commit()?;
        Ok(Some(app))
    }

    /// Keeps a message that was sent to a developer.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_partner_mail(&self, developer: &str, mail: &Mail) -> Result<(), StoreError> {
        self.connection().execute(
            "INSERT INTO partner_mail (developer, sent_at, kind, subject, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            (developer, mail.sent_at, &mail.kind, &mail.subject, &mail.body),
        )?;
        Ok(())
    }

    /// The messages sent to a developer, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn partner_mail(&self, developer: &str) -> Result<Vec<Mail>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare(
            "SELECT sent_at, kind, subject, body FROM partner_mail WHERE developer = ?1 ORDER BY id DESC",
        )?;
        let rows = statement.query_map([developer], |row| {
            Ok(Mail { sent_at: row.get(0)?, kind: row.get(1)?, subject: row.get(2)?, body: row.get(3)? })
        })?;
        rows.map(|row| Ok(row?)).collect()
    }
}

fn named(connection: &Connection, developer: &str, name: &str) -> Result<Option<App>, StoreError> {
    let found: Option<String> = connection
        .query_row(
            "SELECT document FROM partner_app WHERE developer = ?1 AND name = ?2",
            [developer, name],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// Writes down whose the application's keys are; `false` when one is another's.
fn claim_keys(transaction: &Transaction<'_>, app: &App) -> Result<bool, StoreError> {
    for key in &app.keys {
        let added = transaction.execute(
            "INSERT INTO partner_key (consumer_key, app_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            (&key.consumer_key, &app.app_id),
        )?;
        if added == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}
