//! The portal below a path of a site, such as `/portal/`: the same files, and a page that says where it lies.

use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::Path;

use super::compress;
use super::fingerprint::files;

/// Copies a built portal for a path that begins and ends with a slash. `404.html` is the page once more: plain static
/// hosts send it for addresses that are no files, which is what a deep link is.
///
/// # Errors
/// When the path is none, or a file cannot be read or written.
pub fn copy(dist: &Path, base: &str, to: &Path) -> Result<()> {
    let path = checked(base)?;
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("{} cannot be removed", to.display()))?;
    }
    for file in files(dist)? {
        let target = to.join(file.strip_prefix(dist)?);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(&file, &target).with_context(|| format!("{} cannot be copied", file.display()))?;
    }
    let index = to.join("index.html");
    let html = moved(&fs::read_to_string(&index).context("index.html was not built")?, path)?;
    for name in ["index.html", "404.html"] {
        let file = to.join(name);
        fs::write(&file, &html)?;
        compress::file(&file)?;
    }
    Ok(())
}

/// The path without its slash at the end; empty for `/`.
fn checked(base: &str) -> Result<&str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    let known =
        base.starts_with('/') && base.ends_with('/') && !base.contains("//") && base.chars().all(plain);
    if !known {
        bail!("--base is a path that begins and ends with a slash, such as /portal/, and not {base:?}.");
    }
    Ok(base.trim_end_matches('/'))
}

/// Every address of the page begins with a slash. Below a path it begins with that path, and the page knows it.
fn moved(html: &str, path: &str) -> Result<String> {
    ensure!(html.contains("<html "), "index.html has no <html> with attributes");
    let html = html.replace("=\"/", &format!("=\"{path}/"));
    let html = html.replace("=/", &format!("={path}/"));
    Ok(html.replacen("<html ", &format!("<html data-base=\"{path}\" "), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn addresses_begin_with_the_path() {
        let dist = Scratch::new("base-from");
        dist.write(
            "index.html",
            "<html lang=en><a href=\"/\"><script src=/boot.js data-js=\"/w.js\"></script></html>",
        );
        dist.write("boot.js", "go()");
        let to = Scratch::new("base-to");
        let site = to.path().join("site");
        copy(dist.path(), "/portal/", &site).unwrap();
        let html = fs::read_to_string(site.join("index.html")).unwrap();
        assert_eq!(
            html,
            "<html data-base=\"/portal\" lang=en><a href=\"/portal/\"><script src=/portal/boot.js data-js=\"/portal/w.js\"></script></html>"
        );
        assert_eq!(fs::read_to_string(site.join("404.html")).unwrap(), html);
        assert!(site.join("boot.js").exists());
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for base in ["", "portal", "/portal", "portal/", "//evil.example/", "/a b/", "/\"/"] {
            assert!(checked(base).is_err(), "{base}");
        }
        assert_eq!(checked("/").unwrap(), "");
        assert_eq!(checked("/a/b/").unwrap(), "/a/b");
    }
}
