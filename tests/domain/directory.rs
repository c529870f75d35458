//! What is asked of a directory, and what it answers.

use portico::domain::{
    directory::{self, Made, Wish},
    http::{Method, Response},
    jose::PublicJwk,
};
use serde_json::{Value, json};

const ORIGIN: &str = "https://portal.example";

fn key() -> PublicJwk {
    let members =
        json!({"kty":"OKP","crv":"Ed25519","kid":"mine","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
    PublicJwk::read(members.as_object().unwrap()).unwrap()
}

fn answer(status: u16, body: &str) -> Response {
    Response { status, body: body.to_owned(), ..Response::default() }
}

fn body(request: &portico::domain::http::Request) -> Value {
    serde_json::from_str(request.body.as_ref().unwrap().reveal().expose()).unwrap()
}

#[test]
fn the_two_ids_stand_in_the_address_and_nothing_breaks_out_of_it() {
    let template = "/directory/organisations/:organisation/software/:software/statement";
    let request = directory::statement(ORIGIN, template, "0015800001041RHAAY", "../keys?x=1");
    assert_eq!(request.method, Method::Get);
    assert_eq!(
        request.url,
        "https://portal.example/directory/organisations/0015800001041RHAAY/software/..%2Fkeys%3Fx%3D1/statement"
    );
    assert_eq!(request.headers[0].1.reveal().expose(), "application/jwt, application/json");
    let elsewhere = directory::statement(ORIGIN, "https://directory.example/:software", "a", "b");
    assert_eq!(elsewhere.url, "https://directory.example/b");
    assert_eq!(directory::host(ORIGIN, "/directory/x"), "portal.example");
    assert_eq!(directory::host(ORIGIN, "https://directory.example/x"), "directory.example");
}

#[test]
fn a_statement_comes_as_it_is_or_in_an_object() {
    assert_eq!(directory::read_statement(&answer(200, " a.b.c\n")).as_deref(), Some("a.b.c"));
    let wrapped = r#"{"software_statement":"a.b.c"}"#;
    assert_eq!(directory::read_statement(&answer(200, wrapped)).as_deref(), Some("a.b.c"));
    for (status, body) in [(404, "a.b.c"), (200, ""), (200, "{}"), (200, r#"{"software_statement":""}"#)] {
        assert_eq!(directory::read_statement(&answer(status, body)), None, "{status} {body}");
    }
}

#[test]
fn software_is_asked_for_with_what_was_typed_and_the_public_half_only() {
    let wish = Wish {
        name: "Harbour".to_owned(),
        redirect_uris: vec!["https://harbour.example/cb".to_owned()],
        roles: vec!["AISP".to_owned()],
        key: Some(key()),
    };
    let request = directory::software(ORIGIN, "/directory/try/software", &wish);
    assert_eq!(
        (request.method, request.url.as_str()),
        (Method::Post, "https://portal.example/directory/try/software")
    );
    assert_eq!(
        body(&request),
        json!({"client_name":"Harbour","redirect_uris":["https://harbour.example/cb"],"roles":["AISP"],"jwk":key().to_value()})
    );
    let least = directory::software(ORIGIN, "/directory/try/software", &Wish::default());
    assert_eq!(body(&least), json!({"client_name":"","redirect_uris":[]}));

    let made = r#"{"organisation_id":"o","software_id":"s","software_statement":"a.b.c"}"#;
    let expected =
        Made { organisation: "o".to_owned(), software: "s".to_owned(), statement: "a.b.c".to_owned() };
    assert_eq!(directory::read_made(&answer(201, made)), Some(expected));
    assert_eq!(directory::read_made(&answer(400, made)), None);
    assert_eq!(directory::read_made(&answer(201, r#"{"software_id":"s"}"#)), None);
}

#[test]
fn a_published_key_may_get_another_name() {
    let request = directory::publish(ORIGIN, "/o/:organisation/s/:software/keys", "o", "s", &key());
    assert_eq!((request.method, request.url.as_str()), (Method::Post, "https://portal.example/o/o/s/s/keys"));
    assert_eq!(body(&request), key().to_value());
    let named = key().named("directory-1", None).to_value();
    let set = json!({"keys":[{"kty":"unknown"}, named]}).to_string();
    assert_eq!(directory::read_published(&answer(201, &set), &key()).as_deref(), Some("directory-1"));
    for (status, body) in [(400, set.as_str()), (201, "{}"), (201, "<html>")] {
        assert_eq!(directory::read_published(&answer(status, body), &key()), None, "{status} {body}");
    }
}
