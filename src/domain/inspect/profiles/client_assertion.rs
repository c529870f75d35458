//! Client assertions: `private_key_jwt` by RFC 7523, with what its revision and FAPI 2.0 ask for.

use crate::domain::inspect::findings::Severity;
use crate::domain::inspect::{Inspection, Kind};

use super::facts::Facts;
use super::known::Input;
use super::profile::{ASYMMETRIC, End, Expectation, Profile, Rule};
use super::shared;
use super::verdict::{Answer, Verdict};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub(super) static PROFILE: Profile = Profile {
    id: "client_assertion",
    name: "Client assertion (private_key_jwt)",
    about: "What a token endpoint checks before it believes which client asks.",
    rules: &[
        Rule::new(
            "assertion-client",
            "Issuer and subject",
            "RFC 7523, 3",
            "Write the client ID into both.",
            client,
        ),
        Rule::new(
            "assertion-one-audience",
            "One audience",
            "RFC 7523bis",
            "Write one string.",
            shared::single_audience,
        ),
        Rule::new(
            "assertion-audience",
            "Audience is the issuer",
            "RFC 7523bis; FAPI 2.0",
            "Try the issuer identifier first, the token endpoint for an older server.",
            |f| shared::issuer_audience(f, Severity::Warning),
        ),
        Rule::new(
            "assertion-id",
            "Token number",
            "RFC 7523, 3",
            "Write a fresh UUID into `jti`.",
            shared::token_id,
        ),
        Rule::new(
            "assertion-replay",
            "Used once",
            "RFC 7523, 3",
            "Make a new one for each request.",
            shared::replay,
        ),
        Rule::new(
            "assertion-algorithm",
            "Registered algorithm",
            "OpenID Connect Registration, 2",
            "Sign with `token_endpoint_auth_signing_alg`.",
            registered,
        ),
        Rule::new("assertion-form", "Request body", "RFC 7523, 2.2", "", |f| {
            shared::form(f, "client_assertion_type", TYPE)
        }),
    ],
    expects: Expectation {
        types: &["client-authentication+jwt"],
        type_hint: " New servers ask for it, some old ones refuse it: try both.",
        algorithms: ASYMMETRIC,
        end: End::Needed,
        longest_life: (60, 1_800),
        ..Expectation::PLAIN
    },
    fits: |inspection: &Inspection| if inspection.kind == Kind::ClientAssertion { 85 } else { 0 },
};

fn client(f: &Facts<'_>) -> Answer {
    let issuer = f.text("iss")?;
    let same = f.text("sub")? == issuer;
    let verdict = match f.known.client_id {
        _ if !same => Verdict::error("`iss` and `sub` differ. Both must be the client ID."),
        None => Verdict::unknown("`iss` and `sub` are the same. Give the client ID above to compare it.")
            .needing(Input::ClientId),
        Some(client) => {
            Verdict::either(client == issuer, "Both are the client ID.", "They are not the client ID.")
        }
    };
    f.with("iss", verdict)
}

fn registered(f: &Facts<'_>) -> Answer {
    let node = f.parameter("alg")?.ok_or_else(|| Verdict::error("The header has no `alg`."))?;
    let verdict = match f.known.algorithm {
        None => Verdict::need(Input::Algorithm),
        Some(name) => Verdict::either(
            node.as_str() == Some(name),
            "It is the algorithm that the client is registered with.",
            "It is not the algorithm that the client is registered with.",
        ),
    };
    Ok(f.on_parameter(node, verdict))
}
