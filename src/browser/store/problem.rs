//! Why something could not be stored or read.

use std::fmt;

use wasm_bindgen::JsValue;

use super::Kind;
use crate::browser::crypto::CryptoProblem;
use crate::browser::js;

/// What is wrong with the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreProblem {
    /// Without cryptography nothing is stored.
    NoCryptography(CryptoProblem),
    /// The browser gives this page no storage; its own words.
    Refused(String),
    /// No room left.
    Full,
    /// A newer version of the portal has changed the storage.
    NewerVersion,
    /// It was not opened in time: another tab is in the way, or the disk is.
    Blocked,
    /// The storage was closed while it was being used.
    Closed,
    /// A passphrase locks the records.
    Locked,
    /// This passphrase is not the one.
    WrongPassphrase,
    /// A record is there but cannot be decrypted.
    Unreadable {
        /// Of which kind.
        kind: Kind,
        /// Which one.
        id: String,
    },
    /// A newer portal has written the record that was to be overwritten.
    NewerRecord {
        /// The version of the record that is there.
        stored: u32,
    },
    /// The browser stores records and no keys.
    NoKeys,
    /// Anything else; the browser's own words.
    Failed(String),
}

impl StoreProblem {
    /// What an operation on an open storage threw.
    pub(super) fn of(error: &JsValue) -> Self {
        match js::error_name(error).as_str() {
            "QuotaExceededError" => Self::Full,
            // Safari in Lockdown Mode and in private windows (WebKit), for a key that is stored.
            "DataCloneError" => Self::NoKeys,
            "InvalidStateError" | "AbortError" | "TransactionInactiveError" => Self::Closed,
            _ => Self::Failed(js::describe(error)),
        }
    }

    /// What opening it threw.
    pub(super) fn of_opening(error: &JsValue) -> Self {
        match js::error_name(error).as_str() {
            "QuotaExceededError" => Self::Full,
            "VersionError" => Self::NewerVersion,
            _ => Self::Refused(js::describe(error)),
        }
    }
}

impl From<CryptoProblem> for StoreProblem {
    fn from(problem: CryptoProblem) -> Self {
        Self::NoCryptography(problem)
    }
}

impl fmt::Display for StoreProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCryptography(problem) => write!(f, "{problem}"),
            Self::Refused(reason) => write!(
                f,
                "The browser gives this page no storage: cookies and site data are blocked, or this is a private \
                 window. It said: {reason}."
            ),
            Self::Full => f.write_str(
                "The browser has no room left for this page. Free some disk space, or remove what you no longer \
                 need under Settings.",
            ),
            Self::NewerVersion => f.write_str(
                "A newer version of this portal has changed what is stored here. Reload the page to get that \
                 version.",
            ),
            Self::Blocked => f.write_str(
                "The browser did not open the storage within ten seconds: another tab of this portal holds it, or the \
                 disk is busy. Close the other tabs, then reload this page.",
            ),
            Self::Closed => f.write_str(
                "The storage was closed while it was being used: the browser or another tab has cleared it. Reload \
                 the page to see what is left.",
            ),
            Self::Locked => f.write_str(
                "The vault is locked, so nothing can be read from it or stored in it. Unlock it with the \
                 passphrase first.",
            ),
            Self::WrongPassphrase => f.write_str(
                "This is not the passphrase of the vault. Nothing has changed. Mind capital letters and the \
                 keyboard layout.",
            ),
            Self::Unreadable { kind, id } => write!(
                f,
                "The record {id} ({}) is stored here but cannot be decrypted: it is damaged, or the key it was \
                 written with is gone. It was left as it is.",
                kind.as_str()
            ),
            Self::NewerRecord { stored } => write!(
                f,
                "A newer version of this portal has written this record (form {stored}). It was left as it is. \
                 Reload the page to get that version."
            ),
            Self::NoKeys => f.write_str(
                "This browser stores no keys for this page: it does so in Lockdown Mode and in some private windows. \
                 Use an ordinary window, or save the private key as a file.",
            ),
            Self::Failed(reason) => write!(f, "The storage of the browser failed: {reason}."),
        }
    }
}
