//! The answer of the registration endpoint, its members in the server's order, written as text: it holds
//! `software_statement` twice, `null` first, which no JSON object of a library can.

use serde_json::{Value, json};

use super::application::Application;
use super::members;

/// What stands in a member that was not registered.
enum Otherwise {
    Null,
    No,
    Text(&'static str),
    Seconds(i64),
}

use Otherwise::{No, Null, Seconds, Text};

/// The server's own members, behind those that identify the application.
const OWN: &[(&str, Otherwise)] = &[
    ("ext_application_display_name", Null),
    ("ext_application_version", Text("v2.0.0")),
    ("ext_application_owner", Null),
    ("ext_application_token_lifetime", Seconds(APPLICATION_TOKEN)),
    ("ext_user_token_lifetime", Seconds(3600)),
    ("ext_refresh_token_lifetime", Seconds(86_400)),
    ("ext_id_token_lifetime", Seconds(3600)),
    ("ext_pkce_mandatory", No),
    ("ext_pkce_support_plain", No),
    ("ext_public_client", No),
    ("token_type_extension", Null),
    ("ext_token_type", Null),
    ("jwks_uri", Null),
    ("token_endpoint_auth_method", Null),
    ("token_endpoint_allow_reuse_pvt_key_jwt", No),
    ("token_endpoint_auth_signing_alg", Null),
    ("sector_identifier_uri", Null),
    ("id_token_signed_response_alg", Null),
    ("id_token_encrypted_response_alg", Null),
    ("id_token_encrypted_response_enc", Null),
    ("request_object_signing_alg", Null),
    ("tls_client_auth_subject_dn", Null),
    ("require_pushed_authorization_requests", No),
    ("require_signed_request_object", No),
    ("tls_client_certificate_bound_access_tokens", No),
    ("subject_type", Text("public")),
    ("request_object_encryption_alg", Null),
    ("request_object_encryption_enc", Null),
];

/// What the bank's extension adds, when it was registered.
const ADDED: &[&str] = &["software_id", "software_statement", "application_type", "scope", "response_types"];

/// How long an application's tokens last when it asks for nothing, in seconds.
pub(super) const APPLICATION_TOKEN: i64 = 3600;

/// The members of an application's document; the second `software_statement` holds it.
pub(super) fn members_of(application: &Application) -> Vec<(&'static str, Value)> {
    let known = &application.members;
    let mut out = vec![
        ("client_id", json!(application.client_id)),
        ("client_secret", json!(application.client_secret)),
        ("client_secret_expires_at", json!(0)),
        ("redirect_uris", json!([callback(&members::texts(known, "redirect_uris"))])),
        ("grant_types", json!(members::texts(known, "grant_types"))),
        ("client_name", json!(application.name())),
    ];
    out.extend(OWN.iter().map(|(name, otherwise)| (*name, own(application, name, otherwise))));
    out.push(("software_statement", Value::Null));
    let audience = known.get("ext_allowed_audience").cloned();
    out.push(("ext_allowed_audience", audience.unwrap_or_else(|| json!("organization"))));
    out.extend(ADDED.iter().filter_map(|name| known.get(*name).map(|value| (*name, value.clone()))));
    out
}

/// The members as the text of a JSON object.
pub(super) fn text(members: &[(&'static str, Value)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

fn own(application: &Application, name: &str, otherwise: &Otherwise) -> Value {
    match name {
        "token_type_extension" | "ext_token_type" => return json!(application.token_type()),
        "ext_application_owner" if !application.members.contains_key(name) => {
            return json!(format!("{}@{}", application.owner, application.tenant));
        }
        _ => {}
    }
    application.members.get(name).cloned().unwrap_or_else(|| match otherwise {
        Null => Value::Null,
        No => json!(false),
        Text(text) => json!(text),
        Seconds(seconds) => json!(seconds),
    })
}

/// The server keeps one redirect URI; of several it makes a regular expression, and gives that back.
fn callback(uris: &[&str]) -> String {
    match uris {
        [] => String::new(),
        [one] => (*one).to_owned(),
        several => {
            let escaped: Vec<String> = several.iter().map(|uri| uri.replacen('?', "\\?", 1)).collect();
            format!("regexp=({})", escaped.join("|"))
        }
    }
}
