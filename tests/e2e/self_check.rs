//! The self-check, through the page: green on the embedded backend, and red in exactly the right rows when that breaks a
//! rule.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{Browser, Context, Look, Result, Sandbox, ensure, journey::good, scenario};
use serde_json::{Value, json};

const PAGE: &str = "/settings/environments/openbank/self-check";

/// Each broken rule, and the rows that ask for it.
const TABLE: [(&str, &[&str]); 15] = [
    ("accepts-expired", &["DCR-004 expired"]),
    ("accepts-unknown-issuer", &["DCR-004 unknown issuer"]),
    ("accepts-empty-issuer", &["DCR-004 empty issuer"]),
    ("accepts-long-issuer", &["DCR-004 long issuer"]),
    ("accepts-bad-method", &["DCR-004 method"]),
    ("accepts-bad-response-type", &["DCR-011"]),
    ("keeps-deleted", &["DCR-003", "DCR-010"]),
    ("accepts-any-token", &["DCR-007"]),
    ("accepts-changed-signature", &["P-01"]),
    ("accepts-replayed-jti", &["P-02"]),
    ("accepts-foreign-statement", &["P-03"]),
    ("accepts-foreign-redirect", &["P-04"]),
    ("accepts-other-clients-token", &["P-05"]),
    ("wrong-create-status", &["DCR-002"]),
    ("update-after-delete", &["DCR-009"]),
];

async fn bank_breaks(sandbox: &Sandbox, rule: Option<&str>) -> Result<()> {
    let sent = reqwest::Client::new()
        .post(sandbox.page("/try/awkward"))
        .header("Origin", &sandbox.origin)
        .header("Content-Type", "application/json")
        .body(json!({ "gateway": rule }).to_string())
        .send()
        .await?;
    ensure!(sent.status().is_success(), "{rule:?}: {}", sent.status());
    Ok(())
}

/// Opens the page anew and runs the check to its end.
async fn run(browser: &Browser, sandbox: &Sandbox) -> Result<()> {
    browser.open(&sandbox.page(PAGE)).await?;
    browser.press("Start the self-check").await?;
    browser.see("No token and no secret is in it.").await
}

/// The names of the rows with this verdict.
async fn rows(browser: &Browser, verdict: &str) -> Result<Vec<String>> {
    let script = format!(
        "return [...document.querySelectorAll('.checks tbody tr')].filter((row) =>
            row.querySelector('.chip')?.textContent === '{verdict}').map((row) => row.querySelector('th .mono').textContent)"
    );
    let found = browser.evaluate(&script).await?;
    let names = found.as_array().context("no list")?.iter().filter_map(Value::as_str);
    Ok(names.map(str::to_owned).collect())
}

#[tokio::test]
async fn green_on_the_embedded_backend_and_nothing_secret_in_the_page() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    for look in [Look::DESKTOP, Look::MOBILE_DARK, Look::NARROW] {
        scenario(&format!("self-check-{}", look.name()), look, &[&sandbox.origin], async |browser| {
            browser.open(&sandbox.page("/settings")).await?;
            browser.press("Self-check").await?;
            browser.see("Registers clients at").await?;
            good(browser, "12-self-check").await?;
            run(browser, &sandbox).await?;
            browser.see("All rules that could be tried are kept.").await?;
            ensure!(rows(browser, "passed").await?.len() == 19);
            browser
                .evaluate("for (const fold of document.querySelectorAll('.checks details')) fold.open = true; return 1")
                .await?;
            browser.see("Tidying up").await?;
            // At the beginning of a word: a random client ID has the three letters in its middle now and then.
            let token = browser
                .evaluate(r"return document.documentElement.outerHTML.match(/(?<![\w-])eyJ[\w-]*/)?.[0] ?? ''")
                .await?;
            ensure!(token == "", "a token stands in the page: {token}");
            good(browser, "12-self-check-done").await?;
            // Lines of the console about refused requests are wanted here.
            browser.console().await?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn red_in_exactly_the_right_rows() -> Result<()> {
    let sandbox = Sandbox::start_with(&["--memory", "--faults"]).await?;
    scenario("self-check-red", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        for (rule, expected) in TABLE {
            bank_breaks(&sandbox, Some(rule)).await?;
            run(browser, &sandbox).await?;
            let (failed, passed) = (rows(browser, "failed").await?, rows(browser, "passed").await?);
            ensure!(failed == expected, "{rule}: {failed:?}");
            ensure!(passed.len() == 19 - expected.len(), "{rule}: passed {passed:?}");
        }
        good(browser, "12-self-check-red").await?;
        browser.console().await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn it_is_offered_and_done_only_where_it_may_be() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("self-check-refused", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/settings/environments/sandbox/self-check")).await?;
        browser.see("This environment is not checked.").await?;
        browser.do_not_see("Start the self-check").await?;
        browser.open(&sandbox.page("/settings/environments/nosuch/self-check")).await?;
        browser.see("There is no such environment").await
    })
    .await
}

#[tokio::test]
async fn stopped_it_says_what_was_not_run() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("self-check-stopped", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page(PAGE)).await?;
        browser.press("Start the self-check").await?;
        browser.see("is running").await?;
        browser.press("Stop and tidy up").await?;
        browser.see("not run.").await?;
        browser.do_not_see("may still be registered").await?;
        browser.console().await?;
        Ok(())
    })
    .await
}
