//! The token endpoint, the keys, introspection and revocation.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use portico_sandbox::jose::{jwk, jws::Unverified};
use serde_json::json;

use crate::backend::{ALL_SCOPES, Backend, COMMON, FOREIGN, OWN, Registered, TOKEN, basic, part};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const REFUSED: &str = "Invalid client or Invalid client credentials";

#[tokio::test]
async fn a_token_looks_like_keycloaks() {
    let client = COMMON.registered(json!({ "scope": "registry:start-bp" })).await;
    let answer = COMMON.token_answer(&client, "", None).await;
    assert_eq!(
        (answer.header("cache-control"), answer.header("pragma")),
        (Some("no-store"), Some("no-cache"))
    );
    let mut members = answer.json();
    let token = members["access_token"].take().as_str().unwrap().to_owned();
    let expected = json!({
        "access_token": null, "expires_in": 300, "refresh_expires_in": 0, "token_type": "Bearer",
        "not-before-policy": 0, "scope": "profile email",
    });
    assert_eq!(members, expected);
    let claims = part(&token, 1);
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 300);
    assert_eq!(claims["iss"], json!(format!("{OWN}/realms/sandbox")));
    assert_eq!((&claims["azp"], &claims["client_id"]), (&json!(client.id), &json!(client.id)));
    assert_eq!(claims["preferred_username"], json!(format!("service-account-{}", client.id)));
    assert_eq!((&claims["typ"], &claims["acr"]), (&json!("Bearer"), &json!("1")));
    assert!(claims.get("allowed-origins").is_none());
    assert!(!claims["realm_access"]["roles"].to_string().contains("trembita-invoker"));
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    assert!(String::from_utf8(header).unwrap().starts_with(r#"{"alg":"RS256","typ" : "JWT","kid" : ""#));
}

#[tokio::test]
async fn scope_is_what_is_asked_and_registered() {
    let client = COMMON.registered(json!({ "scope": ALL_SCOPES })).await;
    let token = COMMON.access_token(&client, "registry:start-bp payments:initiate").await;
    let claims = part(&token, 1);
    assert_eq!(claims["scope"], json!("registry:start-bp payments:initiate profile email"));
    let roles = claims["realm_access"]["roles"].to_string();
    assert!(roles.contains("trembita-invoker") && !roles.contains("payment-initiator"));

    let narrow = COMMON.registered(json!({ "scope": "registry:start-bp" })).await;
    for (asked, description) in [
        ("payments:initiate", "Invalid scopes: payments:initiate"),
        ("registry:start-bp+nope", "Invalid scopes: registry:start-bp nope"),
        ("", "Invalid scopes: "),
    ] {
        let answer = COMMON.token_answer(&narrow, &format!("&scope={asked}"), None).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, "invalid_scope"));
        assert_eq!(answer.description(), description);
    }
    let long = format!("&scope={}", "x".repeat(5000));
    assert_eq!(COMMON.token_answer(&narrow, &long, None).await.status, 200, "a value that long is not read");
}

#[tokio::test]
async fn both_algorithms_sign_what_the_published_keys_verify() {
    for algorithm in ["RS256", "PS256"] {
        let backend = Backend::with(&["--token-alg", algorithm]);
        let client = backend.registered(json!({})).await;
        let token = backend.access_token(&client, "profile").await;
        assert_eq!(part(&token, 0)["alg"], json!(algorithm));
        let keys = backend.call("GET", "/realms/sandbox/protocol/openid-connect/certs", &[], "").await.json();
        assert_eq!(keys["keys"].as_array().unwrap().len(), 2);
        assert!(keys["keys"].as_array().unwrap().iter().all(|key| key.get("d").is_none()));
        assert!(jwk::verified_by_set(&Unverified::parse(&token).unwrap(), &keys));
        let other = COMMON.call("GET", "/realms/sandbox/protocol/openid-connect/certs", &[], "").await.json();
        assert!(!jwk::verified_by_set(&Unverified::parse(&token).unwrap(), &other));
    }
}

async fn posted(client_id: &str, secret: &str) -> crate::backend::Answer {
    let body = format!("grant_type=client_credentials&client_id={client_id}&client_secret={secret}");
    COMMON.call("POST", TOKEN, &[FORM], body).await
}

#[tokio::test]
async fn a_method_that_was_registered_is_the_only_one() {
    let either = COMMON.registered(json!({})).await;
    assert_eq!(COMMON.token_answer(&either, "", None).await.status, 200);
    assert_eq!(posted(&either.id, &either.secret).await.status, 200);

    let only_post = COMMON.registered(json!({ "token_endpoint_auth_method": "client_secret_post" })).await;
    assert_eq!(posted(&only_post.id, &only_post.secret).await.status, 200);
    let wrong = COMMON.token_answer(&only_post, "", None).await;
    assert_eq!((wrong.status.as_u16(), wrong.error().as_str()), (401, "unauthorized_client"));
    let sentence = "Invalid method used to get client secret. Client requires method 'client_secret_post' \
                    to obtain client secret from the request";
    assert_eq!(wrong.description(), sentence);

    let only_basic = COMMON.registered(json!({ "token_endpoint_auth_method": "client_secret_basic" })).await;
    let wrong = posted(&only_basic.id, &only_basic.secret).await;
    assert_eq!(wrong.description(), sentence.replace("client_secret_post", "client_secret_basic"));
}

#[tokio::test]
async fn credentials_that_are_refused() {
    let client = COMMON.registered(json!({})).await;
    let keys = json!({ "keys": [{ "kty": "RSA", "n": "AA", "e": "AQAB", "use": "sig" }] });
    let by_key =
        COMMON.registered(json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks": keys })).await;
    let public = COMMON.registered(json!({ "token_endpoint_auth_method": "none" })).await;
    let login = COMMON.registered(json!({ "grant_types": ["authorization_code"] })).await;
    let with = |id: &str, secret: &str| Registered {
        id: id.to_owned(),
        secret: secret.to_owned(),
        ..client.clone()
    };
    let cases = [
        (with(&client.id, "wrong"), "unauthorized_client", REFUSED),
        (with(&client.id, ""), "unauthorized_client", REFUSED),
        (with("nobody", "x"), "invalid_client", REFUSED),
        (with(&by_key.id, "x"), "invalid_client", REFUSED),
        (public, "unauthorized_client", "Public client not allowed to retrieve service account"),
        (login, "unauthorized_client", "Client not enabled to retrieve service account"),
    ];
    for (who, error, description) in cases {
        let answer = COMMON.token_answer(&who, "", None).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (401, error));
        assert_eq!(answer.description(), description);
        assert!(answer.header("www-authenticate").is_none(), "a browser would open its password dialog");
    }
    for header in ["Basic !!!", "Basic YWJj", "Bearer x", "Basic"] {
        let headers = [FORM, ("authorization", header)];
        let answer = COMMON.call("POST", TOKEN, &headers, "grant_type=client_credentials").await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (401, "invalid_client"), "{header}");
    }
}

#[tokio::test]
async fn requests_that_are_refused() {
    let client = COMMON.registered(json!({})).await;
    let who = basic(&client.id, &client.secret);
    let cases = [
        ("", "invalid_request", "Missing form parameter: grant_type"),
        ("grant_type=nope", "unsupported_grant_type", "Unsupported grant_type"),
        (
            "grant_type=client_credentials&grant_type=client_credentials",
            "invalid_request",
            "duplicated parameter",
        ),
        ("grant_type=client_credentials&a=1&a=2", "invalid_request", "duplicated parameter"),
    ];
    for (body, error, description) in cases {
        let answer = COMMON.call("POST", TOKEN, &[FORM, ("authorization", &who)], body).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, error), "{body}");
        assert_eq!(answer.description(), description);
    }
    let json_body = [("content-type", "application/json"), ("authorization", who.as_str())];
    let answer = COMMON.call("POST", TOKEN, &json_body, r#"{"grant_type":"client_credentials"}"#).await;
    assert_eq!(answer.description(), "Missing form parameter: grant_type");
}

#[tokio::test]
async fn pages_may_read_what_keycloak_lets_them() {
    let machine = COMMON.registered(json!({})).await;
    let answer = COMMON.token_answer(&machine, "", Some(FOREIGN)).await;
    assert_eq!((answer.status.as_u16(), answer.error().as_str()), (403, "Invalid origin"));
    assert_eq!(answer.header("access-control-allow-origin"), None);
    assert_eq!(COMMON.token_answer(&machine, "", Some(OWN)).await.status, 200);
    let wrong = Registered { secret: "wrong".to_owned(), ..machine };
    let answer = COMMON.token_answer(&wrong, "", Some(FOREIGN)).await;
    assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (401, Some(FOREIGN)));

    let page = COMMON.registered(json!({ "redirect_uris": [format!("{FOREIGN}/")] })).await;
    let answer = COMMON.token_answer(&page, "", Some(FOREIGN)).await;
    assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (200, Some(FOREIGN)));
    assert_eq!(part(answer.json()["access_token"].as_str().unwrap(), 1)["allowed-origins"], json!([FOREIGN]));
    let answer = COMMON.token_answer(&page, "&scope=nope", Some(FOREIGN)).await;
    assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (400, Some(FOREIGN)));
    let answer = COMMON.token_answer(&page, "", Some("https://other.example")).await;
    assert_eq!(answer.status, 403);
    // A later change without redirect URIs leaves the origin.
    let change = json!({ "client_id": page.id, "redirect_uris": [], "grant_types": ["client_credentials"] });
    COMMON.with_bearer("PUT", &page.path, &page.token, None, &change).await;
    assert_eq!(COMMON.token_answer(&page, "", Some(FOREIGN)).await.status, 200);
}

#[tokio::test]
async fn metadata_is_open_and_follows_the_host() {
    for path in [
        "/realms/sandbox/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server/realms/sandbox",
    ] {
        let headers = [("origin", FOREIGN), ("host", "backend.example:9")];
        let answer = COMMON.call("GET", path, &headers, "").await;
        assert_eq!(answer.header("access-control-allow-origin"), Some(FOREIGN));
        let metadata = answer.json();
        let issuer = "http://backend.example:9/realms/sandbox";
        assert_eq!(metadata["issuer"], json!(issuer));
        for (name, value) in metadata.as_object().unwrap() {
            if name.ends_with("_endpoint") || name == "jwks_uri" {
                assert!(value.as_str().unwrap().starts_with(issuer), "{name}");
            }
        }
        assert!(metadata["scopes_supported"].to_string().contains("registry:start-bp"));
    }
}

#[tokio::test]
async fn introspection_and_revocation() {
    let client = COMMON.registered(json!({ "scope": ALL_SCOPES })).await;
    let other = COMMON.registered(json!({})).await;
    let token = COMMON.access_token(&client, ALL_SCOPES).await;
    let ask = async |endpoint: &str, who: &Registered, token: &str| {
        let path = format!("/realms/sandbox/protocol/openid-connect/{endpoint}");
        let who = basic(&who.id, &who.secret);
        COMMON.call("POST", &path, &[FORM, ("authorization", &who)], format!("token={token}")).await
    };
    let active = ask("token/introspect", &client, &token).await.json();
    assert_eq!((&active["active"], &active["azp"]), (&json!(true), &json!(client.id)));
    assert_eq!(active["scope"], json!(format!("{ALL_SCOPES} profile email")));
    let inactive = json!({ "active": false });
    assert_eq!(ask("token/introspect", &other, &token).await.json(), inactive);
    assert_eq!(ask("token/introspect", &client, "garbage").await.json(), inactive);
    let wrong = Registered { secret: "x".to_owned(), ..client.clone() };
    let answer = ask("token/introspect", &wrong, &token).await;
    assert_eq!(
        (answer.error().as_str(), answer.description().as_str()),
        ("invalid_client", "Client authentication failed.")
    );

    let answer = ask("revoke", &other, &token).await;
    assert_eq!((answer.status.as_u16(), answer.description().as_str()), (400, "Unmatching clients"));
    assert_eq!(ask("revoke", &client, &token).await.status, 200);
    assert_eq!(ask("token/introspect", &client, &token).await.json(), inactive);
    assert_eq!(ask("revoke", &client, &token).await.status, 200);
    let call = COMMON.with_bearer("GET", "/api/data-factory/laboratories", &token, None, &json!(null)).await;
    assert_eq!(call.status, 401);
}
