//! Access tokens that were revoked before they expired (RFC 7009).

use rusqlite::OptionalExtension as _;

use super::{Store, StoreError};

impl Store {
    /// Remembers that a token is revoked, and forgets those that have expired by `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn revoke(&self, jti: &str, expires_at: i64, now: i64) -> Result<(), StoreError> {
        let connection = self.connection();
        connection.execute("DELETE FROM revoked_token WHERE expires_at < ?1", [now])?;
        connection.execute(
            "INSERT INTO revoked_token (jti, expires_at) VALUES (?1, ?2) ON CONFLICT (jti) DO NOTHING",
            (jti, expires_at),
        )?;
        Ok(())
    }

    /// Whether a token was revoked.
    ///
    /// # Errors
    /// When the database fails.
    pub fn is_revoked(&self, jti: &str) -> Result<bool, StoreError> {
        let found = self
            .connection()
            .query_row("SELECT 1 FROM revoked_token WHERE jti = ?1", [jti], |_| Ok(()))
            .optional()?;
        Ok(found.is_some())
    }
}
