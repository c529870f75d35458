//! Moving: a backup in another browser, and environments that are added in one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::path::{Path, PathBuf};

use portico_e2e::{Browser, Context, Look, Result, Sandbox, bail, browser::wait, ensure, journey, scenario};
use serde_json::json;
use thirtyfour::By;

const NAME: &str = "gateway-client";
const PASSPHRASE: &str = "lintel three columns";

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
        journey::register_one(browser, &sandbox, NAME).await?;
        browser.go("/settings").await?;
        browser.see("No backup yet").await?;
        browser.press("Save a backup").await?;
        browser.fill("Passphrase of the file", PASSPHRASE).await?;
        browser.fill("The same once more", PASSPHRASE).await?;
        journey::good(browser, "09-backup-save").await?;
        journey::press_in_dialog(browser, "Save the file").await?;
        browser.see("Last backup today").await?;
        file = Some(only_file(&folder).await?);
        Ok(())
    })
    .await?;
    let file = file.context("no file")?;
    let text = std::fs::read_to_string(&file)?;
    ensure!(!text.contains(NAME) && !text.contains("registration_access_token"), "the file can be read");
    let cut = file.with_file_name("cut.txt");
    std::fs::write(&cut, text.get(..text.len() / 2).context("not cut")?)?;
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
            journey::good(browser, "09-backup-preview").await?;
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
                journey::good(browser, "09-backup-newer-here").await?;
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
            journey::good(browser, "10-add-environment").await?;
            browser.press("Add partner-test").await?;
            browser.see("partner-test was added to the environments of this browser.").await?;
            browser.see("Added here").await?;
            journey::good(browser, "09-settings-added").await?;
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
            journey::press_in_dialog(browser, "Remove").await?;
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
            journey::good(&browser, "10-add-environment-policy").await?;
            browser.fill("Answer", "<html>").await?;
            browser.press("Read the answer").await?;
            browser.press("Read the answer").await?;
            browser.fill("Answer", document).await?;
            browser.press("Read the answer").await?;
            browser.see("Read from what was pasted.").await?;
            let registration = browser.value("Registration endpoint").await?;
            ensure!(registration.ends_with("/clients-registrations/openid-connect"), "{registration}");
            journey::good(&browser, "10-add-environment-pasted").await?;
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
