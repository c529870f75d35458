//! What is odd about the forms beyond a compact JWS: JSON forms (RFC 7515, 7.2), disclosures (RFC 9901), payloads that
//! are not encoded (RFC 7797), keys in place of tokens.

use std::borrow::Cow;

use super::findings::{Finding, Place, Severity};
use super::json_form::JsonForm;
use super::sd_jwt::{Belongs, SdJwt};
use super::shape::{Part, Shape};
use super::visible::visible;
use super::{Inspection, Kind};

/// Disclosures of one oddity are listed so often at most.
const LISTED: usize = 8;

pub(super) fn check(inspection: &mut Inspection) {
    let mut found = Vec::new();
    if let Some(form) = &inspection.json_form {
        json_form(form, inspection.shape, &mut found);
    }
    if let Some(sd_jwt) = &inspection.sd_jwt {
        disclosures(sd_jwt, &mut found);
        key_binding(inspection, sd_jwt, &mut found);
    }
    if inspection.unencoded {
        found.push(finding(
            Severity::Note,
            "unencoded",
            "RFC 7797, 3",
            "The payload is not encoded",
            "The header says `b64` false: the payload stands there as it is, and so it was signed.",
        ));
    }
    if inspection.kind == Kind::PrivateKey {
        let text = Kind::PrivateKey.advice().unwrap_or_default();
        found.push(finding(Severity::Error, "private-key", "RFC 7517, 9.2", "This is a private key", text));
    }
    if !found.is_empty() {
        inspection.findings.append(&mut found);
        inspection.findings.sort_by_key(|finding| finding.severity);
    }
    for finding in &mut inspection.findings {
        for words in [&mut finding.title, &mut finding.text].into_iter().chain(&mut finding.evidence) {
            // Names and values of the token stand in them.
            if let Cow::Owned(shown) = visible(words) {
                *words = shown;
            }
        }
    }
}

fn finding(
    severity: Severity,
    rule: &'static str,
    source: &'static str,
    title: &'static str,
    text: impl Into<String>,
) -> Finding {
    Finding {
        rule,
        severity,
        title: title.to_owned(),
        text: text.into(),
        evidence: None,
        source,
        place: None,
    }
}

fn json_form(form: &JsonForm, shape: Shape, found: &mut Vec<Finding>) {
    let source = if shape == Shape::JsonEncrypted { "RFC 7516, 7.2" } else { "RFC 7515, 7.2" };
    let count = form.entries.len() + form.unlisted;
    if !form.complete {
        let text = "What there is of it is shown. Copy the whole object.";
        found.push(finding(Severity::Error, "json-cut", source, "The JSON object is cut off", text));
    }
    if form.ambiguous {
        let text = "It has `signature` and `signatures`. A reader takes the one or the other, or refuses it.";
        found.push(finding(Severity::Error, "two-forms", "RFC 7515, 7.2.2", "Two forms in one", text));
    }
    if count != 1 && shape != Shape::JsonFlattened {
        let what = if shape == Shape::JsonEncrypted { "recipients" } else { "signatures" };
        let severity = if count == 0 { Severity::Error } else { Severity::Note };
        let text = format!("It has {count} {what}. Header and findings are those of the first one.");
        found.push(finding(
            severity,
            "several-entries",
            source,
            "Not exactly one signature or recipient",
            text,
        ));
    }
    let Some(first) = form.entries.first() else { return };
    let both = first.written_in_both();
    if !both.is_empty() {
        let mut odd = finding(
            Severity::Error,
            "both-headers",
            "RFC 7515, 7.2.1",
            "The same name in both headers",
            "No name may stand in the protected and in the unprotected header.",
        );
        odd.evidence = Some(both.iter().take(LISTED).copied().collect::<Vec<_>>().join(", "));
        found.push(odd);
    }
    if matches!(first.parameter("alg"), Some((_, false))) {
        let text =
            "`alg` stands in the header that nobody protects. Anybody on the way could have changed it.";
        found.push(finding(
            Severity::Warning,
            "unprotected",
            "RFC 7515, 10.7",
            "`alg` is not protected",
            text,
        ));
    }
}

fn disclosures(sd_jwt: &SdJwt, found: &mut Vec<Finding>) {
    for disclosure in sd_jwt.disclosures.iter().filter(|each| each.problem.is_some()).take(LISTED) {
        let mut odd = finding(
            Severity::Error,
            "disclosure",
            "RFC 9901, 7.1",
            "A disclosure cannot be read",
            disclosure.problem.unwrap_or_default(),
        );
        odd.place = Some(Place::Token(disclosure.range.clone()));
        found.push(odd);
    }
    let is_lost = |each: &&super::sd_jwt::Disclosure| each.belongs_to == Belongs::Nowhere;
    for disclosure in sd_jwt.disclosures.iter().filter(is_lost).take(LISTED) {
        let mut odd = finding(
            Severity::Error,
            "lost-disclosure",
            "RFC 9901, 7.1",
            "A disclosure belongs to nothing",
            "Its digest is nowhere in the token, so a verifier must refuse the whole.",
        );
        odd.evidence.clone_from(&disclosure.name);
        odd.place = Some(Place::Token(disclosure.range.clone()));
        found.push(odd);
    }
    if !sd_jwt.ends_properly {
        let text = "It must end with `~` or with a key binding. Usually the end was not copied.";
        found.push(finding(Severity::Error, "no-tilde", "RFC 9901, 4", "The end is missing", text));
    }
    if !matches!(sd_jwt.algorithm.as_str(), "sha-256" | "sha-384" | "sha-512") {
        let text = "It is not known here, so nobody can tell where the disclosures belong.";
        found.push(finding(Severity::Warning, "sd-alg", "RFC 9901, 4.1.1", "Another `_sd_alg`", text));
    }
    if sd_jwt.undisclosed > 0 {
        let count = sd_jwt.undisclosed;
        let text = format!("{count} more digests are there: claims that were not shown, or decoys.");
        found.push(finding(
            Severity::Note,
            "undisclosed",
            "RFC 9901, 4.2.5",
            "Not everything is disclosed",
            text,
        ));
    }
}

fn key_binding(inspection: &Inspection, sd_jwt: &SdJwt, found: &mut Vec<Finding>) {
    let bound = inspection.payload.as_ref().and_then(|layer| layer.document.get("cnf"));
    if let (Some(node), false) = (bound, sd_jwt.key_binding) {
        let text = "`cnf` names the holder's key. A verifier that asks for the proof refuses it without one.";
        let mut odd = finding(Severity::Note, "no-key-binding", "RFC 9901, 4.3", "No key binding", text);
        odd.place = Some(Place::Decoded(Part::Payload, node.span()));
        found.push(odd);
    }
}
