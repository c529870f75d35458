//! What a rule looks at: the token, what is known beside it, and the profile that asks.

use std::cell::OnceCell;

use crate::domain::inspect::findings::{Place, Severity, shortened};
use crate::domain::inspect::json::{Node, Value};
use crate::domain::inspect::shape::{Part, Shape};
use crate::domain::inspect::times::NumericDate;
use crate::domain::inspect::{Inspection, Layer, inspect};

use super::known::Known;
use super::profile::Profile;
use super::verdict::{Answer, Verdict};

/// A software statement longer than this is not opened.
const LONGEST_STATEMENT: usize = 1_000_000;

/// What a rule looks at.
pub struct Facts<'a> {
    pub(super) inspection: &'a Inspection,
    pub(super) known: &'a Known<'a>,
    pub(super) profile: &'static Profile,
    statement: OnceCell<Option<Inspection>>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(inspection: &'a Inspection, known: &'a Known<'a>, profile: &'static Profile) -> Self {
        Self { inspection, known, profile, statement: OnceCell::new() }
    }

    fn layer(&self, part: Part) -> Option<&'a Layer> {
        if part == Part::Header { self.inspection.header.as_ref() } else { self.inspection.payload.as_ref() }
    }

    fn unreadable(&self, part: Part) -> Verdict {
        Verdict::unknown(match self.inspection.shape {
            Shape::Encrypted if part == Part::Payload => "The content is encrypted.",
            Shape::Detached if part == Part::Payload => "The payload travels elsewhere.",
            _ => "The token is cut off or damaged where this would stand.",
        })
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.inspection.shape == Shape::Encrypted
    }

    /// A member of header or payload; nothing only when it is certain that there is none.
    pub(super) fn find(&self, part: Part, name: &str) -> Result<Option<&'a Node>, Verdict> {
        let layer = self.layer(part).ok_or_else(|| self.unreadable(part))?;
        match layer.document.get(name) {
            Some(node) if node.complete => Ok(Some(node)),
            None if layer.document.root.as_ref().is_some_and(|root| root.complete) => Ok(None),
            _ => Err(self.unreadable(part)),
        }
    }

    pub(super) fn parameter(&self, name: &str) -> Result<Option<&'a Node>, Verdict> {
        self.find(Part::Header, name)
    }

    pub(super) fn claim(&self, name: &str) -> Result<Option<&'a Node>, Verdict> {
        self.find(Part::Payload, name)
    }

    /// The claim as it was written, behind the verdict on it.
    pub(super) fn about(&self, part: Part, node: &Node, mut verdict: Verdict) -> Verdict {
        if let Some(layer) = self.layer(part) {
            verdict.evidence = Some(shortened(layer.raw(&node.span)));
            verdict.place = Some(Place::Decoded(part, node.span.clone()));
        }
        verdict
    }

    pub(super) fn on_claim(&self, node: &Node, verdict: Verdict) -> Verdict {
        self.about(Part::Payload, node, verdict)
    }

    pub(super) fn on_parameter(&self, node: &Node, verdict: Verdict) -> Verdict {
        self.about(Part::Header, node, verdict)
    }

    /// The claim that must be there.
    pub(super) fn required(&self, name: &str) -> Result<&'a Node, Verdict> {
        self.claim(name)?.ok_or_else(|| Verdict::error(["`", name, "` is missing."].concat()))
    }

    fn string(&self, name: &str, node: &'a Node) -> Result<&'a str, Verdict> {
        match node.as_str() {
            Some("") => Err(self.on_claim(node, Verdict::error(["`", name, "` is empty."].concat()))),
            Some(text) => Ok(text),
            None => {
                let words = ["`", name, "` is not a string."].concat();
                Err(self.on_claim(node, Verdict::error(words)))
            }
        }
    }

    /// The string that must be there.
    pub(super) fn text(&self, name: &str) -> Result<&'a str, Verdict> {
        self.string(name, self.required(name)?)
    }

    /// The string that may be there.
    pub(super) fn optional_text(&self, name: &str) -> Result<Option<&'a str>, Verdict> {
        self.claim(name)?.map(|node| self.string(name, node)).transpose()
    }

    /// The strings of a claim that must be there: one, or an array of them.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<&'a str>, Verdict> {
        Ok(self.required(name)?.one_or_many())
    }

    /// The verdict with the claim of that name behind it.
    pub(super) fn with(&self, name: &str, verdict: Verdict) -> Answer {
        let node = self.required(name)?;
        Ok(self.on_claim(node, verdict))
    }

    /// The time of that name. What is no number is another rule's fail and cannot be judged as a time.
    pub(super) fn date(&self, name: &str) -> Result<Option<i64>, Verdict> {
        let Some(node) = self.claim(name)? else { return Ok(None) };
        match &node.value {
            Value::Number(_) => Ok(NumericDate::of(node).seconds()),
            _ => Err(Verdict::unknown(["`", name, "` is not a number."].concat())),
        }
    }

    /// The first finding of these rules that is more than a note.
    pub(super) fn found(&self, rules: &[&str]) -> Option<Verdict> {
        let finding = self
            .inspection
            .findings
            .iter()
            .find(|finding| finding.severity != Severity::Note && rules.contains(&finding.rule))?;
        let sentence = [finding.title.as_str(), ". ", &finding.text].concat();
        let mut verdict = Verdict::fail(finding.severity, sentence);
        verdict.evidence.clone_from(&finding.evidence);
        verdict.place.clone_from(&finding.place);
        Some(verdict)
    }

    /// The software statement within, one level deep.
    pub(super) fn statement(&self) -> Result<Facts<'_>, Verdict> {
        let node = self
            .claim("software_statement")?
            .ok_or_else(|| Verdict::unknown("There is no software statement to look into."))?;
        let inside = self.statement.get_or_init(|| {
            let text = node.as_str().filter(|text| text.len() <= LONGEST_STATEMENT)?;
            Some(inspect(text, self.known.now, &[])).filter(Inspection::is_jwt)
        });
        match inside {
            Some(inside) => Ok(Facts::new(inside, self.known, self.profile)),
            None => Err(Verdict::unknown("The software statement cannot be read.")),
        }
    }
}
