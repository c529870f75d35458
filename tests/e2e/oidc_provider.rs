//! The same life on npm's oidc-provider: across origins with CORS, and through a prefix without.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico_e2e::{Look, Result, Sandbox, ensure, journey, oidc_provider::OidcProvider, scenario};
use serde_json::json;

async fn life(cors: bool) -> Result<()> {
    let server = OidcProvider::start(cors).await?;
    let via = (!cors).then(|| json!({ "prefix": "/op", "replaces": server.issuer }));
    let portal = json!({ "version": 1, "environments": [{
        "id": "op", "name": "oidc-provider", "kind": "sandbox", "dialect": "rfc7591", "issuer": server.issuer,
        "via": via, "response_types": []
    }]});
    let proxy = format!("/op={}", server.issuer);
    let arguments: &[&str] = if cors { &[] } else { &["--proxy", &proxy] };
    let sandbox = Sandbox::start_configured(&portal.to_string(), arguments).await?;
    let allowed = [sandbox.origin.as_str(), server.issuer.as_str()];
    scenario(
        if cors { "oidc-provider-cors" } else { "oidc-provider-prefix" },
        Look::DESKTOP,
        &allowed,
        async |browser| {
            browser.open(&sandbox.page("/applications/new")).await?;
            journey::register(browser, "gateway-client", &["Registry data"], &server.initial_access_token)
                .await?;
            browser.press("Get a token").await?;
            browser.see("registry:data-factory").await?;
            journey::rename(browser, "renamed-client").await?;
            journey::read(browser).await?;
            // The first change took the old registration token away: only the new one makes the second.
            journey::rename(browser, "renamed-again").await?;
            journey::delete(browser, "renamed-again").await?;
            let sent: Vec<String> =
                server.received().into_iter().filter(|line| !line.starts_with("OPTIONS")).collect();
            let of = |line: &str| sent.iter().filter(|sent| *sent == line).count();
            ensure!(
                of("POST 201") == 1 && of("PUT 200") == 2 && of("DELETE 204") == 1,
                "it received {sent:?}"
            );
            ensure!(!sent.iter().any(|line| line.ends_with("401")), "a token was refused: {sent:?}");
            Ok(())
        },
    )
    .await
}

#[tokio::test]
async fn across_origins() -> Result<()> {
    life(true).await
}

#[tokio::test]
async fn through_a_prefix() -> Result<()> {
    life(false).await
}

/// A key that is made in the page proves the client here, too.
#[tokio::test]
async fn a_key_made_here_proves_the_client() -> Result<()> {
    let server = OidcProvider::start(true).await?;
    let portal = json!({ "version": 1, "environments": [{
        "id": "op", "name": "oidc-provider", "kind": "sandbox", "dialect": "rfc7591", "issuer": server.issuer,
        "response_types": []
    }]});
    let sandbox = Sandbox::start_configured(&portal.to_string(), &[]).await?;
    let allowed = [sandbox.origin.as_str(), server.issuer.as_str()];
    scenario("oidc-provider-key", Look::DESKTOP, &allowed, async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::choose_signature(browser).await?;
        journey::make_key(browser).await?;
        journey::register(browser, "signing-client", &["Registry data"], &server.initial_access_token)
            .await?;
        browser.press("Get a token").await?;
        browser.see("registry:data-factory").await
    })
    .await
}
