//! Chromium and its driver.

use std::{path::PathBuf, time::Duration};

use anyhow::{Result, bail};
use serde_json::json;
use thirtyfour::{CapabilitiesHelper, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};
use tokio::process::{Child, Command};

use super::Look;
use crate::{server, setup::variable};

/// A chromedriver and the profile folder of its browser.
#[derive(Debug)]
pub struct Process {
    child: Child,
    profile: PathBuf,
}

impl Process {
    /// Ends the driver, and with it the browser.
    pub async fn stop(mut self) {
        // Both may be gone already: what is wanted is that they are.
        let _ = self.child.kill().await;
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// How often a driver is started before a test gives up.
const STARTS: usize = 5;

/// Starts a driver on a free port and a browser with an empty profile.
pub async fn start(look: Look, arguments: &[&str]) -> Result<(WebDriver, Process)> {
    let (child, port) = listening().await?;
    let profile = std::env::temp_dir().join(format!("portico-profile-{}-{port}", std::process::id()));
    let driver =
        WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities(look, &profile, arguments)?).await?;
    driver.set_script_timeout(Duration::from_secs(60)).await?;
    emulate(&driver, look).await?;
    Ok((driver, Process { child, profile }))
}

/// A driver that listens, and its port.
///
/// It takes a free port of one family of addresses and then the same port of the other. Where somebody else
/// has that one already, as other tests do now and then, it stops, and another is started.
async fn listening() -> Result<(Child, String)> {
    let mut last_words = String::new();
    for _ in 0..STARTS {
        let mut command = Command::new(variable("PORTICO_CHROMEDRIVER")?);
        let (child, mut printed) = server::spawn(command.arg("--port=0"))?;
        while let Some(line) = printed.next().await? {
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                let port = port.trim_end_matches('.').trim().to_owned();
                printed.read_on(drop);
                return Ok((child, port));
            }
            last_words = line;
        }
    }
    bail!("chromedriver stopped at once, {STARTS} times: {last_words}")
}

fn capabilities(
    look: Look,
    profile: &std::path::Path,
    arguments: &[&str],
) -> Result<thirtyfour::Capabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_binary(&variable("PORTICO_CHROMIUM")?)?;
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--hide-scrollbars",
    ] {
        capabilities.add_arg(argument)?;
    }
    for argument in arguments {
        capabilities.add_arg(argument)?;
    }
    capabilities.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    capabilities.add_arg(&format!("--window-size={},{}", look.width, look.height))?;
    capabilities.set("goog:loggingPrefs", json!({ "browser": "ALL", "performance": "ALL" }))?;
    Ok(capabilities.into())
}

/// Sizes below the smallest window and the colour scheme are set as a developer would, in the tools.
async fn emulate(driver: &WebDriver, look: Look) -> Result<()> {
    let cdp = driver.cdp();
    let scheme = if look.dark { "dark" } else { "light" };
    cdp.send_raw(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": false }),
    )
    .await?;
    cdp.send_raw(
        "Emulation.setEmulatedMedia",
        json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" }] }),
    )
    .await?;
    Ok(())
}
