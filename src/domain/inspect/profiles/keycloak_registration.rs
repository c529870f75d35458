//! Keycloak's tokens for registering clients: the initial access token and the registration access token.

use crate::domain::inspect::{Inspection, Kind};

use super::facts::Facts;
use super::known::{Input, SignatureVerdict};
use super::profile::{End, Expectation, Profile, Rule};
use super::shared;
use super::verdict::{Answer, Said, Verdict};

pub(super) static PROFILE: Profile = Profile {
    id: "keycloak_registration",
    name: "Registration token from Keycloak",
    about: "What Keycloak checks before it registers, reads or changes a client.",
    rules: &[
        Rule::new("registration-signature", "The realm's own key", "Keycloak", "Get a new token.", signature),
        Rule::new(
            "registration-kind",
            "Kind of token",
            "Keycloak",
            "Take the token of the right kind.",
            kind,
        ),
        Rule::new("registration-issuer", "Issuer", "Keycloak", "Use the address of the same realm.", issuer),
        Rule::new(
            "registration-issuer-address",
            "Address of the realm",
            "Keycloak",
            "",
            shared::issuer_address,
        ),
        Rule::new("registration-audience", "Audience is the issuer", "Keycloak", "", audience),
        Rule::new("registration-revoked", "Not revoked", "Keycloak", "Get a new token.", revoked),
        Rule::new("registration-id", "Token number", "Keycloak", "", shared::token_id),
        Rule::new(
            "registration-newest",
            "Newest of its kind",
            "RFC 7592, 3",
            "Use the token of the last answer.",
            newest,
        ),
        Rule::new("registration-uses", "Uses left", "Keycloak", "Ask for a new initial access token.", uses),
        Rule::new("registration-policies", "Policies", "Keycloak", "", policies),
        Rule::new(
            "registration-use",
            "Right for the request",
            "Keycloak",
            "Take the other token.",
            right_use,
        ),
    ],
    expects: Expectation {
        types: &["jwt"],
        algorithms: &["HS256", "HS384", "HS512"],
        end: End::ZeroIsNever,
        ..Expectation::PLAIN
    },
    fits: |inspection: &Inspection| match inspection.kind {
        Kind::RegistrationAccessToken | Kind::InitialAccessToken => 95,
        _ => 0,
    },
};

fn is_initial(f: &Facts<'_>) -> Result<bool, Said> {
    Ok(f.text("typ")? == "InitialAccessToken")
}

fn signature(f: &Facts<'_>) -> Answer {
    let signed = f.inspection.signature.as_ref();
    if !signed.is_some_and(crate::domain::inspect::Signature::is_symmetric) {
        return Ok(Verdict::error(
            "Keycloak signs these tokens with a secret key of the realm (HS256 or HS512).",
        ));
    }
    Ok(match f.known.signature {
        Some(SignatureVerdict::ChosenKey) => Verdict::pass("It is right, by the key of the realm."),
        Some(SignatureVerdict::Wrong) => Verdict::error("It is wrong, by the key of the realm."),
        _ => Verdict::unknown(
            "The key never leaves the realm and is in no key set. Only Keycloak can check it.",
        ),
    })
}

fn kind(f: &Facts<'_>) -> Answer {
    let verdict = match f.text("typ")? {
        "RegistrationAccessToken" => Verdict::pass("For one registration that exists already."),
        "InitialAccessToken" => Verdict::pass("For registering."),
        "Bearer" => Verdict::pass("An access token: it may register where its roles allow that."),
        _ => Verdict::error("Keycloak answers \"Invalid type of token\"."),
    };
    f.with("typ", verdict)
}

fn issuer(f: &Facts<'_>) -> Answer {
    let issuer = f.text("iss")?;
    let Some(uri) = f.known.uri else { return shared::issuer(f) };
    let inside = uri.strip_prefix(issuer).is_some_and(|rest| rest.starts_with('/'));
    let verdict = Verdict::either(
        inside,
        "The request goes to the realm that issued it.",
        "The request goes to another address than the realm that issued it.",
    );
    f.with("iss", verdict)
}

fn audience(f: &Facts<'_>) -> Answer {
    let issuer = f.text("iss")?;
    let same = f.texts("aud")?.contains(&issuer);
    f.with("aud", Verdict::either(same, "`aud` is `iss`.", "`aud` is not `iss`."))
}

fn revoked(f: &Facts<'_>) -> Answer {
    let issued = f.date("iat")?.ok_or_else(|| Verdict::error("`iat` is missing."))?;
    let verdict = match f.known.not_before {
        None => Verdict::need(Input::NotBefore),
        Some(limit) => Verdict::either(
            issued >= limit,
            "It is newer than the last revocation.",
            "The realm revoked every token of that time.",
        ),
    };
    f.with("iat", verdict)
}

fn newest(f: &Facts<'_>) -> Answer {
    if is_initial(f)? {
        return Ok(Verdict::none("An initial access token is not replaced."));
    }
    Ok(match f.known.stored_token {
        None => Verdict::unknown("Each use may replace it. An older copy looks right and is refused.")
            .needing(Input::StoredToken),
        Some(newest) => Verdict::either(
            newest.trim() == f.inspection.token.expose(),
            "It is the newest that you have.",
            "You have a newer one: this one is refused.",
        ),
    })
}

fn uses(f: &Facts<'_>) -> Answer {
    if !is_initial(f)? {
        return Ok(Verdict::none("Only an initial access token is counted."));
    }
    Ok(match f.known.uses_left {
        None => Verdict::unknown("How often it can still be used, only the server knows.")
            .needing(Input::UsesLeft),
        Some(0) => Verdict::error("It is used up."),
        Some(_) => Verdict::pass("It can still be used."),
    })
}

fn policies(f: &Facts<'_>) -> Answer {
    let Some(kind) = f.optional_text("registration_auth")? else {
        return Ok(Verdict::none("It does not say which policies apply."));
    };
    let verdict = match kind {
        "authenticated" => Verdict::pass("The policies for authenticated registration apply."),
        "anonymous" => Verdict::pass("The stricter policies for anonymous registration apply."),
        _ => Verdict::error("No policies go by this name."),
    };
    f.with("registration_auth", verdict)
}

fn right_use(f: &Facts<'_>) -> Answer {
    let initial = is_initial(f)?;
    Ok(match (f.known.method, initial) {
        (None, _) => Verdict::need(Input::Method),
        (Some("POST"), true) => Verdict::pass("It registers a new client."),
        (Some(_), true) => Verdict::error("\"Not initial access token allowed\": it only registers."),
        (Some("GET" | "PUT" | "DELETE"), false) => Verdict::pass("It reads, changes or deletes its client."),
        (Some(_), false) => {
            Verdict::error("It belongs to one client that exists already, and registers no other.")
        }
    })
}
