//! Promises that several targets check.

use portico::domain::inspect::Inspection;
use portico::domain::inspect::findings::{Finding, Place};
use portico::domain::inspect::shape::Part;

use crate::outcome::{Broken, Said, holds};

/// What is said of an inspection, as far as two inputs differ in it.
pub fn say(seen: &Inspection, said: &mut Said) {
    said.add(std::mem::discriminant(&seen.kind));
    said.add(std::mem::discriminant(&seen.shape));
    said.add_size(seen.others.len());
    said.add_size(seen.nested.len());
    said.add_size(seen.times.len());
    said.add(seen.unencoded);
    for repair in &seen.repairs {
        said.add(std::mem::discriminant(repair));
    }
    for finding in &seen.findings {
        said.add((finding.rule, finding.severity as u8));
    }
    for layer in [&seen.header, &seen.payload].into_iter().flatten() {
        for problem in &layer.document.problems {
            said.add(std::mem::discriminant(&problem.what));
        }
    }
    if let Some(sd_jwt) = &seen.sd_jwt {
        said.add_size(sd_jwt.disclosures.len());
        for disclosure in &sd_jwt.disclosures {
            said.add((disclosure.problem, std::mem::discriminant(&disclosure.belongs_to)));
        }
    }
}

/// The text that a place points into, and the range.
fn pointed<'a>(seen: &'a Inspection, place: &Place) -> (&'a str, std::ops::Range<usize>) {
    match place {
        Place::Token(range) => (seen.token.expose(), range.clone()),
        Place::Decoded(part, range) => {
            let layer = if *part == Part::Header { &seen.header } else { &seen.payload };
            (layer.as_ref().map(|layer| layer.text.as_str()).unwrap_or_default(), range.clone())
        }
    }
}

/// A place points at characters that are there.
pub fn place(seen: &Inspection, place: &Place, whose: &str) -> Result<(), Broken> {
    let (text, range) = pointed(seen, place);
    let right = text.get(range).is_some();
    holds(right, &format!("the place of {whose} is a range of characters"), || format!("{place:?}"))
}

/// Every finding is whole.
pub fn finding(seen: &Inspection, finding: &Finding) -> Result<(), Broken> {
    let has_words = !finding.title.is_empty() && finding.text.ends_with('.') && !finding.source.is_empty();
    holds(has_words, "a finding says something", || format!("{finding:?}"))?;
    let shown = [&finding.title, &finding.text].into_iter().chain(&finding.evidence);
    let hidden =
        shown.flat_map(|words| words.chars()).find(|c| portico::domain::inspect::visible::is_hidden(*c));
    holds(hidden.is_none(), "no finding holds characters that cannot be seen", || format!("{finding:?}"))?;
    finding.place.as_ref().map_or(Ok(()), |at| place(seen, at, finding.rule))
}
