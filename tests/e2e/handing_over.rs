//! What a partner takes along, checks and looks back on: files, keys, the history, the calendar.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{Browser, Look, Result, Sandbox, ensure, journey, openssl, scenario};

async fn file(browser: &Browser, format: &str) -> Result<String> {
    browser.select("File format", format).await?;
    browser.code("Credentials as a file").await
}

/// The secret is in no file until the switch is on, and then hidden until it is asked for.
#[tokio::test]
async fn files_refer_to_the_secret_until_it_is_asked_for() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("files", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        journey::register_one(browser, &sandbox, "gateway-client").await?;
        let secret = journey::shown_secret(browser).await?;
        for (format, words) in [
            (".env", "CLIENT_SECRET is not in this file"),
            ("JSON", "${CLIENT_SECRET}"),
            ("curl script", "read -rsp"),
            (".http file", "$processEnv CLIENT_SECRET"),
            ("Postman environment", "\"client_secret\""),
            ("Node", "process.env.CLIENT_SECRET"),
            ("Spring Boot", "client-secret: \"${CLIENT_SECRET}\""),
            ("Kubernetes Secret", "stringData:"),
            ("Docker Compose", "${CLIENT_SECRET:?it is not set}"),
        ] {
            let shown = file(browser, format).await?;
            ensure!(shown.contains(words) && !shown.contains(&secret), "{format}: {shown}");
            ensure!(shown.contains("/realms/sandbox"), "{format} does not say where: {shown}");
        }
        browser.choose("Include the secret").await?;
        browser.see("client secret, hidden").await?;
        journey::good(browser, "files").await?;
        browser.press("Show secret").await?;
        browser.see(&secret).await?;
        ensure!(file(browser, "Kubernetes Secret").await?.contains(&secret), "it is not in the file");
        file(browser, "Postman collection").await?;
        browser.do_not_see("Include the secret").await?;

        browser.open(&sandbox.page("/settings")).await?;
        browser.see("Nothing that this browser knows of has an end.").await
    })
    .await
}

/// Keys and certificates of OpenSSL against the registered key, and what no key is.
#[tokio::test]
async fn what_somebody_holds_is_compared() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    let make = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
    let (own, other) = (openssl::run(&make, "").await?, openssl::run(&make, "").await?);
    let rsa = openssl::run(&["genpkey", "-algorithm", "RSA"], "").await?;
    let public = openssl::run(&["pkey", "-pubout"], &own).await?;
    let certificate = async |key: &str, days: &str| {
        let file = std::env::temp_dir().join(format!("portico-own-{:x}", std::process::id()));
        std::fs::write(&file, key)?;
        let path = file.to_str().unwrap();
        let made =
            openssl::run(&["req", "-x509", "-new", "-key", path, "-subj", "/CN=own", "-days", days], "")
                .await;
        std::fs::remove_file(&file)?;
        made
    };
    let (good, foreign) = (certificate(&own, "400").await?, certificate(&rsa, "400").await?);
    let soon = certificate(&own, "3").await?;
    let cut: String = own.lines().take(2).map(|line| format!("{line}\n")).collect();
    scenario("check-key", Look::MOBILE, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::choose_signature(browser).await?;
        journey::load_key(browser, &own).await?;
        journey::register(browser, "signing-client", &["Balances"], &sandbox.initial_access_token).await?;
        ensure!(file(browser, "curl script").await?.contains("openssl dgst"), "the script does not sign");
        browser.press("Open the application").await?;
        browser.press("Credentials").await?;
        let check = async |text: &str, words: &[&str]| -> Result<()> {
            browser.fill("Key or certificate", text).await?;
            browser.press("Check").await?;
            for words in words {
                browser.see(words).await?;
            }
            Ok(())
        };
        check(&good, &["This certificate belongs to a registered key, key ID", "Valid until"]).await?;
        journey::good(browser, "check-key").await?;
        check(&soon, &["Ends soon:"]).await?;
        check(&foreign, &["This certificate belongs to none of the registered keys."]).await?;
        check(&public, &["This public key belongs to a registered key"]).await?;
        check(&other, &["This private key belongs to none"]).await?;
        check(&own, &["This private key belongs to a registered key", "It was not kept, and not sent."])
            .await?;
        ensure!(browser.value("Key or certificate").await?.is_empty(), "the private key lies about");
        check(&rsa, &["This private key belongs to none"]).await?;
        for (text, words) in [
            (cut.as_str(), "The text is cut"),
            ("hello there", "not Base64"),
            (r#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#, "The key is damaged"),
            (r#"{"kty":"oct","k":"AA"}"#, "symmetric key"),
            ("", "Paste a key or a certificate"),
        ] {
            check(text, &[words]).await?;
            ensure!(
                browser.value("Key or certificate").await?.trim() == text.trim(),
                "what was pasted is gone"
            );
        }
        Ok(())
    })
    .await
}

/// The chain begins with the first line and holds after a reload.
#[tokio::test]
async fn the_history_is_unbroken() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("history", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        journey::register_one(browser, &sandbox, "gateway-client").await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Balances").await?;
        browser.press("History").await?;
        browser.see("Unbroken since").await?;
        browser.reload().await?;
        browser.see("Unbroken since").await?;
        browser.do_not_see("This history was altered").await?;
        journey::good(browser, "history-chain").await
    })
    .await
}
