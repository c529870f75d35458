//! What a registration has to keep to: the server's own rules, and those that the bank adds for the software statement.

use serde_json::{Map, Value};
use url::{Host, Url};

use super::members::{self, text, texts};
use super::refusal::Refusal;
use super::statement;
use crate::awkward::Awkward;

const NAME: &str = "^[a-zA-Z0-9._-]*$";
/// How long a software identifier of the directory can be.
const LONGEST_ISSUER: usize = 22;
const CLIENT_ID: &str = "[a-zA-Z0-9_]{15,30}";
const GRANTS: [&str; 6] = [
    "authorization_code",
    "implicit",
    "client_credentials",
    "refresh_token",
    "password",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
];
/// The authentication methods.
pub(super) const METHODS: [&str; 4] =
    ["private_key_jwt", "tls_client_auth", "client_secret_basic", "client_secret_post"];
/// The algorithms of assertions, request objects and ID tokens.
pub(super) const ALGORITHMS: [&str; 3] = ["PS256", "ES256", "RS256"];
const WITH_ALGORITHM: [&str; 3] =
    ["token_endpoint_auth_signing_alg", "id_token_signed_response_alg", "request_object_signing_alg"];

/// Checks the members, as they will be kept, by themselves and against the claims of their software statement; all
/// but the rule that the server is wanted not to keep to.
pub(super) fn check(
    asked: &Map<String, Value>,
    claims: &Value,
    wanted: Option<Awkward>,
) -> Result<(), Refusal> {
    check_name(text(asked, "client_name"))?;
    check_redirect_uris(asked, claims, wanted)?;
    check_issuer(asked, claims, wanted)?;
    if texts(asked, "grant_types").iter().any(|grant| !GRANTS.contains(grant)) {
        return refused("Invalid grantTypes provided");
    }
    if text(asked, "application_type").is_some_and(|kind| kind != "web") {
        return refused("Invalid applicationType provided");
    }
    check_authentication(asked, wanted)
}

/// Checks a `client_id` that the caller chooses.
pub(super) fn check_client_id(client_id: &str) -> Result<(), Refusal> {
    let fits = (15..=30).contains(&client_id.len())
        && client_id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if fits {
        return Ok(());
    }
    Err(Refusal::Metadata(format!("Provided client id is not adhering to the provided regex {CLIENT_ID}")))
}

fn check_name(name: Option<&str>) -> Result<(), Refusal> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    match name {
        Some(name) if name.chars().all(allowed) => Ok(()),
        Some(_) => Err(Refusal::Metadata(format!("Client Name is not adhering to the regex: {NAME}"))),
        None => refused("Insufficient data in the request"),
    }
}

fn check_issuer(asked: &Map<String, Value>, claims: &Value, wanted: Option<Awkward>) -> Result<(), Refusal> {
    let Some(issuer) = asked.get("iss").and_then(Value::as_str) else { return Ok(()) };
    let is_overlooked = match wanted {
        Some(Awkward::AcceptsUnknownIssuer) => (1..=LONGEST_ISSUER).contains(&issuer.len()),
        Some(Awkward::AcceptsEmptyIssuer) => issuer.is_empty(),
        Some(Awkward::AcceptsLongIssuer) => issuer.len() > LONGEST_ISSUER,
        _ => false,
    };
    if is_overlooked || issuer == statement::text(claims, "software_id") {
        return Ok(());
    }
    refused("Invalid issuer, issuer should be the same as the software id")
}

fn check_redirect_uris(
    asked: &Map<String, Value>,
    claims: &Value,
    wanted: Option<Awkward>,
) -> Result<(), Refusal> {
    let uris = texts(asked, "redirect_uris");
    let grants = texts(asked, "grant_types");
    if uris.is_empty() && (grants.contains(&"authorization_code") || grants.contains(&"implicit")) {
        return refused(
            "RedirectUris property must have at least one URI value when using Authorization code or implicit grant types.",
        );
    }
    if !uris.iter().all(|uri| is_public_https(uri)) {
        return Err(Refusal::RedirectUri("Invalid redirect_uris found in the Request"));
    }
    let allowed = statement::redirect_uris(claims);
    let is_overlooked = wanted == Some(Awkward::AcceptsForeignRedirect);
    if !is_overlooked && !uris.iter().all(|uri| allowed.contains(uri)) {
        return Err(Refusal::RedirectUri("Redirect URIs do not match with the software statement"));
    }
    Ok(())
}

fn is_public_https(uri: &str) -> bool {
    Url::parse(uri).is_ok_and(|uri| {
        let is_local = match uri.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => true,
        };
        uri.scheme() == "https" && !is_local
    })
}

fn check_authentication(asked: &Map<String, Value>, wanted: Option<Awkward>) -> Result<(), Refusal> {
    let method = text(asked, "token_endpoint_auth_method");
    let is_overlooked = wanted == Some(Awkward::AcceptsBadMethod);
    if !is_overlooked && method.is_some_and(|method| !METHODS.contains(&method)) {
        return refused("Invalid token endpoint authentication method requested.");
    }
    if method == Some("private_key_jwt") && text(asked, "token_endpoint_auth_signing_alg").is_none() {
        return refused(
            "Token endpoint auth signing alg must be specified if token_endpoint_auth_method is private_key_jwt.",
        );
    }
    let algorithms = WITH_ALGORITHM.iter().filter_map(|name| members::text(asked, name));
    if algorithms.into_iter().any(|algorithm| !ALGORITHMS.contains(&algorithm)) {
        return refused("Invalid signature algorithm requested");
    }
    Ok(())
}

fn refused(description: &str) -> Result<(), Refusal> {
    Err(Refusal::Metadata(description.to_owned()))
}
