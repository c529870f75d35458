//! Every screen and state: axe-core finds nothing, and nothing is wider than the window; both themes, 320 to 1440 px.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{Browser, Look, Result, Sandbox, axe, journey, scenario};

async fn good(browser: &Browser, screen: &str) -> Result<()> {
    // Pictures are kept so that a person can look at them: `cargo xtask test --only e2e`, then `test-results/`.
    browser.keep_picture(&format!("screen-{screen}")).await?;
    browser.fits(screen).await?;
    axe::check(browser, screen).await
}

async fn every_screen(look: Look) -> Result<()> {
    let sandbox = Sandbox::start().await?;
    let at = |path: &str| sandbox.page(path);
    scenario(&format!("screens-{}", look.name()), look, &[&sandbox.origin], async |browser| {
        browser.open(&at("/")).await?;
        browser.see("Sandbox answers in").await?;
        good(browser, "01-first-visit").await?;

        browser.open(&at("/applications/new")).await?;
        browser.see("Review").await?;
        good(browser, "02-new").await?;
        browser.press("Register application").await?;
        browser.see("Three things to change before this can be sent").await?;
        good(browser, "02-new-errors").await?;
        browser.fill("Application name", "gateway-client").await?;
        browser.choose("Balances").await?;
        browser.choose("Payment initiation").await?;
        browser.fill("Initial access token", &sandbox.initial_access_token).await?;
        browser.see("POST").await?;
        good(browser, "02-new-filled").await?;
        browser.press("Register application").await?;
        browser.see("gateway-client is registered").await?;
        good(browser, "03-registered").await?;

        journey::get_token(browser).await?;
        journey::call(browser, "Balances").await?;
        good(browser, "04-token-and-call").await?;
        for (tab, words) in
            [("Overview", "Asked"), ("Credentials", "Check a secret you hold"), ("History", "Got a token")]
        {
            browser.press(tab).await?;
            browser.see(words).await.or(browser.see(tab).await)?;
            good(browser, &format!("04-{}", tab.to_lowercase())).await?;
        }
        browser.press("Overview").await?;
        browser.press("Edit").await?;
        browser.fill("Application name", "renamed").await?;
        browser.see("What this change does").await?;
        good(browser, "04-change").await?;
        browser.press("Credentials").await?;
        browser.press("Delete application").await?;
        browser.see("Type the name to confirm").await?;
        good(browser, "04-delete-dialog").await?;

        browser.open(&at("/")).await?;
        browser.see("What needs you comes first").await.or(browser.see("gateway-client").await)?;
        good(browser, "01-home").await?;
        browser.fill("Filter by name, client ID, product", "nothing like this").await?;
        browser.see("No application matches").await?;
        good(browser, "01-home-nothing-found").await?;

        browser.open(&at("/inspect")).await?;
        good(browser, "05-inspect-empty").await?;
        browser.fill("Token", include_str!("../fixtures/keycloak/access-token.jwt").trim()).await?;
        browser.see("Сервісний користувач Трембіти").await?;
        good(browser, "05-inspect").await?;

        browser.open(&at("/workshop")).await?;
        browser.see("No key pair yet").await?;
        good(browser, "07-workshop-empty").await?;
        journey::make_key(browser).await?;
        browser.fill("Common name (CN)", "treasury-desk").await?;
        browser.press("Make the signing request").await?;
        browser.see("Matches the key above").await?;
        browser.fill("iss", "treasury-desk").await?;
        browser.press_beginning("Sign with").await?;
        browser.see("Signed, ES256, valid for").await?;
        good(browser, "07-workshop").await?;

        for (path, words, screen) in [
            ("/products", "Balances", "08-products"),
            ("/products/start-bp", "Start a business process", "08-product"),
            ("/products/nosuch", "Products", "08-product-unknown"),
            ("/settings", "Appearance", "09-settings"),
            ("/settings/environments/openbank/self-check", "Registers clients at", "12-self-check"),
            (
                "/settings/environments/sandbox/self-check",
                "This environment is not checked",
                "12-self-check-refused",
            ),
            ("/nosuch", "There is no such page", "11-unknown"),
            ("/applications/nosuch", "This application is not in this browser", "11-unknown-application"),
        ] {
            browser.open(&at(path)).await?;
            browser.see(words).await?;
            good(browser, screen).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn desktop_light() -> Result<()> {
    every_screen(Look::DESKTOP).await
}

#[tokio::test]
async fn desktop_dark() -> Result<()> {
    every_screen(Look::DESKTOP_DARK).await
}

#[tokio::test]
async fn mobile_light() -> Result<()> {
    every_screen(Look::MOBILE).await
}

#[tokio::test]
async fn mobile_dark() -> Result<()> {
    every_screen(Look::MOBILE_DARK).await
}

#[tokio::test]
async fn narrow() -> Result<()> {
    every_screen(Look::NARROW).await
}
