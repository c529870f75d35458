//! The command that a page shows, run as a person does.

use std::{path::Path, process::Stdio};

use anyhow::{Context, Result};
use tokio::{io::AsyncWriteExt, process::Command};

use crate::Browser;

/// Where a command is run that names files, and whom curl trusts there.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// The folder with `client.pem` and `client.key`.
    pub folder: &'a Path,
    /// PEM file with the authority of the server.
    pub authority: &'a Path,
}

/// Runs the curl command that is shown, typing the secret when it is asked for. Returns what it printed.
///
/// # Errors
/// When no command is shown, or it cannot be run.
pub async fn run_shown_curl(browser: &Browser, typed: &str) -> Result<String> {
    run(&shown_curl(browser).await?, typed, None).await
}

/// The curl command that is shown.
///
/// # Errors
/// When none is.
pub async fn shown_curl(browser: &Browser) -> Result<String> {
    let shown = "return [...document.querySelectorAll('main pre')].map((pre) => pre.textContent).find((text) => text.includes('curl --'))";
    let command = browser.evaluate(shown).await?;
    Ok(command.as_str().context("no command is shown")?.to_owned())
}

/// Runs a command, typing what it asks for, one line each. Returns what it printed.
///
/// # Errors
/// When it cannot be run.
pub async fn run(command: &str, typed: &str, beside: Option<Beside<'_>>) -> Result<String> {
    let mut shell = Command::new("bash");
    if let Some(Beside { folder, authority }) = beside {
        shell.current_dir(folder).env("CURL_CA_BUNDLE", authority);
    }
    let mut shell = shell
        .args(["-c", command])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start bash")?;
    let mut input = shell.stdin.take().context("no input")?;
    input.write_all(format!("{typed}\n").as_bytes()).await?;
    drop(input);
    Ok(String::from_utf8(shell.wait_with_output().await?.stdout)?)
}
