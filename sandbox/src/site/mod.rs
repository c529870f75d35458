//! The portal's files, with the headers a web server in production must send as well.

mod policy;

use std::path::{Component, Path, PathBuf};

use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use percent_encoding::percent_decode_str;

use crate::answer;
use crate::jose::base64url;

/// The folder with the built portal, and the configuration that replaces the one in it.
#[derive(Debug)]
pub struct Site {
    root: Option<PathBuf>,
    config: Option<PathBuf>,
    allow_loopback: bool,
}

/// A file as it goes out.
struct Found {
    bytes: Vec<u8>,
    encoding: Option<&'static str>,
    media_type: &'static str,
}

impl Site {
    /// Files from this folder, if any; this file as `/portal.json`, if any.
    pub fn new(root: Option<PathBuf>, config: Option<PathBuf>) -> Self {
        Self { root, config, allow_loopback: false }
    }

    /// Whether the page may connect to any server on this computer.
    pub fn allow_loopback(mut self, allow: bool) -> Self {
        self.allow_loopback = allow;
        self
    }

    /// Answers with the file that the request names, or with the page when it names one of its routes.
    pub async fn serve(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response {
        if !matches!(*method, Method::GET | Method::HEAD) {
            let sentence = "Files are only read here: GET or HEAD. If this was meant for a backend, its prefix is missing.";
            return answer::refusal(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", sentence);
        }
        let mut response = match self.find(path, headers).await {
            Some(found) => with_file(found, path, headers),
            None => self.missing(path),
        };
        let config = self.config_file();
        policy::apply(&mut response, config.as_deref(), self.allow_loopback).await;
        response
    }

    fn missing(&self, path: &str) -> Response {
        let sentence = match self.root {
            Some(_) => format!("There is no file {path} in the portal."),
            None => "This server was started without the portal: --dist names its folder.".to_owned(),
        };
        answer::refusal(StatusCode::NOT_FOUND, "not_found", &sentence)
    }

    fn config_file(&self) -> Option<PathBuf> {
        self.config.clone().or_else(|| self.root.as_ref().map(|root| root.join("portal.json")))
    }

    async fn find(&self, path: &str, headers: &HeaderMap) -> Option<Found> {
        if path == "/portal.json" {
            let bytes = tokio::fs::read(self.config_file()?).await.ok()?;
            return Some(Found { bytes, encoding: None, media_type: "application/json" });
        }
        let root = self.root.as_ref()?;
        let relative = relative(path)?;
        let name = if relative.as_os_str().is_empty() { Path::new("index.html") } else { &relative };
        match read(&root.join(name), headers).await {
            None if name.extension().is_none() => read(&root.join("index.html"), headers).await,
            found => found,
        }
    }
}

/// The path below the folder; `None` when it would lead out of it or to a hidden file.
fn relative(path: &str) -> Option<PathBuf> {
    let decoded = percent_decode_str(path.trim_start_matches('/')).decode_utf8().ok()?;
    let plain = |component: Component<'_>| match component {
        Component::Normal(name) => {
            name.to_str().is_some_and(|name| !name.starts_with('.') && !name.contains('\\'))
        }
        _ => false,
    };
    let relative = PathBuf::from(decoded.as_ref());
    (!decoded.contains('\0') && relative.components().all(plain)).then_some(relative)
}

/// The file, or the compressed one beside it when the browser takes that and it isn't older.
async fn read(file: &Path, headers: &HeaderMap) -> Option<Found> {
    let media_type = media_type(file);
    let whole = tokio::fs::metadata(file).await.ok().filter(std::fs::Metadata::is_file)?;
    for (encoding, extension) in [("br", "br"), ("gzip", "gz")] {
        let mut beside = file.as_os_str().to_owned();
        beside.push(".");
        beside.push(extension);
        let fresh = match tokio::fs::metadata(&beside).await {
            Ok(packed) => packed.modified().ok() >= whole.modified().ok(),
            Err(_) => false,
        };
        if fresh && accepts(headers, encoding) {
            let bytes = tokio::fs::read(&beside).await.ok()?;
            return Some(Found { bytes, encoding: Some(encoding), media_type });
        }
    }
    let bytes = tokio::fs::read(file).await.ok()?;
    Some(Found { bytes, encoding: None, media_type })
}

fn with_file(found: Found, path: &str, headers: &HeaderMap) -> Response {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &found.bytes);
    let etag = format!("\"{}\"", base64url(digest.as_ref()));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let unchanged = known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag);
    let mut response = match unchanged {
        true => answer::empty(StatusCode::NOT_MODIFIED),
        false => answer::with_type(StatusCode::OK, found.media_type, found.bytes),
    };
    answer::set_text(&mut response, header::ETAG, &etag);
    answer::set(&mut response, header::VARY, "Accept-Encoding");
    let cache = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    answer::set(&mut response, header::CACHE_CONTROL, cache);
    if let Some(encoding) = found.encoding.filter(|_| !unchanged) {
        answer::set(&mut response, header::CONTENT_ENCODING, encoding);
    }
    response
}

fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let refused = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

/// Whether the name holds a digest of its content, as in `app-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let Some((stem, extension)) = path.rsplit_once('.') else { return false };
    let digest = stem.strip_suffix("_bg").unwrap_or(stem).rsplit_once('-').map_or("", |(_, digest)| digest);
    let hexadecimal = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    matches!(extension, "js" | "wasm" | "css") && digest.len() >= 8 && digest.chars().all(hexadecimal)
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
