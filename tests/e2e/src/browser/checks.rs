//! What must hold whatever was done.

use std::fs;

use anyhow::{Result, ensure};
use serde_json::Value;

use super::Browser;
use crate::setup;

impl Browser {
    /// No console error, no report of the Content-Security-Policy, no request to a foreign origin.
    ///
    /// # Errors
    /// What was found.
    pub async fn nothing_to_complain_of(&self, allowed_origins: &[&str]) -> Result<()> {
        let complaints: Vec<String> = self
            .console()
            .await?
            .into_iter()
            .filter(|line| line.starts_with("SEVERE") || line.contains("Content Security Policy"))
            // The browser itself writes a line for every answer that is not a success, also for one that was wanted.
            .filter(|line| !line.contains("Failed to load resource: the server responded with a status of"))
            .collect();
        ensure!(complaints.is_empty(), "the console says:\n{}", complaints.join("\n"));
        let foreign: Vec<String> = self
            .requested_urls()
            .await?
            .into_iter()
            .filter(|url| url.starts_with("http"))
            .filter(|url| !allowed_origins.iter().any(|origin| url.starts_with(&format!("{origin}/"))))
            .collect();
        ensure!(foreign.is_empty(), "requests to origins that are not configured: {foreign:?}");
        Ok(())
    }

    /// The console so far, each line with its level. Reading it empties it.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn console(&self) -> Result<Vec<String>> {
        let entries = self.driver.get_log("browser").await?;
        Ok(entries.iter().map(|entry| format!("{} {}", entry.level, entry.message)).collect())
    }

    /// Everything the browser's network log has, bodies of requests included. Reading it empties it.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn network(&self) -> Result<String> {
        let entries = self.driver.get_log("performance").await?;
        Ok(entries.iter().map(|entry| format!("{}\n", entry.message)).collect())
    }

    /// Every address the page asked for, as the browser's network log has it. Reading it empties it.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn requested_urls(&self) -> Result<Vec<String>> {
        let entries = self.driver.get_log("performance").await?;
        Ok(entries
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(&entry.message).ok())
            .filter(|event| {
                event.pointer("/message/method").is_some_and(|method| method == "Network.requestWillBeSent")
            })
            .filter_map(|event| {
                event.pointer("/message/params/request/url").and_then(Value::as_str).map(str::to_owned)
            })
            .collect())
    }

    /// No horizontal scrolling of the page, and no part of it cut off at the side.
    ///
    /// # Errors
    /// The widths.
    pub async fn fits(&self, screen: &str) -> Result<()> {
        let widths = self
            .evaluate("const e = document.scrollingElement; return [e.scrollWidth, e.clientWidth]")
            .await?;
        let [width, room] =
            ["/0", "/1"].map(|at| widths.pointer(at).and_then(Value::as_i64).unwrap_or_default());
        ensure!(
            width <= room,
            "{screen} at {}: the page is {width} px wide in a window of {room} px",
            self.look.name()
        );
        Ok(())
    }

    /// Keeps a screenshot of the whole page.
    ///
    /// # Errors
    /// When it cannot be taken or written.
    pub async fn keep_picture(&self, name: &str) -> Result<()> {
        let folder = setup::results();
        fs::create_dir_all(&folder)?;
        // Sticky parts would stand in the middle of the picture of a page that is scrolled.
        self.evaluate("scrollTo(0, 0)").await?;
        let picture = self
            .driver
            .cdp()
            .send_raw("Page.captureScreenshot", serde_json::json!({ "captureBeyondViewport": true }))
            .await?;
        let bytes = decode(picture.get("data").and_then(Value::as_str).unwrap_or_default());
        fs::write(folder.join(format!("{name}-{}.png", self.look.name())), bytes)?;
        Ok(())
    }

    /// Keeps picture, address and console after a failure. A trace that cannot be kept hides no failure.
    pub async fn keep_traces(&self, name: &str) {
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let _ = self.keep_picture(&name).await;
        let console = self.console().await.unwrap_or_default().join("\n");
        let address = self.path().await.unwrap_or_default();
        let _ = fs::write(setup::results().join(format!("{name}.log")), format!("{address}\n{console}\n"));
    }
}

fn decode(base64: &str) -> Vec<u8> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.decode(base64).unwrap_or_default()
}
