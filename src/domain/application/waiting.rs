//! An application that waits for approval: when the portal asks again by itself.

use super::{
    Application,
    history::{Outcome, Step},
    state::State,
};

/// The first pause between two reads that nobody asked for, in seconds; it doubles each time.
const FIRST_PAUSE: i64 = 60;
/// The longest pause, in seconds.
const LONGEST_PAUSE: i64 = 15 * 60;

impl Application {
    /// When the registration is read again by itself, in seconds since 1970; `None` for an application that does not
    /// wait. Never less than a minute after the last read.
    #[must_use]
    pub fn next_check(&self, now: i64) -> Option<i64> {
        if self.standing(now).state != State::Waiting {
            return None;
        }
        let last = self.history.iter().rev().find(|entry| entry.step == Step::Read);
        let Some(last) = last else { return Some(now) };
        let pause = match last.outcome {
            Outcome::Refused { .. } | Outcome::Done { .. } => FIRST_PAUSE << last.repeats.min(4),
            _ => FIRST_PAUSE,
        };
        Some(last.at.saturating_add(pause.min(LONGEST_PAUSE)))
    }

    /// Whether a read is due because somebody has come back to the page: a minute after the last one.
    #[must_use]
    pub fn may_check_again(&self, now: i64) -> bool {
        self.next_check(now).is_some()
            && self
                .history
                .iter()
                .rev()
                .find(|entry| entry.step == Step::Read)
                .is_none_or(|last| last.at + FIRST_PAUSE <= now)
    }
}
