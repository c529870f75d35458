//! Fetching what a command needs and does not find.

pub mod axe;
pub mod browsers;
pub mod cargo_tools;
pub mod debian;
pub mod java;
pub mod jwt_io_like;
pub mod npm;
pub mod oidc_provider;
pub mod openid_client;
pub mod rust;
pub mod versions;
pub mod wasm_opt;
pub mod web_servers;

use anyhow::Result;
use std::ffi::OsString;
use std::path::PathBuf;

use crate::paths::Paths;
use crate::process;
use cargo_tools::CargoTool;

/// Makes sure of the toolchain's wasm target, Trunk, wasm-bindgen and, where Node is, wasm-opt. Gives the
/// `PATH` on which exactly these are found first.
///
/// # Errors
/// When something is missing and cannot be fetched; the message says what to do.
pub fn for_build(paths: &Paths) -> Result<OsString> {
    rust::ensure_wasm_target(paths)?;
    let bindgen = CargoTool::wasm_bindgen(paths)?;
    let folders: Vec<PathBuf> = [
        cargo_tools::ensure(paths, &CargoTool::TRUNK)?,
        cargo_tools::ensure(paths, &bindgen)?,
        wasm_opt::ensure(paths)?,
    ]
    .iter()
    .filter_map(|binary| binary.parent().map(PathBuf::from))
    .collect();
    Ok(process::path_with(&folders))
}

/// The versions that [`for_build`] would use, without fetching anything: an input of the build like its sources.
///
/// # Errors
/// When `Cargo.lock` or `rust-toolchain.toml` cannot be read.
pub fn describe(paths: &Paths) -> Result<String> {
    let bindgen = CargoTool::wasm_bindgen(paths)?;
    let toolchain = versions::toolchain(paths)?;
    let wasm_opt = wasm_opt::describe(paths);
    Ok(format!(
        "rust {toolchain}, trunk {}, wasm-bindgen {}, wasm-opt {wasm_opt}",
        CargoTool::TRUNK.version,
        bindgen.version
    ))
}
