//! Versions that the repository itself pins.

use anyhow::{Context, Result};
use std::fs;
use toml::{Table, Value};

use crate::paths::Paths;

/// The Rust toolchain that `rust-toolchain.toml` pins.
///
/// # Errors
/// When the file is missing or names no channel.
pub fn toolchain(paths: &Paths) -> Result<String> {
    let file = paths.root.join("rust-toolchain.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    channel(&text).with_context(|| format!("{} names no channel", file.display()))
}

/// The version of a package in `Cargo.lock`.
///
/// # Errors
/// When the file is missing or does not hold the package.
pub fn locked(paths: &Paths, package: &str) -> Result<String> {
    let file = paths.root.join("Cargo.lock");
    let text = fs::read_to_string(&file).with_context(|| {
        format!("{} cannot be read. `cargo generate-lockfile` writes it.", file.display())
    })?;
    find(&text, package).with_context(|| format!("Cargo.lock does not hold {package}"))
}

fn channel(text: &str) -> Option<String> {
    let table: Table = text.parse().ok()?;
    table.get("toolchain")?.get("channel")?.as_str().map(str::to_owned)
}

fn find(lock: &str, package: &str) -> Option<String> {
    let table: Table = lock.parse().ok()?;
    let packages = table.get("package")?.as_array()?;
    let named = |entry: &&Value| entry.get("name").and_then(Value::as_str) == Some(package);
    packages.iter().find(named)?.get("version")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen-futures"
version = "0.4.75"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#;

    #[test]
    fn finds_the_exact_package() {
        assert_eq!(find(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(find(LOCK, "wasm-bindgen-futures").as_deref(), Some("0.4.75"));
    }

    #[test]
    fn a_missing_package_or_a_broken_file_gives_nothing() {
        assert_eq!(find(LOCK, "wasm"), None);
        assert_eq!(find("not = [toml", "wasm-bindgen"), None);
    }

    #[test]
    fn reads_the_channel() {
        assert_eq!(channel("[toolchain]\nchannel = \"1.99.1\"\n").as_deref(), Some("1.99.1"));
        assert_eq!(channel("[toolchain]\nprofile = \"minimal\"\n"), None);
    }
}
