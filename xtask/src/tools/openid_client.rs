//! npm's openid-client, for which the portal writes a program.

use anyhow::{Result, bail};
use std::path::PathBuf;

use super::npm;
use crate::paths::Paths;
use crate::process;
use crate::step::{step, there};

const PACKAGE: &str = "openid-client";
const VERSION: &str = "6.8.9";

/// Gives the folder `node_modules` that it is in.
///
/// # Errors
/// When it is missing and npm is too, or fails; or when there is no Node to run it.
pub fn ensure(paths: &Paths) -> Result<PathBuf> {
    if process::find("node").is_none() || process::find("npm").is_none() {
        bail!("openid-client needs Node and npm. Try: sudo apt-get install -y nodejs npm");
    }
    let modules = paths.npm(PACKAGE).join("node_modules");
    if modules.join(PACKAGE).join("package.json").exists() {
        there(&format!("{PACKAGE} {VERSION}"));
        return Ok(modules);
    }
    step(&format!("fetch {PACKAGE} {VERSION} from npm"), || npm::install(paths, PACKAGE, VERSION))?;
    Ok(modules)
}
