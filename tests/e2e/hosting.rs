//! The files of `deploy/`, run: the built portal behind nginx and behind Caddy, with a real Keycloak behind the prefix.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context, Result, ensure};
use portico_e2e::{
    Look, journey,
    keycloak::Keycloak,
    mtls::MutualTls,
    scenario,
    web_server::{Behind, Kind, WebServer, folder},
};
use reqwest::{Client, Method, Response};
use tokio::{io::AsyncReadExt, net::TcpListener};

const BOTH: [Kind; 2] = [Kind::Nginx, Kind::Caddy];
/// Nothing listens here.
const NOBODY: &str = "http://localhost:9";

fn behind(idp: &str) -> Behind {
    Behind { idp: idp.to_owned(), gateway: 9, portal: "{}".to_owned(), more: String::new() }
}

/// A server in a folder that has certificates, whether they are used or not.
async fn started(kind: Kind, behind: &Behind) -> Result<(WebServer, MutualTls)> {
    let folder = folder()?;
    let gateway = MutualTls::start(&folder, true).await?;
    let behind = Behind { gateway: gateway.port, ..behind.clone() };
    Ok((WebServer::start(kind, folder, &behind).await?, gateway))
}

async fn ask(server: &WebServer, method: Method, path: &str, headers: &[(&str, &str)]) -> Result<Response> {
    let mut request = Client::new().request(method, format!("{}{path}", server.origin));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Ok(request.send().await?)
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

async fn the_whole_path(kind: Kind) -> Result<()> {
    let keycloak = Keycloak::running()?;
    let behind = Behind { portal: keycloak.portal("none", true), ..behind(&keycloak.base) };
    let (server, _gateway) = started(kind, &behind).await?;
    let token = keycloak.initial_access_token(&[]).await?;
    scenario(&format!("hosting-{kind:?}"), Look::DESKTOP, &[&server.origin], async |browser| {
        browser.open(&server.origin).await?;
        browser.press("I have an initial access token").await?;
        journey::register(browser, "gateway-client", &["Start a business process"], &token).await?;
        journey::get_token(browser).await?;
        browser.reload().await?;
        journey::rename(browser, "renamed-client").await?;
        journey::read(browser).await?;
        journey::rename(browser, "renamed-again").await?;
        journey::delete(browser, "renamed-again").await
    })
    .await
}

#[tokio::test]
async fn the_whole_path_behind_nginx() -> Result<()> {
    the_whole_path(Kind::Nginx).await
}

#[tokio::test]
async fn the_whole_path_behind_caddy() -> Result<()> {
    the_whole_path(Kind::Caddy).await
}

#[tokio::test]
async fn files_are_sent_as_they_should_be() -> Result<()> {
    for kind in BOTH {
        let (server, _gateway) = started(kind, &behind(NOBODY)).await?;
        let hashed = fs::read_dir(server.folder.join("site"))?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .find(|name| name.starts_with("portico-") && name.ends_with(".wasm"))
            .context("the portal has no hashed file")?;
        let page = ask(&server, Method::GET, "/applications/abc/history", &[]).await?;
        ensure!(page.status() == 200, "{kind:?}: a deep link answers {}", page.status());
        ensure!(header(&page, "content-type").starts_with("text/html"), "{kind:?}");
        let policy = header(&page, "content-security-policy");
        ensure!(
            policy.contains("default-src 'none'") && policy.contains("connect-src 'self';"),
            "{kind:?}: {policy}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            ensure!(header(&page, name) == value, "{kind:?}: {name} is {:?}", header(&page, name));
        }
        for path in ["/", "/portal.json", "/boot.js"] {
            let cache = header(&ask(&server, Method::GET, path, &[]).await?, "cache-control");
            ensure!(cache == "no-cache", "{kind:?}: {path} has {cache:?}");
        }
        let file =
            ask(&server, Method::GET, &format!("/{hashed}"), &[("Accept-Encoding", "br, gzip")]).await?;
        ensure!(
            header(&file, "content-encoding") == "br",
            "{kind:?}: {:?}",
            header(&file, "content-encoding")
        );
        ensure!(
            header(&file, "content-type") == "application/wasm",
            "{kind:?}: {}",
            header(&file, "content-type")
        );
        ensure!(header(&file, "cache-control").contains("immutable"), "{kind:?}");
        ensure!(!header(&file, "content-security-policy").is_empty(), "{kind:?}: a policy is on every file");
        let gone = ask(&server, Method::GET, "/portico-0123456789abcdef_bg.wasm", &[]).await?;
        ensure!(gone.status() == 404, "{kind:?}: a missing file answers {}", gone.status());
        ensure!(
            !header(&gone, "cache-control").contains("immutable"),
            "{kind:?}: a 404 would be kept for a year"
        );
    }
    Ok(())
}

#[tokio::test]
async fn the_prefix_passes_on_what_a_partner_needs() -> Result<()> {
    let keycloak = Keycloak::running()?;
    for kind in BOTH {
        let (server, _gateway) = started(kind, &behind(&keycloak.base)).await?;
        let realm = format!("/idp{}", keycloak.issuer().replace(&keycloak.base, ""));
        let discovery = format!("{realm}/.well-known/openid-configuration");
        let answer = ask(&server, Method::GET, &discovery, &[]).await?;
        ensure!(answer.status() == 200, "{kind:?}: discovery answers {}", answer.status());
        ensure!(
            header(&answer, "cache-control") == "no-store",
            "{kind:?}: {:?}",
            header(&answer, "cache-control")
        );
        ensure!(header(&answer, "connection") == "close", "{kind:?}: a browser would keep the connection");
        for name in ["set-cookie", "strict-transport-security"] {
            ensure!(header(&answer, name).is_empty(), "{kind:?}: {name} is passed on");
        }
        ensure!(answer.text().await?.contains(&keycloak.issuer()), "{kind:?}: the issuer is another");
        for path in ["/idp/admin/master/console/", "/idp/", &format!("{realm}/account")] {
            let answer = ask(&server, Method::GET, path, &[]).await?;
            ensure!(answer.status() == 404, "{kind:?}: {path} answers {}", answer.status());
        }
        let registration = format!("{realm}/clients-registrations/openid-connect");
        let foreign = [("Origin", "https://evil.example")];
        let answer = ask(&server, Method::POST, &registration, &foreign).await?;
        ensure!(answer.status() == 403, "{kind:?}: a foreign page gets {}", answer.status());
        ensure!(answer.headers().get("access-control-allow-origin").is_none(), "{kind:?}");
        // A page of the portal itself is let through, to Keycloak's own refusal.
        let own = [("Origin", server.origin.as_str()), ("Content-Type", "application/json")];
        let answer = ask(&server, Method::POST, &registration, &own).await?;
        ensure!(answer.text().await?.contains("error"), "{kind:?}");
    }
    Ok(())
}

/// A write whose answer is lost on the way: the web server does not send it again, and says what happened.
#[tokio::test]
async fn a_write_arrives_once_although_its_answer_is_lost() -> Result<()> {
    for kind in BOTH {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let upstream = format!("http://localhost:{}", listener.local_addr()?.port());
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let dropping = tokio::spawn(async move {
            while let Ok((mut connection, _)) = listener.accept().await {
                let mut buffer = [0; 4096];
                // Read, and closed without an answer.
                if connection.read(&mut buffer).await.is_ok_and(|read| read > 0) {
                    counted.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
        let (server, _gateway) = started(kind, &behind(&upstream)).await?;
        let path = "/idp/realms/r/clients-registrations/openid-connect/c1";
        for method in [Method::PUT, Method::DELETE, Method::POST] {
            count.store(0, Ordering::SeqCst);
            let path = if method == Method::POST { path.trim_end_matches("/c1") } else { path };
            let answer = ask(&server, method.clone(), path, &[("Content-Type", "application/json")]).await?;
            ensure!(answer.status() == 502, "{kind:?}: {method} answers {}", answer.status());
            ensure!(answer.text().await?.contains("upstream_unreachable"), "{kind:?}: {method}");
            let arrived = count.load(Ordering::SeqCst);
            ensure!(arrived == 1, "{kind:?}: one {method} arrived {arrived} times");
        }
        dropping.abort();
    }
    Ok(())
}

#[tokio::test]
async fn a_backend_that_is_down_is_said_in_json() -> Result<()> {
    for kind in BOTH {
        let (server, _gateway) = started(kind, &behind(NOBODY)).await?;
        let path = "/idp/realms/r/.well-known/openid-configuration";
        let answer = ask(&server, Method::GET, path, &[]).await?;
        ensure!(answer.status() == 502, "{kind:?}: {}", answer.status());
        ensure!(header(&answer, "content-type").starts_with("application/json"), "{kind:?}");
        ensure!(answer.text().await?.contains("upstream_unreachable"), "{kind:?}");
    }
    Ok(())
}

/// The gateway demands a certificate, and gets it through the prefix.
#[tokio::test]
async fn a_backend_that_demands_a_client_certificate() -> Result<()> {
    for kind in BOTH {
        let (server, _gateway) = started(kind, &behind(NOBODY)).await?;
        for _ in 0..2 {
            let answer = ask(&server, Method::GET, "/ob/register", &[]).await?;
            ensure!(answer.status() == 200, "{kind:?}: {}", answer.status());
            ensure!(answer.text().await? == r#"{"client":"partner"}"#, "{kind:?}");
        }
        let foreign = [("Origin", "https://evil.example")];
        let answer = ask(&server, Method::GET, "/ob/register", &foreign).await?;
        ensure!(answer.status() == 403, "{kind:?}: a foreign page gets {}", answer.status());
    }
    Ok(())
}

/// A second prefix to the same server shows no certificate, and must not be taken for the one that does.
#[tokio::test]
async fn another_prefix_does_not_inherit_the_certificate() -> Result<()> {
    for kind in BOTH {
        let folder = folder()?;
        let gateway = MutualTls::start(&folder, false).await?;
        let ca = folder.join("ca.pem");
        let more = match kind {
            Kind::Nginx => format!(
                "location ^~ /plain/ {{ proxy_pass https://localhost:{}/; proxy_ssl_name localhost; proxy_ssl_server_name on; proxy_ssl_protocols TLSv1.3; proxy_ssl_trusted_certificate {}; proxy_ssl_verify on; }}",
                gateway.port,
                ca.display()
            ),
            Kind::Caddy => format!(
                "handle_path /plain/* {{\nreverse_proxy https://localhost:{} {{\ntransport http {{\ntls_trusted_ca_certs {}\n}}\n}}\n}}",
                gateway.port,
                ca.display()
            ),
        };
        let behind = Behind { gateway: gateway.port, more, ..behind(NOBODY) };
        let server = WebServer::start(kind, folder, &behind).await?;
        for (path, who) in
            [("/ob/x", "partner"), ("/plain/x", "nobody"), ("/ob/x", "partner"), ("/plain/x", "nobody")]
        {
            let answer = ask(&server, Method::GET, path, &[]).await?.text().await?;
            ensure!(answer.contains(who), "{kind:?}: {path} is {answer}");
        }
    }
    Ok(())
}
