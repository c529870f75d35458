//! The strict gate and the choice of keys.

use portico::domain::inspect::findings::{Finding, Place, Severity};
use portico::domain::inspect::inspect;
use portico::domain::inspect::shape::{Part, Shape};
use portico::domain::inspect::verify::algorithm::ANY;
use portico::domain::inspect::verify::gate::{gate_detached, serialised::gate_json};
use portico::domain::inspect::verify::select::MOST_TRIED;
use portico::domain::inspect::verify::{Keys, Refusal, Selection, Strict, gate as strict_gate, select};
use std::sync::LazyLock;

use super::text;
use crate::corpus::{self, NOW};
use crate::outcome::{Broken, Outcome, Said, holds};

/// Every key of the vectors, as if somebody had pasted them.
static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let mut all = Keys::default();
    for text in corpus::keys() {
        if let Ok(keys) = Keys::read(&String::from_utf8_lossy(&text)) {
            all.add(keys);
        }
    }
    all
});

pub fn gate(input: &[u8]) -> Outcome {
    let text = text(input);
    let mut said = Said::default();
    match strict_gate(&text) {
        Ok(strict) => {
            passed(&strict, &mut said)?;
            agrees(&text, &strict)?;
        }
        Err(refusal) => refused(&refusal, &mut said)?,
    }
    match gate_detached(&text, b"{\"a\":1}") {
        Ok(strict) => passed(&strict, &mut said)?,
        Err(refusal) => refused(&refusal, &mut said)?,
    }
    if text.starts_with('{') {
        match gate_json(&text) {
            Ok(all) => {
                for one in all {
                    match one {
                        Ok(strict) => passed(&strict, &mut said)?,
                        Err(refusal) => refused(&refusal, &mut said)?,
                    }
                }
            }
            Err(refusal) => refused(&refusal, &mut said)?,
        }
    }
    Ok(said.number())
}

fn refused(refusal: &Refusal, said: &mut Said) -> Result<(), Broken> {
    said.add(refusal.rule);
    let right = refusal.text.ends_with(['.', '?']) && !refusal.source.is_empty();
    holds(right, "a refusal is a sentence", || format!("{refusal:?}"))
}

fn passed(strict: &Strict, said: &mut Said) -> Result<(), Broken> {
    let algorithm = strict.algorithm();
    let right = !algorithm.eq_ignore_ascii_case("none") && !strict.signature.is_empty();
    holds(right, "nothing passes that nobody signed", || algorithm.to_owned())?;
    let mut keys = KEYS.clone();
    keys.add(Keys::carried(&strict.header_text, &strict.header));
    let selection = select(strict, &keys, &ANY);
    if let Selection::Try { algorithm, keys } = &selection {
        let right = (1..=MOST_TRIED).contains(&keys.len())
            && algorithm.is_also(strict.algorithm())
            && keys.iter().all(|key| key.unfit(algorithm).is_none());
        holds(right, "only keys are tried that fit", || format!("{} {}", algorithm.name, keys.len()))?;
        said.add((algorithm.name, keys.len()));
    }
    said.add(std::mem::discriminant(&selection));
    Ok(())
}

/// What passes is a signed token to the inspector too, and nothing about its form is an error.
fn agrees(text: &str, strict: &Strict) -> Result<(), Broken> {
    let seen = inspect(text, NOW, &[]);
    let right = matches!(seen.shape, Shape::Signed | Shape::Detached);
    holds(right, "what passes is a signed token", || format!("{:?}", seen.shape))?;
    let header = seen.header.as_ref().map(|layer| layer.text.as_str());
    holds(header == Some(&strict.header_text), "both read the same header", || format!("{header:?}"))?;
    let odd =
        seen.findings.iter().find(|finding| finding.severity == Severity::Error && is_structural(finding));
    holds(odd.is_none(), "what passes has no error in its form", || format!("{odd:?}"))
}

/// About the form and the header; the payload may be anything.
fn is_structural(finding: &Finding) -> bool {
    match finding.rule {
        "truncated" | "parts" | "no-signature" | "base64url" | "no-algorithm" | "alg-none" => true,
        "json" | "duplicate" => matches!(finding.place, Some(Place::Decoded(Part::Header, _))),
        "utf-8" | "not-an-object" => finding.title.starts_with("The header"),
        _ => false,
    }
}
