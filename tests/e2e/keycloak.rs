//! The same path on a real Keycloak: through a same-origin prefix, and directly across origins.
//!
//! `cargo xtask test --only e2e-keycloak` starts Keycloak and says where it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::process::Stdio;

use portico_e2e::{Context, Look, Result, Sandbox, ensure, journey, scenario, setup::variable};
use serde_json::{Value, json};

const REALM: &str = "BBBBCAXXXXX";

fn issuer() -> Result<String> {
    Ok(format!("{}/realms/{REALM}", variable("PORTICO_KEYCLOAK")?))
}

fn portal(machine_redirect_uri: &str, via: bool) -> Result<String> {
    let base = variable("PORTICO_KEYCLOAK")?;
    let via = via.then(|| json!({ "prefix": "/idp", "replaces": base }));
    Ok(json!({ "version": 1, "environments": [{
        "id": "keycloak", "name": "Keycloak", "kind": "sandbox", "dialect": "keycloak", "issuer": issuer()?,
        "via": via, "machine_redirect_uri": machine_redirect_uri
    }]})
    .to_string())
}

/// An initial access token by Keycloak's own administration, with these web origins.
async fn initial_access_token(web_origins: &[&str]) -> Result<String> {
    let base = variable("PORTICO_KEYCLOAK")?;
    let administrator = variable("PORTICO_KEYCLOAK_ADMIN")?;
    let (user, password) =
        administrator.split_once(':').context("PORTICO_KEYCLOAK_ADMIN is user:password")?;
    let answer = curl(&[
        "--data",
        &format!("grant_type=password&client_id=admin-cli&username={user}&password={password}"),
        &format!("{base}/realms/master/protocol/openid-connect/token"),
    ])
    .await?;
    let bearer = answer["access_token"].as_str().context("no administrator's token")?.to_owned();
    let wanted = json!({ "count": 1, "expiration": 600, "webOrigins": web_origins }).to_string();
    let answer = curl(&[
        "--header",
        &format!("Authorization: Bearer {bearer}"),
        "--header",
        "Content-Type: application/json",
        "--data",
        &wanted,
        &format!("{base}/admin/realms/{REALM}/clients-initial-access"),
    ])
    .await?;
    Ok(answer["token"].as_str().with_context(|| format!("no initial access token: {answer}"))?.to_owned())
}

async fn curl(arguments: &[&str]) -> Result<Value> {
    let output = tokio::process::Command::new("curl")
        .args(["--silent", "--show-error", "--max-time", "30"])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .await
        .context("cannot run curl")?;
    serde_json::from_slice(&output.stdout).with_context(|| {
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    })
}

/// The seed's document: `gateway-client`, `client_credentials`, no redirect URIs.
#[tokio::test]
async fn the_whole_path_through_a_prefix() -> Result<()> {
    let base = variable("PORTICO_KEYCLOAK")?;
    let proxy = format!("/idp={base}");
    let arguments = ["--proxy", proxy.as_str(), "--trust-issuer", &issuer()?];
    let sandbox = Sandbox::start_configured(&portal("none", true)?, &arguments).await?;
    let token = initial_access_token(&[]).await?;
    scenario("keycloak-prefix", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/")).await?;
        browser.press("I have an initial access token").await?;
        journey::register(browser, "gateway-client", &["Start a business process"], &token).await?;
        journey::get_token(browser).await?;
        browser.see("registry:start-bp").await?;
        browser.see("trembita-invoker").await?;
        journey::call(browser, "Start a business process").await?;
        journey::rename(browser, "renamed-client").await?;
        journey::read(browser).await?;
        journey::rename(browser, "renamed-again").await?;
        journey::delete(browser, "renamed-again").await?;
        browser.press("History").await?;
        browser.see("DELETE 204").await
    })
    .await
}

/// Registration from another origin works when the initial access token lists it; token requests do when the portal's
/// own address is registered as a redirect URI.
#[tokio::test]
async fn directly_across_origins() -> Result<()> {
    let base = variable("PORTICO_KEYCLOAK")?;
    let arguments = ["--trust-issuer", &issuer()?];
    let sandbox = Sandbox::start_configured(&portal("portal", false)?, &arguments).await?;
    let token = initial_access_token(&[&sandbox.origin]).await?;
    scenario("keycloak-direct", Look::DESKTOP, &[&sandbox.origin, &base], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, "gateway-client", &["Registry data"], &token).await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Registry data").await?;
        journey::rename(browser, "renamed-client").await?;
        journey::read(browser).await?;
        journey::delete(browser, "renamed-client").await
    })
    .await
}

/// A token that does not list this page is warned about before anything is sent.
#[tokio::test]
async fn a_token_for_another_page_is_noticed_before_sending() -> Result<()> {
    let base = variable("PORTICO_KEYCLOAK")?;
    let sandbox = Sandbox::start_configured(&portal("none", false)?, &[]).await?;
    let token = initial_access_token(&["https://elsewhere.example"]).await?;
    scenario("keycloak-origin", Look::DESKTOP, &[&sandbox.origin, &base], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.see("Review").await?;
        browser.fill("Initial access token", &token).await?;
        browser.see("Allowed origins").await?;
        browser.see(&sandbox.origin).await?;
        ensure!(
            browser.text().await?.contains("elsewhere.example"),
            "the page does not say which origins are allowed"
        );
        Ok(())
    })
    .await
}

/// Keycloak's refusals, readable through the prefix, are explained.
#[tokio::test]
async fn refusals_through_a_prefix_are_explained() -> Result<()> {
    let base = variable("PORTICO_KEYCLOAK")?;
    let proxy = format!("/idp={base}");
    let sandbox = Sandbox::start_configured(&portal("none", true)?, &["--proxy", &proxy]).await?;
    let token = initial_access_token(&[]).await?;
    scenario("keycloak-refusals", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, "once", &["Registry data"], &token).await?;
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.fill("Application name", "twice").await?;
        browser.choose("Registry data").await?;
        browser.fill("Initial access token", &token).await?;
        browser.press("Register application").await?;
        browser.see("has been used as often as it may be").await
    })
    .await
}
