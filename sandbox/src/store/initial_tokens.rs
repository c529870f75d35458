//! Initial access tokens: what is left of each.

use rusqlite::OptionalExtension as _;

use super::{Store, StoreError};

/// An initial access token as the server remembers it; the token itself is signed and not kept.
#[derive(Clone, Debug)]
pub struct InitialToken {
    /// Its identifier.
    pub jti: String,
    /// When it expires, in seconds since 1970; 0 means never.
    pub expires_at: i64,
    /// How many registrations it still allows.
    pub remaining: i64,
    /// Origins of pages that may use it.
    pub allowed_origins: Vec<String>,
}

impl Store {
    /// Keeps a new initial access token.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_initial_token(&self, token: &InitialToken) -> Result<(), StoreError> {
        self.connection().execute(
            "INSERT INTO initial_token (jti, expires_at, remaining, allowed_origins) VALUES (?1, ?2, ?3, ?4)",
            (&token.jti, token.expires_at, token.remaining, serde_json::to_string(&token.allowed_origins)?),
        )?;
        Ok(())
    }

    /// Finds an initial access token.
    ///
    /// # Errors
    /// When the database fails or holds damaged text.
    pub fn initial_token(&self, jti: &str) -> Result<Option<InitialToken>, StoreError> {
        let found = self
            .connection()
            .query_row(
                "SELECT expires_at, remaining, allowed_origins FROM initial_token WHERE jti = ?1",
                [jti],
                |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)),
            )
            .optional()?;
        let Some((expires_at, remaining, origins)) = found else { return Ok(None) };
        let allowed_origins = serde_json::from_str(&origins)?;
        Ok(Some(InitialToken { jti: jti.to_owned(), expires_at, remaining, allowed_origins }))
    }

    /// Forgets initial access tokens that expired before `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_expired_initial_tokens(&self, now: i64) -> Result<(), StoreError> {
        self.connection()
            .execute("DELETE FROM initial_token WHERE expires_at > 0 AND expires_at < ?1", [now])?;
        Ok(())
    }
}
