//! A token that can be shown to others: its shape and its names stay, its values do not.

use crate::domain::jose;

use super::Layer;
use super::json::{Document, Node, Value};
use super::shape::Part;
use super::{Inspection, base64url};

/// Header parameters that say how the token is built and nothing of anybody.
const KEPT: [&str; 7] = ["alg", "typ", "cty", "enc", "zip", "crit", "b64"];

/// In place of a signature, a key binding, or what cannot be read.
const REMOVED: &str = "redacted";

/// So many characters of a `kid` are shown.
const KEY_ID: usize = 4;

/// A token without its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The header as JSON: algorithm and type stay, the key ID is shortened, all else is masked.
    pub header: Option<String>,
    /// The claims as JSON: each value replaced by its type and length.
    pub payload: Option<String>,
    /// All of it in compact form. Nobody accepts it: where the signature was it says `redacted`.
    pub compact: String,
}

/// Masks a token. What is no JWT becomes a sentence about its kind.
#[must_use]
pub fn redact(inspection: &Inspection) -> Redacted {
    if !inspection.is_jwt() {
        return Redacted { header: None, payload: None, compact: inspection.kind.label() };
    }
    let header = inspection.header.as_ref().map(|layer| masked(layer, header_value));
    let payload =
        inspection.payload.as_ref().map(|layer| masked(layer, |_, layer, node, out| mask(layer, node, out)));
    let compact = compact(inspection, header.as_deref(), payload.as_deref());
    Redacted { header, payload, compact }
}

fn compact(inspection: &Inspection, header: Option<&str>, payload: Option<&str>) -> String {
    let encode = |text: &str| jose::base64url(text.as_bytes());
    let removed = encode(REMOVED);
    let disclosed = |part: Part| matches!(part, Part::Disclosure | Part::KeyBinding);
    let mut parts: Vec<String> = Vec::new();
    for segment in inspection.segments.iter().filter(|segment| !disclosed(segment.part)) {
        parts.push(match segment.part {
            Part::Header => encode(header.unwrap_or_default()),
            Part::Payload => payload.map(encode).unwrap_or_default(),
            _ if segment.range.is_empty() => String::new(),
            _ => removed.clone(),
        });
    }
    let mut text = parts.join(".");
    if let Some(sd_jwt) = &inspection.sd_jwt {
        for disclosure in &sd_jwt.disclosures {
            text.push('~');
            text.push_str(&encode(&masked_disclosure(&disclosure.text)));
        }
        text.push('~');
        if sd_jwt.key_binding {
            text.push_str(&removed);
        }
    }
    text
}

/// `[salt, name, value]`: only the name stays.
fn masked_disclosure(text: &str) -> String {
    let layer = Layer::read(base64url::Decoded { bytes: text.as_bytes().to_vec(), problems: Vec::new() });
    let elements = layer.document.root().map(Node::elements).unwrap_or_default();
    let mut out = String::from("[");
    for (index, element) in elements.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        match element.as_str() {
            Some(name) if index == 1 && elements.len() == 3 => out.push_str(&quoted(name)),
            _ => mask(&layer, element, &mut out),
        }
    }
    out.push(']');
    out
}

/// Writes the value of the member of that name.
type Write = fn(&str, &Layer, Node<'_>, &mut String);

fn masked(layer: &Layer, value: Write) -> String {
    let mut out = String::new();
    match layer.document.root() {
        Some(root) if matches!(root.value(), Value::Object(_)) => object(layer, root, value, &mut out),
        Some(root) => mask(layer, root, &mut out),
        None => counted("unread", layer.text.len(), "byte", &mut out),
    }
    out
}

fn object(layer: &Layer, node: Node<'_>, value: Write, out: &mut String) {
    out.push('{');
    for (index, member) in node.members().iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&quoted(member.name));
        out.push(':');
        value(member.name, layer, member.node, out);
    }
    out.push('}');
}

fn header_value(name: &str, layer: &Layer, node: Node<'_>, out: &mut String) {
    let raw = layer.raw(&node.span());
    match node.as_str() {
        // Longer than any name of an algorithm, or not JSON for everybody: not kept.
        _ if KEPT.contains(&name) && raw.len() <= 64 && Document::read(raw).problems.is_empty() => {
            out.push_str(raw);
        }
        Some(key) if name == "kid" => {
            let start: String = key.chars().take(KEY_ID).collect();
            out.push_str(&quoted(&format!("{start}…")));
        }
        _ => mask(layer, node, out),
    }
}

/// Type and length; objects and arrays keep their shape.
fn mask(layer: &Layer, node: Node<'_>, out: &mut String) {
    match node.value() {
        Value::Object(_) => object(layer, node, |_, layer, node, out| mask(layer, node, out), out),
        Value::Array(elements) => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                mask(layer, element, out);
            }
            out.push(']');
        }
        Value::Null => out.push_str("null"),
        Value::Bool(_) => out.push_str("\"boolean\""),
        Value::Number(digits) => counted("number", digits.len(), "digit", out),
        Value::String(text) => counted("string", text.chars().count(), "character", out),
        Value::Unread => counted("unread", node.span().len(), "byte", out),
    }
}

fn counted(what: &str, count: usize, unit: &str, out: &mut String) {
    let plural = if count == 1 { "" } else { "s" };
    out.push_str(&format!("\"{what}, {count} {unit}{plural}\""));
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
