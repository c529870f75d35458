//! The strict gate: what does not pass it is never called right, whatever the arithmetic says.
//!
//! Two readers have to agree byte for byte: [`own`], and `jose-jws`, whose known defects are listed in [`second`].

mod crit;
mod own;
pub mod second;
pub mod serialised;

use std::fmt;

use crate::domain::inspect::json::Document;

/// A token of which every rule of form holds (RFC 7515, 5.2, steps 1 to 7).
#[derive(Clone, PartialEq)]
pub struct Strict {
    /// What was signed (RFC 7515, 2, JWS Signing Input).
    pub signing_input: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
    /// The payload.
    pub payload: Vec<u8>,
    /// The JOSE header: what is signed, and in a JSON serialisation what stands beside it.
    pub header: Document,
    /// Its text; the places in [`Strict::header`] point into it.
    pub header_text: String,
}

/// A token opens doors: neither its signature nor what it says goes into a log.
impl fmt::Debug for Strict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Strict").field("header", &self.header_text).finish_non_exhaustive()
    }
}

impl Strict {
    /// `alg` of the header. The gate lets none through without it.
    #[must_use]
    pub fn algorithm(&self) -> &str {
        self.header.text("alg").unwrap_or_default()
    }

    /// `kid` of the header.
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        self.header.text("kid")
    }
}

/// Why a token does not pass, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which rule, for tests and links: `crit-unknown`.
    pub rule: &'static str,
    /// The sentence; code stands in backticks.
    pub text: String,
    /// Where the rule comes from.
    pub source: &'static str,
}

impl Refusal {
    pub(super) fn new(rule: &'static str, source: &'static str, text: impl Into<String>) -> Self {
        Self { rule, text: text.into(), source }
    }
}

/// Lets a token in compact form through (RFC 7515, 7.1).
///
/// # Errors
/// The first rule that is broken.
pub fn gate(token: &str) -> Result<Strict, Refusal> {
    pass(&own::segments(token)?, None)
}

/// Lets a token through whose payload travels elsewhere (RFC 7515, appendix F). The second part is empty.
///
/// # Errors
/// The first rule that is broken.
pub fn gate_detached(token: &str, payload: &[u8]) -> Result<Strict, Refusal> {
    let segments = own::segments(token)?;
    if !segments.payload.is_empty() {
        return Err(Refusal::new("detached", "RFC 7515, F", "The token has a payload of its own."));
    }
    pass(&segments, Some(payload))
}

fn pass(segments: &own::Segments<'_>, detached: Option<&[u8]>) -> Result<Strict, Refusal> {
    let strict = own::read(segments, detached)?;
    second::agrees(segments, &strict)?;
    Ok(strict)
}
