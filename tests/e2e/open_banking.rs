//! A registration that rests on a software statement: from the directory to the record, for both dialects, and with a
//! signature that OpenSSL makes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{Look, Result, Sandbox, ensure, journey, open_banking, openssl, scenario};

/// One press gets a newcomer a statement and a key; the next one registers.
#[tokio::test]
async fn from_the_directory_to_a_token() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("open-banking", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        open_banking::choose(browser, &sandbox, open_banking::GATEWAY).await?;
        browser.press("Register application").await?;
        browser.see("Software statement: Paste the software statement").await?;
        journey::good(browser, "open-banking-new-errors").await?;

        open_banking::make_software(browser).await?;
        ensure!(browser.value("Application name").await? == "Trial application", "the statement names it");
        browser.see("Nothing is seen that a bank would refuse.").await?;
        let claims = browser.code("Claims of the request").await?;
        ensure!(
            claims.contains("\"aud\": \"OPENBANK0001\"") && claims.contains("software_statement"),
            "{claims}"
        );
        journey::good(browser, "open-banking-new").await?;

        // Not in the statement: found before the bank finds it.
        let before = browser.value("Redirect URIs").await?;
        browser.fill("Redirect URIs", "https://elsewhere.example/cb").await?;
        browser.see("the bank would refuse the request like this").await?;
        journey::good(browser, "open-banking-findings").await?;
        browser.fill("Redirect URIs", &before).await?;
        browser.see("Nothing is seen that a bank would refuse.").await?;

        browser.press("Register application").await?;
        browser.see("Trial application is registered").await?;
        journey::good(browser, "open-banking-registered").await?;
        journey::get_token(browser).await
    })
    .await
}

/// The private key never comes near the page; the page checks the signature before it sends anything.
#[tokio::test]
async fn a_signature_of_openssl_registers() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("open-banking-elsewhere", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        let kind = ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
        let [key, other] = [openssl::run(&kind, "").await?, openssl::run(&kind, "").await?];
        let public = openssl::run(&["pkey", "-pubout"], &key).await?;
        open_banking::choose(browser, &sandbox, open_banking::GATEWAY).await?;
        browser.choose("Signed elsewhere").await?;
        browser.fill("Public key", &public).await?;
        browser.press_beginning("Make software at").await?;
        browser.press("Fix the request for signing").await?;
        let (input, command) = (browser.code("What to sign").await?, browser.code("Command").await?);

        let wrong = open_banking::sign_with(&command, &other, &input).await?;
        browser.fill("Signature made elsewhere", &wrong).await?;
        browser.press("Check the signature").await?;
        browser.see("The signature does not fit").await?;
        let right = open_banking::sign_with(&command, &key, &input).await?;
        browser.fill("Signature made elsewhere", &right).await?;
        browser.press("Check the signature").await?;
        browser.see("The signature is right.").await?;
        journey::good(browser, "open-banking-elsewhere").await?;
        browser.press("Register application").await?;
        browser.see("Trial application is registered").await
    })
    .await
}

/// JSON and a user of the server; the name rule is said while typing.
#[tokio::test]
async fn identity_server_registers_by_a_user() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("open-banking-is", Look::MOBILE, &[&sandbox.origin], async |browser| {
        open_banking::choose(browser, &sandbox, open_banking::IDENTITY_SERVER).await?;
        browser.fill("Application name", "Harbour app").await?;
        browser.press("Take Harbour_app").await?;
        open_banking::make_software(browser).await?;
        ensure!(browser.value("Application name").await? == "Harbour_app", "what was typed stays");
        browser.fill("User name", "admin@openbank").await?;
        browser.fill("Password", "admin").await?;
        browser.press("Use this user").await?;
        browser.see("Requests go out as admin@openbank").await?;
        journey::good(browser, "open-banking-is-new").await?;
        browser.press("Register application").await?;
        browser.see("Harbour_app is registered").await
    })
    .await
}

/// Everything that happens to a registration at the gateway, each with a token of the application itself.
#[tokio::test]
async fn a_registration_lives_and_ends_at_the_bank() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("open-banking-life", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        open_banking::choose(browser, &sandbox, open_banking::GATEWAY).await?;
        open_banking::make_software(browser).await?;
        browser.see("Nothing is seen that a bank would refuse.").await?;
        browser.press("Register application").await?;
        browser.see("Trial application is registered").await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Account information").await?;
        browser.see("22289").await?;
        journey::good(browser, "open-banking-call").await?;
        browser.press("Overview").await?;
        journey::read(browser).await?;
        journey::good(browser, "open-banking-overview").await?;

        browser.press("Edit").await?;
        // The bank takes each statement once.
        browser.press_beginning("Get a newer one from").await?;
        browser.choose("Payment consents").await?;
        browser.see("What this change does").await?;
        journey::good(browser, "open-banking-change").await?;
        browser.press("Send this change").await?;
        browser.see("The change was made, and the answer is stored.").await?;

        browser.press("Credentials").await?;
        journey::good(browser, "open-banking-credentials").await?;
        journey::delete(browser, "Trial application").await?;
        browser.press("History").await?;
        browser.see("204").await?;
        journey::good(browser, "open-banking-deleted").await
    })
    .await
}

/// Read, found by its name, changed with all its switches, deleted: each as the user of the server.
#[tokio::test]
async fn a_registration_at_identity_server_lives_and_ends() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("open-banking-is-life", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        open_banking::choose(browser, &sandbox, open_banking::IDENTITY_SERVER).await?;
        browser.fill("Application name", "Harbour_app").await?;
        open_banking::make_software(browser).await?;
        browser.fill("User name", "admin@openbank").await?;
        browser.fill("Password", "wrong").await?;
        browser.press("Use this user").await?;
        browser.press("Register application").await?;
        browser.see("401").await?;
        journey::good(browser, "open-banking-is-refused").await?;
        browser.press("Forget the password").await?;
        browser.fill("User name", "admin@openbank").await?;
        browser.fill("Password", "admin").await?;
        browser.press("Use this user").await?;
        browser.press("Register application").await?;
        browser.see("Harbour_app is registered").await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Account information").await?;
        browser.press("Overview").await?;
        journey::read(browser).await?;
        browser.press("Edit").await?;
        browser.choose("Payment consents").await?;
        browser.see("What this change does").await?;
        journey::good(browser, "open-banking-is-change").await?;
        browser.press("Send this change").await?;
        browser.see("The change was made, and the answer is stored.").await?;
        journey::delete(browser, "Harbour_app").await?;
        journey::good(browser, "open-banking-is-deleted").await
    })
    .await
}
