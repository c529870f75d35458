//! What goes into the store and comes out of it.

use std::fmt;

/// What sort of record it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Registered applications.
    Applications,
    /// Forms that are not sent yet.
    Drafts,
    /// What a person has set.
    Settings,
    /// Intents that were written down before a request went out.
    Journal,
}

impl Kind {
    /// All of them, in the order they are listed.
    pub const ALL: [Self; 4] = [Self::Applications, Self::Drafts, Self::Settings, Self::Journal];

    /// Its name in the storage.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applications => "applications",
            Self::Drafts => "drafts",
            Self::Settings => "settings",
            Self::Journal => "journal",
        }
    }
}

/// One record. Its `Debug` leaves the content out, because there may be tokens in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// Unique within its kind.
    pub id: String,
    /// Version of the form of `json`; a reader that knows only lower ones shows it and leaves it alone.
    pub version: u32,
    /// The content.
    pub json: String,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({} v{}, {} bytes)", self.id, self.version, self.json.len())
    }
}

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
