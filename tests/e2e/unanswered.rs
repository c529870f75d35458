//! Answers that are lost on the way, seen by a person: what the page says, and the way on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use anyhow::{Result, ensure};
use portico_e2e::{
    Browser, Look, Sandbox, axe,
    faults::{Fault, Kind},
    gate::Gate,
    journey, scenario,
};

/// A look at a screen: nothing sticks out, axe finds nothing, and a picture is kept.
async fn look(browser: &Browser, screen: &str) -> Result<()> {
    browser.fits(screen).await?;
    axe::check(browser, screen).await?;
    browser.keep_picture(&format!("screen-{screen}-{}", browser.look.name())).await
}

async fn portal() -> Result<(Sandbox, Gate, String)> {
    let sandbox = Sandbox::start().await?;
    let gate = Gate::before(&sandbox.origin).await?;
    let http = reqwest::Client::new();
    let answer = http
        .post(format!("{}/try/initial-access-token", gate.origin))
        .header("Content-Type", "application/json")
        .body(serde_json::json!({ "count": 5, "web_origins": [gate.origin] }).to_string())
        .send()
        .await?;
    let answer: serde_json::Value = serde_json::from_str(&answer.text().await?)?;
    let token = answer["initial_access_token"].as_str().unwrap_or_default().to_owned();
    Ok((sandbox, gate, token))
}

/// To the overview of a new application.
async fn registered(browser: &Browser, gate: &Gate, token: &str) -> Result<()> {
    browser.open(&format!("{}/applications/new", gate.origin)).await?;
    journey::register(browser, "gateway-client", &["Balances"], token).await?;
    let address = browser.path().await?.replace("/registered", "");
    browser.open(&format!("{}{address}", gate.origin)).await
}

async fn send_change(browser: &Browser, name: &str) -> Result<()> {
    browser.press("Edit").await?;
    browser.fill("Application name", name).await?;
    browser.see("What this change does").await?;
    browser.press("Send this change").await
}

async fn a_change_without_an_answer(look_at: Look) -> Result<()> {
    let (_sandbox, gate, token) = portal().await?;
    scenario("change-unanswered", look_at, &[&gate.origin], async |browser| {
        registered(browser, &gate, &token).await?;
        drop(gate.take_received());
        gate.break_next(Fault { on: "PUT", kind: Kind::DropAfter });
        send_change(browser, "renamed-client").await?;
        browser.see("the write was probably carried out, and its answer was lost").await?;
        let sent = gate.take_received();
        let writes = sent.iter().filter(|line| line.starts_with("PUT")).count();
        ensure!(writes == 1, "one press sent {sent:?}");
        browser.press("Overview").await?;
        browser.see("What may have happened").await?;
        browser.see("The change was made").await?;
        browser.see("renamed-client").await?;
        look(browser, "at-risk").await?;
        browser.reload().await?;
        browser.see("Registration access token from the operator").await?;
        // Lines about lost connections are wanted here.
        browser.console().await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_change_that_was_made() -> Result<()> {
    a_change_without_an_answer(Look::DESKTOP).await
}

#[tokio::test]
async fn a_change_that_was_made_on_a_telephone_in_the_dark() -> Result<()> {
    a_change_without_an_answer(Look::MOBILE_DARK).await
}

#[tokio::test]
async fn a_change_that_did_not_arrive() -> Result<()> {
    let (_sandbox, gate, token) = portal().await?;
    scenario("change-not-made", Look::DESKTOP, &[&gate.origin], async |browser| {
        registered(browser, &gate, &token).await?;
        gate.break_next(Fault { on: "PUT", kind: Kind::DropBefore });
        send_change(browser, "renamed-client").await?;
        browser.see("A read shows that nothing was changed").await?;
        ensure!(browser.value("Application name").await? == "renamed-client", "what was typed is gone");
        browser.press("Overview").await?;
        browser.see("Change not made").await?;
        browser.see("A change did not arrive.").await?;
        look(browser, "not-made").await?;
        browser.press("Send it again").await?;
        browser.see("It was sent again, and the answer is stored.").await?;
        ensure!(browser.heading().await?.contains("renamed-client"));
        browser.console().await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_registration_without_an_answer() -> Result<()> {
    let (_sandbox, gate, token) = portal().await?;
    scenario("creation-unanswered", Look::DESKTOP, &[&gate.origin], async |browser| {
        browser.open(&format!("{}/applications/new", gate.origin)).await?;
        gate.break_next(Fault { on: "POST", kind: Kind::DropAfter });
        browser.fill("Application name", "gateway-client").await?;
        browser.choose("Balances").await?;
        browser.fill("Initial access token", &token).await?;
        browser.see("POST").await?;
        browser.press("Register application").await?;
        browser.see("Why was it refused?").await?;
        browser.see("The request may have been carried out.").await?;
        browser.press("Back to New application").await?;
        ensure!(browser.value("Application name").await? == "gateway-client", "what was typed is gone");
        let sent = gate.take_received();
        ensure!(sent.len() == 1, "one press sent {sent:?}");
        browser.open(&gate.origin).await?;
        browser.see("“gateway-client” was sent to").await?;
        look(browser, "creation-unanswered").await?;
        browser.press("This is settled").await?;
        browser.do_not_see("was sent to").await?;
        browser.console().await?;
        Ok(())
    })
    .await
}
