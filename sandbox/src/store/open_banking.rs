//! Clients of the open banking gateway.

use rusqlite::OptionalExtension as _;

use super::{Store, StoreError};
use crate::open_banking::Client;

impl Store {
    /// Keeps a client.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_open_banking_client(&self, client: &Client) -> Result<(), StoreError> {
        self.connection().execute(
            "INSERT INTO open_banking_client (client_id, document) VALUES (?1, ?2)",
            (&client.client_id, serde_json::to_string(client)?),
        )?;
        Ok(())
    }

    /// The client of this identifier, even when it was deleted.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_banking_client(&self, client_id: &str) -> Result<Option<Client>, StoreError> {
        let found: Option<(String, bool)> = self
            .connection()
            .query_row(
                "SELECT document, deleted FROM open_banking_client WHERE client_id = ?1",
                [client_id],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let read = |(document, deleted): (String, bool)| {
            serde_json::from_str(&document).map(|client| Client { deleted, ..client })
        };
        Ok(found.map(read).transpose()?)
    }

    /// Changes a client; one that was deleted stays so.
    ///
    /// # Errors
    /// When the database fails.
    pub fn update_open_banking_client(&self, client: &Client) -> Result<(), StoreError> {
        self.connection().execute(
            "UPDATE open_banking_client SET document = ?2 WHERE client_id = ?1",
            (&client.client_id, serde_json::to_string(client)?),
        )?;
        Ok(())
    }

    /// Marks a client as deleted.
    ///
    /// # Errors
    /// When the database fails.
    pub fn delete_open_banking_client(&self, client_id: &str) -> Result<(), StoreError> {
        self.connection()
            .execute("UPDATE open_banking_client SET deleted = 1 WHERE client_id = ?1", [client_id])?;
        Ok(())
    }
}
