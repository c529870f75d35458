//! Tools that are installed from crates.io into the cache, built the quick way.

use anyhow::{Context, Result};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::versions;
use crate::paths::Paths;
use crate::process;
use crate::step::{step, there};

/// A program on crates.io, in the version that is wanted.
#[derive(Clone, Debug)]
pub struct CargoTool {
    /// The crate's name.
    pub package: &'static str,
    /// The binary that answers `--version` with `NAME VERSION`.
    pub binary: &'static str,
    /// The exact version.
    pub version: Cow<'static, str>,
    /// Whether the crate's own lock file can be used.
    pub locked: bool,
}

impl CargoTool {
    /// Bundles the portal.
    pub const TRUNK: Self =
        Self { package: "trunk", binary: "trunk", version: Cow::Borrowed("0.22.1"), locked: true };
    /// Drives Firefox.
    pub const GECKODRIVER: Self = Self {
        package: "geckodriver",
        binary: "geckodriver",
        version: Cow::Borrowed("0.37.1"),
        locked: true,
    };

    /// The wasm-bindgen that `Cargo.lock` asks for: any other one refuses the portal's wasm.
    ///
    /// # Errors
    /// When `Cargo.lock` cannot be read.
    pub fn wasm_bindgen(paths: &Paths) -> Result<Self> {
        let version = versions::locked(paths, "wasm-bindgen")?.into();
        // Its own lock file names a package that can no longer be selected.
        Ok(Self { package: "wasm-bindgen-cli", binary: "wasm-bindgen", version, locked: false })
    }
}

/// Makes sure of a tool and gives its binary: the cache first, then the user's `PATH`, else an installation.
///
/// # Errors
/// When the installation fails.
pub fn ensure(paths: &Paths, tool: &CargoTool) -> Result<PathBuf> {
    let label = format!("{} {}", tool.package, tool.version);
    let cached = paths.tool_bin().join(tool.binary);
    let candidates = [Some(cached.clone()), process::find(tool.binary)];
    if let Some(found) = candidates.into_iter().flatten().find(|binary| is_version(binary, &tool.version)) {
        there(&label);
        return Ok(found);
    }
    step(&format!("install {label} (a few minutes)"), || install(paths, tool))?;
    Ok(cached)
}

fn install(paths: &Paths, tool: &CargoTool) -> Result<()> {
    let root = paths.cache.join("tools");
    let mut command = Command::new("cargo");
    command
        // Outside the repository, so that its settings do not reach a foreign crate.
        .current_dir(&paths.cache)
        .env("RUSTUP_TOOLCHAIN", versions::toolchain(paths)?)
        .env_remove("CARGO_TARGET_DIR")
        // A third of the time of the default; the result builds the same bytes.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .args(["install", tool.package, "--version", tool.version.as_ref(), "--force", "--root"])
        .arg(&root);
    if tool.locked {
        command.arg("--locked");
    }
    process::run(&mut command, &paths.log(tool.package)).with_context(|| {
        format!(
            "{} could not be installed. A C compiler (apt-get install build-essential) and a way to crates.io are needed; then run the same command again.",
            tool.package
        )
    })
}

fn is_version(binary: &Path, wanted: &str) -> bool {
    let output = process::capture(Command::new(binary).arg("--version"));
    output.is_ok_and(|text| text.split_whitespace().nth(1) == Some(wanted))
}
