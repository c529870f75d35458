//! The run, as a machine: it says what is to be done next and takes what came of it.

use std::collections::VecDeque;

use super::{
    Kit, SCENARIOS,
    clients::Client,
    job::{Have, Job, Owed},
    record::{Leftover, Row, Verdict},
    refusal,
    run::{Phase, TOO_MANY_REQUESTS},
    scenario::{Act, Call},
};
use crate::domain::{
    directory,
    http::{Request, Response},
    jose::compact,
    secret::Secret,
};

/// What is to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Sign these bytes with the key of the software, then [`Check::signed`].
    Sign(String),
    /// Send this, then [`Check::answer`].
    Send(Box<Request>),
    /// Wait so many seconds: the server asked for it.
    Wait(u32),
    /// Nothing any more.
    Done,
}

/// A run.
#[derive(Clone, Debug)]
pub struct Check {
    pub(super) kit: Kit,
    pub(super) rows: Vec<Row>,
    pub(super) leftovers: Vec<Leftover>,
    pub(super) phase: Phase,
    /// Acts that are still to come in this row; `true` for those that tidy up.
    pub(super) queue: VecDeque<(Act, bool)>,
    pub(super) clients: Vec<Client>,
    pub(super) secrets: Vec<Secret>,
    /// The row under way, and the one after it.
    pub(super) current: Option<usize>,
    pub(super) upcoming: usize,
    pub(super) stopped: bool,
    pub(super) trouble: Option<String>,
    pub(super) wait: Option<u32>,
    pub(super) job: Option<Job>,
    /// How many rows in a row had no answer.
    pub(super) silent: u8,
    /// `jti` of the registration before.
    pub(super) last_id: String,
}

impl Check {
    /// A run that has not begun.
    ///
    /// # Errors
    /// When the environment does not allow it; a sentence.
    pub fn new(kit: Kit) -> Result<Self, &'static str> {
        if let Some(why) = refusal(&kit.environment) {
            return Err(why);
        }
        let row = |scenario| Row { scenario, verdict: Verdict::Waiting, exchanges: Vec::new() };
        Ok(Self {
            kit,
            rows: SCENARIOS.iter().map(row).collect(),
            leftovers: Vec::new(),
            phase: Phase::Cleaning,
            queue: VecDeque::new(),
            clients: Vec::new(),
            secrets: Vec::new(),
            current: None,
            upcoming: 0,
            stopped: false,
            trouble: None,
            wait: None,
            job: None,
            silent: 0,
            last_id: String::new(),
        })
    }

    /// What is to be done next. `now` is in seconds since 1970; `id` has to be a new one every time.
    pub fn next(&mut self, now: i64, id: &str) -> Step {
        if let Some(seconds) = self.wait.take() {
            return Step::Wait(seconds);
        }
        while self.fill() {
            let Some(mut job) = self.job.take() else { return Step::Done };
            match self.advance(&mut job, now, id) {
                Ok(step) => {
                    self.job = Some(job);
                    return step;
                }
                Err(why) => self.not_run(job.cleaning, why),
            }
        }
        Step::Done
    }

    /// Takes a signature, or why there is none. ECDSA signatures are `r ‖ s` (RFC 7518, 3.4).
    pub fn signed(&mut self, signature: Result<Vec<u8>, String>) {
        let Some(mut job) = self.job.take() else { return };
        let mut signature = match signature {
            Ok(signature) => signature,
            Err(why) => {
                let why = format!("The key could not sign. {why}");
                self.not_run(job.cleaning, why.clone());
                return self.give_up(why);
            }
        };
        job.have = match job.owed.take() {
            Some(Owed::Forgery(unsigned)) => {
                let forged = compact(&unsigned.signing_input(), &signature);
                Have::Forged(forged.expose().to_owned())
            }
            Some(Owed::Signature(unsigned)) => {
                if let Call::Register(_, change) = job.act.call {
                    change.signature(&mut signature);
                }
                Have::Compact(compact(&unsigned.signing_input(), &signature), unsigned)
            }
            _ => Have::Nothing,
        };
        self.job = Some(job);
    }

    /// Takes an answer, or why none can be read.
    pub fn answer(&mut self, answer: Result<Response, String>) {
        let Some(mut job) = self.job.take() else { return };
        match job.owed.take() {
            Some(Owed::Statement) => self.take_statement(job, answer),
            Some(Owed::Answer(request, signed)) => self.finish(job, &request, signed.as_ref(), answer),
            _ => self.job = Some(job),
        }
    }

    fn take_statement(&mut self, mut job: Job, answer: Result<Response, String>) {
        let why = match answer {
            Ok(response) if response.status == TOO_MANY_REQUESTS => {
                return self.wait_or(job, &response, "The directory");
            }
            Ok(response) => match statement(&response) {
                Some(statement) => {
                    job.have = Have::Statement(Some(statement));
                    self.job = Some(job);
                    return;
                }
                None => format!("It answered {}.", response.status),
            },
            Err(why) => why,
        };
        self.not_run(job.cleaning, format!("The directory gave no statement. {why}"));
    }

    /// Ends the run after the answer that is on its way. What was registered is still deleted.
    pub fn stop(&mut self) {
        self.stopped = true;
        self.wait = None;
        self.queue.retain(|(_, cleaning)| *cleaning);
        if self.job.as_ref().is_some_and(|job| !job.cleaning && !job.is_sent()) {
            self.job = None;
        }
        self.settle_as(Verdict::Stopped);
    }
}

/// The statement that a directory gave out.
fn statement(answer: &Response) -> Option<String> {
    directory::read_statement(answer).filter(|text| text.split('.').count() == 3)
}
