//! A backend seen by an administrator of Identity Server: software with a statement of the directory, and requests
//! with name and password.

use std::sync::LazyLock;

use clap::Parser as _;
use portico_sandbox::cli::Cli;
use portico_sandbox::clock::Clock;
use portico_sandbox::identity::origins::Origins;
use portico_sandbox::identity_server::{Directories, IdentityServer};
use portico_sandbox::jose::signing_key::{RsaAlgorithm, SigningKey};
use portico_sandbox::server::App;
use portico_sandbox::store::Store;
use serde_json::{Value, json};

use crate::backend::{Answer, Backend, basic};

pub const REGISTER: &str = "/identity-server/t/openbank/api/identity/oauth2/dcr/v1.1/register";
pub const WITHOUT_TENANT: &str = "/identity-server/api/identity/oauth2/dcr/v1.1/register";
pub const ADMIN: (&str, &str) = ("admin@openbank", "admin");
pub const DEVELOPER: (&str, &str) = ("developer@openbank", "admin");
pub const SOFTWARE: &str = "oQ4KoaavpOuoE7rvQsZEOV";
pub const REDIRECTS: [&str; 2] =
    ["https://www.google.com/redirects/redirect1", "https://www.google.com/redirects/redirect2?a=1"];

pub fn key() -> SigningKey {
    SigningKey::from_pkcs8("k".to_owned(), RsaAlgorithm::Ps256, &SigningKey::generate().unwrap()).unwrap()
}

/// The key of the directory, and one of somebody else's.
pub static DIRECTORY: LazyLock<SigningKey> = LazyLock::new(key);
pub static OTHER: LazyLock<SigningKey> = LazyLock::new(key);
/// A statement of the directory.
static STATEMENT: LazyLock<String> = LazyLock::new(|| statement(&DIRECTORY));
/// One backend for all tests; names of applications keep them apart.
pub static BANK: LazyLock<Backend> = LazyLock::new(|| bank(&[]));

pub fn bank(flags: &[&str]) -> Backend {
    let clock = Clock::default();
    let first = ["portico-sandbox", "--memory", "--rate-limit", "0"];
    let cli = Cli::parse_from(first.iter().chain(flags));
    let mut app = App::new(&cli, clock.clone()).unwrap();
    let keys = |key: &SigningKey| json!({ "keys": [key.public_jwk()] });
    let directories = Directories { trusted: keys(&DIRECTORY), foreign: keys(&OTHER) };
    let store = Store::in_memory().unwrap();
    app.identity_server =
        IdentityServer::new(store, clock.clone(), Origins::new(&[]), directories, true).unwrap();
    Backend::of(app, clock)
}

/// A statement, signed by this key.
pub fn statement(key: &SigningKey) -> String {
    let claims = json!({ "iss": "Example Directory", "iat": 1_716_955_613, "jti": "ba3baf3c847245fa",
        "software_id": SOFTWARE, "software_redirect_uris": REDIRECTS,
        "software_jwks_endpoint": "http://127.0.0.1:1/no.jwks" });
    key.sign(&claims).unwrap()
}

/// A request as the guide of the server prints it, with the members of `changes` over its own.
pub fn request(name: &str, changes: &Value) -> Value {
    let mut request = json!({
        "iss": SOFTWARE, "iat": 1_749_012_253, "exp": 1_749_015_853, "jti": "1749012253364",
        "aud": "https://localbank.com", "scope": "accounts payments fundsconfirmations",
        "token_endpoint_auth_method": "private_key_jwt", "token_endpoint_auth_signing_alg": "PS256",
        "grant_types": ["authorization_code", "client_credentials", "refresh_token"],
        "response_types": ["code id_token"], "id_token_signed_response_alg": "PS256",
        "request_object_signing_alg": "PS256", "application_type": "web", "software_id": SOFTWARE,
        "redirect_uris": [REDIRECTS[0]], "token_endpoint_allow_reuse_pvt_key_jwt": false,
        "tls_client_certificate_bound_access_tokens": true, "require_signed_request_object": true,
        "token_type_extension": "JWT", "jwks_uri": "https://keystore.example/software.jwks",
        "client_name": name, "ext_application_display_name": name,
        "software_statement": *STATEMENT,
    });
    change(&mut request, changes);
    request
}

/// Puts members over others; `null` takes one away.
pub fn change(document: &mut Value, changes: &Value) {
    let members = document.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => members.shift_remove(name),
            value => members.insert(name.clone(), value.clone()),
        };
    }
}

pub async fn send(who: (&str, &str), method: &str, path: &str, body: &Value) -> Answer {
    send_to(&BANK, who, method, path, body).await
}

pub async fn send_to(bank: &Backend, who: (&str, &str), method: &str, path: &str, body: &Value) -> Answer {
    let authorization = basic(who.0, who.1);
    let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
    let body = if body.is_null() { String::new() } else { body.to_string() };
    bank.call(method, path, &headers, body).await
}

/// Registers an application of this name; its address and its document.
pub async fn registered(name: &str, changes: &Value) -> (String, Value) {
    let answer = send(ADMIN, "POST", REGISTER, &request(name, changes)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let document = answer.json();
    (format!("{REGISTER}/{}", document["client_id"].as_str().unwrap()), document)
}

/// The status, `error` and description of a refusal with a body.
pub fn refusal(answer: &Answer) -> (u16, String, String) {
    let body = answer.json();
    assert!(body["traceId"].is_string(), "{}", answer.text());
    (answer.status.as_u16(), answer.error(), answer.description())
}

/// The names of an object's members as they stand in the text, doubled ones twice.
pub fn member_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut rest) = (0, text);
    while let Some(at) = rest.find(['{', '}', '[', ']', '"']) {
        let (found, after) = rest.split_at(at).1.split_at(1);
        rest = after;
        match found {
            "{" | "[" => depth += 1,
            "}" | "]" => depth -= 1,
            _ => {
                let (string, after) = rest.split_once('"').unwrap();
                rest = after;
                if depth == 1 && rest.trim_start().starts_with(':') {
                    names.push(string.to_owned());
                }
            }
        }
    }
    names
}
