//! Software statements (RFC 7591, 2.3) as the directories of open banking write them.

use crate::domain::inspect::Inspection;
use crate::domain::inspect::json::Node;
use crate::domain::{time, url};

use super::facts::Facts;
use super::known::{Input, SignatureVerdict};
use super::profile::{Expectation, FAPI, Profile, Rule};
use super::shared;
use super::verdict::{Answer, Said, Verdict};

/// Issuers that servers for open banking are delivered with.
const DIRECTORIES: &[&str] = &["OpenBanking Ltd", "cdr-register"];

const DCR: &str = "Open Banking DCR";

pub(super) static PROFILE: Profile = Profile {
    id: "statement",
    name: "Software statement",
    about: "What a directory vouches for about a piece of software.",
    rules: &[
        Rule::new("statement-signature", "Key of the directory", DCR, "Get a new one.", signature),
        Rule::new("statement-unsigned", "Signed at all", DCR, "Get it from the directory.", unsigned),
        Rule::new("statement-issuer", "Issuer", DCR, "Ask which directories the server takes.", issuer),
        Rule::new("statement-id", "Token number", DCR, "", shared::token_id),
        Rule::new("statement-replay", "Used once", DCR, "Get a new one.", shared::replay),
        Rule::new("statement-age", "Age", DCR, "Get a new one from the directory.", age),
        Rule::new("statement-software", "Software", DCR, "", |f| {
            f.text("software_id")?;
            f.with("software_id", Verdict::pass("It says which software it is about."))
        }),
        Rule::new("statement-redirects", "Redirect URIs", DCR, "Correct them in the directory.", |f| {
            shared::redirects(f, redirects_name(f)?)
        }),
        Rule::new("statement-roles", "Roles", DCR, "", roles),
        Rule::new("statement-authority", "Roles by the authority", DCR, "", authority),
        Rule::new("statement-status", "Status", DCR, "Ask the directory.", status),
        Rule::new(
            "statement-hosts",
            "Hosts of its addresses",
            "WSO2",
            "Correct them in the directory.",
            hosts,
        ),
        Rule::new("statement-keys", "Addresses of keys", DCR, "Correct them in the directory.", keys),
    ],
    expects: Expectation { algorithms: FAPI, ..Expectation::PLAIN },
    fits,
};

/// Whether the claims are those of a software statement.
fn fits(inspection: &Inspection) -> u8 {
    let Some(claims) = inspection.payload.as_ref().map(|layer| &layer.document) else { return 0 };
    let has = |name: &str| claims.get(name).is_some();
    if has("software_statement") {
        0
    } else if claims.text("iss").is_some_and(|issuer| DIRECTORIES.contains(&issuer)) {
        95
    } else if has("software_id") && (has("org_id") || has("software_roles") || has("software_jwks_endpoint"))
    {
        90
    } else {
        0
    }
}

fn signature(f: &Facts<'_>) -> Answer {
    Ok(match f.known.signature {
        Some(SignatureVerdict::ChosenKey) => {
            Verdict::pass("It is right, if the key that was chosen is the directory's.")
        }
        Some(SignatureVerdict::Wrong) => Verdict::error("It is wrong by the key that was chosen."),
        _ => Verdict::unknown("Only a key of the directory counts, not one of the software. Verify below."),
    })
}

pub(super) fn unsigned(f: &Facts<'_>) -> Answer {
    let name = f.parameter("alg")?.and_then(Node::as_str).unwrap_or_default();
    if !name.eq_ignore_ascii_case("none") {
        return Ok(Verdict::pass("It says that it is signed."));
    }
    Ok(match f.known.unsigned_statements {
        None => Verdict::unknown("Nobody signed it. Few servers take that; their portal says so.")
            .needing(Input::UnsignedStatements),
        Some(taken) => {
            Verdict::either(taken, "Nobody signed it, and the server takes that.", "Nobody signed it.")
        }
    })
}

pub(super) fn issuer(f: &Facts<'_>) -> Answer {
    let issuer = f.text("iss")?;
    let verdict = match f.known.directories {
        Some(list) => {
            Verdict::either(list.contains(&issuer), "The server takes it.", "The server does not take it.")
        }
        None if DIRECTORIES.contains(&issuer) => Verdict::pass("It is a directory that servers know."),
        None => {
            Verdict::unknown("The server keeps a list of directories. This is none of the well-known ones.")
        }
    };
    f.with("iss", verdict)
}

pub(super) fn age(f: &Facts<'_>) -> Answer {
    let issued =
        f.date("iat")?.ok_or_else(|| Verdict::error("`iat` is missing: nobody can tell its age."))?;
    let age = f.known.now.saturating_sub(issued);
    let end = if f.claim("exp")?.is_some() { "" } else { " It has no `exp`." };
    let ago = time::relative(issued, f.known.now);
    let words = ["Issued ", &ago, ", ", &time::date(issued), ".", end].concat();
    let verdict = match f.known.max_statement_age {
        Some(limit) if age > limit => Verdict::error(words + " That is too old."),
        Some(_) => Verdict::pass(words),
        None => Verdict::unknown(words + " How old it may be, the server decides.")
            .needing(Input::MaxStatementAge),
    };
    f.with("iat", verdict)
}

/// The directories of different countries name them differently.
pub(super) fn redirects_name(f: &Facts<'_>) -> Result<&'static str, Said> {
    let uk = "software_redirect_uris";
    Ok(if f.claim(uk)?.is_some() { uk } else { "redirect_uris" })
}

pub(super) fn roles(f: &Facts<'_>) -> Answer {
    let node = f.required("software_roles")?;
    let verdict = match node.elements().len() {
        0 if node.as_str().is_some() => Verdict::warning(
            "It is one string, not an array. A server for another country finds no role in it.",
        ),
        0 => Verdict::error("It names no role."),
        _ => Verdict::pass("It is an array of roles."),
    };
    Ok(f.on_claim(node, verdict))
}

const AUTHORITY: &str = "organisation_competent_authority_claims";

/// Every role of the software is one that the authority gave to the organisation.
fn authority(f: &Facts<'_>) -> Answer {
    let none = || Verdict::none("It does not say what an authority allowed.");
    let node = f.claim(AUTHORITY)?.ok_or_else(none)?;
    let allowed: Vec<&str> = node
        .get("authorisations")
        .map(Node::elements)
        .unwrap_or_default()
        .iter()
        .filter_map(|place| place.get("roles"))
        .flat_map(Node::one_or_many)
        .collect();
    let verdict = match shared::first_missing(&f.texts("software_roles")?, &allowed) {
        Some(role) => Verdict::error(["The authority did not give the role ", role, "."].concat()),
        None => Verdict::pass("The authority gave every role."),
    };
    Ok(f.on_claim(node, verdict))
}

fn status(f: &Facts<'_>) -> Answer {
    let authority = f.claim(AUTHORITY)?.and_then(|node| node.get("status"));
    let mut any = false;
    for node in [f.claim("org_status")?, authority].into_iter().flatten() {
        any = true;
        if node.as_str() != Some("Active") {
            return Ok(f.on_claim(node, Verdict::error("The organisation is not active.")));
        }
    }
    Ok(if any { Verdict::pass("The organisation is active.") } else { Verdict::none("It names no status.") })
}

/// Logo, terms, policy and client live on the hosts of the redirect URIs.
pub(super) fn hosts(f: &Facts<'_>) -> Answer {
    let redirects: Vec<String> = f.texts(redirects_name(f)?)?.iter().map(|uri| url::host(uri)).collect();
    let redirects: Vec<&str> = redirects.iter().map(String::as_str).collect();
    let mut any = false;
    for name in [
        "software_logo_uri",
        "software_tos_uri",
        "software_policy_uri",
        "software_client_uri",
        "logo_uri",
        "tos_uri",
        "policy_uri",
        "client_uri",
    ] {
        let Some(address) = f.optional_text(name)? else { continue };
        any = true;
        let host = url::host(address);
        if !redirects.contains(&host.as_str()) {
            let words = ["`", name, "` is on another host than the redirect URIs. Some servers refuse that."];
            return f.with(name, Verdict::warning(words.concat()));
        }
    }
    Ok(if any {
        Verdict::pass("They are on the hosts of the redirect URIs.")
    } else {
        Verdict::none("It names no addresses.")
    })
}

/// The names under which directories say where keys are.
pub(super) const KEY_SETS: [&str; 5] = [
    "software_jwks_endpoint",
    "jwks_uri",
    "org_jwks_endpoint",
    "software_jwks_revoked_endpoint",
    "org_jwks_revoked_endpoint",
];

fn keys(f: &Facts<'_>) -> Answer {
    let mut count = 0_usize;
    for name in KEY_SETS {
        let Some(address) = f.optional_text(name)? else { continue };
        count += 1;
        if !url::parts(address).is_ok_and(|parts| parts.scheme == "https") {
            return f.with(name, Verdict::error(["`", name, "` is not https."].concat()));
        }
    }
    Ok(match count {
        0 => Verdict::error("It does not say where the keys of the software are."),
        1 => Verdict::pass("It names one address of keys, over https."),
        _ => Verdict::pass(["It names ", &count.to_string(), " addresses of keys, all https."].concat()),
    })
}

/// Where the keys of the software are.
pub(super) fn key_set<'a>(claims: &Facts<'a>) -> Option<&'a str> {
    KEY_SETS.iter().find_map(|name| claims.optional_text(name).ok().flatten())
}
