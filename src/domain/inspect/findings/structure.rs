//! Form: parts, base64url, UTF-8, JSON, names that occur twice (RFC 7515, 5.2; RFC 7519, 4 and 7.2).

use crate::domain::inspect::base64url::Deviation;
use crate::domain::inspect::json::{Fault, Member, Node, Problem, Span};
use crate::domain::inspect::shape::{Part, Segment, Shape};
use crate::domain::inspect::{Inspection, Kind, Layer, claims, way};

use super::validity::with_article;
use super::{Finding, FirstFew, Place, Severity};

/// So many objects are looked through between two pauses.
const AT_ONCE: usize = 512;

/// Names of so many members are compared one by one.
const FEW: usize = 16;

pub(super) async fn check(inspection: &Inspection, findings: &mut Vec<Finding>, pause: &impl AsyncFn()) {
    findings.extend(form(inspection));
    for segment in &inspection.segments {
        findings.extend(deviations(inspection, segment));
    }
    findings.extend(signature_length(inspection));
    for (part, layer) in [(Part::Header, &inspection.header), (Part::Payload, &inspection.payload)] {
        if let Some(layer) = layer {
            findings.extend(not_utf8(part, layer));
            faults(inspection, part, layer, findings);
            findings.extend(not_an_object(part, layer));
            duplicates(part, layer, findings, pause).await;
        }
    }
}

fn form(inspection: &Inspection) -> Option<Finding> {
    let found = match inspection.shape {
        Shape::Truncated => {
            let here = inspection.segments.len();
            let all = if inspection.kind == Kind::Encrypted { 5 } else { 3 };
            let are = if here == 1 { "is" } else { "are" };
            Finding::new(Severity::Error, "truncated", "RFC 7515, 3.1", "The token is cut off").text(format!(
                "{here} of {all} parts {are} here. What there is of it is shown. Copy the whole token."
            ))
        }
        Shape::Unsecured => {
            Finding::new(Severity::Error, "no-signature", "RFC 7515, 3.1", "There is no signature")
                .text("The third part is empty. Anybody could have written this token.")
        }
        Shape::Detached => Finding::new(Severity::Note, "detached", "RFC 7515, F", "The payload is detached")
            .text("The second part is empty: what was signed travels elsewhere."),
        Shape::Encrypted | Shape::JsonEncrypted => {
            Finding::new(Severity::Note, "encrypted", "RFC 7516, 3", "The content is encrypted")
                .text("Only the header can be read. Who holds the private key can read the rest.")
        }
        Shape::Segments(count) => {
            Finding::new(Severity::Error, "parts", "RFC 7515, 3.1", format!("The token has {count} parts"))
                .text("A signed token has three, an encrypted one five. Nothing was left out here.")
        }
        Shape::Empty
        | Shape::Signed
        | Shape::SelectiveDisclosure
        | Shape::JsonFlattened
        | Shape::JsonGeneral
        | Shape::Opaque(_)
        | Shape::Other
        | Shape::TooLarge(_) => return None,
    };
    Some(found)
}

/// The character at a byte; nothing of the text at its end.
fn character(text: &str, at: usize) -> Span {
    let character = text.get(at..).and_then(|rest| rest.chars().next());
    at..at + character.map_or(0, char::len_utf8)
}

fn deviations(inspection: &Inspection, segment: &Segment) -> Vec<Finding> {
    let last = inspection.segments.last().is_some_and(|last| last == segment);
    let cut = inspection.shape == Shape::Truncated && last;
    let name = segment.part.name();
    segment
        .problems
        .iter()
        // The end of a token that is cut off anyway is not a second problem.
        .filter(|problem| !(cut && matches!(problem.what, Deviation::Length | Deviation::TrailingBits)))
        .map(|problem| {
            let at = segment.range.start + problem.at;
            let severity = match problem.what {
                Deviation::Character(_) | Deviation::Length => Severity::Error,
                _ => Severity::Warning,
            };
            let source =
                if problem.what == Deviation::TrailingBits { "RFC 4648, 3.5" } else { "RFC 7515, 2" };
            Finding::new(severity, "base64url", source, format!("The {name} is not strict base64url"))
                .text(format!("At character {} of the token: {}.", at + 1, problem.what.words()))
                .at(Place::Token(character(inspection.token.expose(), at)))
        })
        .collect()
}

fn signature_length(inspection: &Inspection) -> Option<Finding> {
    let signature = inspection.signature.as_ref().filter(|_| inspection.shape == Shape::Signed)?;
    let segment = inspection.segments.iter().find(|segment| segment.part == Part::Signature)?;
    let algorithm = signature.algorithm.as_deref()?;
    let fits = claims::signature_length(algorithm)?.fits(signature.bytes);
    (!fits && algorithm != "none").then(|| {
        Finding::new(Severity::Error, "signature-length", "RFC 7518, 3", "The signature has the wrong length")
            .text(format!("{algorithm} never makes {} bytes. Usually the token is cut off.", signature.bytes))
            .at(Place::Token(segment.range.clone()))
    })
}

fn not_utf8(part: Part, layer: &Layer) -> Option<Finding> {
    let at = layer.invalid_utf8_at?;
    let name = part.name();
    Some(
        Finding::new(Severity::Error, "utf-8", "RFC 7519, 7.2", format!("The {name} is not UTF-8"))
            .text(format!("Byte {} of the {name} begins no character. It is shown as U+FFFD.", at + 1)),
    )
}

fn faults(inspection: &Inspection, part: Part, layer: &Layer, findings: &mut Vec<Finding>) {
    let cut = inspection.shape == Shape::Truncated;
    let is_last = inspection.segments.last().is_some_and(|segment| segment.part == part);
    let mut found = FirstFew::default();
    for problem in &layer.document.problems {
        found.add(|| fault(part, layer, problem, cut && is_last));
    }
    found.tell(findings);
}

fn fault(part: Part, layer: &Layer, problem: &Problem, is_cut_here: bool) -> Finding {
    let name = part.name();
    let severity = match problem.what {
        Fault::LoneSurrogate | Fault::TooDeep => Severity::Warning,
        // Said by the form already; here it is the place that is new.
        Fault::Ended if is_cut_here => Severity::Note,
        _ => Severity::Error,
    };
    let title = match problem.what {
        Fault::Ended => format!("The {name} ends too early"),
        _ => format!("The {name} is not clean JSON"),
    };
    Finding::new(severity, "json", "RFC 7519, 7.2", title)
        .text(format!("{}, at byte {} of the {name}.", problem.what.words(), problem.at + 1))
        .at(Place::Decoded(part, character(&layer.text, problem.at)))
}

fn not_an_object(part: Part, layer: &Layer) -> Option<Finding> {
    let root = layer.document.root()?;
    let name = part.name();
    (root.type_name() != "object").then(|| {
        let title = format!("The {name} is not a JSON object");
        Finding::new(Severity::Error, "not-an-object", "RFC 7519, 7.2", title)
            .text(format!("It is {}.", with_article(root.type_name())))
    })
}

async fn duplicates(part: Part, layer: &Layer, findings: &mut Vec<Finding>, pause: &impl AsyncFn()) {
    let mut found = FirstFew::default();
    let mut names = Vec::new();
    for (count, object) in layer.document.values().filter(|node| !node.members().is_empty()).enumerate() {
        if count.is_multiple_of(AT_ONCE) {
            pause().await;
        }
        names.clear();
        names.extend(object.members().iter().map(|member| member.name));
        if has_duplicates(&names) {
            tell_duplicates(part, layer, object, &mut found);
        }
    }
    found.tell(findings);
}

/// Nearly no object has any: that is told without sorting.
fn has_duplicates(names: &[&str]) -> bool {
    names.len() > FEW
        || names.iter().enumerate().any(|(at, name)| names.iter().skip(at + 1).any(|other| other == name))
}

fn tell_duplicates(part: Part, layer: &Layer, object: Node<'_>, found: &mut FirstFew) {
    let mut members: Vec<Member<'_>> = object.members().iter().collect();
    // A stable sort: members of one name stay in the order of the text.
    members.sort_by_key(|member| member.name);
    for same in members.chunk_by(|a, b| a.name == b.name) {
        if let [_, .., last] = same {
            found.add(|| duplicate(part, layer, object, same, last.node));
        }
    }
}

fn duplicate(part: Part, layer: &Layer, object: Node<'_>, same: &[Member<'_>], last: Node<'_>) -> Finding {
    let times = if same.len() == 2 { "twice".to_owned() } else { format!("{} times", same.len()) };
    let name = same.first().map(|member| member.name).unwrap_or_default();
    let way = layer.document.root().map(|root| way::to_member(root, object, name)).unwrap_or_default();
    let written: Vec<&str> = same.iter().map(|member| layer.raw(&member.node.span())).collect();
    Finding::new(Severity::Error, "duplicate", "RFC 7519, 4", format!("`{way}` is written {times}"))
        .text("Servers refuse it or take the last one, and not all the same one.")
        .evidence(written.join(" and "))
        .at(Place::Decoded(part, last.span()))
}
