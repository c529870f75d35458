//! What the directories know: software, and the keys of software and organisations.

use rusqlite::OptionalExtension as _;
use serde_json::Value;

use super::{Store, StoreError};
use crate::directory::software::Software;

impl Store {
    /// Keeps a piece of software.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_software(&self, directory: &str, software: &Software) -> Result<(), StoreError> {
        let document = serde_json::to_string(software)?;
        self.connection().execute(
            "INSERT INTO directory_software (directory, software_id, document) VALUES (?1, ?2, ?3)",
            (directory, &software.software_id, document),
        )?;
        Ok(())
    }

    /// The software of this identifier in a directory.
    ///
    /// # Errors
    /// When the database fails.
    pub fn software(&self, directory: &str, software_id: &str) -> Result<Option<Software>, StoreError> {
        let document: Option<String> = self
            .connection()
            .query_row(
                "SELECT document FROM directory_software WHERE directory = ?1 AND software_id = ?2",
                (directory, software_id),
                |row| row.get(0),
            )
            .optional()?;
        Ok(document.map(|document| serde_json::from_str(&document)).transpose()?)
    }

    /// Keeps a key of a piece of software or of an organisation; `false` when there was one with this `kid` before.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_directory_key(
        &self,
        directory: &str,
        holder: &str,
        kid: &str,
        jwk: &Value,
    ) -> Result<bool, StoreError> {
        let added = self.connection().execute(
            "INSERT INTO directory_key (directory, holder, kid, jwk) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            (directory, holder, kid, jwk.to_string()),
        )?;
        Ok(added == 1)
    }

    /// Moves a key to those that are revoked; `false` when none with this `kid` is in use.
    ///
    /// # Errors
    /// When the database fails.
    pub fn revoke_directory_key(&self, directory: &str, holder: &str, kid: &str) -> Result<bool, StoreError> {
        let revoked = self.connection().execute(
            "UPDATE directory_key SET revoked = 1 WHERE directory = ?1 AND holder = ?2 AND kid = ?3 AND revoked = 0",
            (directory, holder, kid),
        )?;
        Ok(revoked == 1)
    }

    /// The keys in use, or those that were revoked, in the order in which they came.
    ///
    /// # Errors
    /// When the database fails.
    pub fn directory_keys(
        &self,
        directory: &str,
        holder: &str,
        revoked: bool,
    ) -> Result<Vec<Value>, StoreError> {
        let connection = self.connection();
        let mut found = connection.prepare(
            "SELECT jwk FROM directory_key WHERE directory = ?1 AND holder = ?2 AND revoked = ?3 ORDER BY id",
        )?;
        let rows = found.query_map((directory, holder, revoked), |row| row.get::<_, String>(0))?;
        rows.map(|jwk| Ok(serde_json::from_str(&jwk?)?)).collect()
    }
}
