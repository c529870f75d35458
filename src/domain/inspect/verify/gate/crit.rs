//! `crit` (RFC 7515, 4.1.11) and the one extension that is understood here, `b64` (RFC 7797).

use super::Refusal;
use crate::domain::inspect::json::{Document, Value};

/// What `crit` may never name: the parameters of RFC 7515, 4.1 and RFC 7518, 4 themselves.
const REGISTERED: [&str; 20] = [
    "alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit", "enc", "zip", "epk",
    "apu", "apv", "iv", "tag", "p2s", "p2c",
];

/// Whether the payload is encoded: `b64`, `true` where it is absent. The header is the protected one.
pub(super) fn check(header: &Document) -> Result<bool, Refusal> {
    let critical = names(header)?;
    let encoded = match header.get("b64").map(|node| node.value()) {
        None => true,
        Some(Value::Bool(encoded)) => encoded,
        Some(_) => return Err(refusal("b64-type", "RFC 7797, 3", "`b64` is not `true` or `false`.")),
    };
    if !encoded && !critical.contains(&"b64") {
        let text = "`b64` is `false` and `crit` does not name it. A server that does not know `b64` would check something else.";
        return Err(refusal("b64-crit", "RFC 7797, 6", text));
    }
    Ok(encoded)
}

fn names(header: &Document) -> Result<Vec<&str>, Refusal> {
    const SOURCE: &str = "RFC 7515, 4.1.11";
    let Some(node) = header.get("crit") else { return Ok(Vec::new()) };
    let names: Vec<&str> = node.elements().iter().filter_map(|element| element.as_str()).collect();
    if names.is_empty() || names.len() != node.elements().len() {
        return Err(refusal("crit-empty", SOURCE, "`crit` is not a list of names with at least one in it."));
    }
    for name in &names {
        if REGISTERED.contains(name) {
            let text = format!("`crit` names `{name}`, which every server has to understand anyway.");
            return Err(refusal("crit-registered", SOURCE, text));
        }
        // Nothing else is processed here, so the rule is to refuse.
        if *name != "b64" {
            let text = format!(
                "`crit` names `{name}`. Who does not process it must refuse the token, and nothing here does."
            );
            return Err(refusal("crit-unknown", SOURCE, text));
        }
        if header.get(name).is_none() {
            let text = format!("`crit` names `{name}`, and the header does not have it.");
            return Err(refusal("crit-absent", SOURCE, text));
        }
    }
    if names.len() > 1 {
        return Err(refusal("crit-twice", SOURCE, "`crit` names `b64` twice."));
    }
    Ok(names)
}

fn refusal(rule: &'static str, source: &'static str, text: impl Into<String>) -> Refusal {
    Refusal::new(rule, source, text)
}
