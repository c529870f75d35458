//! The name of the larger program. Trunk hashes the names of what a first visit loads, and leaves the program that is
//! loaded later as `portico.js` and `portico_bg.wasm`: a name that an old copy in a cache would keep.

use anyhow::{Context, Result, ensure};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;

/// What stands in `index.html` until the name is known; see `Trunk.toml`.
const PLACE: &str = "@portico@";

/// Gives the larger program a name that holds a hash of its contents, and writes that name into `index.html`.
///
/// # Errors
/// When a file is missing, or `index.html` has no place for the name.
pub fn name_by_content(dist: &Path) -> Result<()> {
    let read = |name: &str| fs::read(dist.join(name)).with_context(|| format!("{name} was not built"));
    let (loader, wasm) = (read("portico.js")?, read("portico_bg.wasm")?);
    let mut hasher = DefaultHasher::new();
    (&loader, &wasm).hash(&mut hasher);
    let name = format!("portico-{:016x}", hasher.finish());
    for (old, new) in [("portico.js", format!("{name}.js")), ("portico_bg.wasm", format!("{name}_bg.wasm"))] {
        fs::rename(dist.join(old), dist.join(&new)).with_context(|| format!("{old} cannot be renamed"))?;
    }
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index).context("index.html was not built")?;
    ensure!(html.contains(PLACE), "index.html has no {PLACE}, where the name of the larger program belongs");
    fs::write(&index, html.replace(PLACE, &name)).context("index.html cannot be written")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn another_content_has_another_name() {
        let mut names = Vec::new();
        for content in ["one", "two"] {
            let dist = Scratch::new(&format!("programs-{content}"));
            dist.write("portico.js", "load()");
            dist.write("portico_bg.wasm", content);
            dist.write("index.html", "<script data-portico=/@portico@>");
            name_by_content(dist.path()).unwrap();
            let html = fs::read_to_string(dist.path().join("index.html")).unwrap();
            let name = html.trim_start_matches("<script data-portico=/").trim_end_matches('>').to_owned();
            assert!(dist.path().join(format!("{name}.js")).exists());
            assert!(dist.path().join(format!("{name}_bg.wasm")).exists());
            assert!(!dist.path().join("portico.js").exists());
            names.push(name);
        }
        assert_ne!(names[0], names[1]);
    }

    #[test]
    fn a_page_without_a_place_for_the_name_is_refused() {
        let dist = Scratch::new("programs-without");
        dist.write("portico.js", "");
        dist.write("portico_bg.wasm", "");
        dist.write("index.html", "<p>");
        assert!(name_by_content(dist.path()).is_err());
    }
}
