//! Bad input, bad configuration, bad luck: each is explained, and nothing that was typed is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{Look, Result, Sandbox, axe, ensure, journey, scenario};

const NAME: &str = "gateway-client";

#[tokio::test]
async fn bad_input_in_the_form_is_explained_beside_the_field() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("bad-input", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.see("Application name").await?;
        browser.press("Register application").await?;
        browser.see("Three things to change before this can be sent").await?;
        let focused =
            browser.evaluate("return document.activeElement.closest('[role=alert]') !== null").await?;
        ensure!(focused == true, "the summary does not have the focus");
        let long = "x".repeat(256);
        for (label, text, words) in [
            ("Application name", long.as_str(), "at most 255 characters"),
            ("Contact e-mail", "integration@", "Add the part after the @"),
            ("Contact e-mail", "no address", "Write an e-mail address"),
            ("Initial access token", "hello", "token"),
            ("Initial access token", REGISTRATION_ACCESS_TOKEN, "registration access token"),
        ] {
            browser.fill(label, text).await?;
            browser.see(words).await?;
            ensure!(browser.value(label).await?.trim() == text.trim(), "“{label}” lost what was typed");
        }
        browser.press("Register application").await?;
        ensure!(browser.path().await? == "/applications/new");
        // Nothing may have been sent: the token of the sandbox still has its one use.
        browser.fill("Application name", NAME).await?;
        browser.fill("Contact e-mail", "").await?;
        browser.choose("Balances").await?;
        browser.fill("Initial access token", &format!("  Bearer {}", sandbox.initial_access_token)).await?;
        browser.press("Register application").await?;
        browser.see("gateway-client is registered").await
    })
    .await
}

const REGISTRATION_ACCESS_TOKEN: &str = include_str!("../fixtures/keycloak/registration-access-token.jwt");

#[tokio::test]
async fn a_used_up_token_is_explained_and_the_form_is_kept() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("used-up", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/")).await?;
        browser.press("Try the whole path with the sandbox").await?;
        browser.see("Initial access token: right for registering").await?;
        let token = browser.value("Initial access token").await?;
        for name in ["first", "second"] {
            browser.open(&sandbox.page("/applications/new")).await?;
            browser.fill("Application name", name).await?;
            browser.choose("Balances").await?;
            browser.fill("Initial access token", &token).await?;
            browser.press("Register application").await?;
            if name == "first" {
                browser.see("first is registered").await?;
            }
        }
        browser.see("has been used as often as it may be").await?;
        browser.see("The answer as it came").await?;
        axe::check(browser, "refused").await?;
        ensure!(browser.value("Application name").await? == "second");
        ensure!(browser.value("Initial access token").await? == token, "the token was thrown away");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_wrong_secret_and_bad_calls_are_explained() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("token-trouble", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, NAME, &["Balances", "Payment initiation"], &sandbox.initial_access_token)
            .await?;
        browser.reload().await?;
        browser.press("Get a token").await?;
        browser.fill("Client secret", "not-the-secret-at-all").await?;
        browser.press("Get a token").await?;
        browser.see("the secret is usually not the right one").await?;
        browser.press("Overview").await?;
        journey::read(browser).await?;
        browser.press("Token").await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Balances").await
    })
    .await
}

#[tokio::test]
async fn a_broken_configuration_names_every_problem_with_its_place() -> Result<()> {
    let portal =
        r#"{"version":1,"colour":"blue","environments":[{"id":"a","dialect":"soap","issuer":"nowhere"}]}"#;
    let sandbox = Sandbox::start_configured(portal, &[]).await?;
    scenario("broken-configuration", Look::MOBILE, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/")).await?;
        browser.see("This portal is not configured correctly").await?;
        for place in ["colour", "environments[0].dialect", "environments[0].issuer", "portal.json"] {
            browser.see(place).await?;
        }
        browser.fits("broken configuration").await?;
        axe::check(browser, "broken configuration").await
    })
    .await
}

/// A server that is not there: the page says so, and says that nothing more can be told.
#[tokio::test]
async fn an_unreachable_server_is_explained() -> Result<()> {
    let portal = r#"{"version":1,"environments":[{"id":"gone","name":"Gone","dialect":"keycloak",
        "issuer":"http://127.0.0.1:9/realms/x","initial_access_token":"none"}]}"#;
    let sandbox = Sandbox::start_configured(portal, &[]).await?;
    let allowed = [sandbox.origin.as_str(), "http://127.0.0.1:9"];
    scenario("unreachable", Look::DESKTOP, &allowed, async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.fill("Application name", NAME).await?;
        browser.choose("Balances").await?;
        browser.see("The request cannot be shown yet").await?;
        browser.see("127.0.0.1:9").await?;
        axe::check(browser, "unreachable").await?;
        // Chromium writes a line for every connection that fails; that line is what is wanted here.
        browser.console().await?;
        Ok(())
    })
    .await
}

/// The static page says what to do when the program does not arrive.
#[tokio::test]
async fn a_program_that_does_not_arrive_is_explained() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("no-program", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        let cdp = browser.driver.cdp();
        cdp.send_raw("Network.enable", serde_json::json!({})).await?;
        cdp.send_raw("Network.setBlockedURLs", serde_json::json!({ "urls": ["*.wasm"] })).await?;
        browser.driver.goto(sandbox.page("/")).await?;
        browser.see("Reload").await?;
        ensure!(
            browser.evaluate("return !document.getElementById('crash').hidden").await? == true,
            "the static page does not say that the program is missing"
        );
        axe::check(browser, "no program").await?;
        browser.console().await?;
        Ok(())
    })
    .await
}

/// One press, one request: whatever is pressed while the answer is awaited.
#[tokio::test]
async fn an_impatient_person_registers_once() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("impatient", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.fill("Application name", NAME).await?;
        browser.choose("Balances").await?;
        browser.fill("Initial access token", &sandbox.initial_access_token).await?;
        browser.see("POST").await?;
        browser
            .evaluate(
                "const b = [...document.querySelectorAll('button')].find((b) => b.innerText.includes('Register application')); for (let i = 0; i < 5; i++) b.click();",
            )
            .await?;
        browser.see("gateway-client is registered").await?;
        let posts = browser.requested_urls().await?;
        let posts = posts.iter().filter(|url| url.contains("clients-registrations")).count();
        ensure!(posts == 1, "{posts} requests were sent");
        Ok(())
    })
    .await
}
