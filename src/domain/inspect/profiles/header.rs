//! Rules for the members of a JOSE header (RFC 7515, 4.1; RFC 7797, 6).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json};

use crate::domain::inspect::json::{Node, Value};
use crate::domain::inspect::shape::Part;
use crate::domain::jose::{PublicJwk, base64url, from_base64url};

use super::digest;
use super::facts::Facts;
use super::known::Input;
use super::verdict::{Answer, Said, Verdict};

/// Names that RFC 7515, 4.1 and RFC 7518, 4 register: they may not stand in `crit`.
const REGISTERED: &[&str] = &[
    "alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit", "enc", "zip", "epk",
    "apu", "apv", "iv", "tag", "p2s", "p2c",
];

/// Without the key there is nothing to compare.
pub(super) fn verify_below() -> Said {
    Verdict::unknown("Verify below: the key tells.")
}

pub(super) fn critical(f: &Facts<'_>) -> Answer {
    let Some(node) = f.parameter("crit")? else { return Ok(Verdict::none("There is no `crit`.")) };
    let on = |verdict| Ok(f.on_parameter(node, verdict));
    let Value::Array(elements) = node.value() else {
        return on(Verdict::error("`crit` is not an array."));
    };
    if elements.is_empty() {
        return on(Verdict::error("`crit` is empty."));
    }
    let mut seen = false;
    for element in elements {
        let Some(name) = element.as_str() else {
            return on(Verdict::error("`crit` holds something that is no name."));
        };
        if REGISTERED.contains(&name) {
            return on(Verdict::error(["`crit` names `", name, "`, which every reader knows."].concat()));
        }
        if name != "b64" {
            let words = ["Nothing here understands `", name, "`, so the token is invalid here."].concat();
            return on(Verdict::error(words));
        }
        if std::mem::replace(&mut seen, true) {
            return on(Verdict::error("`crit` names `b64` twice."));
        }
    }
    if f.parameter("b64")?.is_none() {
        return on(Verdict::error("`crit` names `b64`, which is not in the header."));
    }
    on(Verdict::pass("Every name in it is understood."))
}

pub(super) fn unencoded(f: &Facts<'_>) -> Answer {
    let Some(node) = f.parameter("b64")? else { return Ok(Verdict::none("There is no `b64`.")) };
    let critical = f.parameter("crit")?.is_some_and(|node| node.one_or_many().contains(&"b64"));
    let verdict = match node.value() {
        Value::Bool(true) => Verdict::pass("The payload is base64url, as always."),
        Value::Bool(false) if critical => Verdict::pass("`b64` is false and stands in `crit`."),
        Value::Bool(_) => {
            Verdict::error("`b64` is false and does not stand in `crit`: a reader may overlook it.")
        }
        _ => Verdict::error("`b64` is not a boolean."),
    };
    Ok(f.on_parameter(node, verdict))
}

pub(super) fn key_id(f: &Facts<'_>) -> Answer {
    let Some(node) = f.parameter("kid")? else {
        return Ok(match f.parameter("jwk")? {
            Some(_) if f.profile.expects.carries_key => Verdict::none("The key itself stands in the header."),
            _ => Verdict::warning("There is no `kid`: a server has to try each of its keys."),
        });
    };
    let on = |verdict| Ok(f.on_parameter(node, verdict));
    let Some(kid) = node.as_str() else { return on(Verdict::error("`kid` is not a string.")) };
    let Some(ids) = f.known.key_ids else { return on(Verdict::need(Input::KeyIds)) };
    on(match ids.iter().filter(|id| **id == kid).count() {
        0 if ids.is_empty() => Verdict::error("The key set is empty."),
        0 => Verdict::error(["No such key. There are: ", &ids.join(", "), ". Rotated?"].concat()),
        1 => Verdict::pass("One key has this name."),
        _ => Verdict::error("Several keys have this name. Nobody should guess which."),
    })
}

/// The place of a key without its text: some people put a private one there.
pub(super) fn on_key(f: &Facts<'_>, node: Node<'_>, verdict: Said) -> Said {
    let mut verdict = f.on_parameter(node, verdict);
    verdict.evidence = None;
    verdict
}

/// Keys and their addresses are shown, never trusted.
pub(super) fn embedded(f: &Facts<'_>) -> Answer {
    for name in ["jwk", "jku", "x5u", "x5c"] {
        match f.parameter(name)? {
            Some(node) if name != "jwk" || !f.profile.expects.carries_key => {
                let words = ["`", name, "` comes with the token. It proves nothing: anybody can write it."];
                return Ok(on_key(f, node, Verdict::warning(words.concat())));
            }
            _ => {}
        }
    }
    Ok(Verdict::pass("It brings no key that a server could take for its own."))
}

/// The `jwk` of the header and what can be said of it.
pub(super) fn carried_key(f: &Facts<'_>, node: Node<'_>) -> Result<PublicJwk, String> {
    let raw = f.inspection.header.as_ref().map(|layer| layer.raw(&node.span())).unwrap_or_default();
    match serde_json::from_str::<Map<String, Json>>(raw) {
        Ok(members) => PublicJwk::read(&members),
        Err(_) => Err("`jwk` is not a JSON object.".to_owned()),
    }
}

pub(super) fn key_quality(f: &Facts<'_>) -> Answer {
    let node = f.parameter("jwk")?.ok_or_else(verify_below)?;
    let kty = node.get("kty").and_then(Node::as_str).unwrap_or_default();
    let curve = node.get("crv").and_then(Node::as_str).unwrap_or_default();
    let is_known = match kty {
        "EC" => matches!(curve, "P-256" | "P-384" | "P-521"),
        "OKP" => curve == "Ed25519",
        _ => matches!(kty, "RSA" | "oct" | ""),
    };
    if !is_known {
        return Ok(on_key(f, node, Verdict::unknown("A key of this kind is not judged here.")));
    }
    Ok(match carried_key(f, node) {
        Ok(key) => on_key(f, node, Verdict::pass([&key.kind.words(), ": strong enough."].concat())),
        Err(words) => on_key(f, node, Verdict::error(words)),
    })
}

/// The algorithm and the key in the header speak of the same thing.
pub(super) fn fits_key(f: &Facts<'_>) -> Answer {
    let node = f.parameter("jwk")?.ok_or_else(verify_below)?;
    let text = |name: &str| node.get(name).and_then(Node::as_str).unwrap_or_default();
    let alg = f.parameter("alg")?.and_then(Node::as_str).unwrap_or_default();
    let (kty, crv) = match alg {
        "ES256" => ("EC", "P-256"),
        "ES384" => ("EC", "P-384"),
        "ES512" => ("EC", "P-521"),
        "EdDSA" => ("OKP", ""),
        "Ed25519" => ("OKP", "Ed25519"),
        _ => match alg.get(..2) {
            Some("RS" | "PS") => ("RSA", ""),
            Some("HS") => ("oct", ""),
            _ => return Ok(Verdict::unknown("No key is known to go with this `alg`.")),
        },
    };
    let on = |verdict| Ok(on_key(f, node, verdict));
    if alg.starts_with("HS") && text("kty") != "oct" {
        return on(Verdict::error(
            "A shared secret is asked for and the key is public: anybody could forge it.",
        ));
    }
    if text("kty") != kty || (!crv.is_empty() && text("crv") != crv) {
        return on(Verdict::error(["`jwk` is not a key for ", alg, "."].concat()));
    }
    let is_edwards = |name: &str| matches!(name, "EdDSA" | "Ed25519");
    let named = text("alg");
    if !named.is_empty() && named != alg && !(is_edwards(named) && is_edwards(alg)) {
        return on(Verdict::error(["`jwk` is for ", named, ", not for ", alg, "."].concat()));
    }
    Ok(Verdict::pass("The key in the header fits `alg`."))
}

fn is_hex(bytes: &[u8]) -> bool {
    bytes.len() >= 40 && bytes.iter().all(u8::is_ascii_hexdigit)
}

/// A thumbprint of a certificate in the header: so many bytes.
fn thumbprint<'a>(f: &Facts<'a>, name: &str, length: usize) -> Result<(Node<'a>, Vec<u8>), Said> {
    let none = || Verdict::none(["There is no `", name, "`."].concat());
    let node = f.find(Part::Header, name)?.ok_or_else(none)?;
    let bytes = node.as_str().and_then(from_base64url);
    let words = match bytes {
        Some(bytes) if bytes.len() == length => return Ok((node, bytes)),
        Some(bytes) if is_hex(&bytes) => {
            "It holds hex digits in base64url, as WSO2 writes it. Strict readers refuse the whole token."
        }
        Some(_) => "It has the wrong length for a thumbprint.",
        None => "It is not base64url.",
    };
    Err(f.on_parameter(node, Verdict::error(words)))
}

pub(super) fn sha1_thumbprint(f: &Facts<'_>) -> Answer {
    let (node, _) = thumbprint(f, "x5t", 20)?;
    Ok(f.on_parameter(node, Verdict::pass("It has the 20 bytes of SHA-1.")))
}

pub(super) fn sha256_thumbprint(f: &Facts<'_>) -> Answer {
    let (node, bytes) = thumbprint(f, "x5t#S256", 32)?;
    let certificate =
        f.parameter("x5c")?.and_then(|chain| STANDARD.decode(chain.elements().first()?.as_str()?).ok());
    Ok(f.on_parameter(
        node,
        match certificate {
            Some(der) => Verdict::either(
                base64url(&bytes) == digest::sha256(&der),
                "It is the thumbprint of the certificate in `x5c`.",
                "It is not the thumbprint of the certificate in `x5c`.",
            ),
            None => Verdict::unknown(
                "It has the 32 bytes of SHA-256. Only the certificate tells whether it fits.",
            ),
        },
    ))
}
