//! Token requests and their answers.

use portico::domain::{grant, http::render, secret::Secret};
use proptest::prelude::*;

use crate::support::{answer, keycloak};

const TOKEN: &str = "http://localhost:8081/realms/BBBBCAXXXXX/protocol/openid-connect/token";

#[test]
fn the_secret_goes_by_the_registered_method_and_is_never_shown() {
    let secret = Secret::new("p&=:ß");
    let basic = grant::client_credentials(TOKEN, "client_secret_basic", "id:1", &secret, "a b");
    assert_eq!(basic.body.as_ref().unwrap().reveal().expose(), "grant_type=client_credentials&scope=a%20b");
    let header = basic.headers.iter().find(|(name, _)| *name == "Authorization").unwrap();
    // RFC 6749, 2.3.1: both halves are form-encoded before they are joined.
    assert_eq!(header.1.reveal().expose(), "Basic aWQlM0ExOnAlMjYlM0QlM0ElQzMlOUY=");

    let post = grant::client_credentials(TOKEN, "client_secret_post", "id:1", &secret, "");
    assert_eq!(
        post.body.as_ref().unwrap().reveal().expose(),
        "grant_type=client_credentials&client_id=id%3A1&client_secret=p%26%3D%3A%C3%9F"
    );
    assert!(!post.headers.iter().any(|(name, _)| *name == "Authorization"));

    for request in [basic, post] {
        let shown = render::to_text(&render::http(&request), false)
            + &render::curl(&request)
            + &format!("{request:?}");
        for hidden in ["p&=", "p%26", "aWQlM0Ex"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
        assert!(render::curl(&request).contains("$CLIENT_SECRET"));
    }
}

#[test]
fn the_guides_answer_is_read() {
    let token = grant::read(&answer(200, &keycloak("token-response.json"))).unwrap();
    assert_eq!(token.expires_in, Some(300));
    assert_eq!(token.scope.as_deref(), Some("profile email"));
    assert_eq!(token.access_token.expose(), keycloak("access-token.jwt").trim());
    assert!(token.notes.is_empty());
}

#[test]
fn numbers_as_strings_are_read_and_said() {
    let token =
        grant::read(&answer(200, r#"{"access_token":"abc","expires_in":"180","token_type":"Bearer"}"#))
            .unwrap();
    assert_eq!(token.expires_in, Some(180));
    assert_eq!(token.notes.len(), 1);
}

#[test]
fn refusals_are_explained() {
    #[rustfmt::skip]
    let table = [
        (401, r#"{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}"#, "not the right one"),
        (401, r#"{"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"}"#, "disabled"),
        (401, r#"{"error":"unauthorized_client","error_description":"Invalid method used to get client secret. Client requires method 'client_secret_basic' but 'client_secret_post' was used."}"#, "another method"),
        (400, r#"{"error":"invalid_scope","error_description":"Invalid scopes: foo"}"#, "not registered"),
        (400, r#"{"error":"unsupported_grant_type"}"#, "does not offer"),
        (403, r#"{"error":"Invalid origin"}"#, "no web origin"),
        (400, r#"{"error":"invalid_client","error_description":"Multiple audiences not allowed"}"#, "several audiences"),
        (400, r#"{"error":"invalid_client","error_description":"Invalid token audience"}"#, "for another server"),
        (400, r#"{"error":"invalid_client","error_description":"Token jti claim is required"}"#, "has no jti"),
        (400, r#"{"error":"invalid_client","error_description":"Token reuse detected"}"#, "was used before"),
        (400, r#"{"error":"invalid_client","error_description":"Unable to load public key"}"#, "its kid is not among"),
        (400, r#"{"error":"invalid_client","error_description":"Client authentication with signed JWT failed: Signature on JWT token failed validation"}"#, "another algorithm"),
        (400, r#"{"error":"invalid_client","error_description":"Token is not active"}"#, "by the server’s clock"),
        (400, r#"{"error":"invalid_client","error_description":"Token was issued in the future"}"#, "signed in the future"),
        (400, r#"{"error":"invalid_client","error_description":"Token exp claim is required"}"#, "has no end"),
        (400, r#"{"error":"invalid_client","error_description":"Issuer mismatch. The issuer should match the subject"}"#, "differ"),
        (401, r#"{"error":"invalid_client","error_description":"client authentication failed"}"#, "keeps to itself why"),
        (500, "", "failed on its own side"),
        (200, "<html>", "no token to be read"),
        (200, r#"{"token":"x"}"#, "no access_token"),
    ];
    for (status, body, telling) in table {
        let refusal = grant::read(&answer(status, body)).unwrap_err();
        assert!(refusal.meaning.contains(telling), "{status} {body}\n→ {}", refusal.meaning);
    }
}

proptest! {
    #[test]
    fn no_answer_makes_the_reader_panic(status in 100_u16..600, body in "\\PC*") {
        let _ = grant::read(&answer(status, &body));
    }
}

/// What curl sends must be what the page sends: a colon in the client ID, a plus in the secret.
#[test]
fn curl_encodes_what_the_form_needs_encoded() {
    let secret = Secret::new("a+b&c");
    let post = render::curl(&grant::client_credentials(TOKEN, "client_secret_post", "id", &secret, ""));
    assert!(post.contains(r#"--data-raw 'grant_type=client_credentials&client_id=id'"#), "{post}");
    assert!(post.contains(r#"--data-urlencode 'client_secret='"$CLIENT_SECRET""#), "{post}");
    let id = "https://a.example/x";
    let basic = render::curl(&grant::client_credentials(TOKEN, "client_secret_basic", id, &secret, ""));
    assert!(basic.contains(r#"--user 'https%3A%2F%2Fa.example%2Fx:'"$CLIENT_SECRET""#), "{basic}");
}

/// As the guides of banks print it: the client is named behind the assertion, and a redirect URI goes along.
#[test]
fn an_application_token_is_asked_for_in_the_order_of_the_guide() {
    let assertion = Secret::new("eyJhbGciOiJQUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln");
    let request = grant::with_application_assertion(
        "https://bank.example/open-banking/oauth2/token",
        "ZRsNz6FOaNSWjEwEGFW_Osid8aAa",
        &assertion,
        "accounts openid",
        Some("https://www.google.com/redirects/redirect1"),
    );
    assert_eq!(
        request.body.as_ref().unwrap().reveal().expose(),
        "grant_type=client_credentials&scope=accounts%20openid&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=eyJhbGciOiJQUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln&redirect_uri=https%3A%2F%2Fwww.google.com%2Fredirects%2Fredirect1&client_id=ZRsNz6FOaNSWjEwEGFW_Osid8aAa"
    );
    let curl = render::curl(&request);
    assert!(!curl.contains("eyJhbGciOiJQUzI1NiJ9"), "{curl}");
    assert!(curl.contains(r#"client_assertion='"$CLIENT_ASSERTION"'&redirect_uri="#), "{curl}");
    let bare = grant::with_application_assertion("https://b.example/t", "c", &assertion, "", None);
    assert!(bare.body.unwrap().reveal().expose().ends_with(".c2ln&client_id=c"));
}

/// RFC 8705, 2: the certificate is the proof, the client ID only says whose it is.
#[test]
fn a_certificate_needs_no_more_than_the_client_id() {
    let request = grant::with_client_certificate("https://b.example/token", "c 1", "accounts");
    assert!(request.client_certificate);
    assert_eq!(
        request.body.unwrap().reveal().expose(),
        "grant_type=client_credentials&scope=accounts&client_id=c%201"
    );
}
