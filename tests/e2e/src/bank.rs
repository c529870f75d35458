//! The bank's partner portal of the embedded backend: partners who sign in, and its administrator.

use anyhow::{Context, Result, ensure};
use thirtyfour::By;

use crate::{Browser, Sandbox, browser::wait, journey};

/// Chooses the bank and opens the form of a new application.
///
/// # Errors
/// The step that did not work.
pub async fn choose(browser: &Browser, sandbox: &Sandbox) -> Result<()> {
    browser.open(&sandbox.page("/products")).await?;
    browser.evaluate("localStorage.setItem('portico.environment', 'northbank')").await?;
    browser.open(&sandbox.page("/applications/new")).await?;
    browser.see("Nothing you type leaves this browser until you press Register").await?;
    browser.see("Who is asking").await.or(browser.see("Sign in").await)
}

/// Signs in as one of the people of the embedded backend.
///
/// # Errors
/// The step that did not work.
pub async fn sign_in(browser: &Browser, person: &str) -> Result<()> {
    browser.press("Sign in").await?;
    press_outside(browser, person).await?;
    browser.see(&format!("Signed in as {person}")).await
}

/// The same for somebody whose sign-in has ended.
///
/// # Errors
/// The step that did not work.
pub async fn sign_in_again(browser: &Browser, person: &str) -> Result<()> {
    browser.press("Sign in again").await?;
    press_outside(browser, person).await?;
    browser.see(&format!("Signed in as {person}")).await
}

/// Presses a button of the bank's own page.
///
/// # Errors
/// When it does not appear.
pub async fn press_outside(browser: &Browser, words: &str) -> Result<()> {
    let path = format!("//form//button[contains(., '{words}')]");
    wait(async || {
        let address = browser.driver.current_url().await?;
        ensure!(address.path().contains("/identity/"), "still at {address}");
        Ok(browser.driver.find(By::XPath(path.as_str())).await?.click().await?)
    })
    .await
    .with_context(|| format!("the sign-in has no button “{words}”"))
}

/// Fills in the form and registers; somebody is signed in.
///
/// # Errors
/// The step that did not work.
pub async fn register(browser: &Browser, name: &str, products: &[&str]) -> Result<()> {
    browser.fill("Application name", name).await?;
    for product in products {
        browser.choose(product).await?;
    }
    journey::make_key(browser).await?;
    browser.see("POST").await?;
    browser.press("Register application").await?;
    browser.see(&format!("{name} is registered")).await
}

/// The administrator, by the forms of the bank's own page.
#[derive(Debug)]
pub struct Operator {
    origin: String,
    http: reqwest::Client,
}

/// A product in a key that somebody decides about.
#[derive(Debug)]
pub struct Subject(Vec<(String, String)>);

impl Operator {
    /// At this backend.
    #[must_use]
    pub fn new(sandbox: &Sandbox) -> Self {
        Self { origin: sandbox.origin.clone(), http: reqwest::Client::new() }
    }

    /// The first product of the first key of an app, as the administrator's page names it.
    ///
    /// # Errors
    /// When the page does not show it.
    pub async fn app(&self, app: &str) -> Result<Subject> {
        let page = self.http.get(format!("{}/partner/operator", self.origin)).send().await?.text().await?;
        let form = page
            .split("<form")
            .find(|form| {
                form.contains(&format!("name=app value=\"{app}\""))
                    && form.contains("name=product ")
                    && !form.contains("name=product value=\"\"")
            })
            .with_context(|| format!("the administrator sees no {app}: {page}"))?;
        let field = |name: &str| {
            let (_, after) = form.split_once(&format!("name={name} value=\""))?;
            Some((name.to_owned(), after.split_once('"')?.0.to_owned()))
        };
        Ok(Subject(["developer", "app", "key", "product"].into_iter().filter_map(field).collect()))
    }

    /// Approves, or revokes with a reason.
    ///
    /// # Errors
    /// When the backend refuses.
    pub async fn decide(&self, subject: &Subject, action: &str, reason: &str) -> Result<()> {
        let mut fields = subject.0.clone();
        fields.push(("action".to_owned(), action.to_owned()));
        fields.push(("reason".to_owned(), reason.to_owned()));
        let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let answer = self
            .http
            .post(format!("{}/partner/operator", self.origin))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body.join("&"))
            .send()
            .await?;
        let status = answer.status();
        ensure!(status.is_success() || status.is_redirection(), "the administrator's page answered {status}");
        Ok(())
    }
}
