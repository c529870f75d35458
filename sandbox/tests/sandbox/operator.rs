//! What an operator does: approval, rejection, new tokens; as JSON and on the page.

use serde_json::{Value, json};

use crate::backend::{Backend, FOREIGN, OWN, REGISTRATION};

async fn policy(backend: &Backend, policy: Value) {
    assert_eq!(backend.call("POST", "/try/policy", &[], policy.to_string()).await.status, 200);
}

async fn act(backend: &Backend, id: &str, action: &str, body: Value) -> Value {
    let answer = backend.call("POST", &format!("/try/clients/{id}/{action}"), &[], body.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn a_client_that_waits_is_let_in_nowhere_and_works_once_it_is_approved() {
    let backend = Backend::with(&["--client-disabled"]);
    let client = backend.registered(json!({ "scope": "cash-accounts:balances.read" })).await;
    let document =
        json!({ "client_id": client.id, "client_name": "x", "grant_types": ["client_credentials"] });
    for (method, words) in [("GET", "view"), ("PUT", "update"), ("DELETE", "update")] {
        let answer = backend.with_bearer(method, &client.path, &client.token, None, &document).await;
        assert_eq!(answer.status, 401, "{method}");
        assert!(answer.description().starts_with(&format!("Not authorized to {words} client.")), "{method}");
    }
    let token = backend.token_answer(&client, "", None).await;
    assert_eq!((token.status.as_u16(), token.error().as_str()), (401, "invalid_client"));

    act(&backend, &client.id, "enable", json!({})).await;
    assert_eq!(backend.with_bearer("GET", &client.path, &client.token, None, &Value::Null).await.status, 200);
    assert_eq!(backend.token_answer(&client, "", None).await.status, 200);

    act(&backend, &client.id, "reject", json!({ "reason": "Who is <you>?" })).await;
    assert_eq!(backend.with_bearer("GET", &client.path, &client.token, None, &Value::Null).await.status, 401);
    let shown = backend.call("GET", &format!("/try/clients/{}", client.id), &[], "").await.json();
    assert_eq!((&shown["enabled"], &shown["reason"]), (&json!(false), &json!("Who is <you>?")));
    let page = backend.call("GET", "/operator", &[], "").await.text();
    assert!(page.contains("Who is &lt;you&gt;?") && !page.contains("<you>"), "{page}");
}

#[tokio::test]
async fn a_regenerated_token_is_another_one_without_origins() {
    let backend = Backend::with(&[]);
    let client = backend.registered(json!({})).await;
    let token = act(&backend, &client.id, "regenerate", json!({})).await;
    let token = token["registration_access_token"].as_str().unwrap().to_owned();
    assert_eq!(backend.with_bearer("GET", &client.path, &client.token, None, &Value::Null).await.status, 401);
    assert_eq!(backend.with_bearer("GET", &client.path, &token, None, &Value::Null).await.status, 200);
    assert_eq!(
        backend.with_bearer("GET", &client.path, &token, Some(FOREIGN), &Value::Null).await.status,
        403
    );
    act(&backend, &client.id, "delete", json!({})).await;
    assert_eq!(backend.call("GET", &format!("/try/clients/{}", client.id), &[], "").await.status, 404);
}

#[tokio::test]
async fn rotation_and_secrets_follow_the_policy() {
    let backend = Backend::with(&[]);
    let client = backend.registered(json!({})).await;
    let document =
        json!({ "client_id": client.id, "client_name": "x", "grant_types": ["client_credentials"] });
    policy(&backend, json!({ "rotation": false, "new_secret_on_put": true })).await;
    let put = backend.with_bearer("PUT", &client.path, &client.token, None, &document).await.json();
    assert_eq!(put["registration_access_token"], json!(client.token));
    assert_ne!(put["client_secret"], json!(client.secret));
    policy(&backend, json!({})).await;
    let put = backend.with_bearer("PUT", &client.path, &client.token, None, &document).await.json();
    assert_ne!(put["registration_access_token"], json!(client.token));
}

#[tokio::test]
async fn the_page_obeys_its_own_forms_only() {
    let backend = Backend::with(&[]);
    let client = backend.registered(json!({ "client_name": "<script>alert(1)</script>" })).await;
    let form = format!("client_id={}&action=disable", client.id);
    let headers = |origin| [("origin", origin), ("content-type", "application/x-www-form-urlencoded")];
    let answer = backend.call("POST", "/operator", &headers(FOREIGN), form.clone()).await;
    assert_eq!(answer.status, 403);
    let answer = backend.call("POST", "/operator", &headers(OWN), form).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.text().contains("<script"), "{}", answer.text());
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(backend.with_bearer("GET", &client.path, &client.token, None, &Value::Null).await.status, 401);
    let waits = "action=policy&client_disabled=on";
    assert!(
        backend.call("POST", "/operator", &headers(OWN), waits).await.text().contains("wait for approval.")
    );
    let second = backend.registered(json!({})).await;
    assert_eq!(backend.with_bearer("GET", &second.path, &second.token, None, &Value::Null).await.status, 401);
    assert_eq!(
        backend.call("POST", REGISTRATION, &[("origin", FOREIGN)], "{}").await.header("connection"),
        Some("close")
    );
}
