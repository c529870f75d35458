//! The checks of every profile, as tables: what was pasted, what is known, what must be said.

mod access;
mod assertions;
mod banking;
mod common;
mod dpop;
mod fapi;
mod hostile;
mod id_token;
mod keycloak;
mod published;
mod walk;

use std::collections::HashSet;

use portico::domain::inspect::profiles::{ALL, Known, Profile, State, Verdict, check};

use super::*;

/// What must be said, and words of the sentence.
#[derive(Clone, Copy, Debug)]
pub enum Said {
    Pass(&'static str),
    Error(&'static str),
    Warning(&'static str),
    Unknown(&'static str),
    Nothing(&'static str),
}
use Said::{Error, Nothing, Pass, Unknown, Warning};

type Tell = fn(&mut Known<'static>);

/// A rule (`rule` or `profile/rule`), what it must say, header, claims, and what is known beside them.
pub struct Case(pub &'static str, pub Said, pub &'static str, pub &'static str, pub Tell);

/// A header that breaks no rule of most profiles.
const RS: &str = r#"{"alg":"RS256","kid":"k"}"#;
const PS: &str = r#"{"alg":"PS256","kid":"k"}"#;
const NONE: Tell = |_| {};

/// The page knows one environment, at the usual time.
fn known() -> Known<'static> {
    Known { issuers: Box::leak(sandbox().into_boxed_slice()), ..Known::at(NOW) }
}

/// `NOW`, `NOW+60` and `NOW-60` as the numbers they stand for.
fn dated(text: &str) -> String {
    let mut parts = text.split("NOW");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let digits = part.get(1..).unwrap_or_default();
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let number: i64 = digits[..end].parse().unwrap_or(0);
        match part.chars().next() {
            Some('+') => out.push_str(&format!("{}{}", NOW + number, &digits[end..])),
            Some('-') => out.push_str(&format!("{}{}", NOW - number, &digits[end..])),
            _ => out.push_str(&format!("{NOW}{part}")),
        }
    }
    out
}

/// A token with a signature of a length that fits most algorithms.
fn signed(header: &str, payload: &str) -> String {
    let length = if header.contains("\"HS256") {
        32
    } else if header.contains("\"ES256") || header.contains("\"Ed") {
        64
    } else {
        256
    };
    let signature =
        if header.contains("none") { String::new() } else { URL_SAFE_NO_PAD.encode(vec![7; length]) };
    format!("{}.{}.{signature}", encode(header), encode(&dated(payload)))
}

fn profile(id: &str) -> &'static Profile {
    portico::domain::inspect::profiles::named(id).unwrap_or_else(|| panic!("no profile {id}"))
}

/// The profile that has the rule as its own.
fn home(rule: &str) -> &'static Profile {
    let found = ALL.iter().find(|profile| profile.rules.iter().any(|known| known.id == rule));
    found.unwrap_or_else(|| panic!("no rule {rule}"))
}

fn verdict(profile: &'static Profile, rule: &str, token: &str, known: &Known<'_>) -> Verdict {
    let seen = inspect(token, known.now, known.issuers);
    let checked = check(profile, &seen, known);
    checked.into_iter().find(|checked| checked.rule.id == rule).unwrap_or_else(|| panic!("no {rule}")).verdict
}

fn assert_said(what: &str, verdict: &Verdict, said: Said) {
    let (state, severity, words) = match said {
        Pass(words) => (State::Pass, None, words),
        Error(words) => (State::Fail, Some(Severity::Error), words),
        Warning(words) => (State::Fail, Some(Severity::Warning), words),
        Unknown(words) => (State::CannotKnow, None, words),
        Nothing(words) => (State::NotApplicable, None, words),
    };
    assert_eq!((verdict.state, verdict.severity), (state, severity), "{what}: {verdict:?}");
    assert!(verdict.sentence.contains(words), "{what}: {}", verdict.sentence);
    assert!(verdict.sentence.ends_with(['.', '?', '…']), "{what}: {}", verdict.sentence);
}

/// Which rule, and the states it was seen in.
fn seen(cases: &[Case]) -> HashSet<(&'static str, State)> {
    let mut states = HashSet::new();
    for Case(rule, said, header, payload, tell) in cases {
        let (profile, rule) = match rule.split_once('/') {
            Some((id, rule)) => (profile(id), rule),
            None => (home(rule), *rule),
        };
        let mut known = known();
        tell(&mut known);
        let verdict = verdict(profile, rule, &signed(header, payload), &known);
        assert_said(&format!("{rule} {header} {payload}"), &verdict, *said);
        states.insert((rule, verdict.state));
    }
    states
}
