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
    scenario("open-banking-elsewhere", Look::MOBILE_DARK, &[&sandbox.origin], async |browser| {
        let [key, other] = [openssl::rsa_key(2048).await?, openssl::rsa_key(2048).await?];
        let (input, command) = open_banking::fix_for_signing(browser, &sandbox, &key).await?;
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

/// The request in the inspector: each layer with a verdict of its own, by keys that the directory publishes.
#[tokio::test]
async fn the_inspector_opens_a_request_layer_by_layer() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("open-banking-inspect", Look::MOBILE_DARK, &[&sandbox.origin], async |browser| {
        let key = openssl::rsa_key(2048).await?;
        let (input, command) = open_banking::fix_for_signing(browser, &sandbox, &key).await?;
        let signature = open_banking::sign_with(&command, &key, &input).await?;

        browser.open(&sandbox.page("/inspect")).await?;
        // OpenSSL writes the other alphabet of base64.
        let signature = signature.replace('+', "-").replace('/', "_").replace('=', "");
        browser.fill("Token", &format!("{input}.{signature}")).await?;
        browser.press_beginning("software_statement").await?;
        browser.press_beginning("The token itself").await?;
        browser.see("Between the layers").await?;
        browser.press_beginning("Fetch the software's keys from").await?;
        browser.see("Right by a key that a statement names").await?;
        browser.press_beginning("Fetch the directory's keys from").await?;
        browser.see("Signature right").await?;
        journey::good(browser, "open-banking-inspect").await
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
    scenario("open-banking-life", Look::DESKTOP_DARK, &[&sandbox.origin], async |browser| {
        open_banking::register_trial(browser, &sandbox, open_banking::GATEWAY).await?;
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

/// Deleted by somebody else: the token is refused, one new one is asked for, and the page says what both together mean.
#[tokio::test]
async fn a_registration_that_the_bank_forgot_is_told() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("open-banking-forgotten", Look::MOBILE, &[&sandbox.origin], async |browser| {
        open_banking::register_trial(browser, &sandbox, open_banking::GATEWAY).await?;
        journey::get_token(browser).await?;
        let token = journey::copied(browser, "Copy token").await?;
        let address =
            sandbox.page(&format!("/open-banking/v3.3/register/{}", journey::client_id(browser).await?));
        let deleted = reqwest::Client::new().delete(&address).bearer_auth(&token).send().await?;
        ensure!(deleted.status() == 204, "{}", deleted.status());

        browser.press("Overview").await?;
        browser.press("Read").await?;
        browser.see("it does not know this client any more").await?;
        journey::good(browser, "open-banking-forgotten").await?;
        browser.press("History").await?;
        browser.see("401").await
    })
    .await
}

/// Read, found by its name, changed with all its switches, deleted: each as the user of the server.
#[tokio::test]
async fn a_registration_at_identity_server_lives_and_ends() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("open-banking-is-life", Look::NARROW, &[&sandbox.origin], async |browser| {
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
