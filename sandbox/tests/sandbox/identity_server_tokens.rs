//! Tokens of Identity Server: by secret and by assertion, their scope, and when they stop counting.

use axum::{Router, routing::get};
use portico_sandbox::jose::signing_key::SigningKey;
use serde_json::{Value, json};

use crate::backend::{Answer, OWN, basic, part};
use crate::identity_server::*;

const TOKEN: &str = "/identity-server/t/openbank/oauth2/token";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const ASSERTION: &str = "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=";

/// An application with a secret: its identifier, its secret, its address.
async fn with_secret(name: &str, changes: &Value) -> (String, String, String) {
    let mut members = json!({ "token_endpoint_auth_method": null, "token_endpoint_auth_signing_alg": null });
    members.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    let (path, document) = registered(name, &members).await;
    let text = |name: &str| document[name].as_str().unwrap().to_owned();
    (text("client_id"), text("client_secret"), path)
}

async fn ask(id: &str, secret: &str, more: &str) -> Answer {
    let authorization = basic(id, secret);
    let headers = [FORM, ("authorization", authorization.as_str())];
    BANK.call("POST", TOKEN, &headers, format!("grant_type=client_credentials{more}")).await
}

async fn with_assertion(assertion: &str, more: &str) -> Answer {
    let form = format!("grant_type=client_credentials&{ASSERTION}{assertion}{more}");
    BANK.call("POST", TOKEN, &[FORM], form).await
}

fn refused(answer: &Answer) -> (u16, String, String) {
    assert!(answer.text().starts_with("{\"error_description\":"), "{}", answer.text());
    (answer.status.as_u16(), answer.error(), answer.description())
}

#[tokio::test]
async fn a_secret_gives_a_token_by_either_way() {
    let (id, secret, path) = with_secret("secret", &json!({})).await;
    let answer = ask(&id, &secret, "&scope=payments+accounts+admin").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(
        (answer.header("cache-control"), answer.header("pragma")),
        (Some("no-store"), Some("no-cache"))
    );
    let body = answer.json();
    assert_eq!(
        (&body["scope"], &body["token_type"], &body["expires_in"]),
        (&json!("payments accounts"), &json!("Bearer"), &json!(3600))
    );
    let token = body["access_token"].as_str().unwrap();
    assert_eq!(part(token, 0)["typ"], "at+jwt");
    let claims = part(token, 1);
    assert_eq!(claims["iss"], format!("{OWN}{TOKEN}"));
    assert_eq!((&claims["aut"], &claims["client_id"]), (&json!("APPLICATION"), &json!(id)));
    let granted = BANK.app.identity_server.accepted(token).unwrap().unwrap();
    assert_eq!((granted.client_id.as_str(), granted.scope.as_str()), (id.as_str(), "payments accounts"));

    let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let posted = BANK.call("POST", TOKEN, &[FORM], form).await;
    assert_eq!(posted.json()["scope"], "default", "{}", posted.text());

    send(ADMIN, "DELETE", &path, &Value::Null).await;
    assert_eq!(BANK.app.identity_server.accepted(token).unwrap(), None);
    let sentence = format!("A valid OAuth client could not be found for client_id: {id}");
    assert_eq!(refused(&ask(&id, &secret, "").await), (401, "invalid_client".to_owned(), sentence));
}

#[tokio::test]
async fn the_type_and_the_life_of_a_token_are_those_registered() {
    let opaque = json!({ "token_type_extension": null, "ext_application_token_lifetime": 7 });
    let (id, secret, _) = with_secret("opaque", &opaque).await;
    let body = ask(&id, &secret, "&scope=accounts").await.json();
    assert_eq!(body["expires_in"], 7);
    let token = body["access_token"].as_str().unwrap();
    assert_eq!(token.len(), 36, "{token}");
    assert!(BANK.app.identity_server.accepted(token).unwrap().is_some());
    assert!(BANK.app.identity_server.accepted("anything").unwrap().is_none());
}

#[tokio::test]
async fn refusals_of_the_token_endpoint() {
    let (id, secret, _) = with_secret("refusals", &json!({ "grant_types": ["authorization_code"] })).await;
    let client = "invalid_client";
    let wrong = refused(&ask(&id, "wrong", "").await);
    assert_eq!(wrong, (401, client.to_owned(), "Client credentials are invalid.".to_owned()));
    let grant = refused(&ask(&id, &secret, "").await);
    assert_eq!((grant.0, grant.1.as_str()), (400, "unauthorized_client"));
    let nobody = refused(&BANK.call("POST", TOKEN, &[FORM], "grant_type=client_credentials").await);
    assert_eq!(nobody.2, "Unsupported Client Authentication Method!");
    let grantless = refused(&BANK.call("POST", TOKEN, &[FORM], "scope=accounts").await);
    assert_eq!((grantless.0, grantless.1.as_str()), (400, "invalid_request"));
    let authorization = basic(&id, &secret);
    let headers = [FORM, ("authorization", authorization.as_str())];
    let password = refused(&BANK.call("POST", TOKEN, &headers, "grant_type=password").await);
    assert_eq!((password.0, password.1.as_str()), (400, "unsupported_grant_type"));
    let elsewhere =
        BANK.call("POST", "/identity-server/oauth2/token", &headers, "grant_type=client_credentials").await;
    assert_eq!(elsewhere.status, 401, "of another tenant");
    let (id, secret, _) =
        with_secret("only-post", &json!({ "token_endpoint_auth_method": "client_secret_post" })).await;
    assert_eq!(refused(&ask(&id, &secret, "").await).2, "Unsupported Client Authentication Method!");
}

fn claims(id: &str) -> Value {
    let now = BANK.clock.now();
    json!({ "iss": id, "sub": id, "aud": format!("{OWN}{TOKEN}"), "iat": now, "exp": now + 60,
        "jti": uuid::Uuid::new_v4().to_string() })
}

/// An application that publishes this key, and the server it publishes it at.
async fn with_key(name: &str, key: &SigningKey, changes: &Value) -> (String, tokio::task::JoinHandle<()>) {
    let set = json!({ "keys": [key.public_jwk()] });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut members = json!({ "jwks_uri": format!("http://{}/keys", listener.local_addr().unwrap()) });
    members.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    let routes = Router::new().route("/keys", get(move || async move { set.to_string() }));
    let server = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    let (_, document) = registered(name, &members).await;
    (document["client_id"].as_str().unwrap().to_owned(), server)
}

#[tokio::test]
async fn an_assertion_gives_a_token_once() {
    let key = key();
    let (id, server) = with_key("assertion", &key, &json!({})).await;
    let assertion = key.sign(&claims(&id)).unwrap();
    let answer = with_assertion(&assertion, &format!("&client_id={id}&scope=accounts")).await;
    assert_eq!((answer.status.as_u16(), answer.json()["scope"].clone()), (200, json!("accounts")));
    let again = refused(&with_assertion(&assertion, "").await);
    assert_eq!(again.2, "JWT Token with this jti has been replayed");

    let reusing = json!({ "token_endpoint_allow_reuse_pvt_key_jwt": true });
    let (id, second) = with_key("assertion-reuse", &key, &reusing).await;
    let assertion = key.sign(&claims(&id)).unwrap();
    for _ in 0..2 {
        assert_eq!(with_assertion(&assertion, "").await.status, 200);
    }
    server.abort();
    second.abort();
}

#[tokio::test]
async fn each_flaw_of_an_assertion_is_refused() {
    let key = key();
    let (id, server) = with_key("flaws", &key, &json!({})).await;
    let now = BANK.clock.now();
    let audience = "None of the audience values matched the tokenEndpoint Alias";
    let signature = "Signature validation failed for the client assertion.";
    for (changes, description) in [
        (json!({ "aud": [format!("{OWN}{TOKEN}")] }), audience),
        (json!({ "aud": "https://localhost:9446/oauth2/token" }), audience),
        (json!({ "exp": now - 31 }), "The client assertion has expired"),
        (json!({ "iat": now + 60 }), "The client assertion is not valid yet"),
        (json!({ "exp": null }), "Mandatory field - Expiration time is not found in the client assertion."),
        (json!({ "jti": null }), "Mandatory field - JWT ID is not found in the client assertion."),
        (json!({ "sub": null }), "Mandatory field - Subject is not found in the client assertion."),
        (json!({ "iss": "somebody" }), "Issuer, subject and client_id must be the same client"),
    ] {
        let mut claims = claims(&id);
        change(&mut claims, &changes);
        let answer = with_assertion(&key.sign(&claims).unwrap(), "").await;
        assert_eq!(refused(&answer), (401, "invalid_client".to_owned(), description.to_owned()), "{changes}");
    }
    assert_eq!(refused(&with_assertion(&OTHER.sign(&claims(&id)).unwrap(), "").await).2, signature);
    let unsigned = with_assertion("eyJhbGciOiJub25lIn0.e30.", "").await;
    assert_eq!(refused(&unsigned).0, 401);
    let assertion = key.sign(&claims(&id)).unwrap();
    let other_client = with_assertion(&assertion, "&client_id=another").await;
    assert_eq!(refused(&other_client).2, "Issuer, subject and client_id must be the same client");
    server.abort();
    let _ = server.await;
    assert_eq!(refused(&with_assertion(&assertion, "").await).2, signature, "the keys can't be had");

    let (secret_id, _, _) = with_secret("flaws-secret", &json!({})).await;
    let answer = with_assertion(&key.sign(&claims(&secret_id)).unwrap(), "").await;
    assert_eq!(refused(&answer).2, "Unsupported Client Authentication Method!");
}

#[tokio::test]
async fn discovery_names_the_addresses_of_the_tenant() {
    for (root, token) in
        [("/identity-server/t/openbank", TOKEN), ("/identity-server", "/identity-server/oauth2/token")]
    {
        for path in [
            format!("{token}/.well-known/openid-configuration"),
            format!("{root}/.well-known/openid-configuration"),
        ] {
            let document = BANK.call("GET", &path, &[], "").await.json();
            assert_eq!(document["issuer"], format!("{OWN}{token}"), "{path}");
            assert_eq!(document["token_endpoint"], document["issuer"]);
            let register = format!("{OWN}{root}/api/identity/oauth2/dcr/v1.1/register");
            assert_eq!(document["registration_endpoint"], register);
            let keys = document["jwks_uri"].as_str().unwrap().strip_prefix(OWN).unwrap();
            assert_eq!(BANK.call("GET", keys, &[], "").await.json()["keys"][0]["alg"], "RS256");
        }
    }
}
