//! The rules of [`super::rules`] over every file of the repository.

use anyhow::{Context, Result};
use std::fs;
use std::process::Command;

use super::outcome::Outcome;
use super::{parts, rules};
use crate::paths::Paths;
use crate::process;

/// Reads the repository and says everything that is wrong at once.
///
/// # Errors
/// When git cannot list the files.
pub fn run(paths: &Paths) -> Result<Outcome> {
    let names = files(paths)?;
    let mut faults: Vec<String> = names.iter().flat_map(|name| file_faults(paths, name)).collect();
    let read = |name: &str| fs::read_to_string(paths.root.join(name)).ok();
    faults.extend(rules::documents(read("LICENSE").as_deref(), read("README.md").as_deref()));
    let locked =
        process::capture(parts::cargo(paths).args(["metadata", "--locked", "--format-version", "1"]));
    if locked.is_err() {
        faults.push("Cargo.lock does not fit the Cargo.toml files; `cargo check` writes it anew".to_owned());
    }
    if faults.is_empty() {
        return Ok(Outcome::Passed(format!("{} files", names.len())));
    }
    Ok(Outcome::Failed(faults.join("\n")))
}

/// Tracked files and those that would be added.
fn files(paths: &Paths) -> Result<Vec<String>> {
    let mut git = Command::new("git");
    git.current_dir(&paths.root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let text = process::capture(&mut git)
        .context("The files of the repository cannot be listed. Is git installed?")?;
    Ok(text.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// A picture is no text, and a file deleted but not yet committed is no file: neither breaks a rule.
fn file_faults(paths: &Paths, name: &str) -> Vec<String> {
    fs::read_to_string(paths.root.join(name)).map(|text| rules::faults(name, &text)).unwrap_or_default()
}
