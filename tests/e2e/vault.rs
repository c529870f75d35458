//! Locking: the passphrase, two tabs, time, and an answer that is on its way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{Browser, Context, Look, Result, Sandbox, ensure, journey, scenario};
use serde_json::json;

const NAME: &str = "gateway-client";
const PASSPHRASE: &str = "lintel three columns";

/// Goes to the screens of a locked vault, wrong and right passphrase, and what still works meanwhile.
async fn locking(look: Look) -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario(&format!("lock-{}", look.name()), look, &[&sandbox.origin], async |browser| {
        journey::register_one(browser, &sandbox, NAME).await?;
        browser.open(&sandbox.page("/settings")).await?;
        journey::good(browser, "09-settings-open").await?;
        browser.press("Set a passphrase").await?;
        browser.fill("New passphrase", "short").await?;
        browser.see("Shorter than 12 characters").await?;
        browser.fill("The same once more", "other").await?;
        journey::press_in_dialog(browser, "Set a passphrase").await?;
        browser.see("The two are not the same").await?;
        journey::good(browser, "09-passphrase-dialog").await?;
        journey::set_passphrase(browser, &sandbox, PASSPHRASE).await?;
        browser.see("One application, one registration access token").await?;
        journey::good(browser, "09-settings-protected").await?;
        if look.width >= 1024 {
            browser.see("Vault open").await?;
            browser.see("Locks itself in 14 min").await.or(browser.see("Locks itself in 15 min").await)?;
        }
        browser.press("Lock now").await?;
        browser.see("Locked by a passphrase").await?;
        journey::good(browser, "09-settings-locked").await?;

        browser.open(&sandbox.page("/")).await?;
        browser.see("The vault is locked").await?;
        ensure!(!browser.text().await?.contains(NAME), "the name of an application is on a locked page");
        journey::good(browser, "12-locked").await?;
        journey::unlock(browser, "not this one").await?;
        browser.see("This is not the passphrase of the vault").await?;
        journey::good(browser, "12-locked-wrong").await?;
        browser.press("The passphrase is forgotten").await?;
        browser.see("there is no second key").await?;
        for (place, words) in [("/inspect", "Token"), ("/products", "Balances")] {
            browser.go(place).await?;
            browser.see(words).await?;
            browser.do_not_see("The vault is locked").await?;
        }
        browser.go("/").await?;
        journey::unlock(browser, PASSPHRASE).await?;
        browser.see(NAME).await?;
        // A reload forgets the key.
        browser.reload().await?;
        browser.see("The vault is locked").await?;
        journey::unlock(browser, PASSPHRASE).await?;
        browser.press(NAME).await?;
        journey::rename(browser, "renamed-client").await
    })
    .await
}

#[tokio::test]
async fn a_passphrase_locks_the_vault() -> Result<()> {
    locking(Look::DESKTOP).await
}

#[tokio::test]
async fn a_passphrase_locks_the_vault_in_the_dark() -> Result<()> {
    locking(Look::DESKTOP_DARK).await
}

#[tokio::test]
async fn a_passphrase_locks_the_vault_on_a_narrow_screen() -> Result<()> {
    locking(Look::MOBILE).await
}

#[tokio::test]
async fn it_is_changed_removed_and_erased() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("passphrase-life", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        journey::register_one(browser, &sandbox, NAME).await?;
        journey::set_passphrase(browser, &sandbox, PASSPHRASE).await?;
        browser.press("Change passphrase").await?;
        browser.fill("Passphrase of now", "wrong").await?;
        browser.fill("New passphrase", "another one, longer").await?;
        browser.fill("The same once more", "another one, longer").await?;
        journey::press_in_dialog(browser, "Change passphrase").await?;
        browser.see("This is not the passphrase of the vault").await?;
        browser.fill("Passphrase of now", PASSPHRASE).await?;
        journey::press_in_dialog(browser, "Change passphrase").await?;
        browser.do_not_see("Passphrase of now").await?;
        browser.open(&sandbox.page("/")).await?;
        journey::unlock(browser, PASSPHRASE).await?;
        browser.see("This is not the passphrase of the vault").await?;
        journey::unlock(browser, "another one, longer").await?;
        browser.see(NAME).await?;
        browser.go("/settings").await?;
        browser.press("Remove the passphrase").await?;
        browser.fill("Passphrase of now", "another one, longer").await?;
        journey::press_in_dialog(browser, "Remove the passphrase").await?;
        browser.see("Open, without a passphrase").await?;
        browser.open(&sandbox.page("/")).await?;
        browser.see(NAME).await?;

        journey::set_passphrase(browser, &sandbox, PASSPHRASE).await?;
        browser.open(&sandbox.page("/")).await?;
        browser.press("The passphrase is forgotten").await?;
        browser.press("Erase everything").await?;
        browser.fill("Type the name to confirm", "erase everything").await?;
        journey::press_in_dialog(browser, "Erase everything").await?;
        browser.see("Try the whole path with the sandbox").await?;
        let left = browser
            .evaluate("return Object.keys(localStorage).filter((name) => name.startsWith('portico.'))")
            .await?;
        ensure!(left == json!([]), "something is left: {left}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_tab_locks_all_and_time_locks_by_itself() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("lock-tabs", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        journey::register_one(browser, &sandbox, NAME).await?;
        journey::set_passphrase(browser, &sandbox, PASSPHRASE).await?;
        let first = browser.driver.window().await?;
        browser.driver.new_tab().await?;
        let second = browser.driver.windows().await?.pop().context("no second tab")?;
        browser.driver.switch_to_window(second.clone()).await?;
        browser.open(&sandbox.page("/")).await?;
        journey::unlock(browser, PASSPHRASE).await?;
        browser.see(NAME).await?;
        browser.press("Lock now").await?;
        browser.see("The vault is locked").await?;
        browser.driver.switch_to_window(first).await?;
        browser.see("Locked by a passphrase").await?;
        journey::unlock(browser, PASSPHRASE).await?;
        browser.see("Open, locked by a passphrase").await?;
        // The other tab needs the passphrase of its own: the key is in the memory of one page.
        browser.choose("5 min").await?;
        browser.see("Locks itself in").await?;
        let set_back = "localStorage.setItem('portico.used', String(Date.now() - 5 * 60000 - 1000));
            const now = Date.now.bind(Date); Date.now = () => now() + 6 * 60000;";
        browser.evaluate(set_back).await?;
        browser.see("Locked by a passphrase").await
    })
    .await
}

#[tokio::test]
async fn an_answer_that_is_on_its_way_is_stored_before_it_locks() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("lock-in-flight", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        journey::register_one(browser, &sandbox, NAME).await?;
        journey::set_passphrase(browser, &sandbox, PASSPHRASE).await?;
        browser.go("/").await?;
        browser.press(NAME).await?;
        browser.press("Edit").await?;
        browser.fill("Application name", "renamed-client").await?;
        browser.see("What this change does").await?;
        slow_network(browser, 2_000).await?;
        browser.press("Send this change").await?;
        browser.press("Lock now").await?;
        browser.see("The vault is locked").await?;
        browser.see("A request is on its way.").await?;
        ensure!(!browser.text().await?.contains("renamed-client"), "a locked page shows what it should not");
        browser.do_not_see("A request is on its way.").await?;
        slow_network(browser, 0).await?;
        journey::unlock(browser, PASSPHRASE).await?;
        browser.see("renamed-client").await?;
        browser.do_not_see("What may have happened").await?;
        // The token that came with the answer is the one in the vault.
        browser.go("/").await?;
        browser.press("renamed-client").await?;
        journey::rename(browser, "renamed-again").await
    })
    .await
}

/// Every request takes so long from now on.
async fn slow_network(browser: &Browser, latency_ms: u32) -> Result<()> {
    let cdp = browser.driver.cdp();
    cdp.send_raw("Network.enable", json!({})).await?;
    let conditions = json!({
        "offline": false, "latency": latency_ms, "downloadThroughput": -1, "uploadThroughput": -1
    });
    cdp.send_raw("Network.emulateNetworkConditions", conditions).await?;
    Ok(())
}
