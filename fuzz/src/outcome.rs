//! What a reader said of one input: something to compare, or a promise that was broken.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::panic::Location;

/// A promise that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which promise, in a few words. Two with the same words are one finding.
    pub rule: String,
    /// What was seen.
    pub seen: String,
}

impl Broken {
    /// The promise and what was seen.
    #[must_use]
    pub fn new(rule: impl Into<String>, seen: impl Into<String>) -> Self {
        Self { rule: rule.into(), seen: seen.into() }
    }
}

/// A number that stands for what the reader said, or what was broken. Equal numbers mean: nothing new.
pub type Outcome = Result<u64, Broken>;

/// A promise that should hold.
///
/// # Errors
/// When it does not.
pub fn holds(right: bool, rule: &str, seen: impl FnOnce() -> String) -> Result<(), Broken> {
    if right { Ok(()) } else { Err(Broken::new(rule, seen())) }
}

/// Collects what a reader said: a set, so that neither order nor number of equal things makes anything new.
#[derive(Default)]
pub struct Said(BTreeSet<u64>);

impl Said {
    /// Adds something. What is added at another place of the code is something else.
    #[track_caller]
    pub fn add(&mut self, what: impl Hash) {
        let place = Location::caller();
        self.0.insert(number_of((place.line(), place.column(), what)));
    }

    /// Adds the size of a number and not the number: 5 and 6 are alike, 5 and 50 are not.
    #[track_caller]
    pub fn add_size(&mut self, count: usize) {
        self.add(usize::BITS - count.leading_zeros());
    }

    /// The number that stands for all of it.
    #[must_use]
    pub fn number(&self) -> u64 {
        number_of(&self.0)
    }
}

/// The number of a single thing.
#[must_use]
pub fn number_of(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}
