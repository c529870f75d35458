//! Makes a watched portal's page reload itself. What is deployed has nothing of this.

use anyhow::{Context, Result};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

/// The embedded backend sends the event when the file of its `--watch-file` changes.
const SCRIPT: &str =
    "new EventSource(\"/__reload\").addEventListener(\"reload\", () => location.reload());\n";

/// Adds a script to a built portal. It is a file, because the page's policy allows no inline script.
///
/// # Errors
/// When the folder cannot be written.
pub fn add(folder: &Path) -> Result<()> {
    let script = folder.join("reload.js");
    fs::write(&script, SCRIPT).with_context(|| format!("{} cannot be written", script.display()))?;
    let page = folder.join("index.html");
    let mut file = OpenOptions::new()
        .append(true)
        .open(&page)
        .with_context(|| format!("{} cannot be opened", page.display()))?;
    // After the end of the document a parser still puts it into the body.
    writeln!(file, "<script src=\"/reload.js\"></script>")
        .with_context(|| format!("{} cannot be written", page.display()))
}
