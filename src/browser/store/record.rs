//! What goes into the store and comes out of it.

pub use crate::domain::record::{Kind, Record};

/// A record that is there but could not be decrypted. It stays there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its ID.
    pub id: String,
    /// The version it says it has.
    pub version: u32,
}

/// Everything of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Listing {
    /// What can be read, by ID.
    pub records: Vec<Record>,
    /// What cannot.
    pub unreadable: Vec<Unreadable>,
}

/// How much of one kind is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Of what.
    pub kind: Kind,
    /// How many records.
    pub count: usize,
    /// Their size as stored, in bytes, without what the browser adds.
    pub bytes: u64,
}
