//! The form: what a partner may type, what is refused beside the field, and what document comes out.

use portico::domain::{
    config::Environment,
    form::{Draft, Field, validate},
    registration::{ClientMetadata, dialect_of},
};
use serde_json::json;

use crate::support::{PAGE, catalogue, environment, keycloak, keycloak_environment};

fn draft() -> Draft {
    Draft { name: "gateway-client".into(), products: vec!["balances".into()], ..Draft::default() }
}

fn metadata(draft: &Draft, environment: &Environment) -> ClientMetadata {
    validate(draft, environment, &catalogue(), PAGE).unwrap().metadata().clone()
}

fn fields(draft: &Draft, environment: &Environment) -> Vec<Field> {
    match validate(draft, environment, &catalogue(), PAGE) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.into_iter().map(|problem| problem.field).collect(),
    }
}

/// The document that the platform's guide shows is what an old Keycloak is sent, with method and scope added.
#[test]
fn the_guides_document_can_be_sent() {
    let old = environment(
        r#"{"id":"kc","dialect":"keycloak","issuer":"http://localhost:8081/auth/realms/BBBBCAXXXXX","response_types":["none"]}"#,
    );
    let guide: serde_json::Value = serde_json::from_str(&keycloak("register-request.json")).unwrap();
    let sent = metadata(&draft(), &old).members();
    for (name, value) in guide.as_object().unwrap() {
        assert_eq!(sent.get(name), Some(value), "{name}");
    }
    assert_eq!(sent["token_endpoint_auth_method"], "client_secret_basic");
    assert_eq!(sent["scope"], "cash-accounts:balances.read");
    assert_eq!(sent.len(), guide.as_object().unwrap().len() + 2);
}

#[test]
fn a_machine_client_names_its_grant_and_leaves_response_types_out() {
    let sent = metadata(&draft(), &keycloak_environment()).members();
    assert_eq!(sent["grant_types"], json!(["client_credentials"]));
    assert_eq!(sent["redirect_uris"], json!([]));
    assert!(!sent.contains_key("response_types"));
}

#[test]
fn the_portals_own_address_is_registered_where_the_operator_says_so() {
    let environment = environment(
        r#"{"id":"kc","dialect":"keycloak","issuer":"https://id.example/realms/x","machine_redirect_uri":"portal"}"#,
    );
    assert_eq!(metadata(&draft(), &environment).redirect_uris, Some(vec![format!("{PAGE}/")]));
}

#[test]
fn an_empty_form_names_what_is_missing_in_the_order_of_the_page() {
    assert_eq!(fields(&Draft::default(), &keycloak_environment()), [Field::Name, Field::Products]);
}

#[test]
fn names_that_keycloak_would_refuse_blindly() {
    let named = |name: String| fields(&Draft { name, ..draft() }, &keycloak_environment());
    assert_eq!(named("x".repeat(255)), []);
    assert_eq!(named("x".repeat(256)), [Field::Name]);
    assert_eq!(named("ї".repeat(255)), [], "characters count, not bytes");
    assert_eq!(named("a\nb".into()), [Field::Name]);
    assert_eq!(named("  ".into()), [Field::Name]);
    let plain = environment(r#"{"id":"x","dialect":"rfc7591","issuer":"https://a.example"}"#);
    assert_eq!(fields(&Draft { name: "x".repeat(256), ..draft() }, &plain), [], "a rule of Keycloak alone");
}

#[test]
fn contacts() {
    for (contact, ok) in [
        ("", true),
        ("integration@northline.example", true),
        ("integration@", false),
        ("@northline.example", false),
        ("integration", false),
        ("a b@northline.example", false),
        ("a@localhost", false),
        ("a@b.example.", false),
    ] {
        let draft = Draft { contact: contact.into(), ..draft() };
        assert_eq!(fields(&draft, &keycloak_environment()).is_empty(), ok, "{contact}");
    }
}

#[test]
fn redirect_uris_only_when_people_sign_in() {
    let environment = environment(
        r#"{"id":"kc","dialect":"keycloak","issuer":"https://id.example/realms/x","grant_types":["client_credentials","authorization_code"]}"#,
    );
    let ignored = Draft { redirect_uris: "javascript:alert(1)".into(), ..draft() };
    assert_eq!(metadata(&ignored, &environment).redirect_uris, Some(Vec::new()));
    for (uri, ok) in [
        ("https://northline.example/back", true),
        ("http://localhost:3000/back", true),
        ("http://127.0.0.1/x", true),
        ("com.northline.app:/back", true),
        ("http://northline.example/back", false),
        ("javascript:alert(1)", false),
        ("https://northline.example/#x", false),
        ("https://u:p@northline.example/", false),
        ("northline.example", false),
        ("https://a b.example", false),
        ("http://127.evil.example/x", false),
        ("myapp:/back", false),
        ("", false),
        ("https:///x", false),
    ] {
        let draft = Draft { sign_in: true, redirect_uris: uri.into(), ..draft() };
        assert_eq!(fields(&draft, &environment).is_empty(), ok, "{uri}");
    }
    let draft = Draft {
        sign_in: true,
        redirect_uris: " https://a.example/1 \n\nhttps://a.example/2".into(),
        ..draft()
    };
    let sent = metadata(&draft, &environment);
    assert_eq!(sent.redirect_uris.unwrap(), ["https://a.example/1", "https://a.example/2"]);
    assert_eq!(sent.response_types.unwrap(), ["code"]);
    assert_eq!(sent.grant_types.unwrap(), ["client_credentials", "authorization_code"]);
}

#[test]
fn private_key_jwt_needs_keys_one_way() {
    let check = |jwks: Option<serde_json::Value>, jwks_uri: Option<&str>| {
        let metadata = ClientMetadata {
            client_name: "x".into(),
            token_endpoint_auth_method: Some("private_key_jwt".into()),
            jwks,
            jwks_uri: jwks_uri.map(str::to_owned),
            ..ClientMetadata::default()
        };
        dialect_of(&keycloak_environment()).check(&metadata).len()
    };
    assert_eq!(check(None, None), 1);
    assert_eq!(check(Some(json!({"keys": []})), Some("https://a.example/jwks")), 1);
    assert_eq!(check(None, Some("https://a.example/jwks")), 0);
}

#[test]
fn a_product_that_is_not_offered_here_is_not_registered() {
    let environment =
        environment(r#"{"id":"kc","dialect":"keycloak","issuer":"/r","products":["start-bp"]}"#);
    assert_eq!(fields(&draft(), &environment), [Field::Products]);
}

#[test]
fn a_stored_draft_of_another_build_is_read_as_far_as_it_goes() {
    let draft: Draft = serde_json::from_str(r#"{"name":"x","colour":"blue"}"#).unwrap();
    assert_eq!(draft.name, "x");
}

#[test]
fn a_sign_in_that_is_not_offered_here_is_kept_and_not_sent() {
    let draft = Draft { sign_in: true, redirect_uris: "javascript:alert(1)".into(), ..draft() };
    assert!(!draft.signs_in(&keycloak_environment()));
    let sent = metadata(&draft, &keycloak_environment());
    assert_eq!((sent.redirect_uris, sent.response_types), (Some(Vec::new()), None));
}
