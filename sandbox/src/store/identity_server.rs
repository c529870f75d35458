//! The applications of Identity Server, and their tokens as digests only.

use rusqlite::{OptionalExtension as _, Row};

use super::{Store, StoreError};
use crate::identity_server::Application;

const COLUMNS: &str = "client_id, client_secret, tenant, owner, members";

/// Why an application could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Its tenant has one of that name.
    Name,
    /// Another has that `client_id`.
    ClientId,
}

impl Store {
    /// Adds an application, unless its name or its `client_id` is another's.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_application(&self, application: &Application) -> Result<Option<Taken>, StoreError> {
        let members = serde_json::to_string(&application.members)?;
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        let added = transaction.execute(
            &format!(
                "INSERT INTO identity_server_application ({COLUMNS}, name) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                 ON CONFLICT DO NOTHING"
            ),
            (
                &application.client_id,
                &application.client_secret,
                &application.tenant,
                &application.owner,
                members,
                application.name(),
            ),
        )?;
        if added == 1 {
            transaction.commit()?;
            return Ok(None);
        }
        let is_id: bool = transaction.query_row(
            "SELECT EXISTS (SELECT 1 FROM identity_server_application WHERE client_id = ?1)",
            [&application.client_id],
            |row| row.get(0),
        )?;
        Ok(Some(if is_id { Taken::ClientId } else { Taken::Name }))
    }

    /// Finds an application.
    ///
    /// # Errors
    /// When the database fails or holds damaged text.
    pub fn application(&self, client_id: &str) -> Result<Option<Application>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM identity_server_application WHERE client_id = ?1");
        let found = self.connection().query_row(&query, [client_id], |row| Ok(read(row))).optional()?;
        found.transpose()
    }

    /// Finds an application by its name in a tenant.
    ///
    /// # Errors
    /// When the database fails or holds damaged text.
    pub fn application_named(&self, tenant: &str, name: &str) -> Result<Option<Application>, StoreError> {
        let query =
            format!("SELECT {COLUMNS} FROM identity_server_application WHERE tenant = ?1 AND name = ?2");
        let found = self.connection().query_row(&query, [tenant, name], |row| Ok(read(row))).optional()?;
        found.transpose()
    }

    /// Changes an application's members; `false` when its tenant has another of that name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn update_application(&self, application: &Application) -> Result<bool, StoreError> {
        let changed = self.connection().execute(
            "UPDATE OR IGNORE identity_server_application SET name = ?1, members = ?2 WHERE client_id = ?3",
            (application.name(), serde_json::to_string(&application.members)?, &application.client_id),
        )?;
        Ok(changed == 1)
    }

    /// Removes an application and its tokens; whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn remove_application(&self, client_id: &str) -> Result<bool, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        transaction.execute("DELETE FROM identity_server_token WHERE client_id = ?1", [client_id])?;
        let removed = transaction
            .execute("DELETE FROM identity_server_application WHERE client_id = ?1", [client_id])?;
        transaction.commit()?;
        Ok(removed == 1)
    }

    /// Keeps a token's digest, and forgets those that have expired by `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_application_token(
        &self,
        digest: &[u8],
        client_id: &str,
        scope: &str,
        expires_at: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        let connection = self.connection();
        connection.execute("DELETE FROM identity_server_token WHERE expires_at <= ?1", [now])?;
        connection.execute(
            "INSERT INTO identity_server_token (digest, client_id, scope, expires_at) VALUES (?1, ?2, ?3, ?4)",
            (digest, client_id, scope, expires_at),
        )?;
        Ok(())
    }

    /// The `client_id` and the scope that a token was given for, unless it has expired.
    ///
    /// # Errors
    /// When the database fails.
    pub fn application_token(&self, digest: &[u8], now: i64) -> Result<Option<(String, String)>, StoreError> {
        let query =
            "SELECT client_id, scope FROM identity_server_token WHERE digest = ?1 AND expires_at > ?2";
        let connection = self.connection();
        let found = connection.query_row(query, (digest, now), |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(found.optional()?)
    }
}

fn read(row: &Row<'_>) -> Result<Application, StoreError> {
    Ok(Application {
        client_id: row.get(0)?,
        client_secret: row.get(1)?,
        tenant: row.get(2)?,
        owner: row.get(3)?,
        members: serde_json::from_str(&row.get::<_, String>(4)?)?,
    })
}
