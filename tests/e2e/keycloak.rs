//! The same path on a real Keycloak: through a same-origin prefix, and directly across origins.
//!
//! `cargo xtask test --only e2e-keycloak` starts Keycloak and says where it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{
    Browser, Look, Result, Sandbox, ensure,
    faults::{self, Lab},
    gate::Gate,
    journey,
    keycloak::{Gated, Keycloak},
    scenario, setup,
    shell::run_shown_curl,
    signing_client::SigningClient,
};
use tokio::sync::RwLock;

/// A policy holds for every registration of the realm: the test that sets one is alone with it.
static REALM: RwLock<()> = RwLock::const_new(());

/// The seed's document: `gateway-client`, `client_credentials`, no redirect URIs.
#[tokio::test]
async fn the_whole_path_through_a_prefix() -> Result<()> {
    let _shared = REALM.read().await;
    let keycloak = Keycloak::running()?;
    let proxy = format!("/idp={}", keycloak.base);
    let arguments = ["--proxy", proxy.as_str(), "--trust-issuer", &keycloak.issuer()];
    let sandbox = Sandbox::start_configured(&keycloak.portal("none", true), &arguments).await?;
    let token = keycloak.initial_access_token(&[]).await?;
    scenario("keycloak-prefix", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/")).await?;
        browser.press("I have an initial access token").await?;
        journey::register(browser, "gateway-client", &["Start a business process"], &token).await?;
        journey::get_token(browser).await?;
        browser.see("registry:start-bp").await?;
        browser.see("trembita-invoker").await?;
        journey::call(browser, "Start a business process").await?;
        journey::rename(browser, "renamed-client").await?;
        journey::read(browser).await?;
        journey::rename(browser, "renamed-again").await?;
        journey::delete(browser, "renamed-again").await?;
        browser.press("History").await?;
        browser.see("DELETE 204").await
    })
    .await
}

/// A key that is made in the page proves the client on Keycloak, too; then it is replaced while something else asks for
/// tokens all the time, and never fails.
#[tokio::test]
async fn a_key_made_here_and_replaced_without_downtime() -> Result<()> {
    let _shared = REALM.read().await;
    let keycloak = Keycloak::running()?;
    let proxy = format!("/idp={}", keycloak.base);
    let arguments = ["--proxy", proxy.as_str(), "--trust-issuer", &keycloak.issuer()];
    let sandbox = Sandbox::start_configured(&keycloak.portal("none", true), &arguments).await?;
    let token = keycloak.initial_access_token(&[]).await?;
    scenario("keycloak-keys", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::choose_signature(browser).await?;
        let [old, new] = [SigningClient::make_key().await?, SigningClient::make_key().await?];
        journey::load_key(browser, &old).await?;
        journey::register(browser, "signing-client", &["Start a business process"], &token).await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Start a business process").await?;
        let client = SigningClient::new(&keycloak.issuer(), &journey::client_id(browser).await?);
        let asking = client.keep_asking(vec![old.clone(), new.clone()]);
        journey::replace_key(browser, &new).await?;
        let asked = asking.stop().await?;
        ensure!(asked >= 20, "only {asked} tokens were asked for meanwhile");
        ensure!(client.is_refused(&old).await?, "the old key still works");
        ensure!(!client.is_refused(&new).await?, "the new key does not work");
        browser.press("History").await?;
        browser.see("Replaced a key").await
    })
    .await
}

/// Who signs in and has the right role registers without an initial access token; what was typed outlives the way there
/// and back.
#[tokio::test]
async fn a_person_with_the_right_role_registers_without_a_token() -> Result<()> {
    let _shared = REALM.read().await;
    let keycloak = Keycloak::running()?;
    let proxy = format!("/idp={}", keycloak.base);
    let arguments = ["--proxy", proxy.as_str(), "--trust-issuer", &keycloak.issuer()];
    let sandbox = Sandbox::start_configured(&keycloak.portal_with_sign_in(), &arguments).await?;
    let (name, password) = keycloak.add_partner(&sandbox.origin).await?;
    scenario("keycloak-sign-in", Look::DESKTOP, &[&sandbox.origin, &keycloak.base], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.see("Whoever has the right role here").await?;
        browser.fill("Application name", "signed-in-client").await?;
        browser.choose("Registry data").await?;
        browser.press("Sign in").await?;
        journey::sign_in_at_keycloak(browser, &name, &password).await?;
        browser.see("Signed in as Ana North").await?;
        ensure!(browser.value("Application name").await? == "signed-in-client", "what was typed is gone");
        browser.press("Register application").await?;
        browser.see("signed-in-client is registered").await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Registry data").await
    })
    .await
}

/// Registration from another origin works when the initial access token lists it; token requests do when the portal's
/// own address is registered as a redirect URI.
#[tokio::test]
async fn directly_across_origins() -> Result<()> {
    let _shared = REALM.read().await;
    let keycloak = Keycloak::running()?;
    let arguments = ["--trust-issuer", &keycloak.issuer()];
    let sandbox = Sandbox::start_configured(&keycloak.portal("portal", false), &arguments).await?;
    let token = keycloak.initial_access_token(&[&sandbox.origin]).await?;
    scenario("keycloak-direct", Look::DESKTOP, &[&sandbox.origin, &keycloak.base], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, "gateway-client", &["Registry data"], &token).await?;
        journey::get_token(browser).await?;
        journey::call(browser, "Registry data").await?;
        journey::rename(browser, "renamed-client").await?;
        journey::read(browser).await?;
        journey::delete(browser, "renamed-client").await
    })
    .await
}

/// A token that does not list this page is warned about before anything is sent.
#[tokio::test]
async fn a_token_for_another_page_is_noticed_before_sending() -> Result<()> {
    let _shared = REALM.read().await;
    let keycloak = Keycloak::running()?;
    let sandbox = Sandbox::start_configured(&keycloak.portal("none", false), &[]).await?;
    let token = keycloak.initial_access_token(&["https://elsewhere.example"]).await?;
    scenario("keycloak-origin", Look::DESKTOP, &[&sandbox.origin, &keycloak.base], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.see("Review").await?;
        browser.fill("Initial access token", &token).await?;
        browser.see("Allowed origins").await?;
        browser.see(&sandbox.origin).await?;
        ensure!(
            browser.text().await?.contains("elsewhere.example"),
            "the page does not say which origins are allowed"
        );
        Ok(())
    })
    .await
}

/// Keycloak's refusals, readable through the prefix, are explained.
#[tokio::test]
async fn refusals_through_a_prefix_are_explained() -> Result<()> {
    let _shared = REALM.read().await;
    let keycloak = Keycloak::running()?;
    let proxy = format!("/idp={}", keycloak.base);
    let sandbox = Sandbox::start_configured(&keycloak.portal("none", true), &["--proxy", &proxy]).await?;
    let token = keycloak.initial_access_token(&[]).await?;
    scenario("keycloak-refusals", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, "once", &["Registry data"], &token).await?;
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.fill("Application name", "twice").await?;
        browser.choose("Registry data").await?;
        browser.fill("Initial access token", &token).await?;
        browser.press("Register application").await?;
        browser.see("has been used as often as it may be").await
    })
    .await
}

/// Pages that are closed at any step and answers that are lost, with a real Keycloak behind the gate.
#[tokio::test]
async fn nothing_is_lost_or_it_is_said() -> Result<()> {
    let _shared = REALM.read().await;
    let (runs, seed) = (setup::fault_runs(50)?, setup::fault_seed()?);
    println!("faults: seed {seed}");
    let keycloak = Keycloak::running()?;
    let proxy = format!("/idp={}", keycloak.base);
    let arguments = ["--proxy", proxy.as_str()];
    let sandbox = Sandbox::start_configured(&keycloak.portal("none", true), &arguments).await?;
    let gate = Gate::before(&sandbox.origin).await?;
    let browser = Browser::start(Look::DESKTOP).await?;
    let backend = Gated { keycloak: &keycloak, gate: &gate };
    let mut lab = Lab::new(&browser, backend, &gate.origin, "Registry data").await?;
    let tally = faults::run(&mut lab, runs, seed).await;
    browser.stop().await;
    let tally = tally?;
    println!("{tally}");
    setup::keep("faults-keycloak.txt", &tally.to_string())?;
    ensure!(tally.losses().is_empty(), "{tally}");
    Ok(())
}

/// Registered under the policy *Client Disabled*: the page waits, and turns active by itself once it is switched on.
#[tokio::test]
async fn a_client_that_waits_for_approval() -> Result<()> {
    let _alone = REALM.write().await;
    let keycloak = Keycloak::running()?;
    let proxy = format!("/idp={}", keycloak.base);
    let sandbox = Sandbox::start_configured(&keycloak.portal("none", true), &["--proxy", &proxy]).await?;
    let token = keycloak.initial_access_token(&[]).await?;
    let policy = keycloak.add_client_disabled_policy().await?;
    let outcome = scenario("keycloak-waiting", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, "waits-for-approval", &["Registry data"], &token).await?;
        browser.press("Get a token").await?;
        browser.see("Waiting for approval").await?;
        browser.press("Overview").await?;
        browser.see("The operator has to switch this application on.").await?;
        browser.reload().await?;
        browser.see("Waiting for approval").await?;
        browser.keep_picture("waiting-keycloak").await?;
        let made = keycloak.clients().await?;
        let client = made.iter().find(|client| client.client_name == "waits-for-approval");
        let client_id = client.map(|client| client.client_id.clone()).unwrap_or_default();
        keycloak.enable(&client_id, true).await?;
        browser.press("Check again").await?;
        browser.see("Active").await?;
        journey::read(browser).await
    })
    .await;
    keycloak.remove_policy(&policy).await?;
    outcome
}

/// An administrator regenerates the registration access token: the old one is refused, and the new one is taken.
#[tokio::test]
async fn after_an_administrator_regenerated_the_token() -> Result<()> {
    let _shared = REALM.read().await;
    let keycloak = Keycloak::running()?;
    let proxy = format!("/idp={}", keycloak.base);
    let sandbox = Sandbox::start_configured(&keycloak.portal("none", true), &["--proxy", &proxy]).await?;
    let token = keycloak.initial_access_token(&[]).await?;
    scenario("keycloak-regenerated", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, "regenerated", &["Registry data"], &token).await?;
        let made = keycloak.clients().await?;
        let client = made.iter().find(|client| client.client_name == "regenerated");
        let client_id = client.map(|client| client.client_id.clone()).unwrap_or_default();
        journey::get_token(browser).await?;
        journey::rename(browser, "regenerated-once").await?;
        let new = keycloak.regenerate(&client_id).await?;
        browser.press("Read").await?;
        browser.see("The registration access token is not the current one").await?;
        browser.press("Credentials").await?;
        browser.press("Enter another one").await?;
        browser.fill("Registration access token from the operator", &new).await?;
        browser.press("Use this token").await?;
        browser.see("The registration access token works, and is stored").await?;
        journey::rename(browser, "regenerated-twice").await?;
        journey::delete(browser, "regenerated-twice").await
    })
    .await
}

/// Across origins with a token that lists none: nothing can be read. The command that the page shows does it, and its
/// answer, pasted back, is as good as one of the page's own; for the registration and for a change.
#[tokio::test]
async fn curl_where_the_page_may_not_read() -> Result<()> {
    let _shared = REALM.read().await;
    let keycloak = Keycloak::running()?;
    let sandbox = Sandbox::start_configured(&keycloak.portal("none", false), &[]).await?;
    let token = keycloak.initial_access_token(&[]).await?;
    scenario("keycloak-curl", Look::DESKTOP, &[&sandbox.origin, &keycloak.base], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        browser.fill("Application name", "by-curl").await?;
        browser.choose("Registry data").await?;
        browser.fill("Initial access token", &token).await?;
        browser.see("POST").await?;
        browser.press("Register application").await?;
        browser.see("The server is up, but this page may not read its answer (CORS)").await?;
        browser.see("It was made without web origins. This is the cause.").await?;
        browser.keep_picture("refused-keycloak").await?;
        let printed = run_shown_curl(browser, &token).await?;
        browser.fill("Answer", &printed).await?;
        browser.press("Read the answer").await?;
        browser.see("by-curl is registered").await?;
        let made = keycloak.clients().await?;
        let client = made.iter().find(|client| client.client_name == "by-curl");
        ensure!(client.is_some(), "Keycloak has no such client");

        browser.open(&sandbox.page(&browser.path().await?.replace("/registered", "/change"))).await?;
        browser.fill("Application name", "by-curl-renamed").await?;
        browser.see("What this change does").await?;
        browser.press("Send it with curl, and paste the answer").await?;
        let kept = registration_token(&printed)?;
        let printed = run_shown_curl(browser, &kept).await?;
        ensure!(printed.contains("200"), "the command printed {printed}");
        browser.fill("Answer", &printed).await?;
        browser.press("Read the answer").await?;
        browser.see("The change was made, and the answer is stored.").await?;
        ensure!(
            browser.heading().await?.contains("by-curl-renamed"),
            "the heading does not have the new name"
        );
        let made = keycloak.clients().await?;
        ensure!(
            made.iter().any(|client| client.client_name == "by-curl-renamed"),
            "Keycloak has the old name"
        );
        browser.console().await?;
        Ok(())
    })
    .await
}

/// The registration access token in what curl printed.
fn registration_token(printed: &str) -> Result<String> {
    let body = printed.split("\r\n\r\n").last().unwrap_or_default();
    let answer: serde_json::Value = serde_json::from_str(body)?;
    Ok(answer["registration_access_token"].as_str().unwrap_or_default().to_owned())
}
