//! The checks of every profile, with more or less known beside the token.

use portico::domain::inspect::profiles::{self as reader, Known, SignatureVerdict, State};
use portico::domain::inspect::{Inspection, inspect};

use super::{form, promises, text};
use crate::corpus::NOW;
use crate::outcome::{Broken, Outcome, Said, holds, number_of};
use crate::worst;

pub fn read(input: &[u8]) -> Outcome {
    let text = text(input);
    let environments = form::environments();
    let seen = inspect(&text, NOW, &environments);
    let bits = number_of(input);
    let mut given = Given { bits, taken: 0, pieces: pieces(&text, &seen) };
    let lists = [given.text(), given.text(), given.text()].map(Option::unwrap_or_default);
    let mut known = Known::at(NOW);
    if given.yes() {
        known = given.known(&lists, known);
        known.issuers = &environments;
    }
    let mut said = Said::default();
    for profile in reader::ALL.iter().copied() {
        for checked in reader::check(profile, &seen, &known) {
            verdict(&seen, checked.rule.id, &checked.verdict)?;
            said.add((checked.rule.id, checked.verdict.state));
        }
    }
    let proposed = reader::proposed(&seen);
    holds(proposed.is_empty() != seen.is_jwt(), "every token has a profile", || seen.kind.label())?;
    said.add(proposed.first().map(|profile| profile.id));
    Ok(said.number())
}

pub fn claims(input: &[u8]) -> Outcome {
    read(&worst::signed(input))
}

fn verdict(seen: &Inspection, rule: &str, verdict: &reader::Verdict) -> Result<(), Broken> {
    let told = || format!("{rule}: {verdict:?}");
    let fails = verdict.state == State::Fail;
    holds(fails == verdict.severity.is_some(), "a fail alone has a severity", told)?;
    let sentence = &verdict.sentence;
    holds(sentence.ends_with(['.', '?', '…']) && sentence.len() <= 1_000, "a verdict is a sentence", told)?;
    holds(
        verdict.needs.is_none() || verdict.state == State::CannotKnow,
        "an answer is asked for only to know",
        told,
    )?;
    holds(verdict.what_to_do.is_none() || fails, "there is something to do only after a fail", told)?;
    // A character that cannot be seen becomes nine that can.
    let short = verdict.evidence.as_ref().is_none_or(|text| text.chars().count() <= 240 * 9 + 1);
    holds(short, "evidence is short", told)?;
    verdict.place.as_ref().map_or(Ok(()), |place| promises::place(seen, place, rule))
}

/// Texts that may be what somebody knows: out of the token, so that some of them are right.
fn pieces<'a>(text: &'a str, seen: &'a Inspection) -> Vec<&'a str> {
    let layers = [&seen.header, &seen.payload].into_iter().flatten();
    let members = layers.flat_map(|layer| layer.document.members());
    let strings = members.flat_map(|member| member.node.one_or_many()).take(24);
    let fixed = [
        "",
        "GET",
        "https://api.bank.example/accounts?a=1#b",
        "grant_type=x&assertion=a%2Eb",
        "application/jwt",
    ];
    strings.chain(fixed).chain([text, seen.token.expose()]).collect()
}

/// Decides by the bits of a number what is known.
struct Given<'a> {
    bits: u64,
    taken: u32,
    pieces: Vec<&'a str>,
}

impl<'a> Given<'a> {
    fn number(&mut self) -> u64 {
        self.taken += 1;
        number_of((self.bits, self.taken))
    }

    fn yes(&mut self) -> bool {
        self.number().is_multiple_of(2)
    }

    fn text(&mut self) -> Option<&'a str> {
        let number = usize::try_from(self.number()).unwrap_or_default();
        self.pieces.get(number % (self.pieces.len() * 2).max(1)).copied()
    }

    fn whole(&mut self) -> Option<i64> {
        let number = self.number();
        let all = [None, Some(0), Some(-1), Some(60), Some(NOW), Some(i64::MAX), Some(i64::MIN), None];
        all.get(usize::try_from(number % 8).unwrap_or_default()).copied().flatten()
    }

    fn known<'b>(&mut self, lists: &'b [&'b str; 3], known: Known<'b>) -> Known<'b>
    where
        'a: 'b,
    {
        let list = |given: &mut Self| given.yes().then_some(&lists[..]);
        Known {
            skew: self.whole().unwrap_or(60),
            client_id: self.text(),
            nonce: self.text(),
            max_age: self.whole(),
            acr: self.text(),
            access_token: self.text(),
            code: self.text(),
            state: self.text(),
            resource: self.text(),
            method: self.text(),
            uri: self.text(),
            form: self.text(),
            media_type: self.text(),
            proof: self.text(),
            certificate_thumbprint: self.text(),
            token_endpoint: self.text(),
            algorithm: self.text(),
            allowed_algorithms: list(self),
            key_ids: list(self),
            revoked_key_ids: list(self),
            used_ids: list(self),
            directories: list(self),
            max_statement_age: self.whole(),
            unsigned_statements: self.yes().then_some(self.bits.is_multiple_of(3)),
            encrypted: self.yes().then_some(self.bits.is_multiple_of(5)),
            not_before: self.whole(),
            stored_token: self.text(),
            uses_left: self.yes().then_some(u32::try_from(self.bits % 4).unwrap_or_default()),
            signature: match self.number() % 4 {
                0 => Some(SignatureVerdict::ChosenKey),
                1 => Some(SignatureVerdict::CarriedKey),
                2 => Some(SignatureVerdict::Wrong),
                _ => None,
            },
            ..known
        }
    }
}
