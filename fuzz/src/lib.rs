//! Feeds changed tokens, keys and certificates to the readers of Portico, and watches what they say, how long it takes
//! them, and whether they panic.
//!
//! It needs nothing but a stable compiler: a seeded random number decides every change, so that a run can be repeated.
//! What makes a reader say something new is kept and changed further.

pub mod corpus;
pub mod dictionary;
pub mod doubling;
pub mod engine;
pub mod guard;
pub mod minimise;
pub mod mutate;
pub mod options;
pub mod outcome;
pub mod targets;
pub mod watch;
pub mod worst;
