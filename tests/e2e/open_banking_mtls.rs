//! A gateway that demands a client certificate, as real ones do: through the prefix that holds it, and by curl with the
//! answer pasted back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
};

use portico_e2e::{
    Browser, Look, Result, Sandbox,
    browser::wait,
    ensure, journey, open_banking, scenario,
    shell::{self, Beside},
};
use serde_json::{Value, json};

/// The same gateway twice: through `/mtls` of this site, and directly.
fn portal(port: u16) -> String {
    let gateway = format!("https://localhost:{port}");
    let environment = |id: &str, more: Value| {
        let mut environment = json!({
            "id": id, "name": format!("Openbank {id}"), "kind": "sandbox", "dialect": "open_banking",
            "issuer": format!("{gateway}/open-banking"), "client_certificate": true,
            "auth_methods": ["private_key_jwt"],
            "grant_types": ["client_credentials", "authorization_code"],
            "response_types": ["code id_token"], "assertion_audience": "token_endpoint", "assertion_typ": "JWT",
            "initial_access_token": "none",
            "software_statement": { "directory": {
                "name": "Example directory", "issuer": "Example Directory", "jwks": "/directory/keys/directory.jwks",
                "statement": "/directory/organisations/:organisation/software/:software/statement",
                "keys": "/directory/organisations/:organisation/software/:software/keys",
                "trial": "/directory/try/software"
            } },
            "signed_request": { "audience": "OPENBANK0001" }, "products": ["uk-accounts", "uk-payments"]
        });
        environment.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        environment
    };
    let endpoints = json!({
        "registration": format!("{gateway}/open-banking/v3.3/register"),
        "token": format!("{gateway}/open-banking/oauth2/token")
    });
    json!({ "version": 1, "environments": [
        environment("prefix", json!({ "via": { "prefix": "/mtls", "replaces": gateway }, "api": "/mtls" })),
        environment("direct", json!({ "discovery": false, "endpoints": endpoints, "api": gateway })),
    ] })
    .to_string()
}

/// A backend with the second listener, and the folder with the client's certificate.
async fn backend() -> Result<(Sandbox, PathBuf)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let folder = std::env::temp_dir().join(format!("portico-mtls-{port}"));
    let (number, files) = (port.to_string(), folder.to_str().unwrap().to_owned());
    let flags = ["--mtls-port", &number, "--mtls-files", &files];
    let sandbox = Sandbox::start_configured(&portal(port), &flags).await?;
    // The second listener comes after the first.
    wait(async || Ok(std::fs::metadata(folder.join("client.key"))?)).await?;
    Ok((sandbox, folder))
}

#[tokio::test]
async fn through_the_prefix_that_holds_the_certificate() -> Result<()> {
    let (sandbox, _) = backend().await?;
    scenario("open-banking-prefix", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        open_banking::register_trial(browser, &sandbox, "prefix").await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Account information").await?;
        browser.press("Overview").await?;
        journey::read(browser).await?;
        // The bank keeps the name without its space.
        journey::delete(browser, "Trial_application").await
    })
    .await
}

#[tokio::test]
async fn by_curl_with_the_answer_pasted_back() -> Result<()> {
    let (sandbox, folder) = backend().await?;
    scenario("open-banking-curl", Look::MOBILE, &[&sandbox.origin], async |browser| {
        open_banking::choose(browser, &sandbox, "direct").await?;
        open_banking::make_software(browser).await?;
        browser.see("Nothing is seen that a bank would refuse.").await?;
        browser.press("Register application").await?;
        browser.see("Run curl, paste the answer").await?;
        journey::good(browser, "open-banking-curl").await?;
        run_and_paste(browser, &folder).await?;
        browser.see("Trial application is registered").await?;
        browser.press("Get a token").await?;
        by_hand(browser, &folder).await?;
        browser.see("What the token says").await?;
        browser.see("your Openbank direct").await?;
        journey::good(browser, "open-banking-curl-token").await?;
        browser.press("Overview").await?;
        browser.press("Read").await?;
        let reading = by_hand(browser, &folder).await?;
        browser.see("The answer was read, and what it says is stored.").await?;
        journey::good(browser, "open-banking-curl-read").await?;

        browser.press("Edit").await?;
        browser.press_beginning("Get a newer one from").await?;
        browser.choose("Payment consents").await?;
        browser.press("Make the command").await?;
        run_and_paste(browser, &folder).await?;
        browser.see("The change was made, and the answer is stored.").await?;
        journey::good(browser, "open-banking-curl-changed").await?;

        browser.press("Credentials").await?;
        browser.press("Delete application").await?;
        let name = browser.heading().await?;
        browser.fill("Type the name to confirm", name.trim()).await?;
        journey::press_in_dialog(browser, "Delete application").await?;
        by_hand(browser, &folder).await?;
        browser.see("Deleted at the server.").await?;
        journey::good(browser, "open-banking-curl-deleted").await?;
        // The command that read it, once more: the bank does not know it now, and the token went with it.
        let after = reading.run(&folder).await?;
        ensure!(after.trim_start().starts_with("HTTP/1.1 401"), "{after}");
        Ok(())
    })
    .await
}

/// A command and what was typed into it.
struct Typed {
    command: String,
    words: String,
}

impl Typed {
    /// Runs it, typing what it asks for.
    async fn run(&self, folder: &Path) -> Result<String> {
        let beside = Beside { folder, authority: &folder.join("ca.pem") };
        shell::run(&self.command, &self.words, Some(beside)).await
    }
}

/// Opens the command of a request that was not sent, and does it by hand.
async fn by_hand(browser: &Browser, folder: &Path) -> Result<Typed> {
    browser.press("Send it with curl, and paste the answer").await?;
    run_and_paste(browser, folder).await
}

/// Copies what the command asks for, runs it beside the certificate, and pastes what it printed.
async fn run_and_paste(browser: &Browser, folder: &Path) -> Result<Typed> {
    browser.see("Read the answer").await?;
    let command = shell::shown_curl(browser).await?;
    let asked = command.split("read -rsp '").skip(1).filter_map(|rest| rest.split_once(':'));
    let mut words = Vec::new();
    for (variable, _) in asked {
        words.push(journey::copied(browser, variable).await?);
    }
    let typed = Typed { words: words.join("\n"), command };
    browser.fill("Answer", &typed.run(folder).await?).await?;
    browser.press("Read the answer").await?;
    Ok(typed)
}
