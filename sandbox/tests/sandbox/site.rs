//! The portal's files and the headers they go out with.

use std::path::Path;

use tempfile::TempDir;

use crate::backend::{Answer, Backend};

const HASHED: &str = "portico-0123456789abcdef_bg.wasm";
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self' http://localhost:8081 https://api.example; manifest-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

fn portal() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("index.html", "<!doctype html><title>Portal</title>");
    write(HASHED, "wasm");
    write(&format!("{HASHED}.br"), "small");
    write(&format!("{HASHED}.gz"), "smaller");
    write("boot.js", "1");
    write(".hidden.json", "{}");
    write(
        "portal.json",
        r#"{"environments":[{"issuer":"http://localhost:8081/realms/r","registration":"/own",
        "products":{"a":{"api":"https://api.example/v1"}}}],"links":[{"url":"https://elsewhere.example"}]}"#,
    );
    std::fs::write(folder.path().parent().unwrap().join("outside.json"), "{}").unwrap();
    folder
}

fn serving(folder: &Path, more: &[&str]) -> Backend {
    let mut flags = vec!["--dist", folder.to_str().unwrap()];
    flags.extend(more);
    Backend::with(&flags)
}

async fn get(backend: &Backend, path: &str, headers: &[(&str, &str)]) -> Answer {
    backend.call("GET", path, headers, "").await
}

#[tokio::test]
async fn every_file_has_the_policies() {
    let folder = portal();
    let backend = serving(folder.path(), &[]);
    for path in ["/", "/settings", "/boot.js", "/portal.json", &format!("/{HASHED}"), "/missing.js"] {
        let answer = get(&backend, path, &[]).await;
        let headers = [
            ("content-security-policy", POLICY),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ];
        for (name, value) in headers {
            assert_eq!(answer.header(name), Some(value), "{path}: {name}");
        }
        assert!(answer.header("permissions-policy").unwrap().contains("clipboard-write=(self)"));
    }
}

#[tokio::test]
async fn names_with_a_digest_are_kept_and_others_asked_for_again() {
    let folder = portal();
    let backend = serving(folder.path(), &[]);
    let hashed = get(&backend, &format!("/{HASHED}"), &[]).await;
    assert_eq!(hashed.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(hashed.header("content-type"), Some("application/wasm"));
    for path in ["/", "/portal.json", "/boot.js", "/applications/new"] {
        let answer = get(&backend, path, &[]).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("cache-control")),
            (200, Some("no-cache")),
            "{path}"
        );
        let etag = answer.header("etag").unwrap();
        let again = get(&backend, path, &[("if-none-match", etag)]).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{path}");
    }
}

#[tokio::test]
async fn sends_what_the_browser_can_unpack() {
    let folder = portal();
    let backend = serving(folder.path(), &[]);
    let path = format!("/{HASHED}");
    for (accepts, encoding, body) in [
        ("gzip, deflate, br", Some("br"), "small"),
        ("gzip", Some("gzip"), "smaller"),
        ("br;q=0, gzip;q=0.5", Some("gzip"), "smaller"),
        ("identity", None, "wasm"),
    ] {
        let answer = get(&backend, &path, &[("accept-encoding", accepts)]).await;
        assert_eq!((answer.header("content-encoding"), answer.text().as_str()), (encoding, body));
        assert_eq!(answer.header("vary"), Some("Accept-Encoding"));
    }
    // A compressed file from before the last build is not sent.
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    let file = std::fs::File::options().append(true).open(folder.path().join(HASHED)).unwrap();
    file.set_modified(later).unwrap();
    assert_eq!(get(&backend, &path, &[("accept-encoding", "br")]).await.text(), "wasm");
}

#[tokio::test]
async fn routes_are_the_page_and_missing_files_are_missing() {
    let folder = portal();
    let backend = serving(folder.path(), &[]);
    for path in ["/", "/settings", "/applications/1/token", "/folder/"] {
        let answer = get(&backend, path, &[]).await;
        assert!(answer.text().contains("<title>Portal"), "{path}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    }
    let missing = [
        "/missing.js",
        "/missing-0123456789abcdef.css",
        "/.hidden.json",
        "/../outside.json",
        "/%2e%2e/outside.json",
        "/..%2foutside.json",
        "/a%00.json",
    ];
    for path in missing {
        let answer = get(&backend, path, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (404, "not_found"), "{path}");
        assert_ne!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
    }
    let written = backend.call("POST", "/idp/realms/r", &[], "").await;
    assert_eq!((written.status.as_u16(), written.error().as_str()), (405, "method_not_allowed"));
}

#[tokio::test]
async fn another_configuration_replaces_the_one_in_the_folder() {
    let folder = portal();
    let other = folder.path().join("other.json");
    std::fs::write(&other, r#"{"environments":[{"issuer":"https://idp.example/realms/r"}]}"#).unwrap();
    let backend = serving(folder.path(), &["--config", other.to_str().unwrap()]);
    assert!(get(&backend, "/portal.json", &[]).await.text().contains("idp.example"));
    let policy = get(&backend, "/", &[]).await;
    let policy = policy.header("content-security-policy").unwrap();
    assert!(policy.contains("connect-src 'self' https://idp.example;"), "{policy}");
    std::fs::write(&other, "broken").unwrap();
    assert_eq!(
        get(&backend, "/portal.json", &[]).await.text(),
        "broken",
        "the page says what is wrong with it"
    );
}

#[tokio::test]
async fn servers_on_this_computer_are_allowed_only_when_that_is_asked_for() {
    let folder = portal();
    for (flags, allowed) in [(&[][..], false), (&["--allow-loopback"], true)] {
        let page = get(&serving(folder.path(), flags), "/", &[]).await;
        let policy = page.header("content-security-policy").unwrap();
        assert_eq!(policy.contains("http://127.0.0.1:*"), allowed, "{policy}");
        assert_eq!(policy.contains("http://localhost:*"), allowed, "{policy}");
    }
}

#[tokio::test]
async fn without_a_portal_it_says_so() {
    let backend = Backend::with(&[]);
    let answer = get(&backend, "/", &[]).await;
    assert_eq!(answer.status, 404);
    assert!(answer.description().contains("--dist"));
}
