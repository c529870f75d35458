//! `.br` and `.gz` beside each file, for servers that send what lies there.

use anyhow::{Context, Result, anyhow};
use brotli::CompressorWriter;
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread;

use super::fingerprint::files;

/// What gets smaller by compressing.
const TEXT_AND_WASM: [&str; 9] = ["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// The two files that an operator edits in place. With a `.br` beside them a web server would go on sending
/// what they said before.
pub const EDITED_IN_PLACE: [&str; 2] = ["portal.json", "catalogue.json"];

/// Compresses every file of a folder that gains by it.
///
/// # Errors
/// When a file cannot be read or written.
pub fn folder(dist: &Path) -> Result<()> {
    let mut work: Vec<PathBuf> = files(dist)?.into_iter().filter(|file| is_compressed(file)).collect();
    // The largest is begun first, so that it is not the one waited for.
    work.sort_by_key(|file| std::cmp::Reverse(fs::metadata(file).map_or(0, |about| about.len())));
    thread::scope(|scope| {
        let running: Vec<_> = work.iter().map(|path| scope.spawn(|| file(path))).collect();
        running.into_iter().try_for_each(|thread| {
            thread.join().unwrap_or_else(|_| Err(anyhow!("a compressing thread ended early")))
        })
    })
}

/// The size in bytes after brotli at its best.
///
/// # Errors
/// When compressing fails, which memory does not.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(content)?;
    writer.flush()?;
    Ok(writer.into_inner())
}

/// The content after gzip at its best.
///
/// # Errors
/// When compressing fails, which memory does not.
pub fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(content)?;
    Ok(writer.finish()?)
}

fn is_compressed(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    TEXT_AND_WASM.contains(&extension) && !EDITED_IN_PLACE.contains(&name)
}

/// Compresses one file.
///
/// # Errors
/// When it cannot be read, or its neighbours not be written.
pub fn file(path: &Path) -> Result<()> {
    let content = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    write_beside(path, "br", &brotli(&content)?)?;
    write_beside(path, "gz", &gzip(&content)?)
}

fn write_beside(path: &Path, extension: &str, content: &[u8]) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    fs::write(&name, content).with_context(|| format!("{} cannot be written", name.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn each_file_gets_both_except_what_an_operator_edits() {
        let dist = Scratch::new("compress");
        dist.write("index.html", &"<p>hello</p>".repeat(100));
        dist.write("deep/style.css", "p { color: red }");
        dist.write("portal.json", "{}");
        dist.write("logo.png", "png");
        folder(dist.path()).unwrap();
        let has = |name: &str| dist.path().join(name).exists();
        assert!(has("index.html.br") && has("index.html.gz"));
        assert!(has("deep/style.css.br") && has("deep/style.css.gz"));
        assert!(!has("portal.json.br") && !has("portal.json.gz"));
        assert!(!has("logo.png.br"));
        assert!(fs::metadata(dist.path().join("index.html.br")).unwrap().len() < 60);
    }

    #[test]
    fn what_was_compressed_reads_back() {
        let text = "portico ".repeat(500);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut brotli(text.as_bytes()).unwrap().as_slice(), &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
        let mut back = String::new();
        let gzip = gzip(text.as_bytes()).unwrap();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(gzip.as_slice()), &mut back).unwrap();
        assert_eq!(back, text);
    }
}
