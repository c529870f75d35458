//! npm's oidc-provider, a real server for registration that is not Keycloak.

use anyhow::{Result, bail};
use std::path::PathBuf;

use super::npm;
use crate::paths::Paths;
use crate::process;
use crate::step::{step, there};

const PACKAGE: &str = "oidc-provider";
const VERSION: &str = "9.13.3";

/// Gives the path of the package's entry.
///
/// # Errors
/// When it is missing and npm is too, or fails; or when there is no Node to run it.
pub fn ensure(paths: &Paths) -> Result<PathBuf> {
    if process::find("node").is_none() || process::find("npm").is_none() {
        bail!("oidc-provider needs Node and npm. Try: sudo apt-get install -y nodejs npm");
    }
    let entry = paths.npm(PACKAGE).join("node_modules").join(PACKAGE).join("lib/index.js");
    if entry.exists() {
        there(&format!("{PACKAGE} {VERSION}"));
        return Ok(entry);
    }
    step(&format!("fetch {PACKAGE} {VERSION} from npm"), || npm::install(paths, PACKAGE, VERSION))?;
    Ok(entry)
}
