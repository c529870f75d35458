//! What a rule looks at: the token, what is known beside it, and the profile that asks.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::domain::inspect::findings::{Place, Severity, shortened};
use crate::domain::inspect::json::{Node, Value};
use crate::domain::inspect::shape::{Part, Shape};
use crate::domain::inspect::times::NumericDate;
use crate::domain::inspect::{Inspection, Layer, inspect};

use super::index::Index;
use super::known::Known;
use super::profile::Profile;
use super::verdict::{Answer, Said, Verdict};

/// A software statement longer than this is not opened.
const LONGEST_STATEMENT: usize = 1_000_000;

/// What a rule looks at.
pub struct Facts<'a> {
    pub(super) inspection: &'a Inspection,
    pub(super) known: &'a Known<'a>,
    pub(super) profile: &'static Profile,
    index: Rc<Index>,
    statement: OnceCell<Option<Box<Inside>>>,
}

/// A statement that was opened.
struct Inside {
    inspection: Inspection,
    index: Rc<Index>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(inspection: &'a Inspection, known: &'a Known<'a>, profile: &'static Profile) -> Self {
        Self::indexed(inspection, known, profile, Rc::new(Index::of(inspection.payload.as_ref())))
    }

    fn indexed(
        inspection: &'a Inspection,
        known: &'a Known<'a>,
        profile: &'static Profile,
        index: Rc<Index>,
    ) -> Self {
        Self { inspection, known, profile, index, statement: OnceCell::new() }
    }

    fn layer(&self, part: Part) -> Option<&'a Layer> {
        if part == Part::Header { self.inspection.header.as_ref() } else { self.inspection.payload.as_ref() }
    }

    fn unreadable(&self, part: Part) -> Said {
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
    pub(super) fn find(&self, part: Part, name: &str) -> Result<Option<Node<'a>>, Said> {
        let layer = self.layer(part).ok_or_else(|| self.unreadable(part))?;
        let found = match part {
            Part::Header => layer.document.get(name),
            _ => self.index.get(&layer.document, name),
        };
        match found {
            Some(node) if node.is_complete() => Ok(Some(node)),
            None if layer.document.root().is_some_and(|root| root.is_complete()) => Ok(None),
            _ => Err(self.unreadable(part)),
        }
    }

    pub(super) fn parameter(&self, name: &str) -> Result<Option<Node<'a>>, Said> {
        self.find(Part::Header, name)
    }

    pub(super) fn claim(&self, name: &str) -> Result<Option<Node<'a>>, Said> {
        self.find(Part::Payload, name)
    }

    /// The claim as it was written, behind the verdict on it.
    pub(super) fn about(&self, part: Part, node: Node<'_>, mut verdict: Said) -> Said {
        if let Some(layer) = self.layer(part) {
            verdict.evidence = Some(shortened(layer.raw(&node.span())));
            verdict.place = Some(Place::Decoded(part, node.span()));
        }
        verdict
    }

    pub(super) fn on_claim(&self, node: Node<'_>, verdict: Said) -> Said {
        self.about(Part::Payload, node, verdict)
    }

    pub(super) fn on_parameter(&self, node: Node<'_>, verdict: Said) -> Said {
        self.about(Part::Header, node, verdict)
    }

    /// The claim that must be there.
    pub(super) fn required(&self, name: &str) -> Result<Node<'a>, Said> {
        self.claim(name)?.ok_or_else(|| Verdict::error(["`", name, "` is missing."].concat()))
    }

    fn string(&self, name: &str, node: Node<'a>) -> Result<&'a str, Said> {
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
    pub(super) fn text(&self, name: &str) -> Result<&'a str, Said> {
        self.string(name, self.required(name)?)
    }

    /// The string that may be there.
    pub(super) fn optional_text(&self, name: &str) -> Result<Option<&'a str>, Said> {
        self.claim(name)?.map(|node| self.string(name, node)).transpose()
    }

    /// The strings of a claim that must be there: one, or an array of them.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<&'a str>, Said> {
        Ok(self.required(name)?.one_or_many())
    }

    /// The verdict with the claim of that name behind it.
    pub(super) fn with(&self, name: &str, verdict: Said) -> Answer {
        let node = self.required(name)?;
        Ok(self.on_claim(node, verdict))
    }

    /// The time of that name. What is no number is another rule's fail and cannot be judged as a time.
    pub(super) fn date(&self, name: &str) -> Result<Option<i64>, Said> {
        let Some(node) = self.claim(name)? else { return Ok(None) };
        match node.value() {
            Value::Number(_) => Ok(NumericDate::of(node).seconds()),
            _ => Err(Verdict::unknown(["`", name, "` is not a number."].concat())),
        }
    }

    /// The first finding of these rules that is more than a note.
    pub(super) fn found(&self, rules: &[&str]) -> Option<Said> {
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
    pub(super) fn statement(&self) -> Result<Facts<'_>, Said> {
        let node = self
            .claim("software_statement")?
            .ok_or_else(|| Verdict::unknown("There is no software statement to look into."))?;
        let inside = self.statement.get_or_init(|| {
            let text = node.as_str().filter(|text| text.len() <= LONGEST_STATEMENT)?;
            let inspection = Some(inspect(text, self.known.now, &[])).filter(Inspection::is_jwt)?;
            let index = Rc::new(Index::of(inspection.payload.as_ref()));
            Some(Box::new(Inside { inspection, index }))
        });
        match inside {
            Some(inside) => {
                let index = Rc::clone(&inside.index);
                Ok(Facts::indexed(&inside.inspection, self.known, self.profile, index))
            }
            None => Err(Verdict::unknown("The software statement cannot be read.")),
        }
    }
}
