//! Which grants and response types a registration ends up with. Keycloak works them out anew from what was asked,
//! and switches the login flow on sooner than a caller may expect.

/// Grants other than the four that are worked out here, which are kept when asked for.
const OTHERS: [&str; 5] = [
    "password",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:openid:params:grant-type:ciba",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
];

/// Response types of the login flows.
const KNOWN: [&str; 8] = [
    "code",
    "none",
    "id_token",
    "token",
    "id_token token",
    "code id_token",
    "code token",
    "code id_token token",
];

/// The registered `grant_types`, given those asked for, if any, and those registered before, when this is a change.
pub fn grant_types(
    asked: Option<&[String]>,
    response_types: &[String],
    before: Option<&[String]>,
) -> Vec<String> {
    let has = |name: &str| asked.is_some_and(|asked| asked.iter().any(|one| one == name));
    let had = |name: &str| before.is_some_and(|before| before.iter().any(|one| one == name));
    let kept = |name: &str| has(name) || (asked.is_none() && had(name));
    let responds = |word: &str| response_types.iter().any(|one| one.split(' ').any(|part| part == word));
    let nothing_asked = asked.is_none_or(<[String]>::is_empty);

    let mut grants = Vec::new();
    let mut add = |name: &str, wanted: bool| {
        if wanted {
            grants.push(name.to_owned());
        }
    };
    add(
        "authorization_code",
        nothing_asked || has("authorization_code") || responds("code") || responds("none"),
    );
    add("implicit", has("implicit") || responds("id_token") || responds("token"));
    add("client_credentials", kept("client_credentials"));
    for other in OTHERS {
        add(other, kept(other));
    }
    add("refresh_token", kept("refresh_token") || (asked.is_none() && before.is_none()));
    grants
}

/// The registered `response_types` that follow from the registered grants.
pub fn response_types(grants: &[String]) -> Vec<&'static str> {
    let has = |name: &str| grants.iter().any(|one| one == name);
    let mut types = Vec::new();
    if has("authorization_code") {
        types.extend(["code", "none"]);
    }
    if has("implicit") {
        types.extend(["id_token", "id_token token"]);
    }
    if has("authorization_code") && has("implicit") {
        types.extend(["code id_token", "code token", "code id_token token"]);
    }
    types
}

/// Whether the realm knows this response type.
pub fn is_known_response_type(name: &str) -> bool {
    KNOWN.contains(&name)
}
