//! What happened to an application, one line each. No secret ever stands here: entries are made of statuses, error
//! codes, counts and names.

pub mod chain;
mod files;

use serde::{Deserialize, Serialize};

pub use files::{to_csv, to_json};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, seconds since 1970.
    pub at: i64,
    /// What was done.
    pub step: Step,
    /// How it went.
    pub outcome: Outcome,
    /// A sentence with the evidence.
    pub evidence: String,
    /// How often the same came again after the first time; `at` is the last of them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub repeats: u32,
    /// What chains it to the line before it: SHA-256, Base64url. Nothing until it is saved for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// The client was created.
    Registered,
    /// The registration was read.
    Read,
    /// The registration was changed.
    Changed,
    /// The client was deleted.
    Deleted,
    /// A token was asked for.
    Token,
    /// A product was called.
    Called {
        /// Its name.
        product: String,
        /// The HTTP method.
        method: String,
    },
    /// Something was done on this page only; in words.
    Here(String),
}

/// How a step went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The server said yes.
    Done {
        /// HTTP status.
        status: u16,
        /// Milliseconds.
        elapsed_ms: u32,
    },
    /// The server said no.
    Refused {
        /// HTTP status.
        status: u16,
        /// `error`, when it is a code.
        error: Option<String>,
    },
    /// No answer could be read.
    NoAnswer,
    /// Nothing was sent.
    Local,
}

impl Entry {
    /// A line that was written once.
    #[must_use]
    pub fn new(at: i64, step: Step, outcome: Outcome, evidence: impl Into<String>) -> Self {
        Self { at, step, outcome, evidence: evidence.into(), repeats: 0, hash: None }
    }

    /// Whether the other line says the same again: a read that was refused in the same way, or that found nothing new.
    pub(super) fn is_asked_again_by(&self, other: &Self) -> bool {
        let same = match (&self.outcome, &other.outcome) {
            (Outcome::Refused { .. }, outcome) => self.outcome == *outcome,
            (Outcome::Done { status, .. }, Outcome::Done { status: again, .. }) => status == again,
            _ => false,
        };
        self.step == Step::Read && other.step == Step::Read && same && self.evidence == other.evidence
    }

    /// Headline of the line.
    #[must_use]
    pub fn title(&self) -> String {
        let done = matches!(self.outcome, Outcome::Done { .. } | Outcome::Local);
        match (&self.step, done) {
            (Step::Registered, true) => "Registered".to_owned(),
            (Step::Registered, false) => "Registering".to_owned(),
            (Step::Read, true) => "Read the registration".to_owned(),
            (Step::Read, false) => "Reading the registration".to_owned(),
            (Step::Changed, true) => "Changed".to_owned(),
            (Step::Changed, false) => "Change not confirmed".to_owned(),
            (Step::Deleted, true) => "Deleted".to_owned(),
            (Step::Deleted, false) => "Deletion not confirmed".to_owned(),
            (Step::Token, true) => "Got a token".to_owned(),
            (Step::Token, false) => "No token".to_owned(),
            (Step::Called { product, .. }, true) => format!("Called {product}"),
            (Step::Called { product, .. }, false) => format!("{product} refused"),
            (Step::Here(what), _) => what.clone(),
        }
    }

    /// Method, status and time in the short form: `POST 201, 412 ms`.
    #[must_use]
    pub fn request_line(&self) -> Option<String> {
        let method = match &self.step {
            Step::Registered | Step::Token => "POST",
            Step::Read => "GET",
            Step::Changed => "PUT",
            Step::Deleted => "DELETE",
            Step::Called { method, .. } => method.as_str(),
            Step::Here(_) => return None,
        };
        let rest = match &self.outcome {
            Outcome::Done { status, elapsed_ms } => format!("{status}, {elapsed_ms} ms"),
            Outcome::Refused { status, error: Some(error) } => format!("{status} {error}"),
            Outcome::Refused { status, error: None } => status.to_string(),
            Outcome::NoAnswer => "no answer".to_owned(),
            Outcome::Local => return None,
        };
        let times =
            if self.repeats > 0 { format!(", asked {} times", self.repeats + 1) } else { String::new() };
        Some(format!("{method} {rest}{times}"))
    }
}
