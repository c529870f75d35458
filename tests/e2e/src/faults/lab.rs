//! Carries out one run: opens the tabs, lets things go wrong, and closes the tabs.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::WindowHandle;
use tokio::time::sleep;

use super::{Backend, Fault, Kind, Operation, Plan, Truth, tally::Outcome};
use crate::{Browser, browser::wait};

const KILL: &str = include_str!("kill.js");

/// The application that the runs change.
#[derive(Clone, Debug)]
pub(super) struct Current {
    /// The portal's own ID.
    pub(super) id: String,
    /// `client_id`.
    pub(super) client_id: String,
    /// The name it was last seen with.
    pub(super) name: String,
}

/// A browser, a portal and a server to break things in.
pub struct Lab<'a, B> {
    pub(super) browser: &'a Browser,
    pub(super) backend: B,
    pub(super) origin: String,
    /// Name of a product that needs no approval.
    product: &'a str,
    pub(super) current: Option<Current>,
    home: WindowHandle,
    pub(super) number: usize,
}

impl<'a, B: Backend> Lab<'a, B> {
    /// A lab in this browser, for the portal at `origin`.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn new(browser: &'a Browser, backend: B, origin: &str, product: &'a str) -> Result<Self> {
        let home = browser.driver.window().await?;
        Ok(Self { browser, backend, origin: origin.to_owned(), product, current: None, home, number: 0 })
    }

    /// Carries out a plan and says what came of it.
    pub(super) async fn carry_out(&mut self, plan: &Plan) -> Result<Outcome> {
        self.number += 1;
        if self.current.is_none() && plan.operation != Operation::Create {
            self.create_undisturbed().await?;
        }
        let name = format!("app-{}", self.number);
        let before = self.backend.clients().await?;
        let mut tabs = Vec::new();
        for tab in 0..=usize::from(plan.race) {
            let handle = self.open_tab(true).await?;
            self.prepare(plan.operation, &format!("{name}{}", if tab == 0 { "" } else { "-b" })).await?;
            tabs.push(handle);
        }
        if let Some(fault) = plan.fault {
            self.backend.break_next(fault).await?;
        }
        for (tab, handle) in tabs.iter().enumerate() {
            self.browser.driver.switch_to_window(handle.clone()).await?;
            self.trigger(plan.operation, plan.kill.filter(|_| tab == 0)).await?;
        }
        for handle in &tabs {
            self.browser.driver.switch_to_window(handle.clone()).await?;
            self.finished().await?;
        }
        sleep(Duration::from_millis(plan.linger_ms)).await;
        for handle in tabs {
            self.close_tab(handle).await?;
        }
        if plan.fault.is_some_and(|fault| fault.kind == Kind::Delay) {
            sleep(Duration::from_millis(300)).await;
        }
        self.backend.calm().await?;
        let after = self.backend.clients().await?;
        let view = self.open_tab(false).await?;
        let outcome = match plan.operation {
            Operation::Create => self.after_creating(&name, &new_clients(&before, &after, &name)).await,
            _ => self.after_managing(plan.operation).await,
        };
        let said = self.errors_of_the_page().await;
        if outcome.is_ok() {
            self.close_tab(view).await?;
        }
        match said? {
            Some(error) => Ok(Outcome::Loss(format!("an exception: {error}"))),
            None => outcome,
        }
    }

    /// A picture and the console of a run that went wrong.
    pub(super) async fn keep_traces(&self, number: usize) {
        self.browser.keep_traces(&format!("fault-{number}")).await;
    }

    async fn create_undisturbed(&mut self) -> Result<()> {
        let name = format!("app-{}-new", self.number);
        let before = self.backend.clients().await?;
        let tab = self.open_tab(true).await?;
        self.prepare(Operation::Create, &name).await?;
        self.trigger(Operation::Create, None).await?;
        self.browser.see("is registered").await?;
        self.close_tab(tab).await?;
        let after = self.backend.clients().await?;
        let view = self.open_tab(false).await?;
        let outcome = self.after_creating(&name, &new_clients(&before, &after, &name)).await?;
        self.close_tab(view).await?;
        ensure!(outcome == Outcome::Holds, "an undisturbed registration came to {outcome:?}");
        Ok(())
    }

    /// A new tab, in front. `armed`: it can be killed at any step.
    async fn open_tab(&self, armed: bool) -> Result<WindowHandle> {
        let handle = self.browser.driver.new_tab().await?;
        self.browser.driver.switch_to_window(handle.clone()).await?;
        if armed {
            self.browser
                .driver
                .cdp()
                .send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": KILL }))
                .await?;
        }
        Ok(handle)
    }

    async fn close_tab(&self, handle: WindowHandle) -> Result<()> {
        self.browser.driver.switch_to_window(handle).await?;
        self.browser.driver.close_window().await?;
        self.browser.driver.switch_to_window(self.home.clone()).await?;
        Ok(())
    }

    pub(super) async fn go(&self, path: &str) -> Result<()> {
        self.browser.open(&format!("{}{path}", self.origin)).await
    }

    /// Opens the page of an operation, up to the button that sends.
    async fn prepare(&self, operation: Operation, name: &str) -> Result<()> {
        if operation == Operation::Create {
            let token = self.backend.initial_access_token().await?;
            self.go("/applications/new").await?;
            self.browser.see("Nothing you type leaves this browser until you press Register").await?;
            self.browser.fill("Application name", name).await?;
            if !self.is_chosen().await? {
                self.browser.choose(self.product).await?;
            }
            self.browser.fill("Initial access token", &token).await?;
            return self.browser.see("POST").await;
        }
        let current = self.current.clone().context("there is no application")?;
        match operation {
            Operation::Change => {
                self.go(&format!("/applications/{}/change", current.id)).await?;
                self.browser.fill("Application name", name).await?;
                self.browser.see("What this change does").await
            }
            Operation::Delete => {
                self.go(&format!("/applications/{}/credentials", current.id)).await?;
                self.browser.press("Delete application").await?;
                self.browser.fill("Type the name to confirm", &current.name).await
            }
            _ => {
                self.go(&format!("/applications/{}/credentials", current.id)).await?;
                self.browser.see("Registration access token").await
            }
        }
    }

    /// Whether the draft of an earlier run has the product already.
    async fn is_chosen(&self) -> Result<bool> {
        let script = "return document.querySelectorAll('input[type=checkbox]:checked').length > 0";
        Ok(self.browser.evaluate(script).await?.as_bool() == Some(true))
    }

    async fn trigger(&self, operation: Operation, kill: Option<usize>) -> Result<()> {
        let button = match operation {
            Operation::Create => "Register application",
            Operation::Change => "Send this change",
            Operation::Rotate => "Renew the registration access token",
            Operation::Delete => "Delete application",
        };
        let at = kill.map_or("Infinity".to_owned(), |step| step.to_string());
        wait(async || {
            let found = self
                .browser
                .evaluate(&format!(
                    "const named = (b) => (b.ariaLabel || b.textContent).trim() === '{button}';
                     const button = [...document.querySelectorAll('button')].filter(named).at(-1);
                     if (!button || button.ariaDisabled === 'true') return false;
                     portico_kill.arm({at}); button.click(); return true;"
                ))
                .await?;
            ensure!(found.as_bool() == Some(true), "there is no button “{button}”");
            Ok(())
        })
        .await
    }

    /// Waits until the page is dead, or has nothing more to do.
    async fn finished(&self) -> Result<()> {
        wait(async || {
            let finished = self.browser.evaluate("return portico_kill.finished()").await?;
            ensure!(finished.as_bool() == Some(true), "the page does not come to an end");
            Ok(())
        })
        .await
    }

    /// What the console of the browser says that is no line about a request that failed: those are wanted here.
    async fn errors_of_the_page(&self) -> Result<Option<String>> {
        let lines = self.browser.console().await?;
        Ok(lines.into_iter().find(|line| line.contains("panicked") || line.contains("RuntimeError")))
    }
}

/// The clients of this name that came in between. Only these: other tests register on the same server meanwhile.
fn new_clients(before: &[Truth], after: &[Truth], name: &str) -> Vec<Truth> {
    after
        .iter()
        .filter(|client| client.client_name == name)
        .filter(|client| !before.iter().any(|known| known.client_id == client.client_id))
        .cloned()
        .collect()
}

impl Fault {
    /// The fault as JSON for the embedded backend.
    #[must_use]
    pub fn to_json(self) -> serde_json::Value {
        json!({ "on": self.on, "kind": self.kind.name(), "delay_ms": 150, "times": 1 })
    }
}
