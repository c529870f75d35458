//! base64url, and the form of a token: its parts, its layers, its findings.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use portico::domain::inspect::shape::Part;
use portico::domain::inspect::{self as reader, Inspection, KnownIssuer};

use super::{promises, text};
use crate::corpus::NOW;
use crate::outcome::{Broken, Outcome, Said, holds, number_of};
use crate::worst;

pub fn base64url(input: &[u8]) -> Outcome {
    let text = text(input);
    let mut said = Said::default();
    for part in text.split('.') {
        let decoded = reader::base64url::decode(part);
        let strict = URL_SAFE_NO_PAD.decode(part);
        let silent = decoded.problems.is_empty();
        holds(silent == strict.is_ok(), "no deviation from base64url is silent", || part.to_owned())?;
        let same = strict.is_err() || strict.as_ref().is_ok_and(|bytes| *bytes == decoded.bytes);
        holds(same, "strict base64url is read as it is", || part.to_owned())?;
        for problem in &decoded.problems {
            holds(part.is_char_boundary(problem.at), "a deviation stands at a character", || {
                part.to_owned()
            })?;
            said.add(std::mem::discriminant(&problem.what));
        }
        said.add(part.len() % 4);
    }
    Ok(said.number())
}

pub fn environments() -> [KnownIssuer; 1] {
    let issuer = "https://id.bank.example".to_owned();
    [KnownIssuer { id: "sandbox".to_owned(), name: "Sandbox".to_owned(), issuer }]
}

pub fn inspect(input: &[u8]) -> Outcome {
    let text = text(input);
    let seen = reader::inspect(&text, NOW, &environments());
    whole(&text, &seen)?;
    cut(&seen)?;
    let mut said = Said::default();
    promises::say(&seen, &mut said);
    Ok(said.number())
}

pub fn claims(input: &[u8]) -> Outcome {
    inspect(&worst::signed(input))
}

fn whole(text: &str, seen: &Inspection) -> Result<(), Broken> {
    let token = seen.token.expose();
    let mut ranges: Vec<_> = seen.segments.iter().map(|segment| segment.range.clone()).collect();
    let inside = ranges.iter().all(|range| token.get(range.clone()).is_some());
    holds(inside, "every part stands in the token", || format!("{ranges:?}"))?;
    let inside = text.get(seen.place.clone()).is_some();
    holds(inside, "the token stands in the text", || format!("{:?}", seen.place))?;
    if seen.is_jwt() && seen.json_form.is_none() {
        let parts = ranges.iter().map(|range| range.len() + 1).sum::<usize>();
        let last = ranges.iter().map(|range| range.end).max().unwrap_or_default();
        let tilde = usize::from(token.ends_with('~') && last < token.len());
        holds(parts == token.len() + 1 - tilde, "the parts are the whole", || format!("{ranges:?}"))?;
    }
    ranges.sort_by_key(|range| range.start);
    let apart = ranges.iter().zip(ranges.iter().skip(1)).all(|(one, next)| one.end <= next.start);
    holds(apart, "no two parts overlap", || format!("{ranges:?}"))?;
    for finding in &seen.findings {
        promises::finding(seen, finding)?;
    }
    let sorted = seen.findings.iter().map(|finding| finding.severity).is_sorted();
    holds(sorted, "the worst finding comes first", String::new)?;
    for nested in &seen.nested {
        promises::place(seen, &nested.place, "a token inside")?;
    }
    let _ = (seen.lifetime.at(NOW), seen.summary(), seen.kind.label(), seen.kind.advice());
    Ok(())
}

/// Whatever is cut off behind the header, the header stays.
fn cut(seen: &Inspection) -> Result<(), Broken> {
    let token = seen.token.expose();
    let plain = token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    let Some(header) = seen.segments.first().filter(|segment| plain && segment.part == Part::Header) else {
        return Ok(());
    };
    let end = header.range.end;
    // By itself a header is known by the object that it begins.
    let text = seen.header.as_ref().and_then(|layer| layer.text.trim_start().strip_prefix('{'));
    let begins = text.is_some_and(|inside| inside.trim_start().starts_with(['"', '}']));
    let at = end + usize::try_from(number_of(token)).unwrap_or_default() % (token.len() - end + 1);
    let shorter = reader::inspect(token.get(..at).unwrap_or_default(), NOW, &[]);
    holds(!begins || shorter.header == seen.header, "a header that is whole is never lost", || {
        format!("cut at {at} of {}", token.len())
    })
}
