//! One style sheet instead of many. Trunk publishes each sheet that `index.html` links; together they compress better,
//! and a first paint waits for one request.

use anyhow::{Context, Result, ensure};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;

/// What a link to a joined sheet may say. Anything else, such as `media`, would get lost.
const KNOWN: [&str; 3] = ["rel", "href", "integrity"];

/// A link to a style sheet, as it stands in the page.
struct Link<'a> {
    tag: &'a str,
    file: &'a str,
}

/// Joins the style sheets of a built portal in the order in which its `index.html` links them, which is the order of
/// the cascade. The name holds a hash of the contents, so that a link without `integrity` names one content too.
///
/// # Errors
/// When a sheet is missing, cannot be joined, or `index.html` links none.
pub fn join(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index).context("index.html was not built")?;
    let links = links(&html)?;
    ensure!(!links.is_empty(), "index.html links no style sheet");
    let mut sheet = String::new();
    for link in &links {
        let text = fs::read_to_string(dist.join(link.file))
            .with_context(|| format!("{} was not built", link.file))?;
        // Behind another rule both would be ignored.
        ensure!(
            !text.contains("@import") && !text.contains("@charset"),
            "{} has an @import or @charset and cannot be joined with others",
            link.file
        );
        sheet.push_str(text.trim());
        sheet.push('\n');
    }
    let mut hasher = DefaultHasher::new();
    sheet.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    for link in &links {
        fs::remove_file(dist.join(link.file)).with_context(|| format!("{} cannot be removed", link.file))?;
    }
    fs::write(dist.join(&name), sheet).with_context(|| format!("{name} cannot be written"))?;
    fs::write(&index, with_one_link(&html, &links, &name)).context("index.html cannot be written")
}

/// The page with the joined sheet in the place of the first, and without the others.
fn with_one_link(html: &str, links: &[Link<'_>], name: &str) -> String {
    let mut page = html.to_owned();
    for (index, link) in links.iter().enumerate() {
        let joined = format!("<link rel=\"stylesheet\" href=\"/{name}\">");
        page = page.replacen(link.tag, if index == 0 { &joined } else { "" }, 1);
    }
    page
}

/// The links to style sheets. Trunk's minifier leaves out quotes and orders attributes anew.
fn links(html: &str) -> Result<Vec<Link<'_>>> {
    let mut found = Vec::new();
    for (start, _) in html.match_indices("<link ") {
        let tag = html.get(start..).unwrap_or_default().split_inclusive('>').next().unwrap_or_default();
        let attributes: Vec<(&str, &str)> = tag
            .trim_start_matches("<link ")
            .trim_end_matches('>')
            .trim_end_matches('/')
            .split_whitespace()
            .map(|attribute| attribute.split_once('=').unwrap_or((attribute, "")))
            .map(|(name, value)| (name, value.trim_matches('"')))
            .collect();
        let value =
            |wanted: &str| attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        if value("rel") != Some("stylesheet") {
            continue;
        }
        let lost = attributes.iter().find(|(name, _)| !KNOWN.contains(name));
        ensure!(lost.is_none(), "{tag} has more than rel, href and integrity, which would get lost");
        let file = value("href").and_then(|href| href.strip_prefix('/'));
        found.push(Link { tag, file: file.with_context(|| format!("{tag} names no file of the portal"))? });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    const MINIFIED: &str = "<!doctype html><meta name=a><link href=/icon.svg rel=icon type=image/svg+xml>\
        <link href=/layers-0a.css integrity=sha384-Az+/== rel=stylesheet>\
        <link href=/base-0b.css integrity=sha384-xQ rel=stylesheet><script src=/boot.js></script>";
    const AS_WRITTEN: &str = "<link rel=\"icon\" href=\"/icon.svg\">\n\
        <link rel=\"stylesheet\" href=\"/layers-0a.css\" integrity=\"sha384-Az+/==\"/>\n\
        <link rel=\"stylesheet\" href=\"/base-0b.css\" integrity=\"sha384-xQ\"/>\n<p>";

    fn dist(name: &str, html: &str) -> Scratch {
        let dist = Scratch::new(&format!("style-{name}"));
        dist.write("index.html", html);
        // Neither the order of the names nor that of the sizes.
        dist.write("layers-0a.css", "@layer base,more;");
        dist.write("base-0b.css", "@layer base{p{color:red}}\n");
        dist
    }

    fn joined(dist: &Scratch) -> (String, String) {
        let html = fs::read_to_string(dist.path().join("index.html")).unwrap();
        let name = html.split("href=\"/style-").nth(1).unwrap().split('"').next().unwrap();
        let name = format!("style-{name}");
        let sheet = fs::read_to_string(dist.path().join(&name)).unwrap();
        (html.replace(&name, "NAME"), sheet)
    }

    #[test]
    fn sheets_are_joined_in_the_order_of_their_links() {
        for (name, html) in [("minified", MINIFIED), ("written", AS_WRITTEN)] {
            let dist = dist(name, html);
            join(dist.path()).unwrap();
            let (html, sheet) = joined(&dist);
            assert_eq!(sheet, "@layer base,more;\n@layer base{p{color:red}}\n");
            assert_eq!(html.matches("stylesheet").count(), 1, "{html}");
            assert!(!html.contains("integrity"), "{html}");
            assert!(html.contains("icon.svg"), "{html}");
            assert!(!dist.path().join("layers-0a.css").exists() && !dist.path().join("base-0b.css").exists());
        }
    }

    #[test]
    fn the_joined_sheet_stands_where_the_first_stood() {
        let dist = dist("place", MINIFIED);
        join(dist.path()).unwrap();
        let (html, _) = joined(&dist);
        let expected = "<!doctype html><meta name=a><link href=/icon.svg rel=icon type=image/svg+xml>\
            <link rel=\"stylesheet\" href=\"/NAME\"><script src=/boot.js></script>";
        assert_eq!(html, expected);
    }

    #[test]
    fn another_content_has_another_name() {
        let names: Vec<String> = [("one", "p{}"), ("other", "a{}")]
            .into_iter()
            .map(|(name, sheet)| {
                let dist = dist(name, MINIFIED);
                dist.write("base-0b.css", sheet);
                join(dist.path()).unwrap();
                fs::read_to_string(dist.path().join("index.html")).unwrap()
            })
            .collect();
        assert_ne!(names[0], names[1]);
    }

    #[test]
    fn what_would_change_the_look_is_refused_and_nothing_is_removed() {
        let with_media = MINIFIED.replace("integrity=sha384-xQ", "media=print");
        let elsewhere = MINIFIED.replace("/base-0b.css", "https://example.org/base-0b.css");
        for (name, html) in [("media", with_media.as_str()), ("elsewhere", &elsewhere), ("none", "<p>")] {
            let dist = dist(name, html);
            assert!(join(dist.path()).is_err(), "{html}");
            assert!(dist.path().join("layers-0a.css").exists());
        }
        let dist = dist("import", MINIFIED);
        dist.write("base-0b.css", "@import \"x.css\";");
        assert!(join(dist.path()).is_err());
        assert!(dist.path().join("layers-0a.css").exists());
    }
}
