//! The realm's own keys.

use rusqlite::OptionalExtension as _;

use super::{Store, StoreError};

impl Store {
    /// The key kept for this algorithm: its identifier and its secret bytes.
    ///
    /// # Errors
    /// When the database fails.
    pub fn key(&self, algorithm: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let found = self
            .connection()
            .query_row("SELECT kid, secret FROM signing_key WHERE algorithm = ?1", [algorithm], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        Ok(found)
    }

    /// Keeps a new key.
    ///
    /// # Errors
    /// When the database fails, or there is a key for this algorithm already.
    pub fn add_key(&self, kid: &str, algorithm: &str, secret: &[u8], now: i64) -> Result<(), StoreError> {
        self.connection().execute(
            "INSERT INTO signing_key (kid, algorithm, secret, created_at) VALUES (?1, ?2, ?3, ?4)",
            (kid, algorithm, secret, now),
        )?;
        Ok(())
    }
}
