//! What a reader said of one input: something to compare, or a promise that was broken.

use std::hash::{DefaultHasher, Hash, Hasher};

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

/// Collects what a reader said.
#[derive(Default)]
pub struct Said(DefaultHasher);

impl Said {
    /// Adds something.
    pub fn add(&mut self, what: impl Hash) {
        what.hash(&mut self.0);
    }

    /// Adds the size of a number and not the number: 5 and 6 are alike, 5 and 50 are not.
    pub fn add_size(&mut self, count: usize) {
        self.add(usize::BITS - count.leading_zeros());
    }

    /// The number that stands for all of it.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.0.finish()
    }
}

/// The number of a single thing.
#[must_use]
pub fn number_of(what: impl Hash) -> u64 {
    let mut said = Said::default();
    said.add(what);
    said.number()
}
