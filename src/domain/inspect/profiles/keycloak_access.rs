//! Access tokens as Keycloak writes them.

use crate::domain::inspect::json::{Node, Value};
use crate::domain::inspect::{Inspection, Kind};

use super::facts::Facts;
use super::known::Input;
use super::profile::{ASYMMETRIC, End, Expectation, Profile, Rule};
use super::shared;
use super::verdict::{Answer, Verdict};

pub(super) static PROFILE: Profile = Profile {
    id: "keycloak_access",
    name: "Access token from Keycloak",
    about: "What Keycloak's own adapters and most APIs behind it look at.",
    rules: &[
        Rule::new("keycloak-kind", "Kind of token", "Keycloak", "Take the access token.", kind),
        Rule::new(
            "keycloak-issuer",
            "Issuer",
            "Keycloak",
            "Take `issuer` from the realm's discovery.",
            shared::issuer,
        ),
        Rule::new("keycloak-issuer-address", "Address of the realm", "Keycloak", "", shared::issuer_address),
        Rule::new(
            "keycloak-audience",
            "Audience",
            "Keycloak",
            "Add an audience mapper to the client.",
            audience,
        ),
        Rule::new("keycloak-party", "Authorized party", "Keycloak", "", |f| {
            shared::same(
                f,
                "azp",
                f.known.client_id,
                Input::ClientId,
                "It was made for this client.",
                "It was made for another client.",
            )
        }),
        Rule::new("keycloak-client", "Name of the client", "Keycloak", "", client),
        Rule::new(
            "keycloak-roles",
            "Roles",
            "Keycloak",
            "Give the role to the service account, and the scope to the client.",
            roles,
        ),
        Rule::new(
            "keycloak-origins",
            "Allowed origins",
            "Keycloak",
            "Correct the client's web origins.",
            origins,
        ),
        Rule::new("keycloak-session", "Session", "Keycloak", "", session),
        Rule::new("keycloak-sign-in", "Sign-in strength", "Keycloak", "", sign_in),
        Rule::new("keycloak-certificate", "Bound to a certificate", "RFC 8705, 3", "", shared::certificate),
    ],
    expects: Expectation {
        types: &["jwt", "at+jwt"],
        algorithms: ASYMMETRIC,
        end: End::Needed,
        longest_life: (86_400, i64::MAX),
        ..Expectation::PLAIN
    },
    fits: |inspection: &Inspection| if inspection.kind == Kind::KeycloakAccessToken { 90 } else { 0 },
};

fn kind(f: &Facts<'_>) -> Answer {
    let verdict = match f.text("typ")? {
        "Bearer" | "DPoP" => Verdict::pass("Keycloak says that it is an access token."),
        _ => Verdict::error("Keycloak says that it is no access token."),
    };
    f.with("typ", verdict)
}

fn audience(f: &Facts<'_>) -> Answer {
    let Some(node) = f.claim("aud")? else {
        return Ok(Verdict::warning("There is no `aud`. Keycloak writes one only where a mapper adds it."));
    };
    let audience = node.one_or_many();
    Ok(f.on_claim(
        node,
        match f.known.resource {
            _ if audience.is_empty() => Verdict::error("`aud` names nobody."),
            None => Verdict::need(Input::Resource),
            Some(api) => {
                Verdict::either(audience.contains(&api), "It is for this API.", "It is not for this API.")
            }
        },
    ))
}

fn client(f: &Facts<'_>) -> Answer {
    if f.optional_text("client_id")?.is_some() {
        return f.with("client_id", Verdict::pass("`client_id` names the client."));
    }
    if f.claim("clientId")?.is_some() {
        let words = "It has `clientId` and no `client_id`: an older Keycloak wrote it.";
        return f.with("clientId", Verdict::warning(words));
    }
    Ok(Verdict::none("It names the client only in `azp`."))
}

fn roles(f: &Facts<'_>) -> Answer {
    let realm = f.claim("realm_access")?;
    let clients = f.claim("resource_access")?;
    let count = |node: Option<Node<'_>>| node.map_or(0, |roles| roles.elements().len());
    let in_realm = count(realm.and_then(|node| node.get("roles")));
    let at_clients: usize =
        clients.map_or(0, |node| node.members().iter().map(|client| count(client.node.get("roles"))).sum());
    for node in [realm, clients].into_iter().flatten() {
        if !matches!(node.value(), Value::Object(_)) {
            return Ok(f.on_claim(node, Verdict::error("Roles are not written as Keycloak writes them.")));
        }
    }
    let counted =
        [&in_realm.to_string(), " in the realm, ", &at_clients.to_string(), " at clients."].concat();
    Ok(if in_realm.saturating_add(at_clients) == 0 {
        Verdict::warning("It carries no role. An API that asks for one refuses it.")
    } else {
        Verdict::pass(["Roles: ", &counted].concat())
    })
}

fn origins(f: &Facts<'_>) -> Answer {
    let Some(node) = f.claim("allowed-origins")? else {
        return Ok(Verdict::none("There is no `allowed-origins`."));
    };
    let verdict = f.found(&["empty-origin"]);
    Ok(verdict.unwrap_or_else(|| f.on_claim(node, Verdict::pass("It names the pages that may call."))))
}

fn session(f: &Facts<'_>) -> Answer {
    for name in ["sid", "session_state"] {
        if f.optional_text(name)?.is_some() {
            return f.with(name, Verdict::pass("It belongs to a session and ends with it."));
        }
    }
    Ok(Verdict::none("It belongs to no session."))
}

fn sign_in(f: &Facts<'_>) -> Answer {
    let Some(acr) = f.optional_text("acr")? else { return Ok(Verdict::none("There is no `acr`.")) };
    let verdict = match f.known.acr {
        None => Verdict::need(Input::Acr),
        Some(asked) => {
            Verdict::either(asked == acr, "It is what was asked for.", "It is not what was asked for.")
        }
    };
    f.with("acr", verdict)
}
