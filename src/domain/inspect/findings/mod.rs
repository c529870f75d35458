//! What is odd about a token: each with how bad it is, a sentence, the evidence and the rule it comes from.

mod content;
mod structure;
mod validity;

use super::json::Span;
use super::shape::Part;
use super::{Inspection, KnownIssuer, words};
pub(super) use validity::with_article;

/// A kind of oddity is listed so often at most; the next line says how many more there are.
const LISTED: usize = 8;

/// So many characters of evidence are shown; the place leads to the rest.
const LONGEST_EVIDENCE: usize = 240;

/// How bad it is. The worst comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A server that follows the rules refuses the token.
    Error,
    /// Some servers refuse it, or it does not do what somebody meant.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "Error",
            Self::Warning => "Warning",
            Self::Note => "Note",
        }
    }
}

/// Where the evidence stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Byte offsets in the cleaned token.
    Token(Span),
    /// Byte offsets in the text of the header or the payload.
    Decoded(Part, Span),
}

/// One oddity. In `title` and `text` code stands in backticks; nothing else is marked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable name of the rule: `no-audience`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// In a few words.
    pub title: String,
    /// What it means and what to do.
    pub text: String,
    /// What was seen, exactly as written; a long one ends in `…`.
    pub evidence: Option<String>,
    /// Where the rule comes from: `RFC 9068, 2.2`.
    pub source: &'static str,
    /// Where the evidence stands.
    pub place: Option<Place>,
}

impl Finding {
    fn new(severity: Severity, rule: &'static str, source: &'static str, title: impl Into<String>) -> Self {
        let title = title.into();
        Self { rule, severity, title, text: String::new(), evidence: None, source, place: None }
    }

    fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    fn evidence(mut self, evidence: impl Into<String>) -> Self {
        self.evidence = Some(shortened(&evidence.into()));
        self
    }

    fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }
}

/// Evidence as it is shown: as it is, or its beginning and `…`.
pub(super) fn shortened(evidence: &str) -> String {
    words::shortened(evidence, LONGEST_EVIDENCE)
}

/// All findings, the worst first, otherwise in the order of the rules.
pub(super) async fn all(
    inspection: &Inspection,
    environments: &[KnownIssuer],
    pause: &impl AsyncFn(),
) -> Vec<Finding> {
    let mut findings = Vec::new();
    structure::check(inspection, &mut findings, pause).await;
    pause().await;
    validity::check(inspection, &mut findings);
    pause().await;
    content::check(inspection, environments, &mut findings, pause).await;
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// Oddities of one kind: the first few are kept, the rest is counted.
#[derive(Default)]
struct FirstFew {
    kept: Vec<Finding>,
    more: usize,
}

impl FirstFew {
    fn add(&mut self, make: impl FnOnce() -> Finding) {
        if self.kept.len() < LISTED {
            self.kept.push(make());
        } else {
            self.more += 1;
        }
    }

    fn tell(mut self, findings: &mut Vec<Finding>) {
        if let (Some(last), 1..) = (self.kept.last_mut(), self.more) {
            last.text.push_str(&format!(" {} more like it are not listed.", self.more));
        }
        findings.append(&mut self.kept);
    }
}
