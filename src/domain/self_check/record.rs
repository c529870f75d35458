//! What a run leaves behind: rows with their verdicts and exchanges, and clients that could not be deleted.

use super::scenario::Scenario;

/// How a row stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// Not begun.
    #[default]
    Waiting,
    /// Under way.
    Running,
    /// As the specification asks.
    Passed,
    /// Not so; why.
    Failed(String),
    /// Not offered here; what.
    Skipped(String),
    /// It could not be found out; why.
    Blocked(String),
    /// Stopped before its end.
    Stopped,
}

impl Verdict {
    /// One or two words.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Waiting => "not yet",
            Self::Running => "running",
            Self::Passed => "passed",
            Self::Failed(_) => "failed",
            Self::Skipped(_) => "skipped",
            Self::Blocked(_) | Self::Stopped => "not run",
        }
    }

    /// The reason, where there is one.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::Failed(why) | Self::Skipped(why) | Self::Blocked(why) => why,
            Self::Stopped => "Stopped before its end.",
            Self::Waiting | Self::Running | Self::Passed => "",
        }
    }
}

/// One request and what came. No secret and no token is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What it is, in words: "Register, `exp` an hour ago".
    pub what: String,
    /// What has to come, in words.
    pub expected: String,
    /// Whether it tidies up after the row.
    pub cleaning: bool,
    /// The request as HTTP/1.1, and the claims in it.
    pub sent: String,
    /// The status; `None` when no answer came.
    pub status: Option<u16>,
    /// What came, in a few words: "400 invalid_client_metadata".
    pub came: String,
    /// The body of the answer, or why there is none.
    pub body: String,
    /// From sending to the last byte, in milliseconds.
    pub elapsed_ms: u32,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is tried, and what is asked for.
    pub scenario: &'static Scenario,
    /// How it stands.
    pub verdict: Verdict,
    /// What was sent, in order.
    pub exchanges: Vec<Exchange>,
}

impl Row {
    /// The exchange that the verdict is about: the last one that does not tidy up.
    #[must_use]
    pub fn deciding(&self) -> Option<&Exchange> {
        self.exchanges.iter().rev().find(|exchange| !exchange.cleaning)
    }

    /// How long its exchanges took, in milliseconds.
    #[must_use]
    pub fn elapsed_ms(&self) -> u32 {
        self.exchanges.iter().fold(0, |sum, exchange| sum.saturating_add(exchange.elapsed_ms))
    }
}

/// A client that was registered and may still be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// Its ID; `None` when no answer told it.
    pub client_id: Option<String>,
    /// The row that registered it: `DCR-002`.
    pub row: String,
    /// Why it is still there.
    pub why: String,
}

/// How many rows stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// As asked for.
    pub passed: usize,
    /// Not so.
    pub failed: usize,
    /// Not offered here.
    pub skipped: usize,
    /// Stopped, or could not be found out.
    pub not_run: usize,
    /// Waiting or under way.
    pub ahead: usize,
}

impl Counts {
    /// Counts.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        let mut counts = Self::default();
        for row in rows {
            let one = match row.verdict {
                Verdict::Passed => &mut counts.passed,
                Verdict::Failed(_) => &mut counts.failed,
                Verdict::Skipped(_) => &mut counts.skipped,
                Verdict::Blocked(_) | Verdict::Stopped => &mut counts.not_run,
                Verdict::Waiting | Verdict::Running => &mut counts.ahead,
            };
            *one += 1;
        }
        counts
    }
}
