//! `portal.json` and `catalogue.json`: what is shipped is right, and what is wrong is said with its place.

use portico::domain::{
    catalogue,
    config::{
        self, Directory, InitialAccessToken, MachineRedirectUri, Offer, ResponseTypes, added::connect_src,
    },
    jose::Algorithm,
    registration::Operation,
};
use serde_json::Value;

use crate::support::{catalogue as shipped_catalogue, environment};

const PORTAL: &str = include_str!("../../public/portal.json");

fn paths(text: &str) -> Vec<String> {
    config::read(text).unwrap_err().into_iter().map(|problem| problem.path).collect()
}

#[test]
fn the_shipped_files_are_read_and_agree_with_each_other() {
    let portal = config::read(PORTAL).unwrap();
    let products = shipped_catalogue();
    assert!(!products.is_empty());
    for environment in &portal.environments {
        if let Offer::Only(list) = &environment.products {
            for offered in list {
                assert!(
                    products.iter().any(|product| product.id == offered.id),
                    "{} is not in the catalogue",
                    offered.id
                );
            }
        }
    }
}

#[test]
fn shipped_files_and_examples_fit_their_schemas() {
    let mut files = vec![
        ("portal", PORTAL.to_owned()),
        ("catalogue", include_str!("../../public/catalogue.json").to_owned()),
    ];
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples");
    for entry in std::fs::read_dir(examples).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(config::read(&text).is_ok(), "{}: {:?}", path.display(), config::read(&text));
        files.push(("portal", text));
    }
    for (schema, text) in files {
        let path = format!("{}/public/{schema}.schema.json", env!("CARGO_MANIFEST_DIR"));
        let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let instance: Value = serde_json::from_str(&text).unwrap();
        let problems: Vec<String> = validator
            .iter_errors(&instance)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(problems.is_empty(), "{problems:#?}");
    }
}

/// The reader and the schema must refuse the same files: whoever edits with a schema must not be surprised later.
#[test]
fn what_the_reader_refuses_the_schema_refuses_too() {
    let schema: Value = serde_json::from_str(include_str!("../../public/portal.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for members in [
        r#"{"id":"a","dialect":"keycloak"}"#,
        r#"{"id":"a","dialect":"nosuch","issuer":"https://a.example"}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"ftp://a.example"}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","issuerr":"/r"}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","via":{"prefix":"idp","replaces":"https://a.example"}}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","auth_methods":["tls_client_auth"]}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","assertion_lifetime":5}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","assertion_typ":7}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","response_types":"none"}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","kind":"test"}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","products":7}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","operations":["create","patch"]}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","self_check":true}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","kind":"production","self_check":true}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","signed_request":{"algorithms":["HS256"]}}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","signed_request":{"algorithms":[]}}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","signed_request":{"media_type":"text/plain"}}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","signed_request":{"lifetime":5}}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","software_statement":{"directory":{"issuer":"D"}}}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","software_statement":{"directory":{"issuer":"D","jwks":"keys"}}}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","software_statement":{"directory":{"issuer":"D","jwks":"/k","trial":"https://a.example"}}}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","software_statement":{"max_age":0}}"#,
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","software_statement":{"issuer":"D"}}"#,
    ] {
        let text = format!(r#"{{"version":1,"environments":[{members}]}}"#);
        assert!(config::read(&text).is_err(), "the reader takes {members}");
        assert!(!validator.is_valid(&serde_json::from_str(&text).unwrap()), "the schema takes {members}");
    }
}

#[test]
fn every_problem_is_reported_at_once_with_its_path() {
    let text = r#"{"version":2,"brandin":{},"branding":{"accent_hue":400},
        "environments":[{"id":"a","dialect":"soap","issuer":"not an address","discovery":"yes","kind":"test"},
                        {"id":"a","dialect":"keycloak","issuer":"/realms/x","via":{"prefix":"idp/","replaces":"x"}}, 7]}"#;
    assert_eq!(
        paths(text),
        [
            "brandin",
            "version",
            "branding.accent_hue",
            "environments[0].dialect",
            "environments[0].issuer",
            "environments[0].discovery",
            "environments[0].kind",
            "environments[1].via.prefix",
            "environments[1].via.replaces",
            "environments[2]",
            "environments[1].id",
        ]
    );
}

#[test]
fn no_address_leads_to_another_scheme_or_host_by_a_trick() {
    for (member, value) in [
        ("contact", r#"{"url":"javascript:alert(1)"}"#),
        ("branding", r#"{"logo":"//evil.example/x.svg"}"#),
        ("links", r#"[{"label":"x","url":"//evil.example"}]"#),
    ] {
        let text = format!(
            r#"{{"version":1,"{member}":{value},"environments":[{{"id":"a","dialect":"keycloak","issuer":"/r"}}]}}"#
        );
        assert_eq!(paths(&text).len(), 1, "{text}");
        let schema: Value = serde_json::from_str(include_str!("../../public/portal.schema.json")).unwrap();
        let instance = serde_json::from_str(&text).unwrap();
        assert!(!jsonschema::validator_for(&schema).unwrap().is_valid(&instance), "the schema takes {text}");
    }
}

#[test]
fn broken_json_says_line_and_column() {
    let problems = config::read("{\n \"version\": 1,\n}").unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].text.contains("line 3"), "{}", problems[0].text);
    assert!(config::read("<!doctype html>").is_err());
    assert_eq!(paths(r#"{"version":1,"version":1,"environments":[]}"#), ["version", "environments"]);
}

#[test]
fn what_is_left_out_has_a_safe_meaning() {
    let environment = environment(r#"{"id":"a","dialect":"rfc7591","issuer":"https://a.example"}"#);
    assert_eq!(environment.name, "a");
    assert_eq!(environment.kind, config::EnvironmentKind::Production);
    assert_eq!(environment.auth_methods, ["client_secret_basic", "client_secret_post", "private_key_jwt"]);
    assert_eq!(environment.assertion_typ, "client-authentication+jwt");
    assert_eq!(environment.assertion_lifetime, 60);
    assert_eq!(environment.grant_types, ["client_credentials"]);
    assert_eq!(environment.response_types, ResponseTypes::Omit);
    assert_eq!(environment.machine_redirect_uri, MachineRedirectUri::None);
    assert_eq!(environment.initial_access_token, InitialAccessToken::Required);
    assert!(environment.discovery);
    assert!(environment.offers("anything"));
    assert_eq!(environment.software_statement, None);
    assert_eq!(environment.signed_request, config::SignedRequestRules::default());
    assert!(environment.allows(Operation::Delete));
    assert!(!environment.self_check);
}

#[test]
fn a_directory_says_whose_statements_are_taken() {
    let read = environment(
        r#"{"id":"a","dialect":"rfc7591","issuer":"/r","kind":"sandbox","auth_methods":["private_key_jwt","tls_client_auth"],
            "software_statement":{"directory":{"issuer":"Example Directory","jwks":"https://directory.example/jwks",
                "statement":"/directory/:organisation/:software/statement"},"max_age":600},
            "signed_request":{"audience":"BANK1","algorithms":["ES256","PS256"],"media_type":"application/json"},
            "operations":["create","update"],"self_check":true}"#,
    );
    let rules = read.software_statement.clone().unwrap();
    assert_eq!(rules.issuers, ["Example Directory"]);
    assert_eq!(rules.max_age, Some(600));
    let directory = rules.directory.unwrap();
    assert_eq!(directory.name, "Example Directory");
    assert_eq!(
        Directory::address(&directory.statement.unwrap(), "00 1", "s/1"),
        "/directory/00%201/s%2F1/statement"
    );
    assert_eq!(read.signed_request.audience.as_deref(), Some("BANK1"));
    assert_eq!(read.signed_request.algorithms, [Algorithm::Es256, Algorithm::Ps256]);
    assert_eq!(read.signed_request.form.media_type(), "application/json");
    assert_eq!(read.signed_request.lifetime, 300);
    assert!(read.allows(Operation::Update) && !read.allows(Operation::Read));
    assert!(read.self_check);
    assert_eq!(connect_src(&read, "https://portal.example"), ["https://directory.example"]);
}

#[test]
fn an_environment_may_rename_scopes_and_move_an_api() {
    let environment = environment(
        r#"{"id":"a","dialect":"keycloak","issuer":"/r","api":"https://api.example",
            "products":{"balances":{"scopes":["acc:read"],"api":"https://cash.example"},"start-bp":{}}}"#,
    );
    let products = shipped_catalogue();
    let product = |id: &str| products.iter().find(|product| product.id == id).unwrap();
    assert_eq!(environment.scopes_of(product("balances")), ["acc:read"]);
    assert_eq!(environment.scopes_of(product("start-bp")), ["registry:start-bp"]);
    assert_eq!(environment.api_of("balances"), "https://cash.example");
    assert_eq!(environment.api_of("start-bp"), "https://api.example");
    assert!(!environment.offers("data-factory"));
}

#[test]
fn a_broken_catalogue_is_reported_like_a_broken_portal() {
    let problems = catalogue::read(
        r#"{"version":1,"products":[{"id":"a","name":"A","summary":"s","calls":[{"name":"c","method":"PATCH","path":"x"}]},
            {"id":"a","summary":""}]}"#,
    )
    .unwrap_err();
    let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "products[0].calls[0].path",
            "products[0].calls[0].method",
            "products[1].name",
            "products[1].summary",
            "products[1].id"
        ]
    );
}

#[test]
fn the_schema_knows_every_dialect() {
    let schema: Value = serde_json::from_str(include_str!("../../public/portal.schema.json")).unwrap();
    let known: Vec<&str> = schema["$defs"]["environment"]["properties"]["dialect"]["enum"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let spoken: Vec<&str> =
        portico::domain::registration::DIALECTS.iter().map(|dialect| dialect.id()).collect();
    assert_eq!(known, spoken);
}
