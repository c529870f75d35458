//! The shape of the database, step by step. A step that was published is never changed; a new one is added.

use rusqlite::Connection;

use super::StoreError;

const STEPS: &[&str] = &[
    "
    CREATE TABLE signing_key (
        kid        TEXT PRIMARY KEY,
        algorithm  TEXT NOT NULL UNIQUE,
        secret     BLOB NOT NULL,
        created_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE initial_token (
        jti             TEXT PRIMARY KEY,
        expires_at      INTEGER NOT NULL,
        remaining       INTEGER NOT NULL,
        allowed_origins TEXT NOT NULL
    ) STRICT;
    CREATE TABLE client (
        client_id            TEXT PRIMARY KEY,
        secret               TEXT NOT NULL,
        service_account      TEXT NOT NULL,
        metadata             TEXT NOT NULL,
        registration_jti     TEXT NOT NULL,
        registration_iat     INTEGER NOT NULL,
        registration_origins TEXT NOT NULL,
        approved             INTEGER NOT NULL DEFAULT 0,
        issued_at            INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE revoked_token (
        jti        TEXT PRIMARY KEY,
        expires_at INTEGER NOT NULL
    ) STRICT;
",
    "
    ALTER TABLE client ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE client ADD COLUMN reason TEXT;
",
    "
    CREATE TABLE partner_app (
        app_id    TEXT PRIMARY KEY,
        developer TEXT NOT NULL,
        name      TEXT NOT NULL,
        document  TEXT NOT NULL,
        UNIQUE (developer, name)
    ) STRICT;
    CREATE TABLE partner_key (
        consumer_key TEXT PRIMARY KEY,
        app_id       TEXT NOT NULL
    ) STRICT;
    CREATE TABLE partner_mail (
        id        INTEGER PRIMARY KEY,
        developer TEXT NOT NULL,
        sent_at   INTEGER NOT NULL,
        kind      TEXT NOT NULL,
        subject   TEXT NOT NULL,
        body      TEXT NOT NULL
    ) STRICT;
    CREATE TABLE gateway_token (
        digest       BLOB PRIMARY KEY,
        consumer_key TEXT NOT NULL,
        expires_at   INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE gateway_assertion (
        consumer_key TEXT NOT NULL,
        jti          TEXT NOT NULL,
        expires_at   INTEGER NOT NULL,
        PRIMARY KEY (consumer_key, jti)
    ) STRICT;
",
    "
    CREATE TABLE identity_server_application (
        client_id     TEXT PRIMARY KEY,
        client_secret TEXT NOT NULL,
        tenant        TEXT NOT NULL,
        name          TEXT NOT NULL,
        owner         TEXT NOT NULL,
        members       TEXT NOT NULL,
        UNIQUE (tenant, name)
    ) STRICT;
    CREATE TABLE identity_server_token (
        digest     BLOB PRIMARY KEY,
        client_id  TEXT NOT NULL,
        scope      TEXT NOT NULL,
        expires_at INTEGER NOT NULL
    ) STRICT;
",
    "
    CREATE TABLE directory_software (
        directory   TEXT NOT NULL,
        software_id TEXT NOT NULL,
        document    TEXT NOT NULL,
        PRIMARY KEY (directory, software_id)
    ) STRICT;
    CREATE TABLE directory_key (
        id        INTEGER PRIMARY KEY,
        directory TEXT NOT NULL,
        holder    TEXT NOT NULL,
        kid       TEXT NOT NULL,
        jwk       TEXT NOT NULL,
        revoked   INTEGER NOT NULL DEFAULT 0,
        UNIQUE (directory, holder, kid)
    ) STRICT;
    CREATE TABLE open_banking_client (
        client_id TEXT PRIMARY KEY,
        document  TEXT NOT NULL,
        deleted   INTEGER NOT NULL DEFAULT 0
    ) STRICT;
",
];

/// Brings the database to the newest version, in one transaction.
pub(super) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let transaction = connection.transaction()?;
    transaction
        .execute_batch("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT")?;
    let found: i64 =
        transaction
            .query_row("SELECT coalesce(max(version), 0) FROM schema_version", [], |row| row.get(0))?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (version, step) in (1..).zip(STEPS).filter(|(version, _)| *version > found) {
        transaction.execute_batch(step)?;
        transaction.execute("INSERT INTO schema_version (version) VALUES (?1)", [version])?;
    }
    transaction.commit()?;
    Ok(())
}
