//! Where a printed address leads, and where it must not lead.

use portico::domain::registration::discovery::{self, Discovery, Mapped};

use crate::support::{PAGE, answer, environment, keycloak_environment};

const REALM: &str = "http://localhost:8081/realms/BBBBCAXXXXX";

fn document(base: &str) -> Discovery {
    let body = serde_json::json!({
        "issuer": base,
        "registration_endpoint": format!("{base}/clients-registrations/openid-connect"),
        "token_endpoint": format!("{base}/protocol/openid-connect/token"),
    });
    discovery::read(&answer(200, &body.to_string())).unwrap()
}

#[test]
fn direct() {
    let environment = keycloak_environment();
    let reach = discovery::reach(&environment, PAGE, Some(&document(REALM))).unwrap();
    assert!(reach.cross_origin);
    assert_eq!(reach.token, format!("{REALM}/protocol/openid-connect/token"));
    assert_eq!(
        discovery::request(&environment, PAGE).url,
        format!("{REALM}/.well-known/openid-configuration")
    );
}

#[test]
fn through_a_prefix() {
    let environment = environment(
        r#"{"id":"kc","dialect":"keycloak","issuer":"http://localhost:8081/realms/BBBBCAXXXXX",
            "via":{"prefix":"/idp","replaces":"http://localhost:8081"}}"#,
    );
    let reach = discovery::reach(&environment, PAGE, Some(&document(REALM))).unwrap();
    assert!(!reach.cross_origin);
    assert_eq!(reach.issuer, REALM, "the issuer stays as printed: tokens hold it");
    let used = "http://localhost:8080/idp/realms/BBBBCAXXXXX";
    assert_eq!(reach.registration, format!("{used}/clients-registrations/openid-connect"));
    assert_eq!(reach.token, format!("{used}/protocol/openid-connect/token"));
    let printed = format!("{REALM}/clients-registrations/openid-connect/id-1");
    let mapped = discovery::map_registration_uri(&environment, PAGE, &reach, &printed);
    assert_eq!(mapped, Mapped::Call(format!("{used}/clients-registrations/openid-connect/id-1")));
    assert_eq!(
        discovery::request(&environment, PAGE).url,
        format!("{used}/.well-known/openid-configuration")
    );
}

#[test]
fn a_prefix_stands_for_whole_path_segments() {
    let environment = environment(
        r#"{"id":"kc","dialect":"keycloak","issuer":"https://id.example/realms/x","via":{"prefix":"/idp","replaces":"https://id.example"}}"#,
    );
    let foreign = "https://id.example.evil.example/realms/x/clients-registrations/openid-connect/1";
    assert_eq!(
        discovery::map(&environment, PAGE, foreign),
        Mapped::Foreign("https://id.example.evil.example".into())
    );
}

#[test]
fn a_printed_address_of_another_origin_is_never_called() {
    let environment = keycloak_environment();
    let reach = discovery::reach(&environment, PAGE, Some(&document(REALM))).unwrap();
    for printed in [
        "https://evil.example/clients-registrations/openid-connect/1",
        "http://localhost:8082/realms/BBBBCAXXXXX/clients-registrations/openid-connect/1",
        "javascript:alert(1)",
        "//evil.example/x",
        "",
    ] {
        let mapped = discovery::map_registration_uri(&environment, PAGE, &reach, printed);
        assert!(matches!(mapped, Mapped::Foreign(_)), "{printed}: {mapped:?}");
    }
    let evil = Discovery { token_endpoint: Some("https://evil.example/token".into()), ..document(REALM) };
    let problem = discovery::reach(&environment, PAGE, Some(&evil)).unwrap_err();
    assert!(problem.contains("https://evil.example"), "{problem}");
}

/// Behind a proxy Keycloak may print its inner name in the registration URI only.
#[test]
fn a_registration_uri_that_continues_the_printed_endpoint_is_mapped_to_the_one_that_was_used() {
    let environment = environment(
        r#"{"id":"kc","dialect":"keycloak","issuer":"/realms/sandbox","endpoints":{"registration":"/realms/sandbox/register","token":"/token"},"discovery":false}"#,
    );
    let reach = discovery::reach(&environment, PAGE, None).unwrap();
    assert_eq!(reach.registration, "http://localhost:8080/realms/sandbox/register");
    assert!(!reach.cross_origin);
    let printed = "http://localhost:8080/realms/sandbox/register?client_id=7";
    assert_eq!(
        discovery::map_registration_uri(&environment, PAGE, &reach, printed),
        Mapped::Call(printed.to_owned())
    );
}

#[test]
fn answers_that_are_no_discovery_document_are_sentences() {
    for (status, body, telling) in [
        (404, "{}", "answered 404"),
        (200, "<html>", "web page"),
        (200, "{}", "no issuer"),
        (200, "oops", "not JSON"),
    ] {
        let problem = discovery::read(&answer(status, body)).unwrap_err();
        assert!(problem.contains(telling), "{problem}");
    }
    let silent = Discovery { issuer: REALM.into(), ..Discovery::default() };
    assert!(
        discovery::reach(&keycloak_environment(), PAGE, Some(&silent))
            .unwrap_err()
            .contains("registration endpoint")
    );
}

#[test]
fn two_documents_of_one_issuer_complete_each_other() {
    let read = |text: &str| {
        portico::domain::registration::discovery::read(&crate::support::answer(200, text)).unwrap()
    };
    let openid = read(r#"{"issuer":"https://id.example/t","token_endpoint":"https://id.example/token"}"#);
    let oauth = read(
        r#"{"issuer":"https://id.example/t","token_endpoint":"https://id.example/other","registration_endpoint":"https://id.example/reg"}"#,
    );
    assert!(!openid.is_enough() && oauth.is_enough());
    let both = openid.clone().completed(oauth);
    assert_eq!(both.token_endpoint.as_deref(), Some("https://id.example/token"));
    assert_eq!(both.registration_endpoint.as_deref(), Some("https://id.example/reg"));
    let stranger =
        read(r#"{"issuer":"https://evil.example","registration_endpoint":"https://evil.example/reg"}"#);
    assert_eq!(openid.clone().completed(stranger), openid);
}

#[test]
fn the_second_document_has_its_name_before_the_path_of_the_issuer() {
    let addresses = portico::domain::registration::discovery::addresses;
    assert_eq!(
        addresses("https://id.example/realms/r/"),
        [
            "https://id.example/realms/r/.well-known/openid-configuration",
            "https://id.example/.well-known/oauth-authorization-server/realms/r",
        ]
    );
    assert_eq!(
        addresses("https://id.example")[1],
        "https://id.example/.well-known/oauth-authorization-server"
    );
}
