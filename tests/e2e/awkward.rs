//! Servers that follow the standards in their own way, one oddity at a time, through the real page: no dead end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use anyhow::{Context, Result, ensure};
use portico_e2e::{Browser, Look, Sandbox, awkward::Awkward, journey, scenario};
use serde_json::{Value, json};

const NAME: &str = "gateway-client";

/// Registers at every one of these issuers in one browser, and goes on as the closure says.
async fn at(name: &str, oddities: &[&str], each: impl AsyncFn(&Browser, &str) -> Result<()>) -> Result<()> {
    let server = Awkward::start().await?;
    let environments: Vec<Value> = oddities
        .iter()
        .map(|odd| {
            json!({ "id": odd, "name": odd, "kind": "sandbox", "dialect": "rfc7591", "response_types": [],
                "issuer": format!("{}/{odd}", server.origin), "initial_access_token": "optional",
                "via": { "prefix": "/odd", "replaces": server.origin } })
        })
        .collect();
    let portal = json!({ "version": 1, "environments": environments }).to_string();
    let proxy = format!("/odd={}", server.origin);
    let sandbox = Sandbox::start_configured(&portal, &["--proxy", &proxy]).await?;
    scenario(name, Look::DESKTOP, &[&sandbox.origin, &server.origin], async |browser| {
        for odd in oddities {
            let outcome = async {
                browser.open(&sandbox.page("/settings")).await?;
                browser
                    .evaluate(&format!("localStorage.setItem('portico.environment', '{odd}'); return 1"))
                    .await?;
                browser.open(&sandbox.page("/applications/new")).await?;
                browser.fill("Application name", NAME).await?;
                let chosen = "return document.querySelectorAll('input[type=checkbox]:checked').length > 0";
                if browser.evaluate(chosen).await?.as_bool() != Some(true) {
                    browser.choose("Balances").await?;
                }
                browser.see("POST").await?;
                browser.press("Register application").await?;
                each(browser, odd).await
            };
            outcome.await.with_context(|| format!("at “{odd}”"))?;
        }
        // Lines of the console about refused requests are wanted here.
        browser.console().await?;
        Ok(())
    })
    .await?;
    ensure!(server.strayed() == 0, "a registration token was shown at another client's address");
    Ok(())
}

async fn registered(browser: &Browser) -> Result<()> {
    browser.see(&format!("{NAME} is registered")).await
}

async fn to_overview(browser: &Browser) -> Result<()> {
    let origin = browser.evaluate("return location.origin").await?;
    let path = browser.path().await?.replace("/registered", "");
    browser.open(&format!("{}{path}", origin.as_str().unwrap_or_default())).await
}

async fn life(browser: &Browser) -> Result<()> {
    registered(browser).await?;
    to_overview(browser).await?;
    journey::rename(browser, "renamed").await?;
    journey::read(browser).await?;
    journey::rename(browser, "renamed-again").await?;
    journey::delete(browser, "renamed-again").await
}

/// Everything works all the same, to the end.
#[tokio::test]
async fn oddities_that_do_no_harm() -> Result<()> {
    let odd = [
        "200-for-201",
        "delete-says-200",
        "no-secret-expiry",
        "no-issue-time",
        "numbers-as-strings",
        "twenty-nulls",
        "method-as-a-list",
        "uri-with-a-query",
        "uri-with-a-slash",
        "read-leaves-out",
        "read-rotates",
        "update-keeps-the-token",
        "update-without-a-token",
        "update-brings-a-new-secret",
        "no-registration-uri",
        "only-oauth-metadata",
    ];
    at("harmless", &odd, async |browser, _| life(browser).await).await
}

/// The secret can be used although the token endpoint has words of its own.
#[tokio::test]
async fn token_answers() -> Result<()> {
    let odd =
        ["token-type-in-lower-case", "token-type-of-its-own", "numbers-as-strings", "token-without-scope"];
    at("tokens", &odd, async |browser, _| {
        registered(browser).await?;
        browser.press("Get a token").await?;
        browser.see("left of ").await
    })
    .await
}

/// Created, and cannot be managed from here: said, and the rest works.
#[tokio::test]
async fn without_a_registration_token() -> Result<()> {
    at("no-token", &["no-registration-token", "neither-token-nor-uri"], async |browser, _| {
        registered(browser).await?;
        to_overview(browser).await?;
        browser.press("Read").await?;
        browser.see("There is no registration access token for this application.").await?;
        browser.see("Enter the one from the operator under Credentials").await
    })
    .await
}

#[tokio::test]
async fn a_secret_that_ends() -> Result<()> {
    at("secret-ends", &["secret-ends-in-thirty-days"], async |browser, _| {
        registered(browser).await?;
        to_overview(browser).await?;
        browser.press("Credentials").await?;
        browser.see("2030").await
    })
    .await
}

/// Refusals of every shape: explained, and what was typed is still there.
#[tokio::test]
async fn refused_registrations() -> Result<()> {
    let rows = [
        ("create-refused-403-without-a-body", "The server answered 403", "Ask the operator"),
        ("create-refused-404-as-html", "The server answered 404", "There is nothing at this address."),
        ("create-refused-405-as-text", "The server answered 405", "does not offer this operation"),
        ("create-refused-415", "The server answered 415", "does not take this media type"),
        ("create-refused-429", "The server answered 429", "Too many requests"),
        (
            "create-refused-500-with-a-stack-trace",
            "The server answered 500",
            "Whether it did the work is not known",
        ),
        ("create-refused-numeric-error", "The server answered 400 900901", "does not accept the request"),
        ("create-refused-sentence-as-error", "The server answered 400", "does not accept the request"),
        ("create-refused-several-lines", "invalid_client_metadata", "does not accept a member"),
        ("create-refused-markup", "invalid_client_metadata", "does not accept a member"),
        ("wants-a-redirect-uri", "invalid_redirect_uri", "does not accept a redirect URI"),
    ];
    let odd: Vec<&str> = rows.iter().map(|row| row.0).collect();
    at("refused", &odd, async |browser, odd| {
        let (_, headline, meaning) = rows.iter().find(|row| row.0 == odd).unwrap();
        browser.see(headline).await?;
        browser.see(meaning).await?;
        ensure!(browser.value("Application name").await? == NAME, "what was typed is gone");
        ensure!(
            browser.evaluate("return document.querySelector('img[src=x]') === null").await?.as_bool()
                == Some(true),
            "markup of the server is in the page"
        );
        Ok(())
    })
    .await
}

/// A refusal later on: said, and the application is as before.
#[tokio::test]
async fn refused_management() -> Result<()> {
    let odd = ["read-refused-404-as-html", "read-refused-429", "read-refused-403-without-a-body"];
    at("read-refused", &odd, async |browser, odd| {
        registered(browser).await?;
        to_overview(browser).await?;
        browser.press("Read").await?;
        let status = if odd.contains("404") {
            "404"
        } else if odd.contains("429") {
            "429"
        } else {
            "403"
        };
        browser.see(&format!("The server answered {status}")).await?;
        browser.see("Registration URI").await
    })
    .await?;
    let odd = [
        "update-refused-405-as-text",
        "update-refused-sentence-as-error",
        "update-refused-500-with-a-stack-trace",
    ];
    at("update-refused", &odd, async |browser, odd| {
        registered(browser).await?;
        to_overview(browser).await?;
        browser.press("Edit").await?;
        browser.fill("Application name", "renamed").await?;
        browser.see("What this change does").await?;
        browser.press("Send this change").await?;
        let said = if odd.contains("500") {
            "A read shows that nothing was changed"
        } else {
            "The server answered 40"
        };
        browser.see(said).await?;
        ensure!(browser.value("Application name").await? == "renamed", "what was typed is gone");
        browser.press("Overview").await?;
        journey::read(browser).await
    })
    .await?;
    at("delete-refused", &["delete-refused-405-as-text"], async |browser, _| {
        registered(browser).await?;
        to_overview(browser).await?;
        browser.press("Credentials").await?;
        browser.press("Delete application").await?;
        browser.fill("Type the name to confirm", NAME).await?;
        browser
            .evaluate("[...document.querySelectorAll('dialog button')].find((b) => b.textContent.trim() === 'Delete application').click()")
            .await?;
        browser.see("The server answered 405").await?;
        browser.see("Ask the operator to do it.").await
    })
    .await
}

/// The token is no longer the right one, whatever the server's way of saying so.
#[tokio::test]
async fn refused_tokens() -> Result<()> {
    at("tokens-refused", &["401-without-a-body", "400-for-401"], async |browser, odd| {
        registered(browser).await?;
        to_overview(browser).await?;
        browser.press("Credentials").await?;
        browser.press("Enter another one").await?;
        browser.fill("Registration access token from the operator", "not-the-right-one").await?;
        browser.press("Use this token").await?;
        browser
            .see(if odd.starts_with("401") { "The server answered 401" } else { "The server answered 400" })
            .await?;
        // The one that worked was not let go for it.
        browser.press("Overview").await?;
        journey::read(browser).await
    })
    .await
}
