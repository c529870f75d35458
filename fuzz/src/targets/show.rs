//! What is shown of a token, and what is handed on: rows, report, redaction, comparison, colours, places.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use portico::domain::inspect::access::AccessToken;
use portico::domain::inspect::compare::{compare, other};
use portico::domain::inspect::findings::Place;
use portico::domain::inspect::json::{Document, Node, Value};
use portico::domain::inspect::layers::steps;
use portico::domain::inspect::profiles::Known;
use portico::domain::inspect::redact::redact;
use portico::domain::inspect::registration_token::{Here, InitialAccessTokenFacts};
use portico::domain::inspect::report::report;
use portico::domain::inspect::shape::Part;
use portico::domain::inspect::visible::is_hidden;
use portico::domain::inspect::{Clock, Inspection, inspect, paint, places as reader, print};

use super::{form, promises, text};
use crate::corpus::NOW;
use crate::outcome::{Broken, Outcome, Said, holds, number_of};

/// A value as long as this would tell something.
const TELLING: usize = 12;

pub fn read(input: &[u8]) -> Outcome {
    let text = text(input);
    let seen = inspect(&text, NOW, &form::environments());
    rows(&seen)?;
    reported(&seen)?;
    redacted(&seen)?;
    let same = compare(&seen, &seen);
    holds(same.differences.is_empty(), "nothing differs from itself", || format!("{:?}", same.differences))?;
    let beside = compare(&seen, &other(&text, Clock::from(NOW), &[]));
    let told = beside.differences.iter().all(|difference| !difference.path.contains(is_hidden));
    holds(told, "a difference shows where it is", || format!("{:?}", beside.differences))?;
    layers(&seen)?;
    for layer in [&seen.header, &seen.payload].into_iter().flatten() {
        let spaces = |text: &str| text.chars().filter(|c| c.is_ascii_whitespace()).count();
        let printed = print::indented(layer);
        let kept = printed.len() - spaces(&printed) <= layer.text.len() - spaces(&layer.text);
        holds(kept, "indentation adds white space and nothing else", || printed.clone())?;
    }
    let mut said = Said::default();
    promises::say(&seen, &mut said);
    Ok(said.number())
}

fn rows(seen: &Inspection) -> Result<(), Broken> {
    for (layer, rows) in [(&seen.header, seen.header_rows()), (&seen.payload, seen.payload_rows(NOW))] {
        for row in rows {
            let there = layer.as_ref().is_some_and(|layer| layer.text.get(row.span.clone()).is_some());
            holds(there, "a row stands in its layer", || format!("{row:?}"))?;
            let shown = !row.meaning.is_empty()
                && ![&row.path, &row.value].iter().any(|text| text.contains(is_hidden));
            holds(shown, "a row shows everything in it", || format!("{row:?}"))?;
        }
    }
    let first = seen.first_payload_rows(NOW);
    holds(first.rows.len() <= 200, "a page shows so many rows", || first.rows.len().to_string())
}

/// What is said between request, statement and authorities shows everything in it.
fn layers(seen: &Inspection) -> Result<(), Broken> {
    for row in steps(seen, &Known::at(NOW)).into_iter().flat_map(|step| step.rows) {
        let values = [Some(&row.member), Some(&row.counterpart), row.above.as_ref(), row.below.as_ref()];
        let shown = values.into_iter().flatten().all(|text| !text.contains(is_hidden));
        holds(shown && !row.sentence.is_empty(), "a row between layers shows everything in it", || {
            format!("{row:?}")
        })?;
        if let Some(place) = &row.place {
            holds(row.above.is_some(), "only what is there has a place", || format!("{place:?}"))?;
        }
    }
    Ok(())
}

/// No piece of the signature, unless the token says the same elsewhere.
fn reported(seen: &Inspection) -> Result<(), Broken> {
    let told = report(seen);
    let token = seen.token.expose();
    let layers = [&seen.header, &seen.payload].into_iter().flatten();
    let layers: Vec<&str> = layers.map(|layer| layer.text.as_str()).collect();
    for segment in seen.segments.iter().filter(|segment| segment.part == Part::Signature) {
        let signature = token.get(segment.range.clone()).unwrap_or_default().as_bytes();
        // Twenty-four characters hold twelve that begin at a multiple of twelve: few signatures get further than this.
        let pieces =
            signature.as_chunks::<TELLING>().0.iter().filter_map(|piece| std::str::from_utf8(piece).ok());
        if !pieces.into_iter().any(|piece| told.contains(piece)) {
            continue;
        }
        let runs = signature.windows(2 * TELLING).filter_map(|run| std::str::from_utf8(run).ok());
        for run in runs.filter(|run| told.contains(*run)) {
            let elsewhere = layers.iter().any(|text| text.contains(run));
            holds(elsewhere, "a report holds nothing of the signature", || run.to_owned())?;
        }
    }
    let hidden = told.chars().find(|c| is_hidden(*c));
    holds(hidden.is_none(), "a report holds nothing that cannot be seen", || format!("{hidden:?}"))
}

/// No value of the claims, unless it is a name as well.
fn redacted(seen: &Inspection) -> Result<(), Broken> {
    let redacted = redact(seen);
    let kept = redacted.payload.clone().unwrap_or_default();
    let document = seen.payload.as_ref().map(|layer| &layer.document);
    let (mut values, mut names) = (Vec::new(), String::new());
    if let Some(root) = document.and_then(|document| document.root()) {
        strings(root, &mut values, &mut names);
    }
    for value in values.iter().filter(|value| value.len() >= TELLING && kept.contains(**value)) {
        let harmless = names.contains(*value) || is_label(value);
        holds(harmless, "what is redacted holds no value", || (*value).to_owned())?;
    }
    for (name, text) in [("header", &redacted.header), ("payload", &redacted.payload)] {
        let Some(text) = text else { continue };
        let right = Document::read(text).problems.is_empty();
        holds(right, &format!("a redacted {name} is JSON"), || text.clone())?;
    }
    let first = redacted.compact.split(['.', '~']).next().map(|part| URL_SAFE_NO_PAD.decode(part));
    let right = !seen.is_jwt() || first.is_some_and(|decoded| decoded.is_ok());
    holds(right, "a redacted token is strict base64url", || redacted.compact.clone())
}

/// `string, 12 characters` is what stands there instead of a value.
fn is_label(value: &str) -> bool {
    value
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, ',' | ' ' | '"' | ':' | '{' | '}' | '[' | ']'))
}

fn strings<'a>(node: Node<'a>, values: &mut Vec<&'a str>, names: &mut String) {
    match node.value() {
        Value::String(text) => values.push(text),
        Value::Array(elements) => elements.iter().for_each(|element| strings(element, values, names)),
        Value::Object(members) => {
            for member in members {
                names.push_str(member.name);
                names.push('\n');
                strings(member.node, values, names);
            }
        }
        _ => {}
    }
}

pub fn places(input: &[u8]) -> Outcome {
    let text = text(input);
    let seen = inspect(&text, NOW, &[]);
    let painted: String =
        paint::runs(&text, &seen).into_iter().filter_map(|(_, run)| text.get(run)).collect();
    holds(painted == text, "colours change no character", || painted.clone())?;
    let quick = paint::quick(&text);
    let pieces: Option<String> = quick.iter().map(|(_, range)| text.get(range.clone())).collect();
    holds(pieces.as_deref() == Some(&text), "quick colours change no character", || format!("{quick:?}"))?;
    let of_findings = seen.findings.iter().filter_map(|finding| finding.place.clone());
    let of_parts = seen.segments.iter().map(|segment| Place::Token(segment.range.clone()));
    let mut of_rows = Vec::new();
    for (part, rows) in [(Part::Header, seen.header_rows()), (Part::Payload, seen.payload_rows(NOW))] {
        of_rows.extend(rows.iter().take(16).map(|row| Place::Decoded(part, row.span.clone())));
    }
    for place in of_findings.chain(of_parts).chain(of_rows) {
        let range = reader::in_text(&text, &seen, &place);
        let right = range.as_ref().is_none_or(|range| text.get(range.clone()).is_some());
        holds(right, "a place in the text is a range of characters", || format!("{place:?} is {range:?}"))?;
    }
    let mut said = Said::default();
    promises::say(&seen, &mut said);
    let number = usize::try_from(number_of(&text)).unwrap_or_default();
    for offset in [0, text.len(), number % (text.len() + 1), (number >> 20) % (text.len() + 1)] {
        let Some((part, byte)) = reader::at(&text, &seen, offset) else { continue };
        let length = match part {
            Part::Header => seen.header.as_ref().map(|layer| layer.text.len()),
            Part::Payload => seen.payload.as_ref().map(|layer| layer.text.len()),
            _ => None,
        };
        let clean =
            seen.segments.iter().all(|segment| segment.problems.is_empty()) && seen.json_form.is_none();
        let utf8 =
            [&seen.header, &seen.payload].into_iter().flatten().all(|layer| layer.invalid_utf8_at.is_none());
        let right = !clean || !utf8 || length.is_none_or(|length| byte < length.max(1));
        holds(right, "a character stands for a byte that is there", || format!("{offset}: {part:?} {byte}"))?;
        said.add(part as u8);
    }
    Ok(said.number())
}

pub fn facts(input: &[u8]) -> Outcome {
    let text = text(input);
    let mut said = Said::default();
    for cross_origin in [true, false] {
        let page_origin = "http://localhost:8080";
        let issuer = "https://id.bank.example";
        let here = Here { now: NOW, page_origin, environment: "Sandbox", issuer, cross_origin };
        let facts = InitialAccessTokenFacts::read(&text, &here);
        holds(matches!(facts.facts.len(), 0 | 6), "there are six facts or none", || {
            format!("{:?}", facts.facts)
        })?;
        for fact in &facts.facts {
            holds(!fact.text.is_empty(), "a fact says something", || format!("{fact:?}"))?;
            said.add((fact.label, fact.lamp as u8));
        }
        said.add(facts.cannot_work());
        for problem in &facts.problems {
            said.add((problem.certain, problem.text.get(..12)));
        }
    }
    if let Some(token) = AccessToken::read(&text) {
        said.add((token.is_rfc9068, token.issuer.is_some(), token.lifetime().is_some()));
        said.add_size(token.roles.len() + token.client_roles.len());
    }
    Ok(said.number())
}
