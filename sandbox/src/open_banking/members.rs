//! What must hold for the client's metadata in a registration request (RFC 7591 section 2, Open Banking DCR 3.3).

use serde_json::Value;
use url::{Host, Url};

use super::ALGORITHMS;
use super::refusal::Refusal;
use super::rules::Checked;
use crate::awkward::Awkward;

/// How clients prove who they are.
pub(super) const METHODS: [&str; 2] = ["private_key_jwt", "tls_client_auth"];
/// What clients may use.
pub(super) const GRANT_TYPES: [&str; 4] = [
    "client_credentials",
    "authorization_code",
    "refresh_token",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
];
pub(super) const RESPONSE_TYPES: [&str; 2] = ["code", "code id_token"];
/// The scopes, with the role that each is for.
pub(super) const SCOPES: [(&str, Option<&str>); 4] = [
    ("openid", None),
    ("accounts", Some("AISP")),
    ("payments", Some("PISP")),
    ("fundsconfirmations", Some("CBPII")),
];
/// The most characters of a redirect URI.
const LONGEST_URI: usize = 256;
/// Members that name an algorithm.
const ALGORITHM_MEMBERS: [&str; 3] =
    ["token_endpoint_auth_signing_alg", "id_token_signed_response_alg", "request_object_signing_alg"];

/// Checks it.
pub(super) fn check(checked: &Checked<'_>) -> Result<(), Refusal> {
    [redirect_uris, hosts, method, grant_types, response_types, scope, application_type, algorithms]
        .iter()
        .try_for_each(|rule| rule(checked))
}

/// A member that is a list of texts; `None` when it isn't there.
fn texts<'a>(checked: &'a Checked<'_>, name: &str) -> Result<Option<Vec<&'a str>>, Refusal> {
    match checked.claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(list)) => {
            let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            texts.map(Some).ok_or_else(|| Refusal::metadata(format!("Invalid {name} found in the request")))
        }
        Some(_) => Err(Refusal::metadata(format!("{name} must be a list"))),
    }
}

fn redirect_uris(checked: &Checked<'_>) -> Result<(), Refusal> {
    let wrong = |sentence: &str| Err(Refusal::bad("invalid_redirect_uri", sentence));
    let asked = texts(checked, "redirect_uris")?.unwrap_or_default();
    if asked.is_empty() {
        return wrong("The redirect_uris are missing");
    }
    let stated = checked.statement.texts("software_redirect_uris");
    for uri in asked {
        if !stated.contains(&uri) && !checked.accepts(Awkward::AcceptsForeignRedirect) {
            return wrong("A redirect URI of the request is not in the software statement");
        }
        if uri.len() > LONGEST_URI || !is_public(uri) {
            return wrong("A redirect URI is not https, is on localhost, or is longer than 256 characters");
        }
    }
    Ok(())
}

fn is_public(uri: &str) -> bool {
    let Some(url) = Url::parse(uri).ok().filter(|url| url.scheme() == "https") else { return false };
    url.fragment().is_none()
        && match url.host() {
            Some(Host::Domain(name)) => name != "localhost" && !name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => !address.is_loopback(),
            Some(Host::Ipv6(address)) => !address.is_loopback(),
            None => false,
        }
}

/// The statement's addresses are on the hosts that people are sent back to.
fn hosts(checked: &Checked<'_>) -> Result<(), Refusal> {
    let host = |uri: &str| Url::parse(uri).ok().and_then(|url| url.host_str().map(str::to_owned));
    let hosts: Vec<_> =
        checked.statement.texts("software_redirect_uris").into_iter().filter_map(host).collect();
    for name in ["software_client_uri", "software_logo_uri", "software_policy_uri", "software_tos_uri"] {
        let Some(uri) = checked.statement.claims.get(name).and_then(Value::as_str) else { continue };
        if host(uri).is_none_or(|host| !hosts.contains(&host)) {
            let sentence =
                format!("The host of {name} is not one of the redirect URIs in the software statement");
            return Err(Refusal::statement(sentence));
        }
    }
    Ok(())
}

fn method(checked: &Checked<'_>) -> Result<(), Refusal> {
    let given = |name: &str| checked.text(name).is_some_and(|text| !text.is_empty());
    match checked.text("token_endpoint_auth_method") {
        Some("private_key_jwt") if given("token_endpoint_auth_signing_alg") => Ok(()),
        Some("private_key_jwt") => {
            Err(Refusal::metadata("The token_endpoint_auth_signing_alg is needed with private_key_jwt"))
        }
        Some("tls_client_auth") if given("tls_client_auth_subject_dn") => Ok(()),
        Some("tls_client_auth") => {
            Err(Refusal::metadata("The tls_client_auth_subject_dn is needed with tls_client_auth"))
        }
        _ if checked.accepts(Awkward::AcceptsBadMethod) => Ok(()),
        _ => Err(Refusal::metadata(
            "The token_endpoint_auth_method must be private_key_jwt or tls_client_auth",
        )),
    }
}

fn grant_types(checked: &Checked<'_>) -> Result<(), Refusal> {
    let asked = texts(checked, "grant_types")?.unwrap_or_default();
    if asked.is_empty() {
        return Err(Refusal::metadata("Required parameter grant types cannot be null"));
    }
    match asked.iter().find(|one| !GRANT_TYPES.contains(one)) {
        Some(unknown) => Err(Refusal::metadata(format!("The grant type {unknown} is not supported"))),
        None => Ok(()),
    }
}

fn response_types(checked: &Checked<'_>) -> Result<(), Refusal> {
    let asked = texts(checked, "response_types")?;
    if checked.accepts(Awkward::AcceptsBadResponseType) {
        return Ok(());
    }
    match asked.iter().flatten().find(|one| !RESPONSE_TYPES.contains(one)) {
        Some(unknown) => Err(Refusal::metadata(format!("The response type {unknown} is not supported"))),
        None => Ok(()),
    }
}

fn scope(checked: &Checked<'_>) -> Result<(), Refusal> {
    let asked = checked.text("scope").unwrap_or_default();
    if asked.trim().is_empty() {
        return Err(Refusal::metadata("Required parameter scope cannot be empty"));
    }
    let roles = checked.statement.texts("software_roles");
    for scope in asked.split_whitespace() {
        match SCOPES.iter().find(|(known, _)| *known == scope) {
            None => return Err(Refusal::metadata(format!("The scope {scope} is not allowed"))),
            Some((_, Some(role))) if !roles.contains(role) => {
                let sentence = format!(
                    "The scope {scope} needs the role {role}, which is not in the software statement"
                );
                return Err(Refusal::metadata(sentence));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

fn application_type(checked: &Checked<'_>) -> Result<(), Refusal> {
    match checked.claims.get("application_type") {
        None | Some(Value::Null) => Ok(()),
        Some(Value::String(is)) if matches!(is.as_str(), "web" | "mobile") => Ok(()),
        Some(_) => Err(Refusal::metadata("The application_type must be web or mobile")),
    }
}

fn algorithms(checked: &Checked<'_>) -> Result<(), Refusal> {
    for name in ALGORITHM_MEMBERS {
        let Some(value) = checked.claims.get(name).filter(|value| !value.is_null()) else { continue };
        if !value.as_str().is_some_and(|alg| ALGORITHMS.contains(&alg)) {
            return Err(Refusal::metadata(format!("The {name} must be PS256 or ES256")));
        }
    }
    Ok(())
}
