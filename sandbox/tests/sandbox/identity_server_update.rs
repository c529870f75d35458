//! What an update at Identity Server keeps, and what it loses.

use serde_json::{Value, json};

use crate::identity_server::*;

async fn updated(path: &str, body: &Value) -> Value {
    let answer = send(ADMIN, "PUT", path, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn texts_that_are_left_out_stay_and_flags_become_false() {
    let flags = json!({ "ext_pkce_mandatory": true, "ext_public_client": true,
        "require_pushed_authorization_requests": true, "require_signed_request_object": false });
    let (path, before) = registered("kept", &flags).await;
    assert_eq!(before["require_pushed_authorization_requests"], true);
    assert_eq!(before["tls_client_certificate_bound_access_tokens"], true);
    updated(&path, &json!({ "client_name": "kept", "scope": "accounts" })).await;
    let after = send(ADMIN, "GET", &path, &Value::Null).await.json();
    let mut expected = before.clone();
    change(
        &mut expected,
        &json!({ "scope": "accounts", "ext_pkce_mandatory": false,
        "ext_public_client": false, "require_pushed_authorization_requests": false,
        "tls_client_certificate_bound_access_tokens": false }),
    );
    assert_eq!(after, expected);
}

#[tokio::test]
async fn pushed_requests_take_the_value_of_signed_ones() {
    let (path, before) = registered("pushed", &json!({})).await;
    assert_eq!(before["require_pushed_authorization_requests"], false);
    let flags = json!({ "require_pushed_authorization_requests": false });
    assert_eq!(
        updated(&path, &request("pushed", &flags)).await["require_pushed_authorization_requests"],
        true
    );
    let flags =
        json!({ "require_pushed_authorization_requests": true, "require_signed_request_object": false });
    assert_eq!(
        updated(&path, &request("pushed", &flags)).await["require_pushed_authorization_requests"],
        false
    );
}

#[tokio::test]
async fn without_a_name_the_name_the_keys_and_the_statement_are_not_looked_at() {
    let (path, before) = registered("nameless", &json!({})).await;
    let body = json!({ "ext_application_display_name": "Other", "jwks_uri": "https://other.example/keys",
        "software_statement": "not a statement", "ext_application_token_lifetime": 60 });
    let answer = updated(&path, &body).await;
    assert_eq!(answer["jwks_uri"], "https://other.example/keys", "the answer has what was sent");
    let after = send(ADMIN, "GET", &path, &Value::Null).await.json();
    for name in ["client_name", "ext_application_display_name", "jwks_uri", "software_statement"] {
        assert_eq!(after[name], before[name], "{name}");
    }
    assert_eq!(after["ext_application_token_lifetime"], 60);
    let mut with_name = body;
    change(&mut with_name, &json!({ "client_name": "nameless" }));
    let refused = refusal(&send(ADMIN, "PUT", &path, &with_name).await);
    assert_eq!(refused.2, "Signature validation failed for the software statement");
    change(&mut with_name, &json!({ "software_statement": statement(&DIRECTORY) }));
    assert_eq!(updated(&path, &with_name).await["ext_application_display_name"], "Other");
}

#[tokio::test]
async fn the_keys_of_the_answer_are_those_of_the_request_whatever_is_kept() {
    let (path, before) = registered("echoed", &json!({})).await;
    assert_eq!(updated(&path, &json!({ "client_name": "echoed" })).await["jwks_uri"], Value::Null);
    assert_eq!(send(ADMIN, "GET", &path, &Value::Null).await.json()["jwks_uri"], before["jwks_uri"]);
}

#[tokio::test]
async fn an_update_keeps_to_the_rules_and_a_refused_one_changes_nothing() {
    let (path, before) = registered("ruled", &json!({})).await;
    registered("taken", &json!({})).await;
    for (changes, description) in [
        (json!({ "client_name": "taken" }), "Application with the name taken already exist in the system"),
        (json!({ "client_name": "a b" }), "Client Name is not adhering to the regex: ^[a-zA-Z0-9._-]*$"),
        (
            json!({ "redirect_uris": ["https://b.example"] }),
            "Redirect URIs do not match with the software statement",
        ),
        (json!({ "iss": "SP1" }), "Invalid issuer, issuer should be the same as the software id"),
        (json!({ "colour": "red" }), "Unrecognized field: colour"),
    ] {
        let answer = send(ADMIN, "PUT", &path, &request("ruled", &changes)).await;
        assert_eq!((refusal(&answer).0, refusal(&answer).2), (400, description.to_owned()));
    }
    assert_eq!(send(ADMIN, "GET", &path, &Value::Null).await.json(), before);
    assert_eq!(updated(&path, &request("renamed", &json!({}))).await["client_name"], "renamed");
    assert_eq!(send(ADMIN, "GET", &format!("{REGISTER}?client_name=ruled"), &Value::Null).await.status, 401);
}
