//! axe-core, the accessibility checker that the end-to-end tests load into a page.

use anyhow::{Result, bail};
use std::path::PathBuf;

use super::npm;
use crate::paths::Paths;
use crate::process;
use crate::step::{step, there};

const PACKAGE: &str = "axe-core";
const VERSION: &str = "4.14.1";

/// Gives the path of `axe.min.js`.
///
/// # Errors
/// When it is missing and npm is too, or fails.
pub fn ensure(paths: &Paths) -> Result<PathBuf> {
    let script = paths.npm(PACKAGE).join("node_modules").join(PACKAGE).join("axe.min.js");
    if script.exists() {
        there(&format!("{PACKAGE} {VERSION}"));
        return Ok(script);
    }
    if process::find("npm").is_none() {
        bail!("axe-core comes from npm, and there is no npm. Try: apt-get install npm");
    }
    step(&format!("fetch {PACKAGE} {VERSION} from npm"), || npm::install(paths, PACKAGE, VERSION))?;
    Ok(script)
}
