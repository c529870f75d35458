//! Fetching Keycloak's distribution by Maven.

use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::paths::Paths;
use crate::process;
use crate::step::{step, there};
use crate::tools::java;

/// The version that the portal is tested with.
pub const VERSION: &str = "26.7.2";

/// Makes sure of the archive in the cache and gives its path.
///
/// # Errors
/// When Maven is missing or cannot fetch it.
pub fn ensure(paths: &Paths) -> Result<PathBuf> {
    let folder = paths.cache.join("keycloak");
    let archive = folder.join(format!("keycloak-quarkus-dist-{VERSION}.tar.gz"));
    if archive.exists() {
        there(&format!("Keycloak {VERSION}"));
        return Ok(archive);
    }
    java::ensure_maven()?;
    // Maven copies into a folder of its own, so that a download cut short is not taken for the archive.
    let part = folder.join("fetching");
    step(&format!("fetch Keycloak {VERSION} by Maven (176 MB)"), || {
        let mut maven = Command::new("mvn");
        maven
            .current_dir(&paths.cache)
            .args(["--quiet", "--batch-mode", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"])
            .arg(format!("-Dartifact=org.keycloak:keycloak-quarkus-dist:{VERSION}:tar.gz"))
            .arg(format!("-DoutputDirectory={}", part.display()));
        process::run(&mut maven, &paths.log("maven"))
            .context("Maven could not fetch Keycloak. Is Maven Central, or the mirror in ~/.m2/settings.xml, reachable?")?;
        let fetched = part.join(format!("keycloak-quarkus-dist-{VERSION}.tar.gz"));
        fs::rename(&fetched, &archive).with_context(|| format!("{} cannot be moved", fetched.display()))?;
        fs::remove_dir_all(&part).with_context(|| format!("{} cannot be removed", part.display()))
    })?;
    Ok(archive)
}
