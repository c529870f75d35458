//! Locking and moving: the passphrase, two tabs, a backup in another browser, environments of this browser.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::path::{Path, PathBuf};

use portico_e2e::{
    Browser, Context, Look, Result, Sandbox, axe, bail, browser::wait, ensure, journey, scenario,
};
use serde_json::json;
use thirtyfour::By;

const NAME: &str = "gateway-client";
const PASSPHRASE: &str = "lintel three columns";

async fn good(browser: &Browser, screen: &str) -> Result<()> {
    browser.keep_picture(&format!("screen-{screen}")).await?;
    browser.fits(screen).await?;
    axe::check(browser, screen).await
}

async fn register(browser: &Browser, sandbox: &Sandbox) -> Result<()> {
    browser.open(&sandbox.page("/applications/new")).await?;
    journey::register(browser, NAME, &["Balances"], &sandbox.initial_access_token).await
}

async fn set_passphrase(browser: &Browser, sandbox: &Sandbox, passphrase: &str) -> Result<()> {
    browser.open(&sandbox.page("/settings")).await?;
    browser.press("Set a passphrase").await?;
    browser.fill("New passphrase", passphrase).await?;
    browser.fill("The same once more", passphrase).await?;
    press_in_dialog(browser, "Set a passphrase").await?;
    browser.see("Open, locked by a passphrase").await
}

/// Several buttons say the same; this is the one of the dialog.
async fn press_in_dialog(browser: &Browser, words: &str) -> Result<()> {
    let path = format!("//dialog[@open]//button[normalize-space(.)='{words}']");
    wait(async || Ok(browser.driver.find(By::XPath(path.as_str())).await?.click().await?))
        .await
        .with_context(|| format!("the dialog has no button “{words}”"))
}

async fn unlock(browser: &Browser, passphrase: &str) -> Result<()> {
    browser.fill("Passphrase", passphrase).await?;
    browser.press("Unlock the vault").await
}

/// Goes to the screens of a locked vault, wrong and right passphrase, and what still works meanwhile.
async fn locking(look: Look) -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario(&format!("lock-{}", look.name()), look, &[&sandbox.origin], async |browser| {
        register(browser, &sandbox).await?;
        browser.open(&sandbox.page("/settings")).await?;
        good(browser, "09-settings-open").await?;
        browser.press("Set a passphrase").await?;
        browser.fill("New passphrase", "short").await?;
        browser.see("Shorter than 12 characters").await?;
        browser.fill("The same once more", "other").await?;
        press_in_dialog(browser, "Set a passphrase").await?;
        browser.see("The two are not the same").await?;
        good(browser, "09-passphrase-dialog").await?;
        set_passphrase(browser, &sandbox, PASSPHRASE).await?;
        browser.see("One application, one registration access token").await?;
        good(browser, "09-settings-protected").await?;
        if look.width >= 1024 {
            browser.see("Vault open").await?;
            browser.see("Locks itself in 14 min").await.or(browser.see("Locks itself in 15 min").await)?;
        }
        browser.press("Lock now").await?;
        browser.see("Locked by a passphrase").await?;
        good(browser, "09-settings-locked").await?;

        browser.open(&sandbox.page("/")).await?;
        browser.see("The vault is locked").await?;
        ensure!(!browser.text().await?.contains(NAME), "the name of an application is on a locked page");
        good(browser, "12-locked").await?;
        unlock(browser, "not this one").await?;
        browser.see("This is not the passphrase of the vault").await?;
        good(browser, "12-locked-wrong").await?;
        browser.press("The passphrase is forgotten").await?;
        browser.see("there is no second key").await?;
        for (place, words) in [("/inspect", "Token"), ("/products", "Balances")] {
            browser.go(place).await?;
            browser.see(words).await?;
            browser.do_not_see("The vault is locked").await?;
        }
        browser.go("/").await?;
        unlock(browser, PASSPHRASE).await?;
        browser.see(NAME).await?;
        // A reload forgets the key.
        browser.reload().await?;
        browser.see("The vault is locked").await?;
        unlock(browser, PASSPHRASE).await?;
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
        register(browser, &sandbox).await?;
        set_passphrase(browser, &sandbox, PASSPHRASE).await?;
        browser.press("Change passphrase").await?;
        browser.fill("Passphrase of now", "wrong").await?;
        browser.fill("New passphrase", "another one, longer").await?;
        browser.fill("The same once more", "another one, longer").await?;
        press_in_dialog(browser, "Change passphrase").await?;
        browser.see("This is not the passphrase of the vault").await?;
        browser.fill("Passphrase of now", PASSPHRASE).await?;
        press_in_dialog(browser, "Change passphrase").await?;
        browser.do_not_see("Passphrase of now").await?;
        browser.open(&sandbox.page("/")).await?;
        unlock(browser, PASSPHRASE).await?;
        browser.see("This is not the passphrase of the vault").await?;
        unlock(browser, "another one, longer").await?;
        browser.see(NAME).await?;
        browser.go("/settings").await?;
        browser.press("Remove the passphrase").await?;
        browser.fill("Passphrase of now", "another one, longer").await?;
        press_in_dialog(browser, "Remove the passphrase").await?;
        browser.see("Open, without a passphrase").await?;
        browser.open(&sandbox.page("/")).await?;
        browser.see(NAME).await?;

        set_passphrase(browser, &sandbox, PASSPHRASE).await?;
        browser.open(&sandbox.page("/")).await?;
        browser.press("The passphrase is forgotten").await?;
        browser.press("Erase everything").await?;
        browser.fill("Type the name to confirm", "erase everything").await?;
        press_in_dialog(browser, "Erase everything").await?;
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
        register(browser, &sandbox).await?;
        set_passphrase(browser, &sandbox, PASSPHRASE).await?;
        let first = browser.driver.window().await?;
        browser.driver.new_tab().await?;
        let second = browser.driver.windows().await?.pop().context("no second tab")?;
        browser.driver.switch_to_window(second.clone()).await?;
        browser.open(&sandbox.page("/")).await?;
        unlock(browser, PASSPHRASE).await?;
        browser.see(NAME).await?;
        browser.press("Lock now").await?;
        browser.see("The vault is locked").await?;
        browser.driver.switch_to_window(first).await?;
        browser.see("Locked by a passphrase").await?;
        unlock(browser, PASSPHRASE).await?;
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
        register(browser, &sandbox).await?;
        set_passphrase(browser, &sandbox, PASSPHRASE).await?;
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
        unlock(browser, PASSPHRASE).await?;
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

/// Where the browser puts what it downloads.
async fn downloads(browser: &Browser, name: &str) -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("portico-downloads-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let parameters = json!({ "behavior": "allow", "downloadPath": folder });
    browser.driver.cdp().send_raw("Browser.setDownloadBehavior", parameters).await?;
    Ok(folder)
}

async fn only_file(folder: &Path) -> Result<PathBuf> {
    wait(async || {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                return Ok(path);
            }
        }
        bail!("no file was saved in {}", folder.display())
    })
    .await
}

async fn choose_file(browser: &Browser, path: &Path) -> Result<()> {
    let input = browser.driver.find(By::Id("backup-file")).await?;
    input.send_keys(path.to_str().context("the path is not UTF-8")?).await?;
    Ok(())
}

#[tokio::test]
async fn a_backup_is_restored_in_another_browser() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    let mut file = None;
    scenario("backup-save", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        let folder = downloads(browser, "save").await?;
        register(browser, &sandbox).await?;
        browser.go("/settings").await?;
        browser.see("No backup yet").await?;
        browser.press("Save a backup").await?;
        browser.fill("Passphrase of the file", PASSPHRASE).await?;
        browser.fill("The same once more", PASSPHRASE).await?;
        good(browser, "09-backup-save").await?;
        press_in_dialog(browser, "Save the file").await?;
        browser.see("Last backup today").await?;
        file = Some(only_file(&folder).await?);
        Ok(())
    })
    .await?;
    let file = file.context("no file")?;
    let text = std::fs::read_to_string(&file)?;
    ensure!(!text.contains(NAME) && !text.contains("registration_access_token"), "the file can be read");
    let cut = file.with_file_name("cut.txt");
    std::fs::write(&cut, &text[..text.len() / 2])?;
    let foreign = file.with_file_name("foreign.txt");
    std::fs::write(&foreign, r#"{"format":"something else"}"#)?;
    let newer = file.with_file_name("newer.txt");
    std::fs::write(&newer, text.replace("\"version\": 1", "\"version\": 2"))?;
    let changed = file.with_file_name("changed.txt");
    std::fs::write(&changed, text.replacen("\"data\": \"", "\"data\": \"AAAA", 1))?;
    for look in [Look::DESKTOP, Look::MOBILE] {
        scenario(&format!("backup-open-{}", look.name()), look, &[&sandbox.origin], async |browser| {
            browser.open(&sandbox.page("/settings")).await?;
            browser.see("Open a backup").await?;
            for (path, words) in [
                (&foreign, "This is not a backup of this portal"),
                (&cut, "This is not a backup of this portal"),
                (&newer, "A newer version of this portal made this backup"),
            ] {
                choose_file(browser, path).await?;
                browser.see(words).await?;
            }
            choose_file(browser, &changed).await?;
            browser.fill("Passphrase of the file", PASSPHRASE).await?;
            browser.press("Show what is in it").await?;
            browser.see("This passphrase does not open the file").await?;
            choose_file(browser, &file).await?;
            browser.see(&file.file_name().unwrap().to_string_lossy()).await?;
            browser.fill("Passphrase of the file", "wrong").await?;
            browser.press("Show what is in it").await?;
            browser.see("This passphrase does not open the file").await?;
            browser.fill("Passphrase of the file", PASSPHRASE).await?;
            browser.press("Show what is in it").await?;
            browser.see("New: is added").await?;
            good(browser, "09-backup-preview").await?;
            let nothing_yet = browser.evaluate(COUNT).await?;
            ensure!(nothing_yet == json!(0), "something was written before “Restore”: {nothing_yet}");
            browser.press("Restore").await?;
            browser.see("One record was added.").await?;
            choose_file(browser, &file).await?;
            browser.fill("Passphrase of the file", PASSPHRASE).await?;
            browser.press("Show what is in it").await?;
            browser.see("Nothing would change").await?;
            if look.width >= 1024 {
                // It is whole: the registration access token in it is the one that the server knows.
                browser.go("/").await?;
                browser.press(NAME).await?;
                journey::rename(browser, "renamed-client").await?;
                browser.go("/settings").await?;
                choose_file(browser, &file).await?;
                browser.fill("Passphrase of the file", PASSPHRASE).await?;
                browser.press("Show what is in it").await?;
                browser.see("Newer here: stays").await?;
                good(browser, "09-backup-newer-here").await?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// How many records there are.
const COUNT: &str = "return new Promise((done) => {
    const open = indexedDB.open('portico');
    open.onsuccess = () => {
        const count = open.result.transaction('records').objectStore('records').count();
        count.onsuccess = () => { open.result.close(); done(count.result); };
    };
});";

#[tokio::test]
async fn an_environment_is_added_looked_up_and_used() -> Result<()> {
    let sandbox = Sandbox::start_with(&["--memory", "--allow-loopback"]).await?;
    let other = Sandbox::start().await?;
    let origins = [sandbox.origin.as_str(), other.origin.as_str()];
    let answer = reqwest::Client::new()
        .post(other.page("/try/initial-access-token"))
        .header("Content-Type", "application/json")
        .body(json!({ "count": 5, "web_origins": [sandbox.origin] }).to_string())
        .send()
        .await?;
    let answer: serde_json::Value = serde_json::from_str(&answer.text().await?)?;
    let token = answer["initial_access_token"].as_str().context("no token")?.to_owned();
    for look in [Look::DESKTOP, Look::DESKTOP_DARK, Look::MOBILE] {
        scenario(&format!("add-environment-{}", look.name()), look, &origins, async |browser| {
            browser.open(&sandbox.page("/settings")).await?;
            browser.fill("Add an environment", &format!("{}/realms/sandbox", other.origin)).await?;
            browser.press("Look up").await?;
            browser.see("Keycloak, registration named").await?;
            browser.see("The issuer in the document is the one you typed.").await?;
            browser.fill("Name", "").await?;
            browser.press("Add it").await?;
            browser.see("Give it a name").await?;
            browser.fill("Name", "partner-test").await?;
            good(browser, "10-add-environment").await?;
            browser.press("Add partner-test").await?;
            browser.see("partner-test was added to the environments of this browser.").await?;
            browser.see("Added here").await?;
            good(browser, "09-settings-added").await?;
            browser.reload().await?;
            browser.press("Check partner-test").await?;
            browser.see("answers in").await.or(browser.see("partner-test").await)?;
            if look.width >= 1024 && !look.dark {
                browser.open(&sandbox.page("/")).await?;
                browser.press("Environment: Sandbox").await.or(browser.press("Sandbox").await)?;
                browser.press("partner-test").await?;
                browser.go("/").await?;
                browser.open(&sandbox.page("/applications/new")).await?;
                journey::register(browser, NAME, &["Balances"], &token).await?;
            }
            browser.open(&sandbox.page("/settings")).await?;
            browser.press("For the operator, and removing it").await?;
            browser.see("added-partner-test").await?;
            browser.press("Remove partner-test").await?;
            press_in_dialog(browser, "Remove").await?;
            browser.do_not_see("Added here").await
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn where_the_policy_forbids_it_the_page_says_so_and_takes_a_pasted_document() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    let document = r#"HTTP/2 200
content-type: application/json

{"issuer":"https://login.bank.example/realms/partners","registration_endpoint":"https://login.bank.example/realms/partners/clients-registrations/openid-connect","token_endpoint":"https://login.bank.example/realms/partners/protocol/openid-connect/token","grant_types_supported":["client_credentials"]}"#;
    for look in [Look::DESKTOP, Look::MOBILE] {
        let browser = Browser::start(look).await?;
        let outcome = async {
            browser.open(&sandbox.page("/settings/environments/new")).await?;
            browser.fill("Issuer address", "https://login.bank.example/realms/partners").await?;
            browser.press("Look up").await?;
            browser.see("This page may not ask that server.").await?;
            browser.see("curl").await?;
            good(&browser, "10-add-environment-policy").await?;
            browser.fill("The answer", "<html>").await?;
            browser.press("Read the answer").await?;
            browser.see("There is no JSON in what was pasted").await?;
            browser.fill("The answer", document).await?;
            browser.press("Read the answer").await?;
            browser.see("Read from what was pasted.").await?;
            let registration = browser.value("Registration endpoint").await?;
            ensure!(registration.ends_with("/clients-registrations/openid-connect"), "{registration}");
            good(&browser, "10-add-environment-pasted").await?;
            browser.press("Add partners").await?;
            browser.see("partners was added to the environments of this browser.").await?;
            // It can be saved although the page cannot reach it.
            browser.reload().await?;
            browser.see("partners").await
        }
        .await;
        if outcome.is_err() {
            browser.keep_traces("add-environment-policy").await;
        }
        browser.stop().await;
        outcome?;
    }
    Ok(())
}
