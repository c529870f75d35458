//! Opening, pressing, typing, reading: each waits until it can be done, ten seconds at most.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::json;
use thirtyfour::{By, Key, WebElement};

use super::Browser;

const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(50);

/// Tries until it works or patience ends; then the last reason is the error.
pub async fn wait<T, F: Future<Output = Result<T>>>(mut attempt: impl FnMut() -> F) -> Result<T> {
    let start = Instant::now();
    loop {
        match attempt().await {
            Ok(value) => return Ok(value),
            Err(error) if start.elapsed() > PATIENCE => return Err(error),
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// A text as an XPath literal, whatever quotes it holds.
fn literal(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}

/// A condition of XPath: these words stand there as a whole, alone or beside others ("Optional", a standard).
fn says(words: &str) -> String {
    let text = literal(words);
    format!("normalize-space(.)={text} or descendant-or-self::*/text()[normalize-space(.)={text}]")
}

impl Browser {
    /// Opens an address and waits until the app has taken over.
    ///
    /// # Errors
    /// When it does not.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.driver.goto(url).await?;
        self.mounted().await
    }

    /// Waits until the app stands in the place of the static shell.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn mounted(&self) -> Result<()> {
        wait(async || {
            let mounted = "return performance.getEntriesByName('portico-mounted').length > 0";
            let result = self.driver.execute(mounted, vec![]).await?;
            if result.json() == &serde_json::Value::Bool(true) {
                Ok(())
            } else {
                bail!("the app was not mounted")
            }
        })
        .await
    }

    /// Reloads the page.
    ///
    /// # Errors
    /// When the app does not come back.
    pub async fn reload(&self) -> Result<()> {
        self.driver.refresh().await?;
        self.mounted().await
    }

    /// Presses the visible button or link with exactly these words or this accessible name; where there is none, the
    /// one that holds these words beside others.
    ///
    /// # Errors
    /// When there is none.
    pub async fn press(&self, words: &str) -> Result<()> {
        self.count_interaction();
        let text = literal(words);
        let kinds = "//*[self::button or self::a or self::summary]";
        let exact = format!("{kinds}[normalize-space(.)={text} or @aria-label={text}]");
        let among = format!("{kinds}[{}]", says(words));
        wait(async || match self.click(By::XPath(exact.as_str())).await {
            Ok(()) => Ok(()),
            Err(_) => self.click(By::XPath(among.as_str())).await,
        })
        .await
        .with_context(|| format!("there is nothing to press that says “{words}”"))
    }

    /// Refuses requests to addresses like these from now on; nothing for an empty list.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn block(&self, patterns: &[&str]) -> Result<()> {
        let tools = self.driver.cdp();
        tools.send_raw("Network.enable", json!({})).await?;
        tools.send_raw("Network.setBlockedURLs", json!({ "urls": patterns })).await?;
        Ok(())
    }

    /// Presses the visible button whose words begin with these.
    ///
    /// # Errors
    /// When there is none.
    pub async fn press_beginning(&self, words: &str) -> Result<()> {
        self.count_interaction();
        let path = format!("//button[starts-with(normalize-space(.), {})]", literal(words));
        wait(async || self.click(By::XPath(path.as_str())).await)
            .await
            .with_context(|| format!("there is no button that begins with “{words}”"))
    }

    /// Goes to a place of the navigation, by the address its link has.
    ///
    /// # Errors
    /// When there is no such link.
    pub async fn go(&self, href: &str) -> Result<()> {
        self.count_interaction();
        let selector = format!("nav.places a[href='{href}']");
        wait(async || self.click(By::Css(selector.as_str())).await)
            .await
            .with_context(|| format!("the navigation has no link to {href}"))
    }

    /// Presses what has this label: a check box, a radio button, a product row.
    ///
    /// # Errors
    /// When there is none.
    pub async fn choose(&self, label: &str) -> Result<()> {
        self.count_interaction();
        let path = format!("//label[{}]", says(label));
        wait(async || self.click(By::XPath(path.as_str())).await)
            .await
            .with_context(|| format!("there is no choice labelled “{label}”"))
    }

    async fn click(&self, by: By) -> Result<()> {
        for element in self.driver.find_all(by).await? {
            if self.is_visible(&element).await? {
                element.scroll_into_view().await?;
                element.click().await?;
                return Ok(());
            }
        }
        bail!("nothing visible")
    }

    /// The field with this label.
    ///
    /// # Errors
    /// When there is none.
    pub async fn field(&self, label: &str) -> Result<WebElement> {
        let path = format!("//label[{}][@for]", says(label));
        wait(async || {
            for found in self.driver.find_all(By::XPath(path.as_str())).await? {
                let id = found.attr("for").await?.unwrap_or_default();
                let field = self.driver.find(By::Id(id.as_str())).await?;
                if self.is_visible(&field).await? {
                    return Ok(field);
                }
            }
            let named = format!("//*[self::input or self::textarea][@aria-label={}]", literal(label));
            Ok(self.driver.find(By::XPath(named.as_str())).await?)
        })
        .await
        .with_context(|| format!("there is no field labelled “{label}”"))
    }

    /// Whether it is drawn. WebDriver's own question says no to a field that lies over a coloured copy of its text.
    async fn is_visible(&self, element: &WebElement) -> Result<bool> {
        let script = "return arguments[0].checkVisibility({ visibilityProperty: true })";
        let result = self.driver.execute(script, vec![element.to_json()?]).await?;
        Ok(result.json() == &serde_json::Value::Bool(true))
    }

    /// Replaces what stands in a field.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        self.count_interaction();
        let field = self.field(label).await?;
        field.scroll_into_view().await?;
        field.focus().await?;
        // As one paste: a token of a thousand characters is not typed, and keys would be too slow for it anyway.
        self.driver.execute("arguments[0].select()", vec![field.to_json()?]).await?;
        if text.is_empty() {
            field.send_keys(Key::Delete + "").await?;
        } else {
            self.driver.cdp().send_raw("Input.insertText", serde_json::json!({ "text": text })).await?;
        }
        Ok(())
    }

    /// Chooses the first entry of a list that holds these words.
    ///
    /// # Errors
    /// When there is no such list, or no such entry in it.
    pub async fn select(&self, label: &str, entry: &str) -> Result<()> {
        self.count_interaction();
        let field = self.field(label).await?;
        let path = format!("./option[contains(., {})]", literal(entry));
        let option = field.find(By::XPath(path.as_str())).await;
        option.with_context(|| format!("“{label}” has no entry “{entry}”"))?.click().await?;
        Ok(())
    }

    /// The text of a code block, as it is shown.
    ///
    /// # Errors
    /// When there is none with this label.
    pub async fn code(&self, label: &str) -> Result<String> {
        let selector = format!("pre[aria-label='{label}'] code");
        wait(async || {
            let text = self.driver.find(By::Css(selector.as_str())).await?.text().await?;
            anyhow::ensure!(!text.trim().is_empty(), "it is empty");
            Ok(text)
        })
        .await
        .with_context(|| format!("there is no code block “{label}”"))
    }

    /// What stands in a field.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn value(&self, label: &str) -> Result<String> {
        Ok(self.field(label).await?.prop("value").await?.unwrap_or_default())
    }

    /// All visible text of the page.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn text(&self) -> Result<String> {
        let result = self.driver.execute("return document.body.innerText", vec![]).await?;
        Ok(result.json().as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a text can be read on the page. White space counts as one space.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn see(&self, words: &str) -> Result<()> {
        wait(async || {
            let text = self.text().await?;
            let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if flat.contains(words) {
                Ok(())
            } else {
                bail!("the page does not say “{words}”. It says:\n{text}")
            }
        })
        .await
    }

    /// Waits until a text is gone.
    ///
    /// # Errors
    /// When it stays.
    pub async fn do_not_see(&self, words: &str) -> Result<()> {
        wait(async || {
            if self.text().await?.contains(words) {
                bail!("the page still says “{words}”")
            } else {
                Ok(())
            }
        })
        .await
    }

    /// The text of the one heading of the page.
    ///
    /// # Errors
    /// When there is none.
    pub async fn heading(&self) -> Result<String> {
        Ok(self.driver.find(By::Css("main h1")).await?.text().await?)
    }

    /// Path and query of the address.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn path(&self) -> Result<String> {
        let url = self.driver.current_url().await?;
        Ok(match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        })
    }

    /// Runs a script in the page, and gives back what it returns.
    ///
    /// # Errors
    /// When it throws.
    pub async fn evaluate(&self, script: &str) -> Result<serde_json::Value> {
        Ok(self.driver.execute(script, vec![]).await?.json().clone())
    }
}
