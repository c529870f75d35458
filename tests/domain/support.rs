//! Values that many tests need.

use portico::domain::{
    catalogue::{self, Product},
    config::{self, Environment},
    http::Response,
};

/// A fixture of `tests/fixtures/keycloak/`.
pub fn keycloak(name: &str) -> String {
    fixture("keycloak", name)
}

/// A fixture of `tests/fixtures/wso2/`.
pub fn wso2(name: &str) -> String {
    fixture("wso2", name)
}

fn fixture(folder: &str, name: &str) -> String {
    let path = format!("{}/tests/fixtures/{folder}/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|problem| panic!("{path}: {problem}"))
}

/// An environment of the portal.json that is shipped.
pub fn shipped(id: &str) -> Environment {
    let portal = config::read(include_str!("../../public/portal.json")).unwrap();
    portal.environment(id).unwrap().clone()
}

/// An answer with a status and a body.
pub fn answer(status: u16, body: &str) -> Response {
    Response { status, body: body.to_owned(), ..Response::default() }
}

/// One environment out of the JSON of its members.
pub fn environment(members: &str) -> Environment {
    let portal = config::read(&format!(r#"{{"version":1,"environments":[{members}]}}"#));
    portal.unwrap_or_else(|problems| panic!("{problems:?}")).environments.remove(0)
}

/// The Keycloak environment most tests use.
pub fn keycloak_environment() -> Environment {
    environment(r#"{"id":"kc","dialect":"keycloak","issuer":"http://localhost:8081/realms/BBBBCAXXXXX"}"#)
}

/// The catalogue that is shipped.
pub fn catalogue() -> Vec<Product> {
    catalogue::read(include_str!("../../public/catalogue.json")).unwrap()
}

/// The origin of the page in these tests.
pub const PAGE: &str = "http://localhost:8080";
