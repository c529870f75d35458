//! How a run goes on: from act to act, from row to row, and tidying up after each.

use super::{
    call,
    check::Check,
    clients::who,
    hide,
    job::Job,
    judge,
    record::{Counts, Exchange, Leftover, Row, Verdict},
    scenario::{Act, Call},
};
use crate::domain::{
    http::{Request, Response},
    jose::Unsigned,
    registration::Operation,
};

/// After so many rows without any answer the run ends by itself.
const SILENT_ROWS: u8 = 3;
/// Longer than this nobody waits for a server, in seconds.
const LONGEST_WAIT: u32 = 120;
/// How long, when the server does not say; in seconds.
const USUAL_WAIT: u32 = 2;
/// How often an act is tried again.
const MOST_WAITS: u8 = 3;
/// The status of a server that is asked too often (RFC 6585, 4).
pub(super) const TOO_MANY_REQUESTS: u16 = 429;

/// Where a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Its acts.
    Acts,
    /// What it registered is deleted.
    Cleaning,
    /// There is no further row.
    Done,
}

impl Check {
    /// The rows, in order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Clients that may still be there.
    #[must_use]
    pub fn leftovers(&self) -> &[Leftover] {
        &self.leftovers
    }

    /// How many rows stand how.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(&self.rows)
    }

    /// Why the run ended by itself.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Whether it was stopped.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Goes to the next act. `false` when there is none.
    pub(super) fn fill(&mut self) -> bool {
        while self.job.is_none() {
            if let Some((act, cleaning)) = self.queue.pop_front() {
                self.job = Some(Job::new(act, cleaning));
                return true;
            }
            match self.phase {
                Phase::Acts => self.clean_up(),
                Phase::Cleaning => self.next_row(),
                Phase::Done => return false,
            }
        }
        true
    }

    fn next_row(&mut self) {
        self.leave();
        self.current = (!self.stopped && self.upcoming < self.rows.len()).then_some(self.upcoming);
        let Some(row) = self.current.and_then(|at| self.rows.get_mut(at)) else {
            self.phase = Phase::Done;
            let waiting = |row: &&mut Row| row.verdict == Verdict::Waiting;
            self.rows.iter_mut().filter(waiting).for_each(|row| row.verdict = Verdict::Stopped);
            return;
        };
        self.upcoming += 1;
        let environment = &self.kit.environment;
        let missing = row.scenario.needs.iter().copied().find(|needed| !environment.allows(*needed));
        let discovers = row.scenario.acts.iter().any(|act| act.call == Call::Discover);
        row.verdict = match missing {
            Some(operation) => Verdict::Skipped(format!("Not offered here: {}.", name(operation))),
            None if discovers && !environment.discovery => {
                Verdict::Skipped("Not offered here: a discovery document.".to_owned())
            }
            None => {
                let offered =
                    |act: &&Act| act.call.operation().is_none_or(|operation| environment.allows(operation));
                self.queue.extend(row.scenario.acts.iter().filter(offered).map(|act| (*act, false)));
                self.phase = Phase::Acts;
                Verdict::Running
            }
        };
    }

    /// Takes the answer of an act.
    pub(super) fn finish(
        &mut self,
        job: Job,
        request: &Request,
        signed: Option<&Unsigned>,
        answer: Result<Response, String>,
    ) {
        if let Ok(response) = &answer {
            self.silent = 0;
            self.effects(job.act.call, response);
        }
        self.record(&job, request, signed, &answer);
        match answer {
            Err(why) => self.no_answer(&job, why),
            Ok(response) if response.status == TOO_MANY_REQUESTS && !job.cleaning => {
                self.wait_or(job, &response, "The server");
            }
            Ok(response) if job.cleaning => match pause(&job, &response) {
                Some(seconds) => self.postpone(job, seconds),
                None => self.tidied(job.act.call, &response),
            },
            Ok(response) => self.decide(&job.act, &response),
        }
    }

    /// Tries an act again later, when `who` asks for that, and gives it up when that goes on and on.
    pub(super) fn wait_or(&mut self, job: Job, response: &Response, who: &str) {
        match pause(&job, response).filter(|_| !self.stopped) {
            Some(seconds) => self.postpone(job, seconds),
            None => self.not_run(job.cleaning, format!("{who} asks to wait, again and again (429).")),
        }
    }

    fn postpone(&mut self, job: Job, seconds: u32) {
        self.wait = Some(seconds);
        self.job = Some(job.again());
    }

    fn decide(&mut self, act: &Act, response: &Response) {
        let id = who(act.call).and_then(|who| self.client(who).ok()).map(|client| client.id.clone());
        let Err(why) = judge::judge(act.expect, response, id.as_deref()) else { return };
        if act.prepares {
            let what = call::words(act.call);
            self.not_run(false, format!("What leads up to the check failed ({what}). {why}"));
        } else {
            self.queue.clear();
            self.settle_as(Verdict::Failed(why));
        }
    }

    fn no_answer(&mut self, job: &Job, why: String) {
        let row = self.current_name();
        if let Call::Register(..) = job.act.call {
            let why = "No answer could be read; it may have been registered.".to_owned();
            self.leftovers.push(Leftover { client_id: None, row, why });
        }
        if let (Call::Delete(who), true) = (job.act.call, job.cleaning)
            && let Some(client) = self.client_mut(who)
        {
            "No answer to deleting could be read.".clone_into(&mut client.why);
        }
        if !job.cleaning {
            self.silent += 1;
        }
        self.not_run(job.cleaning, why.clone());
        if self.silent >= SILENT_ROWS && !self.stopped {
            self.give_up(format!("{SILENT_ROWS} rows after one another had no answer. {why}"));
        }
    }

    /// The row could not be run. A failure while tidying up says nothing of the row.
    pub(super) fn not_run(&mut self, cleaning: bool, why: String) {
        if !cleaning {
            self.queue.clear();
            self.settle_as(Verdict::Blocked(why));
        }
    }

    /// Ends the run, because it would only go on failing.
    pub(super) fn give_up(&mut self, why: String) {
        self.trouble = Some(why);
        self.stop();
    }

    /// The verdict on the row under way, unless it has one.
    pub(super) fn settle_as(&mut self, verdict: Verdict) {
        if let Some(row) = self.current.and_then(|at| self.rows.get_mut(at))
            && row.verdict == Verdict::Running
        {
            row.verdict = verdict;
        }
    }

    fn record(
        &mut self,
        job: &Job,
        request: &Request,
        signed: Option<&Unsigned>,
        answer: &Result<Response, String>,
    ) {
        let (status, came, body, elapsed_ms) = match answer {
            Ok(response) => (
                Some(response.status),
                judge::came(response),
                hide::body(&response.body, &self.secrets),
                response.elapsed_ms,
            ),
            Err(why) => (None, "no answer".to_owned(), why.clone(), 0),
        };
        let exchange = Exchange {
            what: call::words(job.act.call),
            expected: job.act.expect.words(),
            cleaning: job.cleaning,
            sent: call::shown(request, signed),
            status,
            came,
            body,
            elapsed_ms,
        };
        if let Some(row) = self.current.and_then(|at| self.rows.get_mut(at)) {
            row.exchanges.push(exchange);
        }
    }

    pub(super) fn current_name(&self) -> String {
        let row = self.current.and_then(|at| self.rows.get(at));
        row.map(|row| row.scenario.name()).unwrap_or_default()
    }
}

fn name(operation: Operation) -> &'static str {
    match operation {
        Operation::Create => "registering",
        Operation::Read => "retrieving",
        Operation::Update => "updating",
        Operation::Delete => "deleting",
    }
}

/// How long to wait before an act is tried again (RFC 6585, 4; RFC 9110, 10.2.3).
fn pause(job: &Job, response: &Response) -> Option<u32> {
    let asked = response.header("retry-after").and_then(|header| header.trim().parse().ok());
    let asked = asked.unwrap_or(USUAL_WAIT);
    (response.status == TOO_MANY_REQUESTS && job.waits < MOST_WAITS && asked <= LONGEST_WAIT).then_some(asked)
}
