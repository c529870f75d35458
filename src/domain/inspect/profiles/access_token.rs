//! Access tokens as RFC 9068 wants them.

use crate::domain::inspect::json::Value;
use crate::domain::inspect::{Inspection, Kind, inspect};

use super::facts::Facts;
use super::known::Input;
use super::profile::{ASYMMETRIC, End, Expectation, Profile, Rule};
use super::shared::{self, confirmation};
use super::verdict::{Answer, Verdict};
use super::{digest, header};

pub(super) static PROFILE: Profile = Profile {
    id: "access_token",
    name: "Access token (RFC 9068)",
    about: "What a strict resource server checks before it answers.",
    rules: &[
        Rule::new("access-encrypted", "Encrypted if agreed", "RFC 9068, 4", "Refuse it.", shared::encryption),
        Rule::new(
            "access-issuer",
            "Issuer",
            "RFC 9068, 4",
            "Take `issuer` from the server's discovery document.",
            shared::issuer,
        ),
        Rule::new(
            "access-audience",
            "Audience",
            "RFC 9068, 4",
            "Ask for the token with `resource`.",
            audience,
        ),
        Rule::new("access-claims", "Required claims", "RFC 9068, 2.2", "Ask the operator for them.", |f| {
            shared::claims(f, &["iss", "exp", "aud", "sub", "client_id", "iat", "jti"])
        }),
        Rule::new("access-strings", "Claims are strings", "RFC 9068, 2.2", "Tell the issuer.", strings),
        Rule::new("access-scope", "Scope", "RFC 9068, 2.2.3", "Write one string with spaces.", scope),
        Rule::new("access-roles", "Roles and groups", "RFC 9068, 2.2.3.1", "Write them as arrays.", roles),
        Rule::new("access-subject", "Subject", "RFC 9068, 5", "", subject),
        Rule::new(
            "access-certificate",
            "Bound to a certificate",
            "RFC 8705, 3",
            "Call with the certificate that asked for the token.",
            shared::certificate,
        ),
        Rule::new(
            "access-dpop",
            "Bound to a DPoP key",
            "RFC 9449, 6",
            "Make the proof with that key.",
            proof,
        ),
    ],
    expects: Expectation {
        types: &["at+jwt"],
        type_hint: " It is not an RFC 9068 token; Keycloak and Entra write JWT.",
        algorithms: ASYMMETRIC,
        end: End::Needed,
        longest_life: (86_400, i64::MAX),
        ..Expectation::PLAIN
    },
    fits,
};

fn fits(inspection: &Inspection) -> u8 {
    match inspection.kind {
        Kind::AccessToken => 90,
        Kind::KeycloakAccessToken => 40,
        Kind::UnknownJwt => {
            let claims = inspection.payload.as_ref().map(|layer| &layer.document);
            let has = |name| claims.is_some_and(|claims| claims.get(name).is_some());
            let is_request = has("redirect_uris") || has("software_id");
            if !is_request && (has("client_id") || has("scope")) { 50 } else { 0 }
        }
        _ => 0,
    }
}

pub(super) fn audience(f: &Facts<'_>) -> Answer {
    let node = f.required("aud")?;
    let audience = node.one_or_many();
    let verdict = match f.known.resource {
        _ if audience.is_empty() => Verdict::error("`aud` names nobody."),
        None => Verdict::need(Input::Resource),
        Some(resource) => {
            Verdict::either(audience.contains(&resource), "It is for this API.", "It is not for this API.")
        }
    };
    Ok(f.on_claim(node, verdict))
}

fn strings(f: &Facts<'_>) -> Answer {
    let mut any = false;
    for name in ["client_id", "jti", "sub"] {
        any |= f.optional_text(name)?.is_some();
    }
    Ok(if any {
        Verdict::pass("`client_id`, `jti` and `sub` are strings where they are there.")
    } else {
        Verdict::none("None of them is there.")
    })
}

fn scope(f: &Facts<'_>) -> Answer {
    let Some(node) = f.claim("scope")? else { return Ok(Verdict::none("There is no `scope`.")) };
    let verdict = match node.value() {
        Value::String(text) if text.split(' ').any(str::is_empty) => {
            Verdict::warning("Words in `scope` stand apart by one space each.")
        }
        Value::String(_) => Verdict::pass("It is one string."),
        _ => Verdict::warning("`scope` is not a string. Many servers find nothing in it."),
    };
    Ok(f.on_claim(node, verdict))
}

fn roles(f: &Facts<'_>) -> Answer {
    let mut any = false;
    for name in ["roles", "groups", "entitlements"] {
        let Some(node) = f.claim(name)? else { continue };
        any = true;
        if !matches!(node.value(), Value::Array(_)) {
            return Ok(f.on_claim(node, Verdict::warning(["`", name, "` is not an array."].concat())));
        }
    }
    Ok(if any { Verdict::pass("They are arrays.") } else { Verdict::none("It names no roles or groups.") })
}

fn subject(f: &Facts<'_>) -> Answer {
    let subject = f.text("sub")?;
    let verdict = match f.optional_text("client_id")? {
        Some(client) if client == subject => Verdict::pass("The client acts for itself."),
        Some(_) => Verdict::pass("A person or a service account, not the client itself."),
        None => Verdict::unknown("Without `client_id` nobody can tell a person from a client."),
    };
    f.with("sub", verdict)
}

/// `cnf.jkt` is the thumbprint of the key in the proof that comes along.
fn proof(f: &Facts<'_>) -> Answer {
    let node = confirmation(f, "jkt")?;
    let Some(proof) = f.known.proof else { return Ok(f.on_claim(node, Verdict::need(Input::Proof))) };
    let proof = inspect(proof, f.known.now, &[]);
    let proof = Facts::new(&proof, f.known, f.profile);
    let key = match proof.parameter("jwk") {
        Ok(Some(key)) => header::carried_key(&proof, key),
        _ => return Ok(Verdict::error("The proof carries no key.")),
    };
    Ok(f.on_claim(
        node,
        match key {
            Ok(key) => Verdict::either(
                node.as_str() == Some(&digest::sha256(key.thumbprint_input().as_bytes())),
                "The proof carries the key that the token is bound to.",
                "The proof carries another key than the token is bound to.",
            ),
            Err(words) => Verdict::error(words),
        },
    ))
}
