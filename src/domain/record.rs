//! What is kept in a browser, as a value.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What sort of record it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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
