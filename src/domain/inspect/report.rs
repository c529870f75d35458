//! What support needs to know of a token, as Markdown: no token, no signature, no claim about a person.

use crate::domain::time;

use super::Inspection;
use super::json::Node;
use super::shape;
use super::visible::visible;
use super::{Kind, Signature};

/// Longer values are cut.
const LONGEST: usize = 200;

/// Claims that say for which server, which client and what, and nothing of anybody.
const CLAIMS: [(&str, &str); 6] = [
    ("iss", "Issuer"),
    ("aud", "Audience"),
    ("client_id", "Client"),
    ("azp", "Client (`azp`)"),
    ("scope", "Scope"),
    ("typ", "Type among the claims"),
];

/// The report. Findings are those of the moment at which the token was read.
#[must_use]
pub fn report(inspection: &Inspection) -> String {
    let mut lines = Lines(String::from("## Token report\n\n"));
    lines.fact("Read at", &time::date_time_seconds(inspection.now));
    lines.fact("Kind", &inspection.kind.label());
    lines.fact("Form", inspection.shape.name());
    header(inspection, &mut lines);
    claims(inspection, &mut lines);
    if inspection.signature.is_some() {
        lines.fact("Signature", Signature::NOT_CHECKED);
    }
    for nested in &inspection.nested {
        lines.code("Token inside", &nested.path);
    }
    for repair in &inspection.repairs {
        lines.fact("Before reading", &repair.sentence());
    }
    findings(inspection, &mut lines);
    lines.0
}

fn header(inspection: &Inspection, lines: &mut Lines) {
    let Some(header) = inspection.header.as_ref().map(|layer| &layer.document) else { return };
    for (name, label) in [("alg", "Algorithm"), ("enc", "Encryption"), ("kid", "Key ID"), ("typ", "Type")] {
        if let Some(node) = header.get(name) {
            lines.node(label, node);
        }
    }
}

fn claims(inspection: &Inspection, lines: &mut Lines) {
    let Some(claims) = inspection.payload.as_ref().map(|layer| &layer.document) else { return };
    for (name, label) in CLAIMS {
        if let Some(node) = claims.get(name) {
            lines.node(label, node);
        }
    }
    for claim in inspection.times.iter().filter(|claim| matches!(claim.name, "iat" | "nbf" | "exp")) {
        let when = claim.absolute();
        lines.fact(&format!("`{}`", claim.name), &format!("{} ({when})", claim.seconds));
    }
    if inspection.lifetime.never {
        lines.fact("`exp`", "never expires, as Keycloak writes it");
    }
}

fn findings(inspection: &Inspection, lines: &mut Lines) {
    let found = &inspection.findings;
    lines.0.push_str("\n### Findings\n\n");
    if found.is_empty() {
        let none =
            if inspection.kind == Kind::Empty { "Nothing was pasted." } else { "Nothing odd was found." };
        lines.0.push_str(none);
        lines.0.push('\n');
    }
    for finding in found {
        // The evidence stays out: it is a value of the token.
        let words = format!("{}. {} ({})", finding.title, finding.text, finding.source);
        lines.fact(finding.severity.label(), &words);
    }
}

struct Lines(String);

impl Lines {
    fn fact(&mut self, label: &str, value: &str) {
        self.0.push_str("- ");
        self.0.push_str(label);
        self.0.push_str(": ");
        self.0.push_str(&one_line(value));
        self.0.push('\n');
    }

    /// A value of the token, as code that cannot break out of its marks.
    fn code(&mut self, label: &str, value: &str) {
        let shown: String = one_line(value).replace('`', "'").chars().take(LONGEST).collect();
        let more = if value.chars().nth(LONGEST).is_some() { "…" } else { "" };
        self.fact(label, &format!("`{shown}{more}`"));
    }

    /// A string, or the strings of an array; anything else only by its type. A token in their place is not written.
    fn node(&mut self, label: &str, node: Node<'_>) {
        let values = node.one_or_many();
        if values.iter().any(|value| value.contains("eyJ") || shape::is_jwt(value)) {
            self.fact(label, "a token stands here");
        } else if values.is_empty() {
            self.fact(label, node.type_name());
        } else {
            self.code(label, &values.join(" "));
        }
    }
}

fn one_line(text: &str) -> String {
    visible(text).replace(['\n', '\t'], " ")
}
