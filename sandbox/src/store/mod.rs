//! Everything that must survive a restart, in one SQLite file.

mod clients;
mod directory;
mod gateway;
mod identity_server;
mod initial_tokens;
mod keys;
mod migrations;
mod open_banking;
mod partner;
mod revoked_tokens;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

pub use clients::Client;
pub use identity_server::Taken;
pub use initial_tokens::InitialToken;
pub use partner::{Change, Mail};

/// The store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused; the text is its own.
    #[error("the database: {0}")]
    Database(#[from] rusqlite::Error),
    /// A stored JSON text is damaged.
    #[error("a stored JSON text: {0}")]
    Json(#[from] serde_json::Error),
    /// The file or its folder can't be made.
    #[error("the database file {path}: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The file was written by a later version of this program.
    #[error(
        "the database has version {found}, this program knows versions up to {known}; use a newer program or another file"
    )]
    Newer {
        /// The version in the file.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
}

/// The database; a clone is the same one. Calls are short and block the thread.
#[derive(Clone, Debug)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens the file, or makes it, readable by its owner only.
    ///
    /// # Errors
    /// When the file can't be opened, isn't a database, or is of a later version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let failed = |reason| StoreError::File { path: path.to_owned(), reason };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        create_private(path).map_err(failed)?;
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        Self::prepared(connection)
    }

    /// A database in memory, gone when the program ends.
    ///
    /// # Errors
    /// When SQLite can't start.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepared(Connection::open_in_memory()?)
    }

    fn prepared(mut connection: Connection) -> Result<Self, StoreError> {
        connection.busy_timeout(Duration::from_secs(5))?;
        migrations::run(&mut connection)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)) })
    }

    /// Whether the database answers.
    pub fn is_healthy(&self) -> bool {
        self.connection().query_row("SELECT 1", [], |row| row.get::<_, i64>(0)).is_ok()
    }

    /// The connection. A thread that died while holding it left no half-written state: SQLite rolled back.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a file that only its owner may read, unless it is there already.
#[cfg(unix)]
pub(crate) fn create_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path).map(drop)
}

/// Makes a file, unless it is there already.
#[cfg(not(unix))]
pub(crate) fn create_private(path: &Path) -> std::io::Result<()> {
    std::fs::OpenOptions::new().create(true).append(true).open(path).map(drop)
}
