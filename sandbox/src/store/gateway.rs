//! The gateway's tokens, as digests only, and the assertions that were used.

use rusqlite::OptionalExtension as _;

use super::{Store, StoreError};

impl Store {
    /// Keeps a token's digest, and forgets those that have expired by `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_gateway_token(
        &self,
        digest: &[u8],
        consumer_key: &str,
        expires_at: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        let connection = self.connection();
        connection.execute("DELETE FROM gateway_token WHERE expires_at <= ?1", [now])?;
        connection.execute(
            "INSERT INTO gateway_token (digest, consumer_key, expires_at) VALUES (?1, ?2, ?3)",
            (digest, consumer_key, expires_at),
        )?;
        Ok(())
    }

    /// The consumer key that a token was given to, unless it has expired.
    ///
    /// # Errors
    /// When the database fails.
    pub fn gateway_token(&self, digest: &[u8], now: i64) -> Result<Option<String>, StoreError> {
        let found = self
            .connection()
            .query_row(
                "SELECT consumer_key FROM gateway_token WHERE digest = ?1 AND expires_at > ?2",
                (digest, now),
                |row| row.get(0),
            )
            .optional()?;
        Ok(found)
    }

    /// Notes that a key's assertion of this `jti` is used; `false` when it was used before.
    ///
    /// # Errors
    /// When the database fails.
    pub fn use_assertion(
        &self,
        consumer_key: &str,
        jti: &str,
        expires_at: i64,
        now: i64,
    ) -> Result<bool, StoreError> {
        let connection = self.connection();
        connection.execute("DELETE FROM gateway_assertion WHERE expires_at <= ?1", [now])?;
        let added = connection.execute(
            "INSERT INTO gateway_assertion (consumer_key, jti, expires_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            (consumer_key, jti, expires_at),
        )?;
        Ok(added == 1)
    }
}
