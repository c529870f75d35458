//! The pinned Rust toolchain, its wasm target and its components.

use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

use crate::paths::Paths;
use crate::process;
use crate::step::{step, there};

/// The target that the portal is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that the standard library for wasm is installed.
///
/// # Errors
/// When it is missing and rustup cannot add it.
pub fn ensure_wasm_target(paths: &Paths) -> Result<()> {
    let folder = process::capture(Command::new("rustc").current_dir(&paths.root).args([
        "--print",
        "target-libdir",
        "--target",
        WASM,
    ]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    step(&format!("add the Rust target {WASM}"), || {
        rustup(paths, &["target", "add", WASM], "rust-target").with_context(|| {
            format!("The Rust target {WASM} is missing and could not be added. Try: rustup target add {WASM}")
        })
    })
}

/// Makes sure of rustfmt and clippy, which the minimal profile leaves out.
///
/// # Errors
/// When one is missing and rustup cannot add it.
pub fn ensure_components(paths: &Paths) -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        let version = Command::new("cargo").current_dir(&paths.root).args([subcommand, "--version"]).output();
        if version.is_ok_and(|output| output.status.success()) {
            there(component);
            continue;
        }
        step(&format!("add the Rust component {component}"), || {
            rustup(paths, &["component", "add", component], "rust-component").with_context(|| {
                format!(
                    "{component} is missing and could not be added. Try: rustup component add {component}"
                )
            })
        })?;
    }
    Ok(())
}

fn rustup(paths: &Paths, words: &[&str], log: &str) -> Result<()> {
    process::run(Command::new("rustup").current_dir(&paths.root).args(words), &paths.log(log))
}
