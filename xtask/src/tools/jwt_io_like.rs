//! React and Prism, of which the page is built that the inspector is measured against.

use anyhow::{Result, bail};
use std::path::PathBuf;

use super::npm;
use crate::paths::Paths;
use crate::process;
use crate::step::{step, there};

/// Each with a file of it that is used. React 18 is the last one that can be loaded without a bundler.
const PACKAGES: [(&str, &str, &str); 3] = [
    ("react", "18.3.1", "umd/react.production.min.js"),
    ("react-dom", "18.3.1", "umd/react-dom.production.min.js"),
    ("prismjs", "1.30.0", "components/prism-core.min.js"),
];

/// Gives the folder in which each package has a folder of its own.
///
/// # Errors
/// When one is missing and npm is too, or fails.
pub fn ensure(paths: &Paths) -> Result<PathBuf> {
    for (package, version, file) in PACKAGES {
        if paths.npm(package).join("node_modules").join(package).join(file).exists() {
            there(&format!("{package} {version}"));
            continue;
        }
        if process::find("npm").is_none() {
            bail!("{package} comes from npm, and there is no npm. Try: sudo apt-get install -y npm");
        }
        step(&format!("fetch {package} {version} from npm"), || npm::install(paths, package, version))?;
    }
    Ok(paths.cache.join("npm"))
}
