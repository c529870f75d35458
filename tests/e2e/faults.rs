//! Pages that are closed at any step, and answers that are lost: on the embedded backend.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)]

use anyhow::{Result, ensure};
use portico_e2e::{
    Browser, Look, Sandbox,
    faults::{self, Lab, embedded::Embedded},
    setup,
};

#[tokio::test]
async fn nothing_is_lost_or_it_is_said() -> Result<()> {
    let (runs, seed) = (setup::fault_runs(60)?, setup::fault_seed()?);
    println!("faults: seed {seed}");
    let sandbox = Sandbox::start_with(&["--memory", "--faults"]).await?;
    let browser = Browser::start(Look::DESKTOP).await?;
    let mut lab = Lab::new(&browser, Embedded::new(&sandbox.origin), &sandbox.origin, "Balances").await?;
    let tally = faults::run(&mut lab, runs, seed).await;
    browser.stop().await;
    let tally = tally?;
    println!("{tally}");
    setup::keep("faults-embedded.txt", &tally.to_string())?;
    ensure!(tally.losses().is_empty(), "{tally}");
    Ok(())
}
