//! The whole path of a partner on the embedded backend.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{Look, Result, Sandbox, ensure, journey, scenario, traces};

const NAME: &str = "gateway-client";

/// Create, products, credentials, token, call: four screens, and at most twelve things to press or fill in. Then
/// inspect, change, read and delete.
#[tokio::test]
async fn from_an_initial_access_token_to_a_deleted_application() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("path", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/")).await?;
        let mut screens = vec![browser.path().await?];
        browser.press("I have an initial access token").await?;
        journey::register(browser, NAME, &["Balances"], &sandbox.initial_access_token).await?;
        screens.push("/applications/new".to_owned());
        let secret = journey::shown_secret(browser).await?;
        screens.push(browser.path().await?);
        journey::get_token(browser).await?;
        screens.push(browser.path().await?);
        journey::call(browser, "Balances").await?;
        let interactions = browser.take_interactions();
        ensure!(interactions <= 12, "{interactions} things had to be pressed or filled in");
        ensure!(screens.len() <= 4, "{screens:?}");

        browser.see("cash-accounts:balances.read").await?;
        browser.press("Inspect").await?;
        browser.see("Access token from Keycloak").await?;
        browser.see("Signature not checked").await?;
        ensure!(browser.path().await? == "/inspect", "the token must not stand in the address");

        browser.driver.back().await?;
        journey::rename(browser, "renamed-client").await?;
        journey::read(browser).await?;
        browser.press("History").await?;
        for line in ["Registered", "Got a token", "Called Balances", "Changed", "Read the registration"] {
            browser.see(line).await?;
        }
        journey::delete(browser, "renamed-client").await?;
        ensure!(!browser.text().await?.contains(&secret), "the secret is still on the page");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_sandbox_hands_out_its_own_token() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("trial", Look::MOBILE, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/")).await?;
        browser.press("Try the whole path with the sandbox").await?;
        browser.see("Initial access token: right for registering").await?;
        browser.fill("Application name", NAME).await?;
        browser.choose("Start a business process").await?;
        browser.press("Register application").await?;
        browser.see("gateway-client is registered").await?;
        journey::get_token(browser).await?;
        browser.see("trembita-invoker").await?;
        journey::call(browser, "Start a business process").await
    })
    .await
}

/// Searches everything the page leaves behind for the secrets it has seen.
#[tokio::test]
async fn no_secret_is_left_anywhere() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("secrets", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, NAME, &["Balances"], &sandbox.initial_access_token).await?;
        let secret = journey::shown_secret(browser).await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Balances").await?;
        journey::rename(browser, "renamed-client").await?;
        browser.press("History").await?;
        browser.see("Changed").await?;
        // Any token starts like this: `{"alg"` in Base64url. The sandbox makes no other text of that kind.
        let needles = [secret.as_str(), &sandbox.initial_access_token, "eyJhbGciOi", "eyJ0eXAiOi"];
        let traces = traces::all(browser).await?;
        for needle in needles {
            for (place, text) in &traces {
                ensure!(!text.contains(needle), "{place} holds a secret that starts with {:.6}", needle);
            }
        }
        let urls = browser.requested_urls().await?.join("\n");
        let console = browser.console().await?.join("\n");
        for needle in needles {
            ensure!(
                !urls.contains(needle) && !console.contains(needle),
                "an address or the console holds a secret"
            );
        }
        // The search itself is worth nothing if it cannot find a thing.
        browser.evaluate(&format!("localStorage.setItem('probe', '{secret}')")).await?;
        ensure!(
            traces::all(browser).await?.iter().any(|(_, text)| text.contains(&secret)),
            "the search is blind"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_was_typed_survives_reload_back_and_a_closed_tab() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("draft", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.fill("Application name", NAME).await?;
        browser.choose("Balances").await?;
        browser.fill("Initial access token", &sandbox.initial_access_token).await?;
        browser.see("1 of 4 chosen").await?;
        tokio::time::sleep(std::time::Duration::from_millis(800)).await;
        browser.reload().await?;
        browser.see("1 of 4 chosen").await?;
        ensure!(browser.value("Application name").await? == NAME);
        ensure!(browser.value("Initial access token").await?.is_empty(), "the token was stored");

        browser.go("/products").await?;
        browser.driver.back().await?;
        browser.see("1 of 4 chosen").await?;
        ensure!(browser.value("Application name").await? == NAME);

        browser.open(&sandbox.page("/")).await?;
        browser.see("Draft").await?;
        browser.press("Continue").await?;
        browser.see("1 of 4 chosen").await
    })
    .await
}

#[tokio::test]
async fn a_reload_after_every_step_loses_nothing_but_what_is_not_kept() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("reload", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, NAME, &["Balances"], &sandbox.initial_access_token).await?;
        browser.reload().await?;
        browser.see("The secret is no longer in this tab.").await?;
        browser.press("Read the registration").await?;
        browser.see("Client secret").await?;
        journey::get_token(browser).await?;
        browser.reload().await?;
        browser.see("No token in this tab").await?;
        browser.press("Overview").await?;
        journey::read(browser).await?;
        browser.press("Edit").await?;
        browser.fill("Application name", "second-name").await?;
        browser.press("Send this change").await?;
        browser.see("The change was made").await?;
        browser.reload().await?;
        browser.see("second-name").await?;
        // The token was replaced by the change; the one that was stored must be the one that works.
        journey::read(browser).await?;
        journey::delete(browser, "second-name").await?;
        browser.reload().await?;
        browser.see("Deleted").await
    })
    .await
}

/// Two tabs see each other's changes, and the second uses the token that the first one got.
#[tokio::test]
async fn two_tabs() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("two-tabs", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, NAME, &["Balances"], &sandbox.initial_access_token).await?;
        browser.press("Open the application").await?;
        let first = browser.driver.window().await?;
        let second = browser.driver.new_tab().await?;
        browser.driver.switch_to_window(second.clone()).await?;
        browser.open(&sandbox.page("/")).await?;
        browser.see(NAME).await?;
        browser.press(NAME).await?;
        journey::rename(browser, "from-the-second-tab").await?;
        browser.driver.switch_to_window(first).await?;
        browser.see("from-the-second-tab").await?;
        browser.press("Overview").await?;
        journey::read(browser).await?;
        journey::rename(browser, "from-the-first-tab").await?;
        browser.driver.switch_to_window(second).await?;
        browser.see("from-the-first-tab").await
    })
    .await
}
