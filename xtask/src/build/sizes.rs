//! What each file of the built portal weighs, and what a first visit fetches.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

use super::compress::EDITED_IN_PLACE;
use super::fingerprint::files;

/// One published file. All sizes in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path below the folder.
    pub name: String,
    /// As it lies there.
    pub raw: u64,
    /// Its `.gz`, where there is one.
    pub gzip: Option<u64>,
    /// Its `.br`, where there is one.
    pub brotli: Option<u64>,
    /// Whether a browser fetches it before the portal is usable.
    pub first_visit: bool,
}

impl Entry {
    /// What a server with brotli sends.
    pub fn sent(&self) -> u64 {
        self.brotli.unwrap_or(self.raw)
    }

    /// Whether the compiler or the bundler made it, which its hashed name tells: the rule for one asset is
    /// not for it.
    pub fn is_built(&self) -> bool {
        let stem = self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem);
        let hash = stem.trim_end_matches("_bg").rsplit('-').next().unwrap_or_default();
        hash.len() >= 8 && hash.len() < stem.len() && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    }
}

/// Measures every file of a built portal, the largest first.
///
/// # Errors
/// When the folder or its `index.html` cannot be read.
pub fn measure(dist: &Path) -> Result<Vec<Entry>> {
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index).with_context(|| format!("{} cannot be read", index.display()))?;
    let mut entries: Vec<Entry> = files(dist)?
        .iter()
        .filter(|file| !is_twin(file))
        .map(|file| entry(dist, file, &html))
        .collect::<Result<_>>()?;
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.sent()));
    Ok(entries)
}

/// What lies in `public` and is not in the built portal, in words: such a file was forgotten in `index.html`.
///
/// # Errors
/// When a folder cannot be read.
pub fn left_out(public: &Path, dist: &Path) -> Result<Vec<String>> {
    let names =
        files(public)?.into_iter().filter_map(|file| file.strip_prefix(public).ok().map(Path::to_path_buf));
    let missing = names.filter(|name| !dist.join(name).exists());
    Ok(missing
        .map(|name| format!("public/{} is not in the built portal; index.html must name it", name.display()))
        .collect())
}

fn entry(dist: &Path, file: &Path, html: &str) -> Result<Entry> {
    let name = file.strip_prefix(dist).unwrap_or(file).to_string_lossy().into_owned();
    let first_visit =
        name == "index.html" || EDITED_IN_PLACE.contains(&name.as_str()) || html.contains(&name);
    let raw = size(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(Entry { raw, gzip: size(&beside(file, "gz")), brotli: size(&beside(file, "br")), first_visit, name })
}

fn is_twin(file: &Path) -> bool {
    let extension = file.extension().unwrap_or_default();
    (extension == "br" || extension == "gz") && file.with_extension("").exists()
}

fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

fn size(file: &Path) -> Option<u64> {
    fs::metadata(file).ok().map(|about| about.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn what_the_page_names_and_the_configuration_count_for_the_first_visit() {
        let dist = Scratch::new("sizes");
        dist.write("index.html", r#"<link href=/style-1a2b.css><script src="/boot.js"></script>"#);
        dist.write("style-1a2b.css", "p{}");
        dist.write("style-1a2b.css.br", "x");
        dist.write("boot.js", "go()");
        dist.write("portal.json", "{}");
        dist.write("portal.schema.json", "{ }");
        let entries = measure(dist.path()).unwrap();
        let first = |name: &str| entries.iter().find(|entry| entry.name == name).unwrap().first_visit;
        assert_eq!(entries.len(), 5);
        assert!(first("index.html") && first("style-1a2b.css") && first("boot.js") && first("portal.json"));
        assert!(!first("portal.schema.json"));
        let css = entries.iter().find(|entry| entry.name == "style-1a2b.css").unwrap();
        assert_eq!((css.raw, css.brotli, css.gzip, css.sent()), (3, Some(1), None, 1));
    }

    #[test]
    fn a_file_that_is_not_published_is_named() {
        let root = Scratch::new("left-out");
        root.write("public/portal.json", "{}");
        root.write("public/photo.png", "png");
        root.write("dist/portal.json", "{}");
        let missing = left_out(&root.path().join("public"), &root.path().join("dist")).unwrap();
        assert_eq!(missing, ["public/photo.png is not in the built portal; index.html must name it"]);
    }

    #[test]
    fn only_a_hashed_name_is_a_built_file() {
        let built = |name: &str| {
            Entry { name: name.to_owned(), raw: 1, gzip: None, brotli: None, first_visit: false }.is_built()
        };
        assert!(built("portico-8f14e45fceea167a_bg.wasm"));
        assert!(built("portico-8f14e45fceea167a.js"));
        assert!(!built("boot.js"));
        assert!(!built("some-chart.js"));
        assert!(!built("deadbeef.png"));
    }
}
