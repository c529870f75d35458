//! Chromium, Firefox and the programs that drive them.

use anyhow::{Context, Result};
use std::path::PathBuf;

use super::cargo_tools::{self, CargoTool};
use super::debian;
use crate::paths::Paths;
use crate::process;
use crate::step::there;

/// A browser and its WebDriver.
#[derive(Clone, Debug)]
pub struct Driven {
    /// The browser's binary.
    pub browser: PathBuf,
    /// The driver's binary.
    pub driver: PathBuf,
}

/// Chromium (or Chrome) and chromedriver.
///
/// # Errors
/// When one is missing and cannot be installed.
pub fn chromium(paths: &Paths) -> Result<Driven> {
    let browser = program(
        paths,
        &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
        "chromium",
    )?;
    let driver = program(paths, &["chromedriver", "chromium.chromedriver"], "chromium-driver")?;
    Ok(Driven { browser, driver })
}

/// Firefox and geckodriver, which Debian does not package.
///
/// # Errors
/// When one is missing and cannot be installed.
pub fn firefox(paths: &Paths) -> Result<Driven> {
    let browser = program(paths, &["firefox-esr", "firefox"], "firefox-esr")?;
    let driver = cargo_tools::ensure(paths, &CargoTool::GECKODRIVER)?;
    Ok(Driven { browser, driver })
}

fn program(paths: &Paths, names: &[&str], package: &str) -> Result<PathBuf> {
    let look = || names.iter().find_map(|name| process::find(name));
    if let Some(found) = look() {
        there(&found.display().to_string());
        return Ok(found);
    }
    debian::install(paths, &[package])?;
    look().with_context(|| format!("{package} was installed, but none of {} is on PATH", names.join(", ")))
}
