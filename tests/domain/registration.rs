//! Requests to a registration backend and its answers, as real servers write them.

use portico::domain::{
    compare,
    form::{Draft, validate},
    http::{Part, Response, render},
    registration::{
        Authorization, ClientMetadata, DIALECTS, Dialect, Operation, Registration, dialect, dialect_of,
        metadata,
    },
    secret::Secret,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::support::{PAGE, answer, catalogue, keycloak, keycloak_environment};

/// Members of RFC 7591, 2 that this portal may send, and `client_id` of RFC 7592, 2.2.
const KNOWN: [&str; 10] = [
    "client_id",
    "client_name",
    "contacts",
    "redirect_uris",
    "grant_types",
    "response_types",
    "token_endpoint_auth_method",
    "scope",
    "jwks",
    "jwks_uri",
];

#[test]
fn the_guides_answer_is_read() {
    let registration = Registration::read(&answer(201, &keycloak("register-response.json"))).unwrap();
    assert_eq!(registration.client_id, "1d4fa4dc-7883-4964-b9a1-2c29849f2719");
    assert_eq!(registration.client_secret.as_ref().unwrap().last_four().unwrap(), "9frY");
    assert_eq!(registration.client_secret_expires_at, Some(0));
    assert_eq!(registration.client_id_issued_at, Some(1_666_016_078));
    assert!(registration.registration_access_token.is_some());
    assert!(registration.notes.is_empty(), "{:?}", registration.notes);
    let kept = serde_json::to_string(&registration.members).unwrap();
    assert!(!kept.contains("j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY"));
    assert!(!kept.contains("eyJ"));
    assert!(!format!("{registration:?}").contains("j8PD1ZO9"));
}

#[test]
fn odd_answers_are_read_and_what_was_repaired_is_said() {
    let body = r#"{"client_id":"x","client_id_issued_at":"1617198228","software_statement":null,
        "software_statement":"eyJ","logo_uri":null}"#;
    let registration = Registration::read(&answer(200, body)).unwrap();
    assert_eq!(registration.client_id_issued_at, Some(1_617_198_228));
    assert_eq!(registration.members["software_statement"], "eyJ");
    assert_eq!(registration.notes.len(), 3, "{:?}", registration.notes);
}

#[test]
fn the_request_shows_everything_but_the_token() {
    let environment = keycloak_environment();
    let draft =
        Draft { name: "gateway-client".into(), products: vec!["balances".into()], ..Draft::default() };
    let valid = validate(&draft, &environment, &catalogue(), PAGE).unwrap();
    let dialect = dialect_of(&environment);
    let document = dialect.document(valid.metadata(), None);
    let url = "http://localhost:8081/realms/BBBBCAXXXXX/clients-registrations/openid-connect";
    let authorization = Authorization::InitialAccessToken(Secret::new("eyJsecret"));
    let request = dialect.request(Operation::Create, url, &authorization, Some(&document));
    let shown = render::to_text(&render::http(&request), false);
    assert!(shown.starts_with(
        "POST /realms/BBBBCAXXXXX/clients-registrations/openid-connect HTTP/1.1\nHost: localhost:8081\nAccept: application/json\nAuthorization: Bearer <initial access token>\nContent-Type: application/json\n\n{"
    ), "{shown}");
    assert!(!shown.contains("eyJsecret"));
    assert!(!format!("{request:?}").contains("eyJsecret"));
    let curl = render::curl(&request);
    assert!(!curl.contains("eyJsecret"));
    assert!(curl.contains("read -rsp 'INITIAL_ACCESS_TOKEN: ' INITIAL_ACCESS_TOKEN"), "{curl}");
    assert!(curl.contains(r#"--header 'Authorization: Bearer '"$INITIAL_ACCESS_TOKEN""#), "{curl}");
    assert!(render::to_text(&render::http(&request), true).contains("eyJsecret"));
}

/// The dialects whose documents are client metadata (RFC 7591, 2).
fn standard() -> impl Iterator<Item = &'static dyn Dialect> {
    DIALECTS.iter().copied().filter(|dialect| {
        let habits = dialect.habits();
        !habits.developer_apps && !habits.takes_statements()
    })
}

#[test]
fn an_update_names_the_client_first() {
    let metadata = ClientMetadata { client_name: "x".into(), ..ClientMetadata::default() };
    for dialect in standard() {
        let document = dialect.document(&metadata, Some("id-1")).shown();
        assert_eq!(document.to_string(), r#"{"client_id":"id-1","client_name":"x"}"#, "{}", dialect.id());
    }
}

#[test]
fn rate_limits_say_how_long_to_wait() {
    let response = Response { headers: vec![("retry-after".into(), "7".into())], ..answer(429, "{}") };
    let refusal = dialect("rfc7591").unwrap().refusal(Operation::Create, &response);
    assert!(refusal.meaning.contains("7 seconds"), "{}", refusal.meaning);
}

#[test]
fn a_yes_that_cannot_be_read_does_not_hide_that_a_client_may_exist() {
    let keycloak = dialect("keycloak").unwrap();
    let refusal = keycloak.read(Operation::Create, &answer(201, "{\"client_secret\":\"x\"}")).unwrap_err();
    assert!(refusal.next.contains("may exist"), "{}", refusal.next);
    let refusal = keycloak.read(Operation::Create, &answer(200, "<html>Portico</html>")).unwrap_err();
    assert!(refusal.meaning.contains("web page"), "{}", refusal.meaning);
}

#[test]
fn differences_are_told_member_by_member() {
    let keycloak = dialect("keycloak").unwrap();
    let object = |value: Value| value.as_object().cloned().unwrap();
    let asked = object(
        json!({"client_name":"x","grant_types":["client_credentials"],"redirect_uris":[],"scope":"a b","contacts":["a@b.example"]}),
    );
    let registered = object(
        json!({"client_id":"1","client_name":"x","grant_types":["authorization_code","client_credentials"],
        "response_types":["code","none"],"scope":"b a","redirect_uris":[],"client_secret_expires_at":0}),
    );
    let rows = compare::differences(keycloak, &asked, &registered);
    let names: Vec<(&str, bool)> = rows.iter().map(|row| (row.member.as_str(), row.warn)).collect();
    assert_eq!(
        names,
        [
            ("grant_types", true),
            ("contacts", true),
            ("response_types", false),
            ("client_secret_expires_at", false)
        ]
    );
    assert!(rows[0].meaning.contains("login flow that nobody asked for"));
}

#[test]
fn what_the_guide_registered_differs_in_nothing_that_matters() {
    let keycloak = dialect("keycloak").unwrap();
    let asked: Map<String, Value> =
        serde_json::from_str(&crate::support::keycloak("register-request.json")).unwrap();
    let registered =
        Registration::read(&answer(201, &crate::support::keycloak("register-response.json"))).unwrap();
    assert!(
        compare::differences(keycloak, &asked, &registered.members)
            .iter()
            .all(|row| !row.warn || row.member == "response_types")
    );
}

fn any_metadata() -> impl Strategy<Value = metadata::ClientMetadata> {
    let text = "\\PC{0,20}";
    let list = || prop::option::of(prop::collection::vec(text, 0..3));
    (text, list(), list(), list(), list(), prop::option::of(text), prop::option::of(text)).prop_map(
        |(client_name, contacts, redirect_uris, grant_types, response_types, method, scope)| ClientMetadata {
            description: None,
            client_name,
            contacts,
            redirect_uris,
            grant_types,
            response_types,
            token_endpoint_auth_method: method,
            scope,
            jwks: None,
            jwks_uri: None,
            software: None,
        },
    )
}

proptest! {
    /// Strict writer: whatever is typed, the body is JSON and holds no member a server may not know.
    #[test]
    fn what_is_sent_is_json_with_known_members_only(metadata in any_metadata(), update in any::<bool>()) {
        for dialect in standard() {
            let document = dialect.document(&metadata, update.then_some("id-1"));
            let request = dialect.request(Operation::Create, "https://a.example/r", &Authorization::None, Some(&document));
            let body = request.body.unwrap();
            prop_assert!(body.0.iter().all(|part| matches!(part, Part::Plain(_))));
            let sent: Map<String, Value> = serde_json::from_str(body.reveal().expose()).unwrap();
            prop_assert!(sent.keys().all(|name| KNOWN.contains(&name.as_str())), "{:?}", sent);
            prop_assert!(sent.values().all(|value| !value.is_null()));
            prop_assert_eq!(sent.contains_key("client_id"), update);
        }
    }

    /// Tolerant reader: no body and no status makes it fail otherwise than by a refusal.
    #[test]
    fn no_answer_makes_the_reader_panic(status in 100_u16..600, body in prop_oneof!["\\PC*", "[\\[\\]{}\":,a-z0-9\\\\ ]*"]) {
        for dialect in DIALECTS {
            for operation in [Operation::Create, Operation::Read, Operation::Update, Operation::Delete] {
                let response = answer(status, &body);
                let _ = dialect.read(operation, &response);
                let _ = dialect.deleted(&response);
            }
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Registration::read(&answer(200, &String::from_utf8_lossy(&bytes)));
    }
}

#[test]
fn keycloak_remarks_on_what_looks_odd() {
    let remarks = |metadata: ClientMetadata| -> Vec<&str> {
        dialect("keycloak").unwrap().remarks(&metadata).iter().map(|remark| remark.member).collect()
    };
    let machine = ClientMetadata {
        grant_types: Some(vec!["client_credentials".into()]),
        redirect_uris: Some(Vec::new()),
        ..ClientMetadata::default()
    };
    assert_eq!(remarks(machine.clone()), ["response_types"]);
    let portal = ClientMetadata {
        redirect_uris: Some(vec![format!("{PAGE}/")]),
        response_types: Some(Vec::new()),
        scope: Some("a".into()),
        ..machine.clone()
    };
    assert_eq!(remarks(portal), ["scope", "redirect_uris"]);
    let signs_in = ClientMetadata {
        grant_types: Some(vec!["authorization_code".into()]),
        redirect_uris: Some(vec!["https://app.example/".into()]),
        response_types: Some(vec!["code".into()]),
        ..machine
    };
    assert!(remarks(signs_in.clone()).is_empty());
    assert!(dialect("rfc7591").unwrap().remarks(&signs_in).is_empty());
}

/// What the server answered with success may hold secrets, whatever is wrong with it.
#[test]
fn a_success_that_cannot_be_read_shows_none_of_its_body() {
    let response = answer(201, r#"{"client_secret":"TOPSECRET","registration_access_token":"eyJ"}"#);
    let refusal = dialect("keycloak").unwrap().read(Operation::Create, &response).unwrap_err();
    assert_eq!(refusal.raw, "");
    assert!(!format!("{refusal:?} {response:?}").contains("TOPSECRET"));
}
