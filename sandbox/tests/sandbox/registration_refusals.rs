//! What Keycloak 26.7.2 was seen to refuse, and in which words. The first of the two texts is `error`, the second
//! `error_description`; an empty second one means that the member isn't there.

use serde_json::{Value, json};

use crate::backend::{Answer, COMMON, FOREIGN, OWN, REGISTRATION};

fn assert_refused(case: &str, answer: &Answer, status: u16, error: &str, description: &str) {
    assert_eq!(answer.status.as_u16(), status, "{case}: {}", answer.text());
    assert_eq!((answer.error().as_str(), answer.description().as_str()), (error, description), "{case}");
    assert_eq!(
        answer.json().as_object().unwrap().len(),
        if description.is_empty() { 1 } else { 2 },
        "{case}"
    );
    assert_eq!(answer.header("content-type"), Some("application/json"), "{case}");
    for name in answer.headers.keys() {
        assert!(!name.as_str().starts_with("access-control-"), "{case}: a refusal carries {name}");
    }
    assert!(answer.header("www-authenticate").is_none(), "{case}");
}

const PARSE: &str = "Cannot parse the JSON";
const METADATA: (&str, &str) = ("invalid_client_metadata", "Client metadata invalid");
const REDIRECT: &str = "invalid_redirect_uri";

#[tokio::test]
async fn documents_that_are_refused() {
    let scheme = "A redirect URI uses an illegal scheme";
    let server_log = "For more on this error consult the server log.";
    let scopes = "Policy 'Allowed Client Scopes' rejected request to client-registration service. \
                  Details: Not permitted to use specified clientScope";
    let key = json!({ "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "use": "sig" });
    let mut private = key.clone();
    private["d"] = json!("AA");
    let mut unused = key.clone();
    unused.as_object_mut().unwrap().remove("use");
    let assertion =
        |keys: Value| json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks": { "keys": keys } });
    let cases: Vec<(Value, u16, &str, &str)> = vec![
        (json!({ "client_id": "mine" }), 400, METADATA.0, "Client Identifier included"),
        (json!({ "redirect_uris": ["javascript:alert(1)"] }), 400, REDIRECT, scheme),
        (json!({ "redirect_uris": ["data:text/html,x"] }), 400, REDIRECT, scheme),
        (
            json!({ "redirect_uris": ["https://a.example/#x"] }),
            400,
            REDIRECT,
            "A redirect URI must not contain an URL fragment",
        ),
        (json!({ "client_uri": "javascript:x" }), 400, METADATA.0, "Base URL uses an illegal scheme"),
        (json!({ "client_uri": "nowhere" }), 400, METADATA.0, "Base URL is not a valid URL"),
        (json!({ "response_types": ["wrong"] }), 400, METADATA.0, METADATA.1),
        (json!({ "token_endpoint_auth_method": "RS256" }), 400, METADATA.0, METADATA.1),
        (json!({ "token_endpoint_auth_method": "private_key_jwt" }), 400, METADATA.0, METADATA.1),
        (assertion(json!([])), 400, METADATA.0, METADATA.1),
        (assertion(json!([unused])), 400, METADATA.0, METADATA.1),
        (assertion(json!([private.clone()])), 400, METADATA.0, METADATA.1),
        (json!({ "jwks": { "keys": [private] } }), 400, METADATA.0, METADATA.1),
        (
            json!({ "jwks": { "keys": [key] }, "jwks_uri": "https://a.example/k" }),
            400,
            METADATA.0,
            METADATA.1,
        ),
        (json!({ "client_name": "x".repeat(256) }), 500, "unknown_error", server_log),
        (
            json!({ "client_uri": format!("https://a.example/{}", "x".repeat(256)) }),
            500,
            "unknown_error",
            server_log,
        ),
        (json!({ "scope": "registry:start-bp nope" }), 403, "insufficient_scope", scopes),
        (json!({ "scope": "openid" }), 403, "insufficient_scope", scopes),
        (json!({ "client_name": { "a": 1 } }), 400, "unknown_error", PARSE),
        (json!({ "redirect_uris": "https://a.example" }), 400, "unknown_error", PARSE),
        (json!({ "require_auth_time": "perhaps" }), 400, "unknown_error", PARSE),
        (json!({ "jwks": 5 }), 400, "unknown_error", PARSE),
    ];
    let token = COMMON.initial_token(json!({ "web_origins": [FOREIGN] })).await;
    for (members, status, error, description) in cases {
        let mut document = json!({ "grant_types": ["client_credentials"] });
        document.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        // From a page that may use the token: the refusal is there, but the page can't read it.
        let answer = COMMON.with_bearer("POST", REGISTRATION, &token, Some(FOREIGN), &document).await;
        assert_refused(&members.to_string(), &answer, status, error, description);
    }
    let answer = COMMON.with_bearer("POST", REGISTRATION, &token, Some(FOREIGN), &json!({})).await;
    assert_eq!(answer.status, 201, "no refusal used the token up");
}

#[tokio::test]
async fn texts_that_are_not_a_document() {
    let token = COMMON.initial_token(json!({})).await;
    let bearer = format!("Bearer {token}");
    let unknown = |place: &str| {
        format!(
            "Invalid json representation for OIDCClientRepresentation. Unrecognized field \"foo\" at {place}."
        )
    };
    let cases = [
        ("{bad", "invalid_request".to_owned(), PARSE),
        ("", "invalid_request".to_owned(), PARSE),
        ("[]", "unknown_error".to_owned(), PARSE),
        ("5", "unknown_error".to_owned(), PARSE),
        (r#"{"foo":1}"#, unknown("line 1 column 9"), ""),
        (r#"{"foo" : 1}"#, unknown("line 1 column 11"), ""),
        ("{\n \"foo\": \"abc\"}", unknown("line 2 column 10"), ""),
        ("{\"foo\":\n  true}", unknown("line 2 column 7"), ""),
        (r#"{"foo":{"a":1}}"#, unknown("line 1 column 9"), ""),
        (r#"{"client_name":"x","foo":"#, unknown("line 1 column 26"), ""),
    ];
    for (body, error, description) in cases {
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let answer = COMMON.call("POST", REGISTRATION, &headers, body).await;
        assert_refused(body, &answer, 400, &error, description);
    }
    for media_type in ["text/plain", "application/jwt", "application/jsonp"] {
        let headers = [("authorization", bearer.as_str()), ("content-type", media_type)];
        let answer = COMMON.call("POST", REGISTRATION, &headers, "{}").await;
        let sentence = "The content-type header value did not match the value in @Consumes";
        assert_refused(media_type, &answer, 415, sentence, "");
    }
}

#[tokio::test]
async fn tokens_that_are_refused() {
    let client = COMMON.registered(json!({})).await;
    let initial = COMMON.initial_token(json!({ "count": 5 })).await;
    let used_up = COMMON.initial_token(json!({})).await;
    COMMON.with_bearer("POST", REGISTRATION, &used_up, None, &json!({})).await;
    let access = COMMON.access_token(&client, "profile").await;
    let tampered = format!("{}x", initial);
    let other = format!("{REGISTRATION}/{}", uuid::Uuid::new_v4());

    let untrusted =
        "Policy 'Trusted Hosts' rejected request to client-registration service. Details: Host not trusted.";
    let unread = "Not authorized to view client. Not valid token or client credentials provided.";
    let unchanged = "Not authorized to update client. Maybe missing token or bad token type.";
    let undecoded = "Failed decode token";
    let not_initial = "Not initial access token allowed";
    let (scope, invalid) = ("insufficient_scope", "invalid_token");
    let cases: Vec<(&str, &str, &str, u16, &str, &str)> = vec![
        ("POST", REGISTRATION, &client.token, 403, scope, untrusted),
        ("POST", REGISTRATION, "", 403, scope, untrusted),
        ("POST", REGISTRATION, "garbage", 401, invalid, undecoded),
        ("POST", REGISTRATION, &tampered, 401, invalid, undecoded),
        ("POST", REGISTRATION, &used_up, 401, invalid, "No remaining count on initial access token"),
        ("POST", REGISTRATION, &access, 403, scope, "Forbidden"),
        ("GET", &client.path, &initial, 401, invalid, not_initial),
        ("PUT", &client.path, &initial, 401, invalid, not_initial),
        ("DELETE", &client.path, &initial, 401, invalid, not_initial),
        ("GET", &client.path, "", 401, invalid, unread),
        ("GET", &client.path, "garbage", 401, invalid, undecoded),
        ("GET", &other, &client.token, 401, invalid, unread),
        ("PUT", &other, &client.token, 401, invalid, unchanged),
        ("DELETE", &other, &client.token, 401, invalid, unchanged),
        ("PUT", &client.path, "", 401, invalid, unchanged),
    ];
    for (method, path, token, status, error, description) in cases {
        let answer = COMMON.with_bearer(method, path, token, None, &json!({ "client_id": client.id })).await;
        assert_refused(&format!("{method} {path} {description}"), &answer, status, error, description);
    }
    let answer = COMMON.call("GET", &client.path, &[("authorization", "Bearer")], "").await;
    assert_refused("a scheme alone", &answer, 401, invalid, unread);
    let lower = format!("bearer {}", client.token);
    assert_eq!(COMMON.call("GET", &client.path, &[("authorization", &lower)], "").await.status, 200);
}

#[tokio::test]
async fn the_issuer_follows_the_host() {
    let client = COMMON.registered(json!({})).await;
    let bearer = format!("Bearer {}", client.token);
    let answer =
        COMMON.call("GET", &client.path, &[("host", "127.0.0.1:8080"), ("authorization", &bearer)], "").await;
    assert_refused("another name of the same server", &answer, 401, "invalid_token", "Failed decode token");
    let answer = COMMON.call("GET", "/healthz", &[("host", "any host")], "").await;
    assert_eq!(answer.status, 200);
    let answer = COMMON.call("GET", &client.path, &[("host", "a/b")], "").await;
    assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, "invalid_request"));
}

#[tokio::test]
async fn origins() {
    let without = COMMON.initial_token(json!({ "web_origins": [], "count": 9 })).await;
    let with = COMMON.initial_token(json!({ "web_origins": [FOREIGN], "count": 9 })).await;
    let any = COMMON.initial_token(json!({ "web_origins": ["*"], "count": 9 })).await;
    let answer = COMMON.with_bearer("POST", REGISTRATION, &without, Some(FOREIGN), &json!({})).await;
    assert_refused("not listed", &answer, 403, "Invalid origin", "");
    for origin in [OWN, ""] {
        let origin = Some(origin).filter(|origin| !origin.is_empty());
        let answer = COMMON.with_bearer("POST", REGISTRATION, &without, origin, &json!({})).await;
        assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (201, None));
    }
    for token in [&with, &any] {
        let answer = COMMON.with_bearer("POST", REGISTRATION, token, Some(FOREIGN), &json!({})).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("access-control-allow-origin")),
            (201, Some(FOREIGN))
        );
        assert_eq!(answer.header("access-control-allow-credentials"), Some("true"));
    }
    let answer = COMMON.with_bearer("POST", REGISTRATION, &with, Some("null"), &json!({})).await;
    assert_refused("an opaque origin", &answer, 403, "Invalid origin", "");
}

#[tokio::test]
async fn preflights_prove_nothing() {
    for path in [REGISTRATION.to_owned(), format!("{REGISTRATION}/anything")] {
        let headers = [("origin", "https://evil.example"), ("access-control-request-method", "POST")];
        let answer = COMMON.call("OPTIONS", &path, &headers, "").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("access-control-allow-origin"), Some("https://evil.example"));
        assert!(answer.header("access-control-allow-methods").unwrap().contains("PUT"));
        assert!(answer.header("access-control-allow-headers").unwrap().contains("Authorization"));
    }
}

#[tokio::test]
async fn paths_that_lead_nowhere() {
    let cases = [
        ("GET", REGISTRATION, 404, "HTTP 404 Not Found"),
        ("PATCH", REGISTRATION, 405, "HTTP 405 Method Not Allowed"),
        ("GET", "/realms/sandbox/nothing", 404, "HTTP 404 Not Found"),
        ("GET", "/realms/other/.well-known/openid-configuration", 404, "Realm does not exist"),
        ("GET", "/realms/sandbox/protocol/openid-connect/token", 405, "HTTP 405 Method Not Allowed"),
    ];
    for (method, path, status, error) in cases {
        assert_refused(path, &COMMON.call(method, path, &[], "").await, status, error, "");
    }
}
