//! Packages from npm.

use anyhow::{Context, Result};
use std::fs;
use std::process::Command;

use crate::paths::Paths;
use crate::process;

/// Installs one npm package into a folder of its own in the cache.
///
/// # Errors
/// When npm fails.
pub fn install(paths: &Paths, package: &str, version: &str) -> Result<()> {
    let folder = paths.npm(package);
    fs::create_dir_all(&folder)?;
    let mut command = Command::new("npm");
    command
        .current_dir(&folder)
        .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
        .arg(&folder)
        .arg(format!("{package}@{version}"));
    process::run(&mut command, &paths.log(&format!("npm-{package}")))
        .with_context(|| format!("npm could not fetch {package} {version}. Is the npm registry reachable?"))
}
