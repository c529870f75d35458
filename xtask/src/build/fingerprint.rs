//! Whether the built portal is as new as what it is built from.

use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

/// Everything that the portal is built from, below the root of the repository.
const INPUTS: [&str; 10] = [
    "src",
    "workshop/src",
    "workshop/Cargo.toml",
    "style",
    "public",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "rust-toolchain.toml",
];

/// What the portal was built from and what came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    inputs: u64,
    outputs: u64,
}

impl Fingerprint {
    /// The fingerprint of a portal that was just built.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn of(inputs: u64, dist: &Path) -> Result<Self> {
        Ok(Self { inputs, outputs: hash(dist, &files(dist)?)? })
    }

    /// Reads a fingerprint; a missing or strange one means "build".
    pub fn read(file: &Path) -> Option<Self> {
        let text = fs::read_to_string(file).ok()?;
        let mut numbers = text.split_whitespace().map(|word| u64::from_str_radix(word, 16).ok());
        Some(Self { inputs: numbers.next()??, outputs: numbers.next()?? })
    }

    /// Keeps the fingerprint.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(self, file: &Path) -> Result<()> {
        fs::write(file, format!("{:x} {:x}\n", self.inputs, self.outputs))
            .with_context(|| format!("{} cannot be written", file.display()))
    }

    /// Whether the folder is what was built, from these inputs. A `dist` that somebody changed by hand is not.
    pub fn still_holds(self, inputs: u64, dist: &Path) -> bool {
        Self::of(inputs, dist).is_ok_and(|now| now == self)
    }
}

/// A number that changes when an input of the build does. `extra` is what is not a file: tool versions.
///
/// # Errors
/// When an input cannot be read.
pub fn inputs(root: &Path, extra: &str) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    extra.hash(&mut hasher);
    std::env::var("RUSTFLAGS").ok().hash(&mut hasher);
    hash(root, &input_files(root)?)?.hash(&mut hasher);
    Ok(hasher.finish())
}

/// The files that the portal is built from, sorted.
///
/// # Errors
/// When a folder cannot be read.
pub fn input_files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for input in INPUTS {
        let path = root.join(input);
        if path.is_dir() {
            all.extend(files(&path)?);
        } else if path.exists() {
            all.push(path);
        }
    }
    Ok(all)
}

/// Every file below a folder, sorted by path.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn hash(root: &Path, files: &[PathBuf]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let content = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        file.strip_prefix(root).unwrap_or(file).hash(&mut hasher);
        content.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn an_input_that_changes_changes_the_fingerprint() {
        let root = Scratch::new("inputs");
        root.write("src/app.rs", "fn a() {}");
        root.write("index.html", "<p>");
        let before = inputs(root.path(), "tools").unwrap();
        assert_eq!(inputs(root.path(), "tools").unwrap(), before);
        root.write("README.md", "not an input");
        assert_eq!(inputs(root.path(), "tools").unwrap(), before);
        assert_ne!(inputs(root.path(), "other tools").unwrap(), before);
        root.write("src/app.rs", "fn b() {}");
        let changed = inputs(root.path(), "tools").unwrap();
        assert_ne!(changed, before);
        root.write("src/new.rs", "");
        assert_ne!(inputs(root.path(), "tools").unwrap(), changed);
    }

    #[test]
    fn an_output_changed_by_hand_is_built_again() {
        let root = Scratch::new("outputs");
        root.write("dist/index.html", "<p>");
        let dist = root.path().join("dist");
        let note = root.path().join("note");
        Fingerprint::of(7, &dist).unwrap().write(&note).unwrap();
        let read = Fingerprint::read(&note).unwrap();
        assert!(read.still_holds(7, &dist));
        assert!(!read.still_holds(8, &dist));
        root.write("dist/index.html", "<p>changed");
        assert!(!read.still_holds(7, &dist));
        assert!(!read.still_holds(7, &root.path().join("nowhere")));
    }

    #[test]
    fn a_strange_note_is_no_fingerprint() {
        let root = Scratch::new("strange");
        root.write("note", "hello\n");
        assert_eq!(Fingerprint::read(&root.path().join("note")), None);
        assert_eq!(Fingerprint::read(&root.path().join("missing")), None);
    }
}
