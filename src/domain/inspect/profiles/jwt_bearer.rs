//! Assertions as a grant (RFC 7523, 2.1 and 3).

use crate::domain::inspect::{Inspection, Kind};

use super::facts::Facts;
use super::known::Input;
use super::profile::{ASYMMETRIC, End, Expectation, Profile, Rule};
use super::shared;
use super::verdict::{Answer, Verdict};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

pub(super) static PROFILE: Profile = Profile {
    id: "jwt_bearer",
    name: "JWT bearer grant",
    about: "What a token endpoint checks before it gives a token for an assertion.",
    rules: &[
        Rule::new(
            "grant-issuer",
            "Issuer",
            "RFC 7523, 3",
            "Have the server trust this issuer.",
            shared::issuer,
        ),
        Rule::new("grant-subject", "Subject", "RFC 7523, 3", "Name the user or the service in `sub`.", |f| {
            f.text("sub")?;
            f.with("sub", Verdict::pass("It says for whom the token is."))
        }),
        Rule::new(
            "grant-one-audience",
            "One audience",
            "RFC 7523bis",
            "Write one string.",
            shared::single_audience,
        ),
        Rule::new(
            "grant-audience",
            "Audience",
            "RFC 7523, 3",
            "Write the server's issuer identifier.",
            audience,
        ),
        Rule::new(
            "grant-id",
            "Token number",
            "RFC 7523, 3",
            "Write a fresh UUID into `jti`.",
            shared::token_id,
        ),
        Rule::new(
            "grant-replay",
            "Used once",
            "RFC 7523, 3",
            "Make a new one for each request.",
            shared::replay,
        ),
        Rule::new("grant-form", "Request body", "RFC 7523, 2.1", "", |f| {
            shared::form(f, "grant_type", GRANT)
        }),
    ],
    expects: Expectation {
        algorithms: ASYMMETRIC,
        end: End::Needed,
        longest_life: (3_600, i64::MAX),
        ..Expectation::PLAIN
    },
    fits,
};

fn fits(inspection: &Inspection) -> u8 {
    let Some(claims) = inspection.payload.as_ref().map(|layer| &layer.document) else { return 0 };
    let has = |name: &str| claims.get(name).is_some();
    match inspection.kind {
        Kind::UnknownJwt if has("iss") && has("sub") && has("aud") && !has("client_id") => 30,
        Kind::ClientAssertion => 20,
        _ => 0,
    }
}

/// The issuer identifier or the token endpoint: a grant may name either.
fn audience(f: &Facts<'_>) -> Answer {
    let audience = f.texts("aud")?;
    let verdict = if f.known.issuers.is_empty() && f.known.token_endpoint.is_none() {
        Verdict::need(Input::Issuer)
    } else {
        let fits = |text: &&str| shared::is_issuer(f.known, text) || f.known.token_endpoint == Some(*text);
        Verdict::either(audience.iter().any(fits), "It is for this server.", "It is not for this server.")
    };
    f.with("aud", verdict)
}
