//! The part of the form about a software statement, and who signs the request.

use super::{Draft, Field, Problem, habits, keys::keys_address_problem};
use crate::domain::{
    config::{Environment, PRIVATE_KEY_JWT, ResponseTypes, TLS_CLIENT_AUTH},
    jose::{Algorithm, PublicJwk, jwks},
    registration::{Software, StatementUse, dialect_of, open_banking::SoftwareStatement},
};

/// What is sent of it; nothing where no statement is taken.
pub(super) fn check(
    draft: &Draft,
    environment: &Environment,
    problems: &mut Vec<Problem>,
) -> Option<Box<Software>> {
    let usage = habits(environment).software_statement;
    if usage == StatementUse::None {
        return None;
    }
    let mut software = draft.software.as_deref().cloned().unwrap_or_default();
    let mut problem = |field: Field, text: String| problems.push(Problem::new(field, text));
    if software.statement.trim().is_empty() {
        let text = "Paste the software statement, drop its file here, or get one from the directory.";
        problem(Field::Statement, text.to_owned());
    } else {
        match SoftwareStatement::read(&software.statement) {
            Ok(read) => software.statement = read.token,
            Err(text) => problem(Field::Statement, text),
        }
    }
    tidy(&mut software, environment);
    if software.text("aud").contains(char::is_whitespace) {
        problem(Field::Audience, "Take the space out: the audience is one name or one address.".to_owned());
    }
    let method = draft.method(environment);
    if method == TLS_CLIENT_AUTH && software.text("tls_client_auth_subject_dn").is_empty() {
        let text = "Write the subject of your certificate as `openssl x509 -noout -subject -nameopt RFC2253` prints it.";
        problem(Field::SubjectDn, text.to_owned());
    }
    let address = software.members.get("jwks_uri").map(|_| software.text("jwks_uri"));
    if let Some(text) = address.filter(|_| method == PRIVATE_KEY_JWT).and_then(keys_address_problem) {
        problem(Field::KeysAddress, text);
    }
    if usage == StatementUse::SignedRequest
        && let Some(text) = signer(draft, environment, &mut software)
    {
        problem(Field::Keys, text);
    }
    Some(Box::new(software))
}

/// Texts without space around them, and no member that the dialect does not have.
fn tidy(software: &mut Software, environment: &Environment) {
    let known = dialect_of(environment).software_members();
    software.members.retain(|name, _| known.iter().any(|member| member.name == name));
    for value in software.members.values_mut() {
        if let Some(text) = value.as_str() {
            *value = text.trim().into();
        }
    }
}

/// Names who signs: the key that was made or loaded here, else one elsewhere, by its `kid`.
fn signer(draft: &Draft, environment: &Environment, software: &mut Software) -> Option<String> {
    let offered = &environment.signed_request.algorithms;
    if let Some(key) = key_here(draft) {
        let named = key.alg.as_deref().and_then(Algorithm::parse);
        let fits = |algorithm: &&Algorithm| key.kind.fits(**algorithm);
        let algorithm = named.or_else(|| offered.iter().find(fits).copied()).or_else(|| key.kind.usual());
        software.algorithm = algorithm.map(Algorithm::name).unwrap_or_default().to_owned();
        software.kid = key.kid.unwrap_or_default();
    } else if software.algorithm.is_empty() {
        software.algorithm = offered.first().map(|algorithm| algorithm.name()).unwrap_or_default().to_owned();
    }
    software.kid = software.kid.trim().to_owned();
    let names = || offered.iter().map(|algorithm| algorithm.name()).collect::<Vec<_>>().join(", ");
    if software.kid.is_empty() {
        return Some(
            "Make a key, or load one: it signs the request. Of a key that signs elsewhere, write the `kid`."
                .to_owned(),
        );
    }
    let known = Algorithm::parse(&software.algorithm).is_some_and(|algorithm| offered.contains(&algorithm));
    (!known).then(|| format!("This bank takes requests that are signed with {}.", names()))
}

/// The key that was made or loaded here.
pub(super) fn key_here(draft: &Draft) -> Option<PublicJwk> {
    let keys = jwks::read(&draft.key_here).ok()?;
    keys.into_iter().next()
}

/// Scopes as typed.
pub(super) fn scope(draft: &Draft, environment: &Environment) -> Option<String> {
    let software = draft.software.as_ref().filter(|_| habits(environment).takes_statements())?;
    let scopes: Vec<&str> = software.text("scope").split_whitespace().collect();
    (!scopes.is_empty()).then(|| scopes.join(" "))
}

/// Scopes that come with no product: an ID token in the answer of the authorization endpoint needs `openid` (OpenID
/// Connect Core, 3.3.2.1).
pub(super) fn own_scopes(environment: &Environment) -> Vec<String> {
    match &environment.response_types {
        ResponseTypes::Send(list)
            if habits(environment).takes_statements()
                && list.iter().any(|kind| kind.split(' ').any(|word| word == "id_token")) =>
        {
            vec!["openid".to_owned()]
        }
        _ => Vec::new(),
    }
}
