//! A registration from its beginning to its end.

use serde_json::{Value, json};

use crate::backend::{Backend, COMMON, FOREIGN, HOST, REGISTRATION, Registered, part};

const UNREAD: &str = "Not authorized to view client. Not valid token or client credentials provided.";

#[tokio::test]
async fn registers_reads_changes_and_deletes() {
    let token = COMMON.initial_token(json!({})).await;
    let document = json!({ "client_name": "gateway-client", "redirect_uris": [], "grant_types": ["client_credentials"] });
    let answer = COMMON.with_bearer("POST", REGISTRATION, &token, None, &document).await;
    assert_eq!(answer.status, 201);
    let created = Registered::of(answer.json());
    let uri = format!("http://{HOST}{}", created.path);
    assert_eq!(answer.header("location"), Some(uri.as_str()));
    assert_eq!(created.document["registration_client_uri"], json!(uri));
    assert_eq!(created.document["grant_types"], json!(["client_credentials"]));
    assert_eq!(created.document["response_types"], json!([]));
    assert_eq!(created.document["client_secret_expires_at"], json!(0));
    assert!(created.document["client_id_issued_at"].as_i64().unwrap() > 1_600_000_000);
    let claims = part(&created.token, 1);
    assert_eq!((&claims["exp"], &claims["typ"]), (&json!(0), &json!("RegistrationAccessToken")));
    assert_eq!(part(&created.token, 0)["alg"], json!("HS512"));

    let read = COMMON.with_bearer("GET", &created.path, &created.token, None, &Value::Null).await;
    let mut expected = created.document.clone();
    expected.as_object_mut().unwrap().remove("client_id_issued_at");
    assert_eq!((read.status.as_u16(), read.json()), (200, expected), "the same token and secret again");

    let change = json!({
        "client_id": created.id, "client_name": "renamed", "client_secret": "chosen",
        "grant_types": ["client_credentials"],
    });
    let answer = COMMON.with_bearer("PUT", &created.path, &created.token, None, &change).await;
    assert_eq!(answer.status, 200);
    let changed = Registered::of(answer.json());
    assert_eq!(changed.document["client_name"], json!("renamed"));
    assert_eq!(changed.secret, created.secret, "the secret sent is not taken");
    assert_ne!(changed.token, created.token);

    for method in ["GET", "PUT", "DELETE"] {
        let old = COMMON.with_bearer(method, &created.path, &created.token, None, &change).await;
        assert_eq!(old.status, 401, "{method} with the token from before");
    }
    let deleted = COMMON.with_bearer("DELETE", &created.path, &changed.token, None, &Value::Null).await;
    assert_eq!((deleted.status.as_u16(), deleted.body.len()), (204, 0));
    let gone = COMMON.with_bearer("GET", &created.path, &changed.token, None, &Value::Null).await;
    assert_eq!((gone.status.as_u16(), gone.description().as_str()), (401, UNREAD));
}

#[tokio::test]
async fn a_refused_change_leaves_the_token_valid() {
    let client = COMMON.registered(json!({})).await;
    let cases = [
        (json!({ "client_name": "x" }), "Client Identifier modified"),
        (json!({ "client_id": "another" }), "Client Identifier modified"),
        (
            json!({ "client_id": client.id, "redirect_uris": ["javascript:x"] }),
            "A redirect URI uses an illegal scheme",
        ),
    ];
    for (change, description) in cases {
        let answer = COMMON.with_bearer("PUT", &client.path, &client.token, None, &change).await;
        assert_eq!((answer.status.as_u16(), answer.description().as_str()), (400, description));
        let read = COMMON.with_bearer("GET", &client.path, &client.token, None, &Value::Null).await;
        assert_eq!(read.status, 200);
    }
}

#[tokio::test]
async fn what_is_left_out_of_a_change_stays_except_the_grants() {
    let client = COMMON
        .registered(json!({
            "client_uri": "https://a.example", "scope": "registry:start-bp",
            "token_endpoint_auth_method": "client_secret_post", "redirect_uris": [format!("{FOREIGN}/")],
        }))
        .await;
    let answer = COMMON
        .with_bearer("PUT", &client.path, &client.token, None, &json!({ "client_id": client.id }))
        .await;
    let changed = answer.json();
    for name in ["client_name", "client_uri", "scope", "token_endpoint_auth_method", "redirect_uris"] {
        assert_eq!(changed[name], client.document[name], "{name}");
    }
    assert_eq!(changed["grant_types"], json!(["authorization_code", "client_credentials"]));
    assert_eq!(changed["response_types"], json!(["code", "none"]));
}

#[tokio::test]
async fn grants_are_worked_out_anew() {
    let login = json!(["code", "none"]);
    let cases = [
        (
            json!({ "response_types": ["none"] }),
            json!(["authorization_code", "client_credentials"]),
            login.clone(),
        ),
        (
            json!({ "response_types": ["code"] }),
            json!(["authorization_code", "client_credentials"]),
            login.clone(),
        ),
        (json!({ "response_types": [] }), json!(["client_credentials"]), json!([])),
        (json!({ "grant_types": null }), json!(["authorization_code", "refresh_token"]), login.clone()),
        (json!({ "grant_types": [] }), json!(["authorization_code"]), login),
        (json!({ "grant_types": ["unheard-of"] }), json!([]), json!([])),
        (json!({ "grant_types": ["implicit"] }), json!(["implicit"]), json!(["id_token", "id_token token"])),
    ];
    for (members, grants, responses) in cases {
        let client = COMMON.registered(members.clone()).await;
        assert_eq!(client.document["grant_types"], grants, "{members}");
        assert_eq!(client.document["response_types"], responses, "{members}");
    }
}

#[tokio::test]
async fn members_come_back_as_they_were_taken() {
    let client = COMMON
        .registered(json!({ "client_name": "<b>name</b>", "scope": "registry:start-bp registry:start-bp" }))
        .await;
    assert_eq!(client.document["client_name"], json!("<b>name</b>"));
    assert_eq!(client.document["scope"], json!("registry:start-bp"));
    let client = COMMON.registered(json!({})).await;
    let optional = "address phone offline_access organization microprofile-jwt";
    assert_eq!(client.document["scope"], json!(optional), "without scope there is none of a product");
    let keys = json!({ "keys": [{ "kty": "RSA", "n": "AA", "e": "AQAB", "use": "sig", "kid": "k1" }] });
    let method = json!("private_key_jwt");
    let client = COMMON.registered(json!({ "token_endpoint_auth_method": method, "jwks": keys })).await;
    assert_eq!((&client.document["jwks"], &client.document["token_endpoint_auth_method"]), (&keys, &method));
    assert!(client.document.get("client_secret").is_none());
    assert!(client.document.get("client_secret_expires_at").is_none());
}

#[tokio::test]
async fn a_listed_page_may_do_all_of_it() {
    let token = COMMON.initial_token(json!({ "web_origins": [FOREIGN] })).await;
    let document = json!({ "grant_types": ["client_credentials"] });
    let created = COMMON.with_bearer("POST", REGISTRATION, &token, Some(FOREIGN), &document).await;
    let client = Registered::of(created.json());
    assert_eq!(part(&client.token, 1)["allowed-origins"], json!([FOREIGN]));
    let change = json!({ "client_id": client.id, "grant_types": ["client_credentials"] });
    let other =
        COMMON.with_bearer("PUT", &client.path, &client.token, Some("https://other.example"), &change).await;
    assert_eq!((other.status.as_u16(), other.error().as_str()), (403, "Invalid origin"));
    let changed = COMMON.with_bearer("PUT", &client.path, &client.token, Some(FOREIGN), &change).await;
    let client = Registered::of(changed.json());
    let read = COMMON.with_bearer("GET", &client.path, &client.token, Some(FOREIGN), &Value::Null).await;
    let deleted =
        COMMON.with_bearer("DELETE", &client.path, &client.token, Some(FOREIGN), &Value::Null).await;
    for (answer, status) in [(created, 201), (changed, 200), (read, 200), (deleted, 204)] {
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("access-control-allow-origin"), Some(FOREIGN));
    }
}

#[tokio::test]
async fn initial_tokens_count_and_expire() {
    let backend = Backend::with(&[]);
    let two = backend.initial_token(json!({ "count": 2, "expiration": 60 })).await;
    let document = json!({ "grant_types": ["client_credentials"] });
    for status in [201, 201, 401] {
        assert_eq!(backend.with_bearer("POST", REGISTRATION, &two, None, &document).await.status, status);
    }
    let short = backend.initial_token(json!({ "count": 2, "expiration": 60 })).await;
    let lasting = backend.initial_token(json!({ "expiration": 0 })).await;
    backend.clock.advance(61);
    let expired = backend.with_bearer("POST", REGISTRATION, &short, None, &document).await;
    assert_eq!((expired.status.as_u16(), expired.description().as_str()), (401, "Failed decode token"));
    assert_eq!(backend.with_bearer("POST", REGISTRATION, &lasting, None, &document).await.status, 201);
}

#[tokio::test]
async fn one_use_is_one_registration_however_many_ask_at_once() {
    let token = COMMON.initial_token(json!({})).await;
    let document = json!({ "grant_types": ["client_credentials"] });
    let all = (0..8).map(|_| COMMON.with_bearer("POST", REGISTRATION, &token, None, &document));
    let answers = futures_util::future::join_all(all).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
}
