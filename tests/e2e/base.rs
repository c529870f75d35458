//! The portal below a path of a plain static host, which knows files and `404.html` and nothing else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};
use portico_e2e::{Look, Sandbox, journey, scenario, setup::variable};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// Files below `/portal/`, and the site's own page elsewhere.
struct StaticHost {
    origin: String,
    listening: JoinHandle<()>,
}

impl Drop for StaticHost {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl StaticHost {
    async fn start(portal: String) -> Result<Self> {
        let folder = PathBuf::from(variable("PORTICO_DIST_BELOW")?);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let listening = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (folder, portal) = (folder.clone(), portal.clone());
                tokio::spawn(async move { send(connection, &folder, &portal).await.ok() });
            }
        });
        Ok(Self { origin, listening })
    }
}

async fn send(mut connection: TcpStream, folder: &Path, portal: &str) -> Result<()> {
    let mut buffer = [0; 16_384];
    let read = connection.read(&mut buffer).await?;
    let request = String::from_utf8_lossy(&buffer[..read]).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().split('?').next().unwrap_or_default();
    let (status, name, body) = match path.strip_prefix("/portal/") {
        None => ("404 Not Found", "x.txt", b"another part of the site".to_vec()),
        Some("portal.json") => ("200 OK", "portal.json", portal.as_bytes().to_vec()),
        Some(rest) => {
            let name = if rest.is_empty() { "index.html" } else { rest };
            match fs::read(folder.join(name)) {
                Ok(body) => ("200 OK", name, body),
                Err(_) => ("404 Not Found", "404.html", fs::read(folder.join("404.html"))?),
            }
        }
    };
    let media_type = match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html",
        "js" => "text/javascript",
        "wasm" => "application/wasm",
        "css" => "text/css",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        _ => "text/plain",
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes()).await?;
    connection.write_all(&body).await?;
    Ok(connection.shutdown().await?)
}

#[tokio::test]
async fn the_path_below_a_path() -> Result<()> {
    let server = Sandbox::start().await?;
    let portal = json!({ "version": 1, "environments": [{
        "id": "sandbox", "name": "Sandbox", "kind": "sandbox", "dialect": "keycloak",
        "issuer": format!("{}/realms/sandbox", server.origin), "machine_redirect_uri": "portal"
    }]});
    let host = StaticHost::start(portal.to_string()).await?;
    let answer = reqwest::Client::new()
        .post(format!("{}/try/initial-access-token", server.origin))
        .header("Content-Type", "application/json")
        .body(json!({ "count": 1, "web_origins": [host.origin] }).to_string())
        .send()
        .await?;
    let answer: serde_json::Value = serde_json::from_str(&answer.text().await?)?;
    let token = answer["initial_access_token"].as_str().unwrap_or_default().to_owned();
    scenario("below-a-path", Look::DESKTOP, &[&host.origin, &server.origin], async |browser| {
        browser.open(&format!("{}/portal/", host.origin)).await?;
        browser.press("I have an initial access token").await?;
        ensure!(
            browser.path().await?.starts_with("/portal/applications/new"),
            "the path is {}",
            browser.path().await?
        );
        journey::register(browser, "gateway-client", &["Balances"], &token).await?;
        journey::get_token(browser).await?;
        // A plain host sends 404.html for this address, with the status 404.
        browser.reload().await?;
        ensure!(
            browser.path().await?.ends_with("/token"),
            "the deep link was lost: {}",
            browser.path().await?
        );
        browser.see("gateway-client").await?;
        journey::rename(browser, "renamed-client").await?;
        browser.driver.back().await?;
        browser.see("renamed-client").await?;
        browser.go("/portal/products").await?;
        browser.see("Balances").await?;
        browser.open(&format!("{}/portal/", host.origin)).await?;
        browser.see("renamed-client").await?;
        browser.press("renamed-client").await?;
        journey::delete(browser, "renamed-client").await?;
        // The 404 of a deep link is a line in the console; it is what such a host does.
        browser.console().await?;
        Ok(())
    })
    .await
}
