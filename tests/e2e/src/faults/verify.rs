//! After a run: opens the portal anew and compares what it says with what the server has.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::time::sleep;

use super::{Backend, Lab, Operation, Truth, lab::Current, tally::Outcome};
use crate::browser::wait;

const READ_DONE: &str = "The registration was read.";

impl<B: Backend> Lab<'_, B> {
    /// After a change, a renewal or a deletion.
    pub(super) async fn after_managing(&mut self, operation: Operation) -> Result<Outcome> {
        let current = self.current.clone().context("there is no application")?;
        self.go(&format!("/applications/{}", current.id)).await?;
        let chip = self.settled_state().await?;
        let truth = self.truth(&current.client_id).await?;
        if chip == "Deleted" {
            self.current = None;
            return Ok(match truth {
                None => Outcome::Deleted,
                Some(_) => Outcome::Loss("says deleted, and the client exists".to_owned()),
            });
        }
        if self.read().await? {
            let Some(truth) = truth else { bail!("a client that is not there was read") };
            return self.after_a_good_read(truth).await;
        }
        let chip = self.chip().await?;
        if chip != "Access at risk" || !self.browser.text().await?.contains("What may have happened") {
            self.current = None;
            return Ok(Outcome::Loss(format!("the token is refused, and the page says “{chip}”")));
        }
        match truth {
            None if operation == Operation::Delete => {
                self.current = None;
                Ok(Outcome::SaidProbablyDeleted)
            }
            None => bail!("the client is gone after {operation:?}"),
            Some(truth) => self.get_access_back(&truth).await,
        }
    }

    /// After a registration: `made` are the clients that the server has since then.
    pub(super) async fn after_creating(&mut self, name: &str, made: &[Truth]) -> Result<Outcome> {
        self.go("/").await?;
        let listed = format!(
            "return [...document.querySelectorAll('a.name-link')].find((a) => a.textContent.trim() === '{name}' && a.pathname !== '/applications/new')?.pathname ?? ''"
        );
        let note = format!("“{name}” was sent to");
        let mut path = String::new();
        let mut said = false;
        for _ in 0..40 {
            path = self.browser.evaluate(&listed).await?.as_str().unwrap_or_default().to_owned();
            said = self.browser.text().await?.contains(&note);
            if said || !path.is_empty() {
                break;
            }
            sleep(Duration::from_millis(if made.is_empty() { 15 } else { 75 })).await;
        }
        if !path.is_empty() {
            let Some(client) = made.first() else {
                return Ok(Outcome::Loss(
                    "an application is listed that the server does not have".to_owned(),
                ));
            };
            self.go(&path).await?;
            let id = path.rsplit('/').next().unwrap_or_default().to_owned();
            let client_id = client.client_id.clone();
            if self.browser.see(&client_id).await.is_err() {
                return Ok(Outcome::Loss("another client is listed than the server has".to_owned()));
            }
            self.current = Some(Current { id, client_id, name: name.to_owned() });
            return Ok(match self.read().await? {
                true if said => {
                    Outcome::Loss("an application that is stored is said to be in doubt".to_owned())
                }
                true => Outcome::Holds,
                false => Outcome::Loss("the token of a new application is refused".to_owned()),
            });
        }
        if said {
            self.browser.press("This is settled").await?;
            self.browser.do_not_see(&note).await?;
            return Ok(Outcome::SaidMayExist);
        }
        Ok(if made.is_empty() {
            Outcome::Nothing
        } else {
            Outcome::Loss("the server has a client, and the portal says nothing of it".to_owned())
        })
    }

    /// The token works. A write that was not made is sent again or given up, in turns.
    async fn after_a_good_read(&mut self, truth: Truth) -> Result<Outcome> {
        let chip = self.chip().await?;
        let not_made = chip == "Change not made" || chip == "Not deleted";
        if not_made && self.number.is_multiple_of(2) {
            self.browser.press("Give it up").await?;
            self.browser.see("It was given up").await?;
        } else if not_made {
            let again = if chip == "Not deleted" { "Delete it again" } else { "Send it again" };
            self.browser.press(again).await?;
            self.browser.see("It was sent again").await?;
        } else if chip != "Active" {
            return Ok(Outcome::Loss(format!("a read is let in, and the page says “{chip}”")));
        }
        match self.truth(&truth.client_id).await? {
            None if chip == "Not deleted" => {
                self.current = None;
                Ok(Outcome::SaidNotMade)
            }
            None => bail!("the client is gone"),
            Some(now) => {
                let heading = self.browser.heading().await?;
                if !heading.contains(&now.client_name) {
                    return Ok(Outcome::Loss(format!(
                        "shows “{heading}”, and the server has {}",
                        now.client_name
                    )));
                }
                if let Some(current) = &mut self.current {
                    current.name = now.client_name;
                }
                Ok(if not_made { Outcome::SaidNotMade } else { Outcome::Holds })
            }
        }
    }

    /// The way that the page names: the operator's new token.
    async fn get_access_back(&mut self, truth: &Truth) -> Result<Outcome> {
        let token = self.backend.regenerate(&truth.client_id).await?;
        self.browser.fill("Registration access token from the operator", &token).await?;
        self.browser.press("Use this token").await?;
        wait(async || {
            let chip = self.chip().await?;
            ensure!(chip != "Access at risk", "the new token does not bring access back");
            Ok(())
        })
        .await?;
        ensure!(self.read().await?, "the operator's token is refused");
        match self.after_a_good_read(truth.clone()).await? {
            Outcome::Holds | Outcome::SaidNotMade => Ok(Outcome::SaidLost),
            other => Ok(other),
        }
    }

    /// The state, once the portal has found out what it can.
    async fn settled_state(&self) -> Result<String> {
        wait(async || {
            let chip = self.chip().await?;
            let text = self.browser.text().await?;
            let asking = chip == "Access at risk" && !text.contains("A read answered");
            ensure!(!chip.is_empty() && !asking, "the portal does not find out what became of the write");
            Ok(chip)
        })
        .await
    }

    async fn chip(&self) -> Result<String> {
        let script = "return document.querySelector('h1')?.parentElement.querySelector('.chip')?.innerText.trim() ?? ''";
        Ok(self.browser.evaluate(script).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Reads the registration on the page; whether it was let in.
    async fn read(&self) -> Result<bool> {
        // What an earlier read said must not be taken for the answer to this one.
        let press = "for (const node of document.querySelectorAll('.notes [role=alert], .notes [role=status]')) node.dataset.before = node.innerText;
            const named = (b) => (b.ariaLabel || b.textContent).trim() === 'Read the registration';
            const button = [...document.querySelectorAll('main button')].find(named);
            button?.click(); return Boolean(button)";
        wait(async || {
            ensure!(
                self.browser.evaluate(press).await?.as_bool() == Some(true),
                "there is no button that reads"
            );
            Ok(())
        })
        .await?;
        wait(async || {
            let text = "return [...document.querySelectorAll('main button.working')].length + '|' + document.querySelector('.notes')?.innerText";
            let text = self.browser.evaluate(text).await?;
            let text = text.as_str().unwrap_or_default();
            ensure!(text.starts_with("0|"), "the read takes too long");
            if text.contains(READ_DONE) {
                return Ok(true);
            }
            ensure!(text.contains("The server answered"), "the read has no answer: {text}");
            Ok(false)
        })
        .await
    }

    async fn truth(&self, client_id: &str) -> Result<Option<Truth>> {
        Ok(self.backend.clients().await?.into_iter().find(|client| client.client_id == client_id))
    }
}
