//! wasm-opt from npm's binaryen, where Node is. Without it the portal is built a third larger.

use anyhow::{Context, Result};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use super::npm;
use crate::paths::Paths;
use crate::process;
use crate::step::{note, step, there};

/// The npm package and its version; what Debian 12 packages is too old for this compiler's output.
const PACKAGE: &str = "binaryen";
const VERSION: &str = "132.0.0";

/// Stands in for wasm-opt where there is none: Trunk always calls it as
/// `wasm-opt --output=OUT -Oz IN …`, so handing the file through is a build without it.
const PASS_THROUGH: &str = r#"#!/bin/sh
if [ "$1" = --version ]; then echo "wasm-opt version 0 (none)"; exit 0; fi
exec cp "$3" "${1#--output=}"
"#;

/// Gives the wasm-opt to put on `PATH`.
///
/// # Errors
/// Only when the stand-in cannot be written: a missing wasm-opt is said and lived with.
pub fn ensure(paths: &Paths) -> Result<PathBuf> {
    let binary = installed(paths);
    if binary.exists() {
        there(&format!("wasm-opt {VERSION}"));
        return Ok(binary);
    }
    if process::find("node").is_none() || process::find("npm").is_none() {
        note("No Node here, so the portal is built without wasm-opt and about a third larger.");
        return pass_through(paths);
    }
    match step(&format!("install wasm-opt {VERSION} from npm"), || npm::install(paths, PACKAGE, VERSION)) {
        Ok(()) => Ok(binary),
        Err(error) => {
            note(format!("The portal is built without wasm-opt and about a third larger. {error:#}"));
            pass_through(paths)
        }
    }
}

/// The version in use, or `none`.
pub fn describe(paths: &Paths) -> &'static str {
    if installed(paths).exists() { VERSION } else { "none" }
}

fn installed(paths: &Paths) -> PathBuf {
    paths.npm(PACKAGE).join("node_modules").join(".bin").join("wasm-opt")
}

fn pass_through(paths: &Paths) -> Result<PathBuf> {
    let folder = paths.cache.join("no-wasm-opt");
    fs::create_dir_all(&folder)?;
    let script = folder.join("wasm-opt");
    write_script(&script).with_context(|| format!("{} cannot be written", script.display()))?;
    Ok(script)
}

fn write_script(script: &Path) -> std::io::Result<()> {
    fs::write(script, PASS_THROUGH)?;
    fs::set_permissions(script, fs::Permissions::from_mode(0o755))
}
