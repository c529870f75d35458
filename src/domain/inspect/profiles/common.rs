//! What every signed token has to keep, whatever it is for (RFC 7515; RFC 7519; RFC 8725).

use crate::domain::inspect::json::Node;
use crate::domain::inspect::kind::media_type;

use super::facts::Facts;
use super::known::SignatureVerdict;
use super::profile::{Expectation, Profile, Rule};
use super::verdict::{Answer, Said, Verdict};
use super::{header, life};

pub(super) static PROFILE: Profile = Profile {
    id: "common",
    name: "Any signed token",
    about: "What every JWS has to keep, whatever it is for.",
    rules: RULES,
    expects: Expectation::PLAIN,
    fits: |_| 1,
};

const RULES: &[Rule] = &[
    Rule::new("structure", "Structure", "RFC 7515, 5.2", "Copy the whole token.", structure),
    Rule::new("unique-names", "Names occur once", "RFC 7519, 4", "Tell the issuer.", unique_names),
    Rule::new("algorithm", "Algorithm", "RFC 8725, 3.1", "The algorithm is set at the issuer.", algorithm),
    Rule::new("algorithm-key", "Key fits the algorithm", "RFC 8725, 3.1", "", header::fits_key),
    Rule::new("algorithm-name", "Name of the algorithm", "RFC 9864", "", algorithm_name),
    Rule::new("signature", "Signature", "RFC 7515, 5.2", "Do not trust what it says.", signature),
    Rule::new("critical", "Critical names", "RFC 7515, 4.1.11", "A server must refuse it.", header::critical),
    Rule::new("unencoded", "Unencoded payload", "RFC 7797, 6", "", header::unencoded),
    Rule::new("type", "Type", "RFC 8725, 3.11", "", header_type),
    Rule::new("key-id", "Key ID", "RFC 7517, 4.5", "Fetch the key set again.", header::key_id),
    Rule::new("key-quality", "Strength of the key", "RFC 7518, 3.3", "", header::key_quality),
    Rule::new(
        "embedded-key",
        "No key of its own",
        "RFC 8725, 3.10",
        "Verify with a key that you chose.",
        header::embedded,
    ),
    Rule::new("x5t", "SHA-1 thumbprint", "RFC 7515, 4.1.7", "", header::sha1_thumbprint),
    Rule::new("x5t-s256", "SHA-256 thumbprint", "RFC 7515, 4.1.8", "", header::sha256_thumbprint),
    Rule::new("time-types", "Times are numbers", "RFC 7519, 2", "Some servers overlook it.", life::types),
    Rule::new("time-unit", "Times are seconds", "RFC 7519, 2", "", life::unit),
    Rule::new("expiry", "Not expired", "RFC 7519, 4.1.4", "Get a new one.", life::expiry),
    Rule::new("not-before", "Valid already", "RFC 7519, 4.1.5", "Compare the clocks.", life::not_before),
    Rule::new("issued-at", "Issued in the past", "RFC 7519, 4.1.6", "Compare the clocks.", life::issued_at),
    Rule::new("order", "Ends after it begins", "RFC 7519, 4.1.4", "Make a new one.", life::order),
    Rule::new("lifetime", "Lifetime", "RFC 7519, 4.1.4", "Make it shorter.", life::length),
];

pub(super) fn structure(f: &Facts<'_>) -> Answer {
    if f.is_encrypted() {
        return Ok(encrypted());
    }
    let broken = &[
        "truncated",
        "parts",
        "no-signature",
        "base64url",
        "utf-8",
        "json",
        "not-an-object",
        "signature-length",
    ];
    Ok(f.found(broken)
        .unwrap_or_else(|| Verdict::pass("Strict base64url, UTF-8 and a JSON object in the header.")))
}

fn encrypted() -> Said {
    Verdict::none("It is encrypted, not signed.")
}

fn unique_names(f: &Facts<'_>) -> Answer {
    if let Some(verdict) = f.found(&["duplicate"]) {
        return Ok(verdict);
    }
    // Only what was read to its end can be said to be free of them.
    f.parameter("")?;
    f.claim("")?;
    Ok(Verdict::pass("No name is written twice."))
}

fn algorithm(f: &Facts<'_>) -> Answer {
    if f.is_encrypted() {
        return Ok(encrypted());
    }
    let node = f.parameter("alg")?.ok_or_else(|| Verdict::error("The header has no `alg`."))?;
    let on = |verdict| Ok(f.on_parameter(node, verdict));
    let Some(name) = node.as_str() else { return on(Verdict::error("`alg` is not a string.")) };
    let list = f.known.allowed_algorithms.unwrap_or(f.profile.expects.algorithms);
    on(if name.eq_ignore_ascii_case("none") {
        Verdict::error("`alg` is none: nobody signed it. No list can allow that.")
    } else if list.contains(&name) {
        Verdict::pass([name, " may be used."].concat())
    } else if name.starts_with("HS") {
        let words = [name, " takes a shared secret. With a public key for the secret, anybody can forge it."];
        Verdict::error(words.concat())
    } else {
        Verdict::error([name, " is not one of ", &list.join(", "), "."].concat())
    })
}

fn algorithm_name(f: &Facts<'_>) -> Answer {
    let node = f.parameter("alg")?;
    Ok(match node.and_then(Node::as_str) {
        Some("EdDSA") => Verdict::warning(
            "EdDSA leaves the curve open and is deprecated. Accept it; Ed25519 is the new name.",
        ),
        Some("Ed25519") => Verdict::pass("Ed25519 says which curve it is."),
        _ => Verdict::none("It is no Edwards curve."),
    })
}

fn signature(f: &Facts<'_>) -> Answer {
    if f.is_encrypted() {
        return Ok(encrypted());
    }
    Ok(match f.known.signature {
        None => Verdict::unknown("The signature is not checked. Verify below."),
        Some(SignatureVerdict::ChosenKey) => Verdict::pass("It is right, by the key that was chosen."),
        Some(SignatureVerdict::CarriedKey) => {
            Verdict::unknown("It is right by the key that the token itself carries. That proves nothing.")
        }
        Some(SignatureVerdict::Wrong) => Verdict::error("The signature is wrong."),
    })
}

fn header_type(f: &Facts<'_>) -> Answer {
    let expects = &f.profile.expects;
    let Some(node) = f.parameter("typ")? else {
        return Ok(match expects.types.first() {
            None => Verdict::none("There is no `typ`, and no rule asks for one."),
            Some(wanted) => {
                let words = ["There is no `typ`, where `", wanted, "` is expected.", expects.type_hint];
                Verdict::fail(expects.other_type, words.concat())
            }
        });
    };
    let on = |verdict| Ok(f.on_parameter(node, verdict));
    let Some(typ) = node.as_str() else { return on(Verdict::error("`typ` is not a string.")) };
    let Some(first) = expects.types.first() else {
        return on(Verdict::pass(["It calls itself ", typ, "."].concat()));
    };
    on(if expects.types.contains(&media_type(typ).as_str()) {
        Verdict::pass(["It is of the type ", typ, "."].concat())
    } else {
        let words = ["`typ` is ", typ, ", where `", first, "` is expected.", expects.type_hint];
        Verdict::fail(expects.other_type, words.concat())
    })
}
