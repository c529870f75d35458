//! Environments that a person adds in the browser.

use portico::domain::{
    config::{
        self, Added,
        added::connect_src,
        sketch::{self, Sketch, Source},
    },
    json,
};
use serde_json::{Map, Value};

use crate::support::PAGE;

fn document(text: &str) -> Map<String, Value> {
    json::object(text).unwrap().members
}

const KEYCLOAK: &str = r#"{"issuer":"http://localhost:8180/realms/partner-test",
  "registration_endpoint":"http://localhost:8180/realms/partner-test/clients-registrations/openid-connect",
  "token_endpoint":"http://localhost:8180/realms/partner-test/protocol/openid-connect/token",
  "jwks_uri":"http://localhost:8180/realms/partner-test/protocol/openid-connect/certs",
  "grant_types_supported":["authorization_code","refresh_token","client_credentials","password"],
  "token_endpoint_auth_methods_supported":["private_key_jwt","client_secret_post"]}"#;

fn keycloak(source: Source) -> Sketch {
    Sketch::propose("http://localhost:8180/realms/partner-test/", &document(KEYCLOAK), source)
}

#[test]
fn what_the_document_says_stands_in_the_form_first() {
    let sketch = keycloak(Source::Fetched);
    assert_eq!(sketch.name, "partner-test");
    assert_eq!(sketch.dialect, "keycloak");
    assert_eq!(sketch.auth_methods, ["client_secret_post", "private_key_jwt"]);
    assert_eq!(sketch.grant_types, "client_credentials authorization_code refresh_token");
    assert_eq!(sketch.initial_access_token, "required");
    assert!(sketch.discovery && sketch.registration.is_empty());
}

#[test]
fn a_document_that_says_little_limits_nothing() {
    let sketch = Sketch::propose(
        "https://as.example",
        &document(r#"{"token_endpoint":"https://as.example/t"}"#),
        Source::ByHand,
    );
    assert_eq!((sketch.name.as_str(), sketch.dialect.as_str()), ("as.example", "rfc7591"));
    assert_eq!(sketch.auth_methods, config::AUTH_METHODS);
    assert_eq!(sketch.grant_types, "client_credentials");
    assert_eq!(sketch.initial_access_token, "optional");
    assert_eq!(sketch.token, "https://as.example/t");
}

#[test]
fn a_document_that_the_page_cannot_read_is_written_down() {
    let sketch = keycloak(Source::ByHand);
    assert!(!sketch.discovery);
    assert!(sketch.token.ends_with("/token") && sketch.registration.ends_with("/openid-connect"));
    let added = sketch.check("added-partner-test", 5).unwrap();
    assert!(!added.environment.discovery);
    assert_eq!(connect_src(&added.environment, PAGE), ["http://localhost:8180"]);
}

#[test]
fn a_piece_is_valid_in_portal_json_and_reads_back() {
    let schema: Value = serde_json::from_str(include_str!("../../public/portal.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let mut behind = keycloak(Source::ByHand);
    behind.prefix = "/idp/".to_owned();
    behind.assertion_audience = "token_endpoint".to_owned();
    for sketch in [keycloak(Source::Fetched), keycloak(Source::ByHand), behind] {
        let added = sketch.check("added-partner-test", 5).unwrap();
        assert_eq!(Added::read(&added.write()), Some(added.clone()));
        let portal = format!(r#"{{"version":1,"environments":[{}]}}"#, added.piece());
        let errors: Vec<String> = schema
            .iter_errors(&serde_json::from_str(&portal).unwrap())
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(config::read(&portal).unwrap().environments, [added.environment]);
    }
}

#[test]
fn behind_a_prefix_of_this_site_no_origin_is_needed() {
    let mut sketch = keycloak(Source::ByHand);
    sketch.prefix = "/idp".to_owned();
    let added = sketch.check("a", 5).unwrap();
    assert_eq!(added.environment.via.as_ref().unwrap().replaces, "http://localhost:8180");
    assert_eq!(connect_src(&added.environment, PAGE), Vec::<String>::new());
}

#[test]
fn what_is_missing_is_named_by_its_member() {
    let sketch =
        Sketch { name: " ".to_owned(), issuer: "login.bank.example".to_owned(), ..Sketch::default() };
    let problems = sketch.check("a", 5).unwrap_err();
    let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    for path in
        ["issuer", "name", "auth_methods", "grant_types", "dialect", "endpoints", "assertion_audience"]
    {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
}

#[test]
fn an_id_is_never_one_that_is_there() {
    assert_eq!(sketch::id_for("Partner test (EU)", &[]), "added-partner-test-eu");
    let taken = ["added-a".to_owned(), "added-a-2".to_owned()];
    assert_eq!(sketch::id_for(" A ", &taken), "added-a-3");
    assert_eq!(sketch::id_for("…", &[]), "added-environment");
}

#[test]
fn added_ones_stand_behind_those_of_the_operator_whose_word_counts() {
    let mut portal = config::read(
        r#"{"version":1,"environments":[{"id":"one","dialect":"rfc7591","issuer":"https://one.example"}]}"#,
    )
    .unwrap();
    let add = |id: &str| keycloak(Source::Fetched).check(id, 5).unwrap();
    let ids = |portal: &config::Portal| portal.environments.iter().map(|e| e.id.clone()).collect::<Vec<_>>();
    portal.take_added(&[add("added-a"), add("one")]);
    assert_eq!(ids(&portal), ["one", "added-a"]);
    assert_eq!(portal.environment("one").unwrap().issuer, "https://one.example");
    assert!(portal.is_from_operator("one") && !portal.is_from_operator("added-a"));
    portal.take_added(&[add("added-b")]);
    assert_eq!(ids(&portal), ["one", "added-b"]);
    portal.take_added(&[]);
    assert_eq!(ids(&portal), ["one"]);
}

#[test]
fn an_answer_that_is_no_discovery_document_is_told_from_one() {
    assert_eq!(sketch::document(KEYCLOAK).unwrap()["issuer"], "http://localhost:8180/realms/partner-test");
    for wrong in ["", "<html>", "{\"a\":1}", "[]"] {
        assert!(sketch::document(wrong).is_err(), "{wrong}");
    }
}
