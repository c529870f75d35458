//! An application that waits for approval, on the embedded backend: the operator's page lets it in, and the portal turns
//! it active by itself.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use anyhow::{Result, ensure};
use portico_e2e::{Browser, Look, Sandbox, axe, journey, scenario};

/// What a person sees after a reload, after a restart, and when a minute has passed.
async fn waits(look: Look) -> Result<()> {
    let sandbox = Sandbox::start_with(&["--memory", "--client-disabled"]).await?;
    scenario("approval", look, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        let token = &sandbox.initial_access_token;
        journey::register(browser, "waits", &["Payment initiation"], token).await?;
        let overview = browser.path().await?.replace("/registered", "");
        // Within the page: what it has just asked the server is not cut off.
        browser.press("Open the application").await?;
        browser.see("Waiting for approval").await?;
        browser.see("The operator has to switch this application on.").await?;
        browser.see("Asked once, last").await?;
        browser.fits("waiting").await?;
        axe::check(browser, "waiting").await?;
        browser.keep_picture("screen-waiting").await?;
        browser.reload().await?;
        browser.see("Waiting for approval").await?;

        approve(browser, &sandbox).await?;
        browser.open(&sandbox.page(&overview)).await?;
        browser.see("Waiting for approval").await?;
        // A minute later, as far as the page can tell.
        browser.evaluate("const now = Date.now; Date.now = () => now() + 61_000; return 1").await?;
        browser.see("Active").await?;
        journey::read(browser).await
    })
    .await
}

/// On the operator's page, in another tab.
async fn approve(browser: &Browser, sandbox: &Sandbox) -> Result<()> {
    browser.driver.goto(sandbox.page("/operator")).await?;
    browser.see("Waits for approval, or was switched off").await?;
    browser.press("Approve").await?;
    browser.see("The client is let in.").await?;
    browser.keep_picture("screen-operator").await
}

#[tokio::test]
async fn it_turns_active_by_itself() -> Result<()> {
    waits(Look::DESKTOP).await
}

#[tokio::test]
async fn it_turns_active_by_itself_on_a_telephone() -> Result<()> {
    waits(Look::MOBILE).await
}

#[tokio::test]
async fn it_is_rejected() -> Result<()> {
    let sandbox = Sandbox::start_with(&["--memory", "--client-disabled"]).await?;
    scenario("rejected", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, "waits", &["Balances"], &sandbox.initial_access_token).await?;
        let overview = browser.path().await?.replace("/registered", "");
        browser.driver.goto(sandbox.page("/operator")).await?;
        browser.fill("Reason", "Who is <this>?").await?;
        browser.press("Reject").await?;
        browser.see("Rejected: Who is <this>?").await?;
        browser.open(&sandbox.page(&overview)).await?;
        browser.press("Read").await?;
        browser.see("Waiting for approval").await?;
        browser.press("Check again").await?;
        browser.see("asked 2 times").await?;
        ensure!(browser.text().await?.contains("Copy message to the operator"));
        Ok(())
    })
    .await
}
