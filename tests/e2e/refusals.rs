//! Refusals and silences, each provoked for real: what the page says, and the ways on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use anyhow::{Context, Result, ensure};
use portico_e2e::{
    Browser, Look, Sandbox, axe, scenario,
    shell::run_shown_curl,
    stub::{Stub, answer},
};
use serde_json::{Value, json};

/// A look at a screen: nothing sticks out, axe finds nothing, and a picture is kept.
async fn look(browser: &Browser, screen: &str) -> Result<()> {
    browser.fits(screen).await?;
    axe::check(browser, screen).await?;
    browser.keep_picture(&format!("screen-{screen}")).await
}

/// A portal whose one environment is this server, called directly.
async fn portal_for(issuer: &str, dialect: &str) -> Result<Sandbox> {
    let portal = json!({ "version": 1, "environments": [{
        "id": "other", "name": "Other", "dialect": dialect, "issuer": issuer, "api": ""
    }]});
    Sandbox::start_configured(&portal.to_string(), &[]).await
}

async fn initial_access_token(server: &str, origins: &[&str], seconds: u32) -> Result<String> {
    let answer = reqwest::Client::new()
        .post(format!("{server}/try/initial-access-token"))
        .header("Content-Type", "application/json")
        .body(json!({ "count": 1, "expiration": seconds, "web_origins": origins }).to_string())
        .send()
        .await?;
    let answer: Value = serde_json::from_str(&answer.text().await?)?;
    Ok(answer["initial_access_token"].as_str().context("no token")?.to_owned())
}

async fn fill_in(browser: &Browser, origin: &str, token: &str) -> Result<()> {
    browser.open(&format!("{origin}/applications/new")).await?;
    browser.fill("Application name", "gateway-client").await?;
    browser.choose("Balances").await?;
    browser.fill("Initial access token", token).await
}

async fn register(browser: &Browser, origin: &str, token: &str) -> Result<()> {
    fill_in(browser, origin, token).await?;
    browser.see("POST").await?;
    browser.press("Register application").await
}

/// Another origin that the token does not list: the page of a blocked registration.
async fn a_page_that_is_not_listed(look_at: Look) -> Result<()> {
    let server = Sandbox::start().await?;
    let portal = portal_for(&format!("{}/realms/sandbox", server.origin), "keycloak").await?;
    let token = initial_access_token(&server.origin, &[], 600).await?;
    let allowed = [portal.origin.as_str(), server.origin.as_str()];
    scenario("refused-origin", look_at, &allowed, async |browser| {
        register(browser, &portal.origin, &token).await?;
        browser.see("Why was it refused?").await?;
        browser.see("The server is up, but this page may not read its answer (CORS)").await?;
        browser.see(&format!("does not list {}", portal.origin)).await?;
        browser.see("How sure: Likely.").await?;
        browser.see("It was made without web origins.").await?;
        browser.see("Allowed Registration Web Origins").await?;
        look(browser, "refused-origin").await?;
        browser.press("Back to New application").await?;
        ensure!(browser.value("Application name").await? == "gateway-client", "what was typed is gone");
        ensure!(browser.value("Initial access token").await? == token, "the token is gone");
        browser.console().await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn refused_origin() -> Result<()> {
    a_page_that_is_not_listed(Look::DESKTOP).await
}

#[tokio::test]
async fn refused_origin_on_a_telephone_in_the_dark() -> Result<()> {
    a_page_that_is_not_listed(Look::MOBILE_DARK).await
}

/// The command that the page shows, run as it stands; what it prints is pasted back.
#[tokio::test]
async fn the_shown_curl_and_its_answer() -> Result<()> {
    let server = Sandbox::start().await?;
    let portal = portal_for(&format!("{}/realms/sandbox", server.origin), "keycloak").await?;
    let token = initial_access_token(&server.origin, &[], 600).await?;
    let allowed = [portal.origin.as_str(), server.origin.as_str()];
    scenario("paste-back", Look::DESKTOP, &allowed, async |browser| {
        register(browser, &portal.origin, &token).await?;
        browser.see("Why was it refused?").await?;
        browser.fill("Answer", "hello").await?;
        browser.press("Read the answer").await?;
        browser.see("There is neither a line that begins with HTTP nor JSON in it.").await?;
        let printed = run_shown_curl(browser, &token).await?;
        ensure!(printed.contains("201"), "the command printed {printed}");
        browser.fill("Answer", &printed).await?;
        browser.press("Read the answer").await?;
        browser.see("gateway-client is registered").await?;
        // As if it had been sent directly: the registration token works, and the change is made.
        let path = browser.path().await?.replace("/registered", "");
        browser.open(&format!("{}{path}/history", portal.origin)).await?;
        browser.see("POST 201").await?;
        browser.console().await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_used_up_token_across_origins() -> Result<()> {
    let server = Sandbox::start().await?;
    let portal = portal_for(&format!("{}/realms/sandbox", server.origin), "keycloak").await?;
    let token = initial_access_token(&server.origin, &[&portal.origin], 600).await?;
    let allowed = [portal.origin.as_str(), server.origin.as_str()];
    scenario("used-up", Look::DESKTOP, &allowed, async |browser| {
        register(browser, &portal.origin, &token).await?;
        browser.see("gateway-client is registered").await?;
        register(browser, &portal.origin, &token).await?;
        browser.see("The server refused, and this page may not read why").await?;
        browser.see("So it was used up, or the request itself was refused.").await?;
        look(browser, "refused-unreadably").await?;
        browser.console().await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_expired_token_is_noticed_before_sending() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    let token = initial_access_token(&sandbox.origin, &[&sandbox.origin], 1).await?;
    tokio::time::sleep(std::time::Duration::from_millis(2100)).await;
    scenario("expired", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        fill_in(browser, &sandbox.origin, &token).await?;
        browser.see("expired").await?;
        look(browser, "expired").await
    })
    .await
}

/// Opens the form for a server that does not let itself be read, and sees what is found out.
async fn at_discovery(name: &str, portal: &Sandbox, server: &str, words: &[&str]) -> Result<()> {
    // The tools of the browser name where a redirect leads, also when it is not followed.
    let allowed = [portal.origin.as_str(), server, "https://login.example"];
    scenario(name, Look::DESKTOP, &allowed, async |browser| {
        fill_in(browser, &portal.origin, "any-token").await?;
        for words in words {
            browser.see(words).await?;
        }
        browser.press("How the portal knows").await?;
        browser.see("What it tells").await?;
        look(browser, name).await?;
        browser.console().await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_server_that_is_down() -> Result<()> {
    let gone = Stub::answering(|_| String::new()).await?;
    let origin = gone.origin.clone();
    drop(gone);
    let portal = portal_for(&origin, "rfc7591").await?;
    let words = [
        "No connection.",
        "How sure: Cannot be told from a page.",
        "Open the discovery address in a new tab",
    ];
    at_discovery("server-down", &portal, &origin, &words).await
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts() -> Result<()> {
    let server = Stub::untrusted(|_| answer("200 OK", &["Access-Control-Allow-Origin: *"], "{}")).await?;
    let portal = portal_for(&server.origin, "rfc7591").await?;
    let words = ["No connection.", "the certificate is not trusted", "How sure: Cannot be told from a page."];
    at_discovery("certificate", &portal, &server.origin, &words).await
}

#[tokio::test]
async fn an_answer_without_cors() -> Result<()> {
    let server = Stub::answering(|_| answer("200 OK", &["Content-Type: application/json"], "{}")).await?;
    let portal = portal_for(&server.origin, "rfc7591").await?;
    let words = ["Something answers, but this page may not read it (CORS).", "How sure: Certain."];
    at_discovery("without-cors", &portal, &server.origin, &words).await
}

#[tokio::test]
async fn a_redirect_to_a_sign_in_page() -> Result<()> {
    let server = Stub::answering(|_| {
        answer("302 Found", &["Location: https://login.example/", "Access-Control-Allow-Origin: *"], "")
    })
    .await?;
    let portal = portal_for(&server.origin, "rfc7591").await?;
    let words = ["The server sent this page elsewhere.", "usually to a sign-in page", "How sure: Certain."];
    at_discovery("redirect", &portal, &server.origin, &words).await
}

/// The portal over https, the server over http: the browser sends nothing.
#[tokio::test]
async fn mixed_content() -> Result<()> {
    let issuer = "http://id.example/realms/x";
    let portal = portal_for(issuer, "rfc7591").await?;
    let tls = Stub::tls_before(&portal.origin).await?;
    let browser = Browser::start_with(Look::DESKTOP, &["--ignore-certificate-errors"]).await?;
    let outcome = async {
        fill_in(&browser, &tls.origin, "any-token").await?;
        browser.see("A page on https may not call a server on http.").await?;
        browser.see("How sure: Certain.").await?;
        look(&browser, "mixed-content").await
    }
    .await;
    if outcome.is_err() {
        browser.keep_traces("mixed-content").await;
    }
    browser.stop().await;
    outcome
}

/// The token was issued at one address of the server, and the page calls it by another.
#[tokio::test]
async fn a_token_of_another_host_name() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    let elsewhere = sandbox.origin.replace("127.0.0.1", "localhost");
    let token = initial_access_token(&elsewhere, &[&sandbox.origin], 600).await?;
    scenario("wrong-host", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        fill_in(browser, &sandbox.origin, &token).await?;
        browser.see("localhost").await?;
        browser.see("Issuer").await?;
        look(browser, "wrong-host").await
    })
    .await
}

/// A token that lost its last characters on the way: readable through the site, and looked into.
#[tokio::test]
async fn a_damaged_token() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    let mut token = initial_access_token(&sandbox.origin, &[&sandbox.origin], 600).await?;
    token.truncate(token.len() - 6);
    scenario("damaged", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        register(browser, &sandbox.origin, &token).await?;
        browser.see("The server answered 401").await?;
        browser.see("so the token is damaged").await?;
        ensure!(browser.value("Application name").await? == "gateway-client", "what was typed is gone");
        look(browser, "damaged-token").await?;
        browser.console().await?;
        Ok(())
    })
    .await
}
