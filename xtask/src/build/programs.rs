//! The names of the programs that are loaded later. Trunk hashes the names of what a first visit loads, and leaves the
//! others as they are called: names that an old copy in a cache would keep.

use anyhow::{Context, Result, ensure};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;

/// What Trunk calls each of them, and the short name that stands between two `@` in `index.html`; see `Trunk.toml`.
const PROGRAMS: [(&str, &str); 2] = [("portico", "portico"), ("portico-workshop", "workshop")];

/// Gives each program that is loaded later a name that holds a hash of its contents, and writes the names into
/// `index.html`.
///
/// # Errors
/// When a file is missing, or `index.html` has no place for a name.
pub fn name_by_content(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let mut html = fs::read_to_string(&index).context("index.html was not built")?;
    for (built, short) in PROGRAMS {
        let place = format!("@{short}@");
        ensure!(html.contains(&place), "index.html has no {place}, where the name of a program belongs");
        html = html.replace(&place, &rename(dist, built, short)?);
    }
    fs::write(&index, html).context("index.html cannot be written")
}

fn rename(dist: &Path, built: &str, short: &str) -> Result<String> {
    let files = [".js", "_bg.wasm"];
    let mut hasher = DefaultHasher::new();
    for ending in files {
        let name = format!("{built}{ending}");
        fs::read(dist.join(&name)).with_context(|| format!("{name} was not built"))?.hash(&mut hasher);
    }
    let name = format!("{short}-{:016x}", hasher.finish());
    for ending in files {
        let (old, new) = (format!("{built}{ending}"), format!("{name}{ending}"));
        fs::rename(dist.join(&old), dist.join(new)).with_context(|| format!("{old} cannot be renamed"))?;
    }
    Ok(name)
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
            dist.write("portico-workshop.js", "load()");
            dist.write("portico-workshop_bg.wasm", "other");
            dist.write("index.html", "/@portico@ /@workshop@");
            name_by_content(dist.path()).unwrap();
            let html = fs::read_to_string(dist.path().join("index.html")).unwrap();
            let (name, workshop) = html.split_once(' ').unwrap();
            assert!(dist.path().join(format!("{}_bg.wasm", workshop.trim_start_matches('/'))).exists());
            let name = name.trim_start_matches('/').to_owned();
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
