//! Registered clients.

use std::fmt;

use rusqlite::{OptionalExtension as _, Row};
use serde_json::{Map, Value};

use super::{Store, StoreError};

/// A registered client.
#[derive(Clone)]
pub struct Client {
    /// Its identifier, chosen by this server.
    pub client_id: String,
    /// Its secret. One is kept for every client, and given out only when its method uses one.
    pub secret: String,
    /// The identifier of its service account: the `sub` of its tokens.
    pub service_account: String,
    /// The registered members, as [`crate::realm`] accepted them.
    pub metadata: Map<String, Value>,
    /// The `jti` of the one registration access token that is valid.
    pub registration_jti: String,
    /// The `iat` of that token.
    pub registration_iat: i64,
    /// Origins of pages that may use that token.
    pub registration_origins: Vec<String>,
    /// Whether the operator approved what needs approval.
    pub approved: bool,
    /// When the client was registered, in seconds since 1970.
    pub issued_at: i64,
    /// Whether it is switched on. Off, it is let in nowhere, and no answer says that it exists.
    pub enabled: bool,
    /// Why the operator switched it off.
    pub reason: Option<String>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

const COLUMNS: &str = "client_id, secret, service_account, metadata, registration_jti, registration_iat, \
                       registration_origins, approved, issued_at, enabled, reason";

impl Store {
    /// Adds a client and takes one use off the initial access token, both or neither.
    /// `false` when that token had no use left by now.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_client(&self, client: &Client, initial_jti: &str) -> Result<bool, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        let used = transaction.execute(
            "UPDATE initial_token SET remaining = remaining - 1 WHERE jti = ?1 AND remaining > 0",
            [initial_jti],
        )?;
        if used == 0 {
            return Ok(false);
        }
        transaction.execute(
            &format!("INSERT INTO client ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
            (
                &client.client_id,
                &client.secret,
                &client.service_account,
                serde_json::to_string(&client.metadata)?,
                &client.registration_jti,
                client.registration_iat,
                serde_json::to_string(&client.registration_origins)?,
                client.approved,
                client.issued_at,
                client.enabled,
                &client.reason,
            ),
        )?;
        transaction.commit()?;
        Ok(true)
    }

    /// Finds a client.
    ///
    /// # Errors
    /// When the database fails or holds damaged text.
    pub fn client(&self, client_id: &str) -> Result<Option<Client>, StoreError> {
        let found = self
            .connection()
            .query_row(&format!("SELECT {COLUMNS} FROM client WHERE client_id = ?1"), [client_id], |row| {
                Ok(read(row))
            })
            .optional()?;
        found.transpose()
    }

    /// Replaces the registered members and rotates the registration access token from `old_jti` to the client's.
    /// `false` when `old_jti` was no longer the valid one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn update_client(&self, client: &Client, old_jti: &str) -> Result<bool, StoreError> {
        let changed = self.connection().execute(
            "UPDATE client SET metadata = ?1, registration_jti = ?2, registration_iat = ?3, secret = ?4 \
             WHERE client_id = ?5 AND registration_jti = ?6",
            (
                serde_json::to_string(&client.metadata)?,
                &client.registration_jti,
                client.registration_iat,
                &client.secret,
                &client.client_id,
                old_jti,
            ),
        )?;
        Ok(changed == 1)
    }

    /// Removes a client if `jti` is its valid registration access token; whether it did.
    ///
    /// # Errors
    /// When the database fails.
    pub fn remove_client(&self, client_id: &str, jti: &str) -> Result<bool, StoreError> {
        let removed = self
            .connection()
            .execute("DELETE FROM client WHERE client_id = ?1 AND registration_jti = ?2", [client_id, jti])?;
        Ok(removed == 1)
    }

    /// All clients, the newest first.
    ///
    /// # Errors
    /// When the database fails or holds damaged text.
    pub fn clients(&self) -> Result<Vec<Client>, StoreError> {
        let connection = self.connection();
        let mut statement = connection
            .prepare(&format!("SELECT {COLUMNS} FROM client ORDER BY issued_at DESC, rowid DESC"))?;
        let rows = statement.query_map([], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Switches a client on or off, with the reason; `false` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn enable_client(
        &self,
        client_id: &str,
        enabled: bool,
        reason: Option<&str>,
    ) -> Result<bool, StoreError> {
        let changed = self.connection().execute(
            "UPDATE client SET enabled = ?1, reason = ?2 WHERE client_id = ?3",
            (enabled, reason, client_id),
        )?;
        Ok(changed == 1)
    }

    /// Gives a client another registration access token, which no page of another origin may use; `false` when there
    /// is no such client.
    ///
    /// # Errors
    /// When the database fails.
    pub fn regenerate_token(&self, client_id: &str, jti: &str, now: i64) -> Result<bool, StoreError> {
        let changed = self.connection().execute(
            "UPDATE client SET registration_jti = ?1, registration_iat = ?2, registration_origins = '[]' \
             WHERE client_id = ?3",
            (jti, now, client_id),
        )?;
        Ok(changed == 1)
    }

    /// Deletes a client without its token, as an operator may; whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn delete_client(&self, client_id: &str) -> Result<bool, StoreError> {
        Ok(self.connection().execute("DELETE FROM client WHERE client_id = ?1", [client_id])? == 1)
    }

    /// Records the operator's approval; `false` when there is no such client.
    ///
    /// # Errors
    /// When the database fails.
    pub fn approve_client(&self, client_id: &str) -> Result<bool, StoreError> {
        let changed =
            self.connection().execute("UPDATE client SET approved = 1 WHERE client_id = ?1", [client_id])?;
        Ok(changed == 1)
    }
}

fn read(row: &Row<'_>) -> Result<Client, StoreError> {
    Ok(Client {
        client_id: row.get(0)?,
        secret: row.get(1)?,
        service_account: row.get(2)?,
        metadata: serde_json::from_str(&row.get::<_, String>(3)?)?,
        registration_jti: row.get(4)?,
        registration_iat: row.get(5)?,
        registration_origins: serde_json::from_str(&row.get::<_, String>(6)?)?,
        approved: row.get(7)?,
        issued_at: row.get(8)?,
        enabled: row.get(9)?,
        reason: row.get(10)?,
    })
}
