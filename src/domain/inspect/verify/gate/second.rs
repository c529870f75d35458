//! The second reader, `jose-jws` 0.1.2: a strict parser of the compact form that others wrote.
//!
//! It stumbles over some headers that are right. Those defects are listed in [`DEFECTS`], and there is no way round
//! them but this: the header is read again without the members in question. If that passes, they were the only reason,
//! and our own reader, which has looked at them, decides.

use jose_jws::Flattened;

use super::own::Segments;
use super::{Refusal, Strict};
use crate::domain::inspect::json::{Document, Member};
use crate::domain::jose::{base64url, from_base64url};

/// Something that `jose-jws` 0.1.2 refuses or loses although it is right.
pub struct Defect {
    /// The header parameter.
    pub member: &'static str,
    /// What happens.
    pub what: &'static str,
    /// Where the parameter is defined.
    pub source: &'static str,
}

/// Stands for every parameter that `jose-jws` does not know.
pub const ANY_OTHER: &str = "*";

/// All that are known. A member is left out for the second reading whenever its name stands here or is unknown to
/// `jose-jws`.
pub const DEFECTS: [Defect; 8] = [
    Defect {
        member: ANY_OTHER,
        what: "a number that no 64-bit float holds fails, though the member is dropped anyway",
        source: "RFC 8259, 6",
    },
    Defect {
        member: "alg",
        what: "names are a closed list: `Ed25519` and `ML-DSA-65` fail",
        source: "RFC 9864, 2.2",
    },
    Defect {
        member: "nonce",
        what: "must be base64url, but RFC 9449 lets it be any text",
        source: "RFC 9449, 8",
    },
    Defect {
        member: "x5t",
        what: "must be 20 bytes: WSO2 sends the hexadecimal SHA-256",
        source: "RFC 7515, 4.1.7",
    },
    Defect {
        member: "x5t#S256",
        what: "must be 32 bytes: WSO2 sends them hexadecimal",
        source: "RFC 7515, 4.1.8",
    },
    Defect { member: "x5c", what: "line breaks inside fail", source: "RFC 7515, 4.1.6" },
    Defect {
        member: "jwk",
        what: "an `alg`, `use`, `key_ops` or `kty` that it does not know fails, as do `x5t` and `x5c` in it",
        source: "RFC 7515, 4.1.3",
    },
    Defect {
        member: "b64",
        what: "the payload must be base64url although `b64` is `false`",
        source: "RFC 7797, 5.2",
    },
];

/// Members that `jose-jws` knows and that are right whenever they pass it. All others it drops without a word.
const KNOWN: [&str; 4] = ["crit", "kid", "typ", "cty"];

/// Whether the second reader sees what ours sees.
pub(super) fn agrees(segments: &Segments<'_>, strict: &Strict) -> Result<(), Refusal> {
    // A payload that is not encoded, and one that came from elsewhere, are no part of what it can read.
    let encoded =
        strict.header.get("b64").is_none_or(|node| strict.header_text.get(node.span()) != Some("false"));
    let payload = if encoded { segments.payload } else { "" };
    let whole = format!("{}.{payload}.{}", segments.header, segments.signature);
    if let Ok(read) = whole.parse::<Flattened>() {
        return same(&read, &strict.header_text, payload, strict);
    }
    let reduced = without_defects(&strict.header, &strict.header_text);
    let again = format!("{}.{payload}.{}", base64url(reduced.as_bytes()), segments.signature);
    match again.parse::<Flattened>() {
        Ok(read) => same(&read, &reduced, payload, strict),
        Err(_) => Err(disagree()),
    }
}

fn disagree() -> Refusal {
    let text = "Two strict readers do not agree on this token, so it is not called right.";
    Refusal::new("readers-disagree", "RFC 7515, 5.2", text)
}

fn same(read: &Flattened, header: &str, payload: &str, strict: &Strict) -> Result<(), Refusal> {
    let protected: &[u8] = read.signature.protected.as_ref().map(AsRef::as_ref).unwrap_or_default();
    let body: &[u8] = read.payload.as_deref().map(AsRef::as_ref).unwrap_or_default();
    let ours = if payload.is_empty() { Vec::new() } else { from_base64url(payload).unwrap_or_default() };
    let signature: &[u8] = &read.signature.signature;
    let agree = protected == header.as_bytes() && body == ours && signature == strict.signature;
    agree.then_some(()).ok_or_else(disagree)
}

/// The header with the members alone that `jose-jws` has no known trouble with.
fn without_defects(header: &Document, text: &str) -> String {
    let raw = |member: Member<'_>| {
        let whole = member.name_span.start..member.node.span().end;
        text.get(whole).unwrap_or_default().to_owned()
    };
    let kept = header.members().iter().filter(|member| KNOWN.contains(&member.name));
    format!("{{{}}}", kept.map(raw).collect::<Vec<_>>().join(","))
}
