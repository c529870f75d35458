//! A bank's partner portal: sign-in, an app with products, a certificate, an assertion, a call; what an administrator
//! decides; and that nobody sees what belongs to another.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{Browser, Look, Result, Sandbox, bank, ensure, journey, scenario};

#[tokio::test]
async fn from_a_sign_in_to_a_call() -> Result<()> {
    let sandbox = Sandbox::start_with(&["--memory", "--gateway-token-seconds", "8"]).await?;
    scenario("bank", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        bank::choose(browser, &sandbox).await?;
        browser.press("Register application").await?;
        browser.see("Sign in first").await?;
        journey::good(browser, "bank-new-errors").await?;
        browser.fill("Application name", "loan-desk").await?;
        browser.fill("Description", "Shows loans to the people at the desk.").await?;
        browser.choose("Retail loans").await?;
        browser.choose("Payment limits").await?;
        // Away and back: what was typed is still there.
        bank::sign_in(browser, "Ana").await?;
        ensure!(browser.value("Application name").await? == "loan-desk", "what was typed is gone");
        ensure!(
            !browser.evaluate("return location.href").await?.to_string().contains("code="),
            "the code is in the address"
        );
        journey::make_key(browser).await?;
        browser.see("POST").await?;
        journey::good(browser, "bank-new").await?;
        browser.press("Register application").await?;
        browser.see("loan-desk is registered").await?;
        browser.see("Waiting for approval").await?;
        browser.see("No certificate is registered").await?;
        browser.press("Make and register a certificate").await?;
        browser.see("A certificate is registered").await?;
        journey::good(browser, "bank-registered").await?;

        browser.press("Get a token").await?;
        browser.see("The answer writes expires_in as a string").await?;
        journey::call(browser, "Retail loans").await?;
        browser.see("L-2048-771").await?;
        // The token ends after eight seconds; the call is repeated once with a new one.
        tokio::time::sleep(std::time::Duration::from_secs(9)).await;
        browser.press("Call Retail loans").await?;
        browser.see("401").await?;
        journey::good(browser, "bank-call").await
    })
    .await
}

#[tokio::test]
async fn an_administrator_decides_and_nobody_sees_another_s_apps() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("bank-decisions", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        bank::choose(browser, &sandbox).await?;
        bank::sign_in(browser, "Ana").await?;
        bank::register(browser, "limits-desk", &["Payment limits"]).await?;
        browser.press("Open the application").await?;
        browser.press("Credentials").await?;
        browser.see("Waiting for approval").await?;
        journey::good(browser, "bank-waiting").await?;

        let operator = bank::Operator::new(&sandbox);
        operator.decide(&operator.app("limits-desk").await?, "approve", "").await?;
        browser.press("Read from the bank").await?;
        browser.see("Approved").await?;

        browser.press("Add a key").await?;
        browser.see("Delete this key").await?;
        operator.decide(&operator.app("limits-desk").await?, "revoke", "The contract has ended.").await?;
        browser.press("Read from the bank").await?;
        browser.see("The contract has ended.").await?;
        journey::good(browser, "bank-revoked").await?;

        // Another partner: the app is not hers.
        browser.press("Forget this sign-in").await?;
        bank::sign_in(browser, "Ben").await?;
        browser.press("Read from the bank").await?;
        browser.see("no longer exists").await.or(browser.see("belongs to another partner").await)
    })
    .await
}

/// A cancelled sign-in says so and loses nothing; an answer to another attempt is not used.
#[tokio::test]
async fn a_sign_in_that_does_not_work_is_said() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("bank-sign-in", Look::MOBILE, &[&sandbox.origin], async |browser| {
        bank::choose(browser, &sandbox).await?;
        browser.fill("Application name", "kept-name").await?;
        browser.press("Sign in").await?;
        bank::press_outside(browser, "Cancel").await?;
        browser.see("The sign-in was cancelled").await?;
        journey::good(browser, "bank-cancelled").await?;
        browser.press("Go back to where you were").await?;
        browser.see("Nothing you type leaves this browser").await?;
        ensure!(browser.value("Application name").await? == "kept-name", "what was typed is gone");
        browser.open(&sandbox.page("/signed-in?code=stolen&state=made-up")).await?;
        browser.see("No sign-in is under way in this tab").await?;
        no_code(browser).await
    })
    .await
}

/// A sign-in that ends while the form is filled in is said, and nothing that was typed is lost.
#[tokio::test]
async fn an_expired_sign_in_loses_nothing() -> Result<()> {
    let sandbox = Sandbox::start_with(&["--memory", "--sign-in-seconds", "14"]).await?;
    scenario("bank-expired", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        bank::choose(browser, &sandbox).await?;
        bank::sign_in(browser, "Ana").await?;
        browser.fill("Application name", "slow-desk").await?;
        browser.choose("Interest rates").await?;
        journey::make_key(browser).await?;
        tokio::time::sleep(std::time::Duration::from_secs(8)).await;
        browser.press("Register application").await?;
        browser.see("Your sign-in has ended").await?;
        bank::sign_in_again(browser, "Ana").await?;
        ensure!(browser.value("Application name").await? == "slow-desk", "what was typed is gone");
        browser.see("1 of 3 chosen").await
    })
    .await
}

async fn no_code(browser: &Browser) -> Result<()> {
    let address = browser.evaluate("return location.href").await?.to_string();
    ensure!(!address.contains("stolen"), "the code stays in the address: {address}");
    Ok(())
}
