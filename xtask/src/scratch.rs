//! A folder for one test, removed at its end.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// The folder.
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes an empty folder; the name keeps tests apart.
    pub fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("portico-xtask-{}-{name}", process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file below it.
    pub fn write(&self, name: &str, content: &str) {
        let file = self.0.join(name);
        fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        fs::write(file, content).expect("a written file");
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
