//! `boot.js` without what only a reader of its source needs.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Takes out the lines that are comments, and the white space in front of the others.
///
/// # Errors
/// When the file cannot be read or written.
pub fn strip(dist: &Path) -> Result<()> {
    let file = dist.join("boot.js");
    let source = fs::read_to_string(&file).context("boot.js was not built")?;
    fs::write(&file, stripped(&source)).context("boot.js cannot be written")
}

fn stripped(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_code_stays() {
        let source = "// What it does.\n\nconst a = \"https://a.example\"; // stays\n  // gone\n  go(a);\n";
        assert_eq!(stripped(source), "const a = \"https://a.example\"; // stays\ngo(a);\n");
    }
}
