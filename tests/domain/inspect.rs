//! The inspector: fixtures, oddities, properties.

// Tokens are cut and damaged at every byte; they are ASCII.
#![allow(clippy::string_slice)]

mod acceptance;
mod documented;
mod every_form;
mod fixtures;
mod handed_on;
mod hostile;
mod json;
mod layers;
mod oddities;
mod pastes;
mod places;
mod profiles;
mod properties;
mod registration_token;
mod shapes;
mod verify;
mod wishes;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use portico::domain::inspect::findings::{Finding, Severity};
use portico::domain::inspect::{Inspection, KnownIssuer, inspect};

const ACCESS_TOKEN: &str = include_str!("../fixtures/keycloak/access-token.jwt");
const REGISTRATION_ACCESS_TOKEN: &str = include_str!("../fixtures/keycloak/registration-access-token.jwt");
const TOKEN_RESPONSE: &str = include_str!("../fixtures/keycloak/token-response.json");
const REGISTER_RESPONSE: &str = include_str!("../fixtures/keycloak/register-response.json");
const REGISTER_REQUEST: &str = include_str!("../fixtures/wso2/register-request.jwt");
const UPDATE_REQUEST: &str = include_str!("../fixtures/wso2/update-request.jwt");
const SOFTWARE_STATEMENT: &str = include_str!("../fixtures/wso2/software-statement.jwt");
const CLIENT_ASSERTION: &str = include_str!("../fixtures/wso2/client-assertion-with-spaces.txt");
const REGISTER_ANSWER: &str = include_str!("../fixtures/wso2/register-response.json");
const IDENTITY_SERVER_ANSWER: &str = include_str!("../fixtures/wso2/identity-server-register-response.json");

/// Fifty seconds after the access token was issued.
const NOW: i64 = 1_657_295_075;

fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// A token of these two texts with a signature of the length of HS256.
fn token(header: &str, payload: &str) -> String {
    format!("{}.{}.{}", encode(header), encode(payload), URL_SAFE_NO_PAD.encode([7; 32]))
}

/// A token with a plain header.
fn claims(payload: &str) -> String {
    token(r#"{"alg":"HS256"}"#, payload)
}

fn sandbox() -> Vec<KnownIssuer> {
    vec![KnownIssuer {
        id: "sandbox".to_owned(),
        name: "Sandbox".to_owned(),
        issuer: "http://localhost:8081/auth/realms/BBBBCAXXXXX".to_owned(),
    }]
}

fn read(text: &str) -> Inspection {
    inspect(text, NOW, &sandbox())
}

fn rules(inspection: &Inspection) -> Vec<(&'static str, Severity)> {
    inspection.findings.iter().map(|finding| (finding.rule, finding.severity)).collect()
}

fn finding<'a>(inspection: &'a Inspection, rule: &str) -> &'a Finding {
    inspection.findings.iter().find(|finding| finding.rule == rule).unwrap_or_else(|| {
        panic!("no finding {rule} among {:?}", rules(inspection));
    })
}

fn has(inspection: &Inspection, rule: &str) -> bool {
    inspection.findings.iter().any(|finding| finding.rule == rule)
}

fn meaning(inspection: &Inspection, path: &str) -> String {
    let rows = inspection.payload_rows(inspection.now);
    rows.iter().find(|row| row.path == path).unwrap().meaning.clone()
}
