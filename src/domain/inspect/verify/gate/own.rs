//! Our own strict reader of the compact form: three parts, strict base64url, a header in UTF-8 that is one JSON object
//! with unique names and an `alg`.

use super::{Refusal, Strict, crit};
use crate::domain::inspect::json::{Document, Fault, Node};
use crate::domain::jose::{base64url, from_base64url};

/// The three parts.
pub(super) struct Segments<'a> {
    pub(super) header: &'a str,
    pub(super) payload: &'a str,
    pub(super) signature: &'a str,
}

pub(super) fn segments(token: &str) -> Result<Segments<'_>, Refusal> {
    let mut parts = token.splitn(4, '.');
    let three = (parts.next(), parts.next(), parts.next(), parts.next());
    let (Some(header), Some(payload), Some(signature), None) = three else {
        return Err(Refusal::new("parts", "RFC 7515, 7.1", "A signed token has exactly three parts."));
    };
    Ok(Segments { header, payload, signature })
}

pub(super) fn read(segments: &Segments<'_>, detached: Option<&[u8]>) -> Result<Strict, Refusal> {
    let bytes = decode("header", segments.header)?;
    let header_text = String::from_utf8(bytes)
        .map_err(|_| Refusal::new("utf-8", "RFC 7515, 5.2", "The header is not UTF-8."))?;
    let header = object("header", &header_text)?;
    parameters(&header)?;
    let encoded = crit::check(&header)?;
    let signature = decode("signature", segments.signature)?;
    if signature.is_empty() {
        return Err(Refusal::new(
            "no-signature",
            "RFC 7515, 5.2",
            "There is no signature: nobody signed this.",
        ));
    }
    let payload = match (detached, encoded) {
        (Some(payload), _) => payload.to_vec(),
        (None, true) => decode("payload", segments.payload)?,
        (None, false) => printable(segments.payload)?,
    };
    let mut signing_input = segments.header.as_bytes().to_vec();
    signing_input.push(b'.');
    match (detached, encoded) {
        (Some(payload), true) => signing_input.extend_from_slice(base64url(payload).as_bytes()),
        (Some(payload), false) => signing_input.extend_from_slice(payload),
        (None, _) => signing_input.extend_from_slice(segments.payload.as_bytes()),
    }
    Ok(Strict { signing_input, signature, payload, header, header_text })
}

pub(super) fn decode(name: &str, segment: &str) -> Result<Vec<u8>, Refusal> {
    from_base64url(segment).ok_or_else(|| {
        let text = format!(
            "The {name} is not strict base64url. It may still be read, but a strict server refuses it, so it is not checked further."
        );
        Refusal::new("base64url", "RFC 7515, 2", text)
    })
}

/// An unencoded payload in compact form (RFC 7797, 5.2): printable ASCII without a dot.
fn printable(payload: &str) -> Result<Vec<u8>, Refusal> {
    if payload.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'.') {
        return Ok(payload.as_bytes().to_vec());
    }
    Err(Refusal::new("b64-payload", "RFC 7797, 5.2", "A payload that is not encoded is printable ASCII."))
}

/// A text that is one JSON object, with every name once in its object.
pub(super) fn object(name: &str, text: &str) -> Result<Document, Refusal> {
    let document = Document::read(text);
    if let Some(problem) = document.problems.first() {
        let what = match problem.what {
            Fault::TooDeep => "is nested too deeply",
            _ => "is not clean JSON",
        };
        return Err(Refusal::new("json", "RFC 7515, 5.2", format!("The {name} {what}.")));
    }
    let Some(root) = document.root().filter(|root| root.type_name() == "object") else {
        return Err(Refusal::new(
            "not-an-object",
            "RFC 7515, 5.2",
            format!("The {name} is not a JSON object."),
        ));
    };
    if let Some(twice) = doubled(root) {
        let text = format!("`{twice}` is written twice. Readers take different ones of the two.");
        return Err(Refusal::new("duplicate", "RFC 7515, 4", text));
    }
    Ok(document)
}

/// A name that stands twice in one object, at any depth.
fn doubled(node: Node<'_>) -> Option<&str> {
    let mut names: Vec<&str> = node.members().iter().map(|member| member.name).collect();
    names.sort_unstable();
    let twice = names.windows(2).find_map(|pair| match pair {
        [a, b] if a == b => Some(*a),
        _ => None,
    });
    let inside = || node.members().iter().map(|member| member.node).chain(node.elements()).find_map(doubled);
    twice.or_else(inside)
}

/// Parameters that RFC 7515, 4.1 gives a type.
fn parameters(header: &Document) -> Result<(), Refusal> {
    const STRINGS: [&str; 8] = ["alg", "kid", "typ", "cty", "jku", "x5u", "x5t", "x5t#S256"];
    let is = |name: &str, kind: &str| header.get(name).is_none_or(|node| node.type_name() == kind);
    let wrong = STRINGS.into_iter().find(|name| !is(name, "string"));
    let wrong = wrong.or_else(|| (!is("jwk", "object")).then_some("jwk"));
    if let Some(name) = wrong.or_else(|| (!is("x5c", "array")).then_some("x5c")) {
        return Err(Refusal::new("type", "RFC 7515, 4.1", format!("`{name}` has the wrong JSON type.")));
    }
    if header.get("enc").is_some() {
        let text = "The header has `enc`, which only an encrypted token has, and the parts are those of a signed one. Readers take it for the one or the other.";
        return Err(Refusal::new("enc", "RFC 7516, 9", text));
    }
    match header.text("alg") {
        Some(none) if none.eq_ignore_ascii_case("none") => Err(Refusal::new(
            "alg-none",
            "RFC 8725, 3.2",
            "`alg` is `none`: the token says itself that nobody signed it.",
        )),
        Some(_) => Ok(()),
        None => Err(Refusal::new("alg-missing", "RFC 7515, 4.1.1", "The header has no `alg`.")),
    }
}
