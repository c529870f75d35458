//! The path of a partner, step by step, in the words of the page.

use anyhow::{Context, Result, ensure};

use thirtyfour::By;

use crate::{Browser, Sandbox, axe, browser::wait};

/// Opens the form, fills it in and registers; ends on the page that shows the secret.
///
/// # Errors
/// The step that did not work.
pub async fn register(
    browser: &Browser,
    name: &str,
    products: &[&str],
    initial_access_token: &str,
) -> Result<()> {
    browser.see("Nothing you type leaves this browser until you press Register").await?;
    browser.fill("Application name", name).await?;
    for product in products {
        browser.choose(product).await?;
    }
    browser.fill("Initial access token", initial_access_token).await?;
    // A token that is a JWT says what it is; any other says nothing of itself.
    let is_jwt = initial_access_token.split('.').count() == 3;
    browser.see(if is_jwt { "Initial access token: right for registering" } else { "Opaque token" }).await?;
    browser.see("POST").await?;
    browser.press("Register application").await?;
    browser.see(&format!("{name} is registered")).await
}

/// On the form of a new application: it is going to prove itself by a signature.
///
/// # Errors
/// The step that did not work.
pub async fn choose_signature(browser: &Browser) -> Result<()> {
    browser.see("Nothing you type leaves this browser until you press Register").await?;
    browser.choose("Signature with a private key").await?;
    browser.see("Public keys").await
}

/// Makes a key pair on the bench that is on the page.
///
/// # Errors
/// The step that did not work.
pub async fn make_key(browser: &Browser) -> Result<()> {
    browser.press("Make a new key pair").await?;
    browser.see("Thumbprint, used as key ID").await
}

/// Fills in Keycloak's own sign-in page.
///
/// # Errors
/// When it does not appear.
pub async fn sign_in_at_keycloak(browser: &Browser, name: &str, password: &str) -> Result<()> {
    wait(async || {
        browser.driver.find(By::Id("username")).await?.send_keys(name).await?;
        browser.driver.find(By::Id("password")).await?.send_keys(password).await?;
        Ok(browser.driver.find(By::Id("kc-login")).await?.click().await?)
    })
    .await
    .context("Keycloak shows no sign-in")
}

/// Loads a private key on the bench that is on the page.
///
/// # Errors
/// The step that did not work.
pub async fn load_key(browser: &Browser, pem: &str) -> Result<()> {
    browser.press("Load a key").await?;
    browser.fill("Private key", pem).await?;
    browser.press("Load this key").await?;
    browser.see("Thumbprint, used as key ID").await
}

/// The client ID of the application that is open.
///
/// # Errors
/// When it is not shown.
pub async fn client_id(browser: &Browser) -> Result<String> {
    let id = "return document.querySelector('[aria-label=\"Copy Client ID\"]')?.parentElement.textContent.trim() || ''";
    let id = browser.evaluate(id).await?;
    let id = id.as_str().unwrap_or_default().to_owned();
    ensure!(!id.is_empty(), "no client ID is shown");
    Ok(id)
}

/// Replaces the key of the application that is open, step by step; after each the page is left and opened again.
///
/// # Errors
/// The step that did not work.
pub async fn replace_key(browser: &Browser, pem: &str) -> Result<()> {
    browser.press("Credentials").await?;
    browser.press("Replace the key").await?;
    load_key(browser, pem).await?;
    browser.press("Replace with this key").await?;
    browser.see("Sends one PUT with both keys").await?;
    browser.press("Register it beside the old one").await?;
    browser.see("Sends one token request that the new key signs").await?;
    good(browser, "rotation-beside").await?;
    browser.reload().await?;
    browser.see("Sends one token request that the new key signs").await?;
    browser.press("Load a private key").await?;
    browser.fill("Private key", pem).await?;
    browser.press("Load this key").await?;
    browser.press("Get a token with the new key").await?;
    browser.see("Sends one PUT with the new key alone").await?;
    browser.press("Take the old key out").await?;
    browser.see("The new key is registered beside the old one").await
}

/// From the page that shows the secret to a token.
///
/// # Errors
/// The step that did not work.
pub async fn get_token(browser: &Browser) -> Result<()> {
    browser.press("Get a token").await?;
    browser.see("left of ").await?;
    browser.see("What the token says").await
}

/// Calls the product that is chosen.
///
/// # Errors
/// When the answer is not 200.
pub async fn call(browser: &Browser, product: &str) -> Result<()> {
    browser.press(&format!("Call {product}")).await?;
    browser.see("200 OK").await
}

/// Changes the name; ends on the overview.
///
/// # Errors
/// The step that did not work.
pub async fn rename(browser: &Browser, name: &str) -> Result<()> {
    browser.press("Overview").await?;
    browser.press("Edit").await?;
    browser.fill("Application name", name).await?;
    browser.see("What this change does").await?;
    browser.press("Send this change").await?;
    browser.see("The change was made, and the answer is stored.").await?;
    ensure!(browser.heading().await?.contains(name), "the heading does not have the new name");
    Ok(())
}

/// Reads the registration from the overview.
///
/// # Errors
/// The step that did not work.
pub async fn read(browser: &Browser) -> Result<()> {
    browser.press("Read").await?;
    browser.see("The registration was read.").await
}

/// Deletes the application, typing its name.
///
/// # Errors
/// The step that did not work.
pub async fn delete(browser: &Browser, name: &str) -> Result<()> {
    browser.press("Credentials").await?;
    browser.press("Delete application").await?;
    browser.fill("Type the name to confirm", name).await?;
    let confirm = By::XPath("//dialog//button[normalize-space(.)='Delete application']");
    browser.driver.find(confirm).await.context("the dialog has no such button")?.click().await?;
    browser.see("Deleted at the server.").await
}

/// What a button copies.
///
/// # Errors
/// When it copies nothing.
pub async fn copied(browser: &Browser, button: &str) -> Result<String> {
    const INSTEAD: &str = "window.copied = null;
        navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }";
    browser.evaluate(INSTEAD).await?;
    browser.press(button).await?;
    wait(async || {
        let copied = browser.evaluate("return window.copied").await?;
        copied.as_str().map(str::to_owned).context("nothing was copied")
    })
    .await
}

/// The client secret, as the page shows it right after registering.
///
/// # Errors
/// When it is not shown.
pub async fn shown_secret(browser: &Browser) -> Result<String> {
    let secret =
        browser.evaluate("return document.querySelector('.secret-value')?.innerText.trim() || ''").await?;
    let secret = secret.as_str().unwrap_or_default().to_owned();
    ensure!(secret.len() >= 24 && !secret.contains('•'), "the secret is not shown");
    Ok(secret)
}

/// Registers one application that calls *Balances*.
///
/// # Errors
/// The step that did not work.
pub async fn register_one(browser: &Browser, sandbox: &Sandbox, name: &str) -> Result<()> {
    browser.open(&sandbox.page("/applications/new")).await?;
    register(browser, name, &["Balances"], &sandbox.initial_access_token).await
}

/// Sets a passphrase; ends in the settings.
///
/// # Errors
/// The step that did not work.
pub async fn set_passphrase(browser: &Browser, sandbox: &Sandbox, passphrase: &str) -> Result<()> {
    browser.open(&sandbox.page("/settings")).await?;
    browser.press("Set a passphrase").await?;
    browser.fill("New passphrase", passphrase).await?;
    browser.fill("The same once more", passphrase).await?;
    press_in_dialog(browser, "Set a passphrase").await?;
    browser.see("Open, locked by a passphrase").await
}

/// Types a passphrase, right or wrong, and presses the button.
///
/// # Errors
/// When there is no such field.
pub async fn unlock(browser: &Browser, passphrase: &str) -> Result<()> {
    browser.fill("Passphrase", passphrase).await?;
    browser.press("Unlock the vault").await
}

/// Presses a button of the open dialog: others may say the same.
///
/// # Errors
/// When it has no such button.
pub async fn press_in_dialog(browser: &Browser, words: &str) -> Result<()> {
    let path = format!("//dialog[@open]//button[normalize-space(.)='{words}']");
    wait(async || Ok(browser.driver.find(By::XPath(path.as_str())).await?.click().await?))
        .await
        .with_context(|| format!("the dialog has no button “{words}”"))
}

/// Keeps a picture of the screen; nothing is wider than the window, and axe finds nothing.
///
/// # Errors
/// What was found.
pub async fn good(browser: &Browser, screen: &str) -> Result<()> {
    browser.keep_picture(&format!("screen-{screen}")).await?;
    browser.fits(screen).await?;
    axe::check(browser, screen).await
}
