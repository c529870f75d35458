//! ID tokens (OpenID Connect Core, 3.1.3.7).

use crate::domain::inspect::{Inspection, Kind};
use crate::domain::time;

use super::facts::Facts;
use super::known::{Input, SignatureVerdict};
use super::profile::{End, Expectation, Profile, Rule};
use super::verdict::{Answer, Said, Verdict};
use super::{digest, shared};

/// An ID token is read when it arrives: so many seconds are still "just now".
const FRESH: i64 = 600;

const CORE: &str = "OpenID Connect Core, 3.1.3.7";

pub(super) static PROFILE: Profile = Profile {
    id: "id_token",
    name: "ID token",
    about: "What a client checks before it believes who signed in.",
    rules: &[
        Rule::new("id-encrypted", "Encrypted if agreed", CORE, "Refuse it.", shared::encryption),
        Rule::new("id-claims", "Required claims", "OpenID Connect Core, 2", "Tell the issuer.", |f| {
            shared::claims(f, &["iss", "sub", "aud", "exp", "iat"])
        }),
        Rule::new("id-issuer", "Issuer", CORE, "Take `issuer` from the discovery document.", shared::issuer),
        Rule::new("id-audience", "Audience", CORE, "Refuse it.", audience),
        Rule::new("id-party-named", "Several audiences", CORE, "", party_named),
        Rule::new("id-party", "Authorized party", CORE, "Refuse it.", party),
        Rule::new("id-algorithm", "Registered algorithm", CORE, "", algorithm),
        Rule::new("id-secret", "Client secret", CORE, "", secret),
        Rule::new(
            "id-age",
            "Issued just now",
            CORE,
            "Right if you kept it; a new sign-in brings a new one.",
            age,
        ),
        Rule::new("id-nonce", "Nonce", CORE, "Refuse it: it may be an old or a stolen one.", nonce),
        Rule::new("id-acr", "Sign-in strength", CORE, "Ask the person to sign in again.", acr),
        Rule::new("id-auth-time", "Time of sign-in", CORE, "Ask the person to sign in again.", auth_time),
        Rule::new(
            "id-access-hash",
            "Access token that came along",
            "OpenID Connect Core, 3.1.3.8",
            "Refuse both.",
            |f| hash(f, "at_hash", f.known.access_token, Input::AccessToken),
        ),
        Rule::new(
            "id-code-hash",
            "Code that came along",
            "OpenID Connect Core, 3.3.2.10",
            "Refuse both.",
            |f| hash(f, "c_hash", f.known.code, Input::Code),
        ),
        Rule::new("id-state-hash", "State that came along", "FAPI 1.0, Part 2, 5.1.1", "Refuse both.", |f| {
            hash(f, "s_hash", f.known.state, Input::State)
        }),
    ],
    expects: Expectation { end: End::Needed, longest_life: (86_400, i64::MAX), ..Expectation::PLAIN },
    fits: |inspection: &Inspection| if inspection.kind == Kind::IdToken { 90 } else { 0 },
};

fn audience(f: &Facts<'_>) -> Answer {
    let audience = f.texts("aud")?;
    let verdict = match f.known.client_id {
        None => Verdict::need(Input::ClientId),
        Some(client) if !audience.contains(&client) => Verdict::error("It is not for this client."),
        Some(_) if audience.len() > 1 => {
            Verdict::warning("It is for this client and for others. Refuse it if you do not trust them.")
        }
        Some(_) => Verdict::pass("It is for this client alone."),
    };
    f.with("aud", verdict)
}

fn party_named(f: &Facts<'_>) -> Answer {
    if f.texts("aud")?.len() < 2 {
        return Ok(Verdict::none("There is one audience."));
    }
    let named = f.optional_text("azp")?.is_some();
    let verdict =
        Verdict::either(named, "`azp` says who asked.", "There are several audiences and no `azp`.");
    f.with("aud", verdict)
}

fn party(f: &Facts<'_>) -> Answer {
    if f.claim("azp")?.is_none() {
        return Ok(Verdict::none("There is no `azp`."));
    }
    let (pass, error) = ("This client asked for it.", "Another client asked for it.");
    shared::same(f, "azp", f.known.client_id, Input::ClientId, pass, error)
}

fn name_of_algorithm<'a>(f: &Facts<'a>) -> Result<&'a str, Said> {
    let node = f.parameter("alg")?.and_then(|node| node.as_str());
    node.ok_or_else(|| Verdict::error("The header has no `alg`."))
}

fn algorithm(f: &Facts<'_>) -> Answer {
    let name = name_of_algorithm(f)?;
    Ok(match f.known.algorithm {
        Some(registered) => Verdict::either(
            registered == name,
            "It is the algorithm that the client is registered with.",
            "It is not the algorithm that the client is registered with.",
        ),
        None if name == "RS256" => Verdict::pass("RS256 is the default."),
        None => Verdict::need(Input::Algorithm),
    })
}

/// HMAC is made with the client secret: public clients have none.
fn secret(f: &Facts<'_>) -> Answer {
    if !name_of_algorithm(f)?.starts_with("HS") {
        return Ok(Verdict::none("It is not signed with the client secret."));
    }
    Ok(match f.known.signature {
        Some(SignatureVerdict::ChosenKey) => Verdict::pass("It is signed with the client secret."),
        Some(_) => Verdict::error("It is not signed with the client secret."),
        None => Verdict::unknown("It is signed with the client secret. Verify below."),
    })
}

fn age(f: &Facts<'_>) -> Answer {
    let issued = f.date("iat")?.ok_or_else(|| Verdict::error("`iat` is missing."))?;
    let words = ["It was issued ", &time::when(issued, f.known.now), "."].concat();
    let is_fresh = f.known.now.saturating_sub(issued) <= FRESH.saturating_add(f.known.skew);
    f.with("iat", if is_fresh { Verdict::pass(words) } else { Verdict::warning(words) })
}

fn nonce(f: &Facts<'_>) -> Answer {
    if f.claim("nonce")?.is_none() {
        return Ok(match f.known.nonce {
            Some(_) => Verdict::error("A nonce was sent and none came back."),
            None => Verdict::none("There is no `nonce`."),
        });
    }
    shared::same(
        f,
        "nonce",
        f.known.nonce,
        Input::Nonce,
        "It is the nonce that was sent.",
        "It is not the nonce that was sent.",
    )
}

fn acr(f: &Facts<'_>) -> Answer {
    if f.claim("acr")?.is_none() {
        return Ok(match f.known.acr {
            Some(_) => Verdict::error("A strength was asked for and `acr` is missing."),
            None => Verdict::none("There is no `acr`."),
        });
    }
    let (pass, error) = ("It is what was asked for.", "It is not what was asked for.");
    shared::same(f, "acr", f.known.acr, Input::Acr, pass, error)
}

fn auth_time(f: &Facts<'_>) -> Answer {
    let Some(at) = f.date("auth_time")? else {
        return Ok(match f.known.max_age {
            Some(_) => Verdict::error("`max_age` was sent and `auth_time` is missing."),
            None => Verdict::none("There is no `auth_time`."),
        });
    };
    let age = f.known.now.saturating_sub(at);
    let verdict = match f.known.max_age {
        None => Verdict::need(Input::MaxAge),
        Some(limit) => Verdict::either(
            age <= limit.saturating_add(f.known.skew),
            "The sign-in is not older than was asked for.",
            "The sign-in is older than was asked for.",
        ),
    };
    f.with("auth_time", verdict)
}

/// The left half of the digest of what came along (OpenID Connect Core, 3.1.3.6).
fn hash(f: &Facts<'_>, name: &'static str, known: Option<&str>, input: Input) -> Answer {
    let Some(written) = f.optional_text(name)? else {
        return Ok(Verdict::none(["There is no `", name, "`."].concat()));
    };
    let Some(known) = known else { return f.with(name, Verdict::need(input)) };
    let verdict = match digest::left_half(name_of_algorithm(f)?, known) {
        None => Verdict::unknown("This algorithm names no digest."),
        Some(digest) => Verdict::either(
            digest == written,
            "It belongs to what came along.",
            "It belongs to something else.",
        ),
    };
    f.with(name, verdict)
}
