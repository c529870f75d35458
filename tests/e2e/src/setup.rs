//! Where things are. `cargo xtask test` says so by environment variables.

use std::{
    env, fs,
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

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

/// How many runs with faults are wanted; `usual` when nobody says.
///
/// # Errors
/// When `PORTICO_FAULT_RUNS` is no number.
pub fn fault_runs(usual: usize) -> Result<usize> {
    env::var("PORTICO_FAULT_RUNS").map_or(Ok(usual), |runs| runs.parse().context("PORTICO_FAULT_RUNS"))
}

/// The seed of runs with faults: a new one each time, unless `PORTICO_FAULT_SEED` names one.
///
/// # Errors
/// When it is no number.
pub fn fault_seed() -> Result<u64> {
    match env::var("PORTICO_FAULT_SEED") {
        Ok(seed) => seed.parse().context("PORTICO_FAULT_SEED"),
        Err(_) => Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs()),
    }
}

/// Keeps a text among the results.
///
/// # Errors
/// When it cannot be written.
pub fn keep(name: &str, text: &str) -> Result<()> {
    fs::create_dir_all(results())?;
    fs::write(results().join(name), text).with_context(|| format!("{name} cannot be written"))
}
