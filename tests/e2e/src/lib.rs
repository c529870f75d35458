//! Drives the built site through a real browser.
//!
//! Elements are found as a person finds them: by the words on a button, the label of a field, the text on the page.
//! Every scenario ends with the same checks: no console error, no report of the Content-Security-Policy, and no request
//! to an origin that is not configured. When a scenario fails, a screenshot and the console are kept.

pub mod awkward;
pub mod axe;
pub mod bank;
pub mod browser;
pub mod exporting;
pub mod faults;
pub mod gate;
pub mod journey;
pub mod keycloak;
pub mod mtls;
pub mod oidc_provider;
pub mod open_banking;
pub mod openssl;
pub mod sandbox;
pub mod server;
pub mod setup;
pub mod shell;
pub mod signing_client;
pub mod stub;
pub mod traces;
pub mod typing;
pub mod web_server;

pub use anyhow::{Context, Result, bail, ensure};
pub use browser::{Browser, Look, wait};
pub use sandbox::Sandbox;

/// Runs one scenario in a browser of its own, with the final checks and the traces of a failure.
///
/// # Errors
/// What the scenario or the checks found.
pub async fn scenario(
    name: &str,
    look: Look,
    allowed_origins: &[&str],
    steps: impl AsyncFnOnce(&Browser) -> Result<()>,
) -> Result<()> {
    let browser = Browser::start(look).await?;
    let mut outcome = steps(&browser).await;
    if outcome.is_ok() {
        outcome = browser.nothing_to_complain_of(allowed_origins).await;
    }
    if outcome.is_err() {
        browser.keep_traces(name).await;
    }
    browser.stop().await;
    outcome.with_context(|| format!("scenario “{name}”"))
}
