//! Everything of the portal that is DER: private keys in all their forms, certification requests, certificates.
//!
//! It is a program of its own, fetched when the Workshop is opened, so that no first visit pays for it. It has no
//! cryptography: [`certificate::Wish::to_be_signed`] gives the bytes, the page signs them with WebCrypto, and
//! [`certificate::assemble`] puts both together. Errors are sentences for a person.

pub mod algorithm;
pub mod certificate;
pub mod describe;
pub mod encrypted;
pub mod input;
pub mod oids;
pub mod private_key;
pub mod public_key;

#[cfg(target_arch = "wasm32")]
mod exports;

use std::fmt;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of the field it is about; empty when it is about the whole.
    pub field: String,
    /// A sentence.
    pub text: String,
}

impl Problem {
    /// About the whole.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { field: String::new(), text: text.into() }
    }

    /// About a field.
    #[must_use]
    pub fn of(field: &str, text: impl Into<String>) -> Self {
        Self { field: field.to_owned(), text: text.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Problem {}

impl From<der::Error> for Problem {
    fn from(_: der::Error) -> Self {
        Self::new(
            "A value does not fit into the file: it is too long, or holds characters that are not allowed there.",
        )
    }
}
