//! Keys that are made in the page: from the first press to a call, and what becomes of the private half.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{Look, Result, Sandbox, journey, scenario};

/// A key made in the page, registered, proves the client; the answer is a token that a product takes.
#[tokio::test]
async fn from_a_key_made_here_to_a_call() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("keys", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.see("Nothing you type leaves this browser until you press Register").await?;
        browser.choose("Signature with a private key").await?;
        journey::make_key(browser).await?;
        journey::good(browser, "new-application-key").await?;
        journey::register(browser, "signing-client", &["Balances"], &sandbox.initial_access_token).await?;
        browser.see("Private key of this application").await?;
        journey::good(browser, "registered-key").await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Balances").await?;
        browser.press("Credentials").await?;
        browser.see("Private half in this tab").await?;
        journey::good(browser, "credentials-key").await
    })
    .await
}
