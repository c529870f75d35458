//! Whether the signature of a token is right: everything but the arithmetic.
//!
//! A token passes the strict [`gate`] first, then [`select`] finds the keys that may be tried, then the browser
//! computes, then there is a [`Verdict`]. The algorithm comes from the key and from what is allowed; a token never
//! chooses it. A key that the token brings along proves nothing about who signed it, and no verdict mixes the two.

pub mod algorithm;
mod forms;
pub mod gate;
pub mod key;
pub mod keys;
pub mod select;
mod spki;
pub mod verdict;

pub use algorithm::Algorithm;
pub use forms::signatures;
pub use gate::{Refusal, Strict, gate};
pub use key::{Key, Material, Source};
pub use keys::Keys;
pub use select::{Selection, select};
pub use verdict::{Tone, Verdict};
