//! Where things are: the repository, the cache of fetched tools, the user's data.

use anyhow::{Context, Result};
use serde_json::Value;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;

/// The folders that every command works in.
#[derive(Clone, Debug)]
pub struct Paths {
    /// The root of the repository.
    pub root: PathBuf,
    /// Fetched tools, servers and logs. It may be deleted at any time; the next command fetches again.
    pub cache: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
}

impl Paths {
    /// Finds the folders and makes the cache.
    ///
    /// # Errors
    /// When there is no home folder to put the cache in, or Cargo cannot read the workspace.
    pub fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root =
            Path::new(&manifest).parent().map(Path::to_path_buf).context("xtask has no parent folder")?;
        let cache = match env::var_os("PORTICO_CACHE") {
            Some(folder) => PathBuf::from(folder),
            None => user_folder("XDG_CACHE_HOME", ".cache")?.join("portico"),
        };
        fs::create_dir_all(cache.join("log")).with_context(|| {
            format!(
                "The cache folder {} cannot be made. Set PORTICO_CACHE to a folder you may write to.",
                cache.display()
            )
        })?;
        // Programs are run from several folders, so a relative path would mean several things.
        let cache = fs::canonicalize(cache)?;
        let target = target_folder(&root)?;
        Ok(Self { root, cache, target })
    }

    /// The built portal.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The built portal for a site where it lies below a path.
    pub fn dist_below(&self) -> PathBuf {
        self.root.join("dist-below")
    }

    /// The log file of a step that runs a tool.
    pub fn log(&self, name: &str) -> PathBuf {
        self.cache.join("log").join(format!("{name}.log"))
    }

    /// Where tests leave logs, screenshots and what the browser's console said.
    pub fn results(&self) -> PathBuf {
        self.root.join("test-results")
    }

    /// The embedded backend, as `cargo build` leaves it.
    pub fn sandbox(&self) -> PathBuf {
        self.target.join("debug").join("portico-sandbox")
    }

    /// Binaries that `cargo install` put into the cache.
    pub fn tool_bin(&self) -> PathBuf {
        self.cache.join("tools").join("bin")
    }

    /// A folder of its own for one npm package.
    pub fn npm(&self, package: &str) -> PathBuf {
        self.cache.join("npm").join(package)
    }
}

/// The default data file of the embedded backend, in the user's data folder.
///
/// # Errors
/// When there is no home folder.
pub fn default_data_file() -> Result<PathBuf> {
    Ok(user_folder("XDG_DATA_HOME", ".local/share")?.join("portico").join("sandbox.sqlite"))
}

fn user_folder(variable: &str, below_home: &str) -> Result<PathBuf> {
    if let Some(folder) = env::var_os(variable).filter(|folder| Path::new(folder).is_absolute()) {
        return Ok(PathBuf::from(folder));
    }
    let home = env::home_dir()
        .with_context(|| format!("There is no home folder. Set HOME or {variable} and try again."))?;
    Ok(home.join(below_home))
}

fn target_folder(root: &Path) -> Result<PathBuf> {
    let text = process::capture(Command::new("cargo").current_dir(root).args([
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
    ]))?;
    let metadata: Value = serde_json::from_str(&text).context("cargo metadata did not answer JSON")?;
    metadata
        .get("target_directory")
        .and_then(Value::as_str)
        .map(PathBuf::from)
        .context("cargo metadata names no target folder")
}
