//! Keys that are made in the page: from the first press to a call, what OpenSSL says of what is made, and what becomes of
//! the private half.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{Browser, Look, Result, Sandbox, ensure, journey, openssl, scenario, traces};

/// A key made in the page, registered, proves the client; the answer is a token that a product takes.
#[tokio::test]
async fn from_a_key_made_here_to_a_call() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("keys", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::choose_signature(browser).await?;
        journey::make_key(browser).await?;
        journey::good(browser, "new-application-key").await?;
        journey::register(browser, "signing-client", &["Balances"], &sandbox.initial_access_token).await?;
        browser.see("Private key of this application").await?;
        journey::good(browser, "registered-key").await?;
        ensure!(asks_before_leaving(browser).await?, "the only copy of a registered key may be lost unasked");
        journey::get_token(browser).await?;
        journey::call(browser, "Balances").await?;
        browser.press("Credentials").await?;
        browser.see("Private half in this tab").await?;
        journey::good(browser, "credentials-key").await?;
        browser.press("Workshop").await?;
        browser.see("Make a new key pair").await?;
        browser.select("Key at hand", "in this tab").await?;
        browser.press("Save private key").await?;
        browser.see(" saved").await?;
        ensure!(!asks_before_leaving(browser).await?, "a key that was saved keeps the tab open");
        Ok(())
    })
    .await
}

/// A key that is kept signs after a reload; without keeping, the page asks for it and signs with what is loaded.
#[tokio::test]
async fn a_kept_key_signs_after_a_reload_and_a_loaded_one_too() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("keys-kept", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/workshop")).await?;
        journey::make_key(browser).await?;
        browser.choose("Keep it for use in this browser, not exportable again").await?;
        browser.see("Kept in this browser.").await?;

        browser.open(&sandbox.page("/applications/new")).await?;
        journey::choose_signature(browser).await?;
        browser.select("Key at hand", "kept in this browser").await?;
        journey::register(browser, "kept-client", &["Balances"], &sandbox.initial_access_token).await?;
        browser.reload().await?;
        journey::get_token(browser).await?;

        // Gone from this browser, there is a way back: the file.
        let key =
            openssl::run(&["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "").await?;
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::choose_signature(browser).await?;
        browser.press("Load a key").await?;
        browser.fill("Private key", &key).await?;
        browser.press("Load this key").await?;
        browser.see("Thumbprint, used as key ID").await?;
        journey::register(browser, "loaded-client", &["Balances"], &sandbox.initial_access_token).await?;
        browser.press("Get a token").await?;
        browser.see("left of ").await?;
        browser.reload().await?;
        browser.see("its private half is not in this browser").await?;
        browser.fill("Private key", &key).await?;
        browser.press("Load this key").await?;
        journey::get_token(browser).await
    })
    .await
}

/// Requests and certificates that the page makes, each algorithm with the browser's own cryptography.
#[tokio::test]
async fn openssl_takes_what_the_page_makes() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("workshop-openssl", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/workshop")).await?;
        browser.fill("Common name (CN)", "treasury-desk").await?;
        browser.fill("Organisation (O)", "Northline Treasury Inc.").await?;
        browser.fill("Country (C)", "CA").await?;
        browser.fill("Names in the certificate (SAN)", "treasury.northline.example\n192.0.2.10").await?;
        for algorithm in ["ES256", "PS256", "RS256", "EdDSA"] {
            browser.select("Algorithm", algorithm).await?;
            browser.press("Make a new key pair").await?;
            browser.see(&format!("{algorithm} ")).await?;
            let shown = shown_key(browser, algorithm).await?;
            browser.choose("Signing request (CSR)").await?;
            browser.press("Make the signing request").await?;
            browser.see("Matches the key above").await?;
            let request = browser.code("CERTIFICATE REQUEST").await?;
            openssl::run(&["req", "-verify", "-noout"], &request).await?;
            let key = openssl::run(&["req", "-pubkey", "-noout"], &request).await?;
            browser.choose("Self-signed").await?;
            browser.press("Make the certificate").await?;
            let certificate = browser.code("CERTIFICATE").await?;
            ensure!(
                openssl::run(&["x509", "-pubkey", "-noout"], &certificate).await? == key,
                "{algorithm}: two keys"
            );
            let file = std::env::temp_dir().join(format!("portico-{algorithm}-{}.pem", std::process::id()));
            std::fs::write(&file, &certificate)?;
            let path = file.to_str().unwrap();
            openssl::run(&["verify", "-check_ss_sig", "-CAfile", path, path], "").await?;
            std::fs::remove_file(&file)?;
            ensure!(shown.contains("\"kid\""), "{algorithm}: no public JWK");
        }
        browser.fill("Certificate, chain or request", &browser.code("CERTIFICATE").await?).await?;
        browser.press("Read it").await?;
        browser.see("x5t#S256").await?;
        browser.see("Northline Treasury Inc.").await?;
        journey::good(browser, "workshop-read").await
    })
    .await
}

/// The public JWK, once it is the one of this algorithm.
async fn shown_key(browser: &Browser, algorithm: &str) -> Result<String> {
    portico_e2e::wait(async || {
        let shown = browser.code("Public key").await?;
        ensure!(shown.contains(&format!("\"alg\": \"{algorithm}\"")), "another key is shown: {shown}");
        Ok(shown)
    })
    .await
}

/// Bad input gets a sentence, and nothing that was typed is lost.
#[tokio::test]
async fn bad_keys_and_certificates_are_said() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    let (small, good) = (openssl::rsa_key(1024).await?, openssl::rsa_key(2048).await?);
    let locked = openssl::run(&["pkcs8", "-topk8", "-passout", "pass:abcd"], &good).await?;
    let public = openssl::run(&["pkey", "-pubout"], &good).await?;
    let cut: String = good.lines().take(6).map(|line| format!("{line}\n")).collect();
    let old =
        openssl::run(&["req", "-x509", "-key", "/dev/stdin", "-subj", "/CN=old", "-days", "-1"], &good).await;
    scenario("workshop-bad", Look::MOBILE, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/workshop")).await?;
        browser.press("Load a key").await?;
        for (text, words) in [
            (small.as_str(), "1024 bits"),
            (&locked, "openssl pkcs8"),
            (&public, "This is a public key"),
            (&cut, "The text is cut"),
            (r#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#, "This is a public key"),
        ] {
            browser.fill("Private key", text).await?;
            browser.press("Load this key").await?;
            browser.see(words).await?;
            ensure!(browser.value("Private key").await?.trim() == text.trim(), "what was pasted is gone");
        }
        journey::good(browser, "workshop-bad-key").await?;
        browser.fill("Private key", &good).await?;
        browser.press("Load this key").await?;
        browser.see("Thumbprint, used as key ID").await?;
        browser.fill("Common name (CN)", "x").await?;
        browser.fill("Country (C)", "Canada").await?;
        browser.press("Make the signing request").await?;
        browser.see("A country is two capital letters").await?;
        ensure!(browser.value("Country (C)").await? == "Canada", "what was typed is gone");
        for (text, words) in [
            (good.as_str(), "private key in this text"),
            ("hello there", "not Base64"),
            ("AAAA", "neither a certificate"),
        ] {
            browser.fill("Certificate, chain or request", text).await?;
            browser.press("Read it").await?;
            browser.see(words).await?;
        }
        if let Ok(old) = &old {
            browser.fill("Certificate, chain or request", old).await?;
            browser.press("Read it").await?;
            browser.see("Expired on").await?;
        }
        browser.press_beginning("Sign with").await?;
        browser.see("iss is missing").await
    })
    .await
}

/// What the page exported of private keys is kept aside, and then searched for in everything it has left behind and sent.
#[tokio::test]
async fn the_private_half_is_nowhere_unless_it_was_asked_for() -> Result<()> {
    const CATCH: &str = r#"
window.caught = [];
const real = crypto.subtle.exportKey.bind(crypto.subtle);
crypto.subtle.exportKey = async (format, key) => {
  const exported = await real(format, key);
  if (exported.d) window.caught.push(exported.d);
  if (format === "pkcs8") window.caught.push(btoa(String.fromCharCode(...new Uint8Array(exported))));
  return exported;
};
"#;
    let sandbox = Sandbox::start().await?;
    scenario("keys-secret", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.evaluate(CATCH).await?;
        journey::choose_signature(browser).await?;
        journey::make_key(browser).await?;
        browser.choose("Keep it for use in this browser, not exportable again").await?;
        browser.see("Kept in this browser.").await?;
        journey::register(browser, "quiet-client", &["Balances"], &sandbox.initial_access_token).await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Balances").await?;
        let caught: Vec<String> = serde_json::from_value(browser.evaluate("return window.caught").await?)?;
        ensure!(caught.len() >= 2, "nothing was caught: {}", caught.len());
        let (network, console) = (browser.network().await?, browser.console().await?.join("\n"));
        ensure!(network.contains("client_assertion_type"), "the network log holds no bodies");
        for (place, text) in traces::all(browser)
            .await?
            .iter()
            .map(|(place, text)| (place.as_str(), text.as_str()))
            .chain([("network", network.as_str()), ("console", console.as_str())])
        {
            ensure!(
                !caught.iter().any(|secret| text.contains(secret.as_str())),
                "{place} holds a private key"
            );
        }
        // The search itself is worth nothing if it cannot find a thing.
        browser.evaluate("localStorage.setItem('probe', window.caught[0])").await?;
        ensure!(
            traces::all(browser).await?.iter().any(|(_, text)| text.contains(&caught[0])),
            "the search is blind"
        );
        Ok(())
    })
    .await
}

/// The program for certificates that did not come is asked for again by the next press.
#[tokio::test]
async fn a_program_that_did_not_come_comes_with_the_next_press() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("workshop-retry", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/settings")).await?;
        browser.block(&["*workshop-*_bg.wasm*"]).await?;
        browser.go("/workshop").await?;
        journey::make_key(browser).await?;
        browser.fill("Common name (CN)", "retry").await?;
        browser.press("Make the signing request").await?;
        browser.see("could not be fetched").await?;
        browser.block(&[]).await?;
        browser.press("Make the signing request").await?;
        browser.see("Matches the key above").await?;
        // What was blocked stands in the console; that is what was wanted.
        browser.console().await.map(drop)
    })
    .await
}

/// Whether the browser would ask before this tab is closed.
async fn asks_before_leaving(browser: &Browser) -> Result<bool> {
    let ask = "const event = new Event('beforeunload', { cancelable: true });
        window.dispatchEvent(event); return event.defaultPrevented";
    Ok(browser.evaluate(ask).await?.as_bool() == Some(true))
}
