//! Where things are. `cargo xtask test` says so by environment variables.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};

/// A variable that `cargo xtask test` sets.
///
/// # Errors
/// When it is missing, with the command that sets it.
pub fn variable(name: &str) -> Result<String> {
    env::var(name)
        .with_context(|| format!("{name} is not set: run these tests with `cargo xtask test --only e2e`"))
}

/// Folder for screenshots and console logs of failures.
#[must_use]
pub fn results() -> PathBuf {
    env::var_os("PORTICO_RESULTS").map_or_else(|| env::temp_dir().join("portico-test-results"), PathBuf::from)
}
