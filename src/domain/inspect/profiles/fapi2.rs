//! What the FAPI 2.0 Security Profile asks of the tokens that can be seen.

use crate::domain::inspect::findings::Severity;
use crate::domain::inspect::json::{Node, Value};
use crate::domain::inspect::{Inspection, Kind};

use super::facts::Facts;
use super::profile::{End, Expectation, FAPI, Profile, Rule};
use super::shared;
use super::verdict::{Answer, Verdict};

const SERVER: &str = "FAPI 2.0, 5.3.2.1";
const CLIENT: &str = "FAPI 2.0, 5.3.3.1";

pub(super) static PROFILE: Profile = Profile {
    id: "fapi2",
    name: "FAPI 2.0",
    about: "What the FAPI 2.0 Security Profile adds for assertions, access tokens and registrations.",
    rules: &[
        Rule::new(
            "fapi-algorithm",
            "Algorithm",
            "FAPI 2.0, 5.4.1",
            "Sign with PS256, ES256 or Ed25519.",
            algorithm,
        ),
        Rule::new(
            "fapi-audience",
            "Audience of an assertion",
            CLIENT,
            "Write the issuer as one string.",
            audience,
        ),
        Rule::new(
            "fapi-clock",
            "Clock of the sender",
            SERVER,
            "Correct the clock, or leave `nbf` out.",
            clock,
        ),
        Rule::new(
            "fapi-bound",
            "Bound to its sender",
            SERVER,
            "Ask for it with a certificate or DPoP.",
            bound,
        ),
        Rule::new(
            "fapi-client",
            "Client authentication",
            SERVER,
            "Use a key or a certificate.",
            authentication,
        ),
        Rule::new("fapi-response", "Response type", SERVER, "Register `code` alone.", response),
        Rule::new("fapi-redirects", "Redirect URIs", SERVER, "Use https.", |f| {
            f.claim("redirect_uris")?.ok_or_else(|| Verdict::none("It names no redirect URIs."))?;
            shared::redirects(f, "redirect_uris")
        }),
    ],
    expects: Expectation { algorithms: FAPI, end: End::Needed, ..Expectation::PLAIN },
    fits: |inspection: &Inspection| {
        let claims = inspection.payload.as_ref().map(|layer| &layer.document);
        let is_request = claims.is_some_and(|claims| claims.get("redirect_uris").is_some());
        match inspection.kind {
            Kind::ClientAssertion => 60,
            _ if is_request => 40,
            kind if kind.is_access_token() => 30,
            _ => 0,
        }
    },
};

fn algorithm(f: &Facts<'_>) -> Answer {
    let node = f.parameter("alg")?.ok_or_else(|| Verdict::error("The header has no `alg`."))?;
    let fits = node.as_str().is_some_and(|name| FAPI.contains(&name));
    let verdict = Verdict::either(fits, "It is one of the three.", "It is none of PS256, ES256 and Ed25519.");
    Ok(f.on_parameter(node, verdict))
}

fn audience(f: &Facts<'_>) -> Answer {
    let is_assertion =
        f.optional_text("iss")?.is_some() && f.optional_text("iss")? == f.optional_text("sub")?;
    if !is_assertion || f.inspection.kind.is_access_token() {
        return Ok(Verdict::none("It is no client assertion."));
    }
    let node = f.required("aud")?;
    if node.as_str().is_none() {
        return Ok(f.on_claim(node, Verdict::error("It must be one string, not an array.")));
    }
    shared::issuer_audience(f, Severity::Error)
}

/// Up to 10 s ahead must be taken, more than 60 s must be refused.
fn clock(f: &Facts<'_>) -> Answer {
    let mut any = false;
    for name in ["iat", "nbf"] {
        let Some(at) = f.date(name)? else { continue };
        any = true;
        let verdict = match at.saturating_sub(f.known.now) {
            ..=10 => continue,
            11..=60 => Verdict::warning("More than 10 s ahead: a server may refuse it."),
            _ => Verdict::error("More than 60 s ahead: a server must refuse it."),
        };
        return f.with(name, verdict);
    }
    Ok(if any {
        Verdict::pass("At most 10 s ahead: every server takes it.")
    } else {
        Verdict::none("There is neither `iat` nor `nbf`.")
    })
}

fn bound(f: &Facts<'_>) -> Answer {
    if !f.inspection.kind.is_access_token() {
        return Ok(Verdict::none("It is no access token."));
    }
    let cnf = f.claim("cnf")?;
    let is_bound = cnf.is_some_and(|node| ["jkt", "x5t#S256"].iter().any(|name| node.get(name).is_some()));
    Ok(Verdict::either(
        is_bound,
        "Only who holds the key can use it.",
        "Whoever finds it can use it: there is no key in `cnf`.",
    ))
}

fn authentication(f: &Facts<'_>) -> Answer {
    let name = "token_endpoint_auth_method";
    let Some(method) = f.optional_text(name)? else {
        return Ok(Verdict::none("It registers no client authentication."));
    };
    let fits = ["private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"].contains(&method);
    let verdict =
        Verdict::either(fits, "It is by a key or a certificate.", "It is not by a key or a certificate.");
    f.with(name, verdict)
}

fn response(f: &Facts<'_>) -> Answer {
    let Some(node) = f.claim("response_types")? else {
        return Ok(Verdict::none("It registers no response type."));
    };
    let only_code = node.elements().iter().all(|element| Node::as_str(element) == Some("code"));
    let fits = matches!(node.value(), Value::Array(_)) && only_code;
    let verdict =
        Verdict::either(fits, "It is `code` alone.", "Only `code` is allowed; FAPI 1.0 had `code id_token`.");
    Ok(f.on_claim(node, verdict))
}
