//! Faults: pages that are closed at any step, answers that are lost on the way, two tabs at once.
//!
//! After every run the portal must hold a registration access token that the server accepts, or say plainly that it
//! does not and what to do. Everything is drawn from a seed that is printed, so that a run can be repeated.

pub mod embedded;
mod lab;
mod plan;
mod tally;
mod verify;

use std::future::Future;

use anyhow::Result;

pub use lab::Lab;
pub use plan::{Fault, Kind, Operation, Plan};
pub use tally::Tally;

/// What the server holds of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// `client_id`.
    pub client_id: String,
    /// `client_name`.
    pub client_name: String,
}

/// A server whose answers can be lost, seen from behind.
pub trait Backend {
    /// Makes the next matching request go wrong.
    fn break_next(&self, fault: Fault) -> impl Future<Output = Result<()>>;

    /// Takes back what is still waiting to go wrong, and waits until nothing is under way.
    fn calm(&self) -> impl Future<Output = Result<()>>;

    /// All clients there are.
    fn clients(&self) -> impl Future<Output = Result<Vec<Truth>>>;

    /// Makes a new registration access token, as an operator does.
    fn regenerate(&self, client_id: &str) -> impl Future<Output = Result<String>>;

    /// An initial access token for one registration.
    fn initial_access_token(&self) -> impl Future<Output = Result<String>>;
}

/// Runs plans until there were so many, and keeps count. The first is a loss of nothing: it makes the application that
/// the others change.
///
/// # Errors
/// When a run could not be carried out. Losses are no error here: they are counted.
pub async fn run(lab: &mut Lab<'_, impl Backend>, runs: usize, seed: u64) -> Result<Tally> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut tally = Tally::new(seed);
    for number in 0..runs {
        let plan = Plan::draw(&mut random, number);
        let outcome = match lab.carry_out(&plan).await {
            Ok(outcome) => outcome,
            Err(error) => {
                lab.keep_traces(number).await;
                return Err(error.context(format!("run {number} of seed {seed}: {plan}\n{tally}")));
            }
        };
        if outcome.is_loss() {
            lab.keep_traces(number).await;
        }
        tally.add(number, &plan, outcome);
    }
    Ok(tally)
}
