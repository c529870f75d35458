//! What came of the runs.

use std::{collections::BTreeMap, fmt};

use super::Plan;

/// What came of one run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The portal holds a token that the server accepts, and shows what the server has.
    Holds,
    /// The write did not arrive; the portal says so, and sending it again or giving it up worked.
    SaidNotMade,
    /// The token is dead; the portal says so, and the operator's new token brought access back.
    SaidLost,
    /// A client may exist that the portal does not know; it says so.
    SaidMayExist,
    /// The client is deleted, and the portal says so.
    Deleted,
    /// The deletion was made, and the portal says that it probably was.
    SaidProbablyDeleted,
    /// Nothing arrived, and there is nothing to say.
    Nothing,
    /// The portal neither holds a token nor says so; or it says something that is not true.
    Loss(String),
}

impl Outcome {
    pub(super) fn is_loss(&self) -> bool {
        matches!(self, Self::Loss(_))
    }
}

/// The count of a series of runs.
#[derive(Debug)]
pub struct Tally {
    seed: u64,
    counts: BTreeMap<Outcome, usize>,
    losses: Vec<String>,
    killed: usize,
    faults: usize,
    races: usize,
    runs: usize,
}

impl Tally {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, counts: BTreeMap::new(), losses: Vec::new(), killed: 0, faults: 0, races: 0, runs: 0 }
    }

    pub(super) fn add(&mut self, number: usize, plan: &Plan, outcome: Outcome) {
        self.runs += 1;
        self.killed += usize::from(plan.kill.is_some());
        self.faults += usize::from(plan.fault.is_some());
        self.races += usize::from(plan.race);
        match outcome {
            Outcome::Loss(what) => self.losses.push(format!("run {number} ({plan}): {what}")),
            outcome => *self.counts.entry(outcome).or_default() += 1,
        }
    }

    /// Runs after which something was lost, or not said.
    #[must_use]
    pub fn losses(&self) -> &[String] {
        &self.losses
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "faults: {} runs, seed {}; {} planned to kill the page, {} with a fault of the server, {} with two tabs",
            self.runs, self.seed, self.killed, self.faults, self.races
        )?;
        for (outcome, count) in &self.counts {
            writeln!(f, "  {outcome:?}: {count}")?;
        }
        writeln!(f, "  losses: {}", self.losses.len())?;
        for loss in &self.losses {
            writeln!(f, "    {loss}")?;
        }
        Ok(())
    }
}
