//! Building the portal: Trunk, then names and one style sheet, then `.br` and `.gz` beside each file, and a fingerprint
//! to skip it all.

pub mod base;
pub mod boot;
pub mod budget;
pub mod compress;
pub mod fingerprint;
pub mod programs;
pub mod reload;
pub mod sizes;
pub mod style;

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::paths::Paths;
use crate::process;
use crate::step::{step, there};
use crate::tools;
use fingerprint::Fingerprint;

/// How the portal is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Small and compressed, in `dist`: what an operator deploys.
    Release,
    /// For working on the portal: quick to build unless `small`, and the page reloads itself. In a folder of its
    /// own, so that `dist` never holds it.
    Watched {
        /// Compiled as for a release.
        small: bool,
    },
}

impl Profile {
    fn folder(self, paths: &Paths) -> PathBuf {
        match self {
            Self::Release => paths.dist(),
            Self::Watched { .. } => paths.target.join("portal-watched"),
        }
    }

    fn is_small(self) -> bool {
        self != Self::Watched { small: false }
    }

    /// What the build depends on besides files.
    fn settings(self, paths: &Paths) -> Result<String> {
        Ok(format!("{self:?}, {}", tools::describe(paths)?))
    }
}

/// `cargo xtask build`: builds, prints the sizes, and fails over budget.
///
/// # Errors
/// When the build fails or a budget is broken.
pub fn command(paths: &Paths, base: Option<&str>) -> Result<()> {
    let dist = portal(paths, Profile::Release)?;
    if let Some(base) = base {
        let to = paths.dist_below();
        step(&format!("put it below {base}"), || base::copy(&dist, base, &to))?;
        println!("The portal for {base} is in {}.", to.display());
    }
    let report = report(&dist)?;
    print!("{report}");
    if report.problems.is_empty() {
        return Ok(());
    }
    bail!("The portal is over its budget:\n  - {}", report.problems.join("\n  - "))
}

/// The table of sizes of a built portal with what breaks a budget.
///
/// # Errors
/// When the folder cannot be read.
pub fn report(dist: &Path) -> Result<budget::Report> {
    Ok(budget::Report::new(sizes::measure(dist)?))
}

/// Makes sure that the built portal is there and as new as its sources, and gives its folder.
///
/// # Errors
/// When a tool is missing and cannot be fetched, or the portal does not compile.
pub fn portal(paths: &Paths, profile: Profile) -> Result<PathBuf> {
    let dist = profile.folder(paths);
    let inputs = fingerprint::inputs(&paths.root, &profile.settings(paths)?)?;
    let note = paths.target.join(match profile {
        Profile::Release => "portal-release.fingerprint",
        Profile::Watched { .. } => "portal-watched.fingerprint",
    });
    if Fingerprint::read(&note).is_some_and(|known| known.still_holds(inputs, &dist)) {
        there("the built portal");
        return Ok(dist);
    }
    let search = tools::for_build(paths)?;
    fetch_crates(paths)?;
    // Again, because a tool or Cargo.lock may be new; and before the build, so that what is edited during it
    // is built the next time.
    let inputs = fingerprint::inputs(&paths.root, &profile.settings(paths)?)?;
    build(paths, profile, &dist, &search)?;
    Fingerprint::of(inputs, &dist)?.write(&note)?;
    Ok(dist)
}

fn build(paths: &Paths, profile: Profile, dist: &Path, search: &OsStr) -> Result<()> {
    step("build the portal", || {
        let mut trunk = Command::new("trunk");
        // Trunk reads NO_COLOR as a yes/no option and refuses the usual `1`.
        trunk.current_dir(&paths.root).env("PATH", search).env_remove("NO_COLOR");
        trunk.args(["build", "--offline", "--dist"]).arg(dist);
        if profile.is_small() {
            trunk.arg("--release");
        }
        let built = process::run(&mut trunk, &paths.log("trunk")).context("The portal does not build.");
        remove_leftovers(dist).and(built)?;
        programs::name_by_content(dist)?;
        boot::strip(dist)?;
        style::join(dist)
    })?;
    match profile {
        Profile::Release => step("compress the portal", || compress::folder(dist)),
        Profile::Watched { .. } => reload::add(dist),
    }
}

/// Trunk is told to stay offline, so that it builds with our tools and not with some it downloads; Cargo has to
/// have everything by then.
fn fetch_crates(paths: &Paths) -> Result<()> {
    let fetch = |offline: &[&str]| {
        let mut cargo = Command::new("cargo");
        process::run(cargo.current_dir(&paths.root).arg("fetch").args(offline), &paths.log("cargo-fetch"))
    };
    if fetch(&["--offline"]).is_ok() {
        return Ok(());
    }
    step("fetch the portal's crates", || {
        fetch(&[])
            .context("Cargo could not fetch the crates that the portal is made of. Is crates.io reachable?")
    })
}

/// Trunk leaves an empty lock file, and after a failure its staging folder: neither is to be published.
fn remove_leftovers(dist: &Path) -> Result<()> {
    let lock = dist.join(".trunk-lock");
    if lock.exists() {
        fs::remove_file(&lock).with_context(|| format!("{} cannot be removed", lock.display()))?;
    }
    let stage = dist.join(".stage");
    if stage.exists() {
        fs::remove_dir_all(&stage).with_context(|| format!("{} cannot be removed", stage.display()))?;
    }
    Ok(())
}
