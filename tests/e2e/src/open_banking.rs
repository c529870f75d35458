//! A registration at a bank of open banking, step by step, in the words of the page.

use anyhow::{Context, Result, ensure};
use tokio::process::Command;

use crate::{Browser, Sandbox, openssl};

/// The environment with the signed request, and the one with JSON and a user.
pub const GATEWAY: &str = "openbank";
/// The same of the identity server.
pub const IDENTITY_SERVER: &str = "openbank-is";

/// Chooses an environment and opens the form of a new application.
///
/// # Errors
/// The step that did not work.
pub async fn choose(browser: &Browser, sandbox: &Sandbox, environment: &str) -> Result<()> {
    browser.open(&sandbox.page("/products")).await?;
    browser.evaluate(&format!("localStorage.setItem('portico.environment', '{environment}')")).await?;
    browser.open(&sandbox.page("/applications/new")).await?;
    browser.see("The directory vouches for your software with it.").await
}

/// Has the directory make software for trying; the key that signs is made along the way.
///
/// # Errors
/// The step that did not work.
pub async fn make_software(browser: &Browser) -> Result<()> {
    browser.press_beginning("Make software at").await?;
    browser.see("Scopes they allow").await?;
    browser.see("Thumbprint, used as key ID").await
}

/// Registers the directory's software for trying, as *Trial application*, with a key that is made along the way.
///
/// # Errors
/// The step that did not work.
pub async fn register_trial(browser: &Browser, sandbox: &Sandbox, environment: &str) -> Result<()> {
    choose(browser, sandbox, environment).await?;
    make_software(browser).await?;
    browser.see("Nothing is seen that a bank would refuse.").await?;
    browser.press("Register application").await?;
    browser.see("Trial application is registered").await
}

/// Fills the form for a key that the page does not see, and gives what has to be signed and the command that signs it.
///
/// # Errors
/// The step that did not work.
pub async fn fix_for_signing(browser: &Browser, sandbox: &Sandbox, key: &str) -> Result<(String, String)> {
    let public = openssl::run(&["pkey", "-pubout"], key).await?;
    choose(browser, sandbox, GATEWAY).await?;
    browser.choose("Signed elsewhere").await?;
    browser.fill("Public key", &public).await?;
    browser.press_beginning("Make software at").await?;
    browser.press("Fix the request for signing").await?;
    Ok((browser.code("What to sign").await?, browser.code("Command").await?))
}

/// What the command of the page prints, run beside the private key and the file with what has to be signed.
///
/// # Errors
/// When the shell or OpenSSL does not work.
pub async fn sign_with(command: &str, key: &str, input: &str) -> Result<String> {
    let name = format!("portico-sign-{}-{}", std::process::id(), fastrand::u32(..));
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("key.pem"), key)?;
    std::fs::write(folder.join("signing-input.txt"), input)?;
    let done = Command::new("sh").args(["-c", command]).current_dir(&folder).output().await;
    std::fs::remove_dir_all(&folder)?;
    let done = done.context("there is no shell")?;
    ensure!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    Ok(String::from_utf8(done.stdout)?.trim().to_owned())
}
