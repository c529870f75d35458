//! DPoP proofs (RFC 9449, 4.2 and 4.3).

use crate::domain::inspect::findings::Severity;
use crate::domain::inspect::json::Node;
use crate::domain::inspect::kind::media_type;
use crate::domain::inspect::{Inspection, inspect};
use crate::domain::jose::PublicJwk;
use crate::domain::{time, url};

use super::facts::Facts;
use super::known::Input;
use super::profile::{ASYMMETRIC, Expectation, Profile, Rule};
use super::verdict::{Answer, Said, Verdict};
use super::{digest, header, shared};

/// A proof is made for one request: older than this it is not fresh.
const FRESH: i64 = 300;

pub(super) static PROFILE: Profile = Profile {
    id: "dpop",
    name: "DPoP proof",
    about: "What a server checks before it believes that the sender holds the key.",
    rules: &[
        Rule::new("dpop-claims", "Required claims", "RFC 9449, 4.2", "", |f| {
            shared::claims(f, &["jti", "htm", "htu", "iat"])
        }),
        Rule::new(
            "dpop-key",
            "Public key",
            "RFC 9449, 4.2",
            "Write the public key alone into `jwk`.",
            public_key,
        ),
        Rule::new("dpop-method", "Method", "RFC 9449, 4.3", "Make a proof for each request.", method),
        Rule::new(
            "dpop-address",
            "Form of the address",
            "RFC 9449, 4.2",
            "Leave query and fragment out.",
            address,
        ),
        Rule::new("dpop-request", "Address", "RFC 9449, 4.3", "Make a proof for each request.", request),
        Rule::new("dpop-fresh", "Fresh", "RFC 9449, 4.3", "Make a proof for each request.", fresh),
        Rule::new(
            "dpop-id",
            "Token number",
            "RFC 9449, 4.2",
            "Write a fresh UUID into `jti`.",
            shared::token_id,
        ),
        Rule::new(
            "dpop-replay",
            "Used once",
            "RFC 9449, 11.1",
            "Make a proof for each request.",
            shared::replay,
        ),
        Rule::new(
            "dpop-token",
            "Access token",
            "RFC 9449, 4.3",
            "Make the proof for this access token.",
            token,
        ),
        Rule::new(
            "dpop-bound",
            "Key of the access token",
            "RFC 9449, 4.3",
            "Use the key that asked for it.",
            bound,
        ),
        Rule::new("dpop-nonce", "Nonce", "RFC 9449, 8", "Take `DPoP-Nonce` from the last answer.", nonce),
    ],
    expects: Expectation {
        types: &["dpop+jwt"],
        other_type: Severity::Error,
        algorithms: ASYMMETRIC,
        carries_key: true,
        ..Expectation::PLAIN
    },
    fits,
};

fn fits(inspection: &Inspection) -> u8 {
    let header = inspection.header.as_ref().and_then(|layer| layer.document.text("typ"));
    let claims = inspection.payload.as_ref().map(|layer| &layer.document);
    let has = |name: &str| claims.is_some_and(|claims| claims.get(name).is_some());
    if header.is_some_and(|typ| media_type(typ) == "dpop+jwt") {
        100
    } else if has("htm") && has("htu") {
        80
    } else {
        0
    }
}

fn key<'a>(f: &Facts<'a>) -> Result<(Node<'a>, Result<PublicJwk, String>), Said> {
    let node = f.parameter("jwk")?.ok_or_else(|| Verdict::error("The header carries no `jwk`."))?;
    Ok((node, header::carried_key(f, node)))
}

fn public_key(f: &Facts<'_>) -> Answer {
    let (node, key) = key(f)?;
    let verdict = match key {
        Ok(key) => Verdict::pass([&key.kind.words(), ", public."].concat()),
        Err(words) => Verdict::error(words),
    };
    Ok(header::on_key(f, node, verdict))
}

fn thumbprint(key: &PublicJwk) -> String {
    digest::sha256(key.thumbprint_input().as_bytes())
}

fn method(f: &Facts<'_>) -> Answer {
    let (pass, error) = ("It is the method of the request.", "It is not the method of the request.");
    shared::same(f, "htm", f.known.method, Input::Method, pass, error)
}

fn address(f: &Facts<'_>) -> Answer {
    let text = f.text("htu")?;
    let verdict = match url::parts(text) {
        Ok(_) if text.contains(['?', '#']) => Verdict::error("It has a query or a fragment."),
        Ok(parts) if parts.host.is_empty() => Verdict::error("It is no address."),
        Ok(_) => Verdict::pass("It is an address without query and fragment."),
        Err(words) => Verdict::error(words),
    };
    f.with("htu", verdict)
}

/// Origin and path; query and fragment do not count (RFC 9449, 4.3).
fn place(address: &str) -> Option<(String, String)> {
    let path = url::parts(address).ok()?.path;
    Some((url::origin(address)?, if path.is_empty() { "/".to_owned() } else { path }))
}

fn request(f: &Facts<'_>) -> Answer {
    let text = f.text("htu")?;
    let verdict = match f.known.uri {
        None => Verdict::need(Input::Uri),
        Some(uri) => Verdict::either(
            place(uri).is_some() && place(uri) == place(text),
            "It is the address of the request.",
            "It is not the address of the request.",
        ),
    };
    f.with("htu", verdict)
}

fn fresh(f: &Facts<'_>) -> Answer {
    let made = f.date("iat")?.ok_or_else(|| Verdict::error("`iat` is missing."))?;
    let words = ["It was made ", &time::when(made, f.known.now), "."].concat();
    let is_fresh = f.known.now.saturating_sub(made) <= FRESH.saturating_add(f.known.skew);
    f.with("iat", if is_fresh { Verdict::pass(words) } else { Verdict::error(words) })
}

fn token(f: &Facts<'_>) -> Answer {
    let written = f.optional_text("ath")?;
    let verdict = match (f.known.access_token, written) {
        (None, None) => return Ok(Verdict::none("There is no `ath`: right for the token endpoint.")),
        (None, Some(_)) => Verdict::need(Input::AccessToken),
        (Some(_), None) => return Ok(Verdict::error("`ath` is missing, and an access token goes along.")),
        (Some(token), Some(written)) => Verdict::either(
            digest::sha256(token.trim().as_bytes()) == written,
            "It goes with this access token.",
            "It goes with another access token.",
        ),
    };
    f.with("ath", verdict)
}

fn bound(f: &Facts<'_>) -> Answer {
    let (node, key) = key(f)?;
    let Some(token) = f.known.access_token else { return Ok(Verdict::need(Input::AccessToken)) };
    let token = inspect(token, f.known.now, &[]);
    let token = Facts::new(&token, f.known, f.profile);
    let Ok(jkt) = shared::confirmation(&token, "jkt") else {
        return Ok(Verdict::unknown("The access token does not show a key that it is bound to."));
    };
    Ok(match key {
        Ok(key) => header::on_key(
            f,
            node,
            Verdict::either(
                jkt.as_str() == Some(&thumbprint(&key)),
                "It is the key that the access token is bound to.",
                "The access token is bound to another key.",
            ),
        ),
        Err(words) => Verdict::error(words),
    })
}

fn nonce(f: &Facts<'_>) -> Answer {
    if f.claim("nonce")?.is_none() {
        return Ok(match f.known.nonce {
            Some(_) => Verdict::error("The server gave out a nonce, and the proof has none."),
            None => Verdict::none("There is no `nonce`. A server may ask for one."),
        });
    }
    let (pass, error) = ("It is the nonce of the server.", "It is not the nonce of the server.");
    shared::same(f, "nonce", f.known.nonce, Input::Nonce, pass, error)
}
