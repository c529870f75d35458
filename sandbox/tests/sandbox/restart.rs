//! What a restart must not lose.

use serde_json::{Value, json};

use crate::backend::{Backend, REGISTRATION};
use crate::bank::{
    ANA, ORGANIZATION, PAIR, PAYMENTS, Person, RETAIL, called, claims, exchange, gateway_token,
};

fn opened(file: &std::path::Path) -> Backend {
    Backend::exactly(&["portico-sandbox", "--rate-limit", "0", "--data", file.to_str().unwrap()])
}

#[tokio::test]
async fn a_restart_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deeper/sandbox.sqlite");
    let before = opened(&file);
    let initial = before.initial_token(json!({ "count": 2 })).await;
    let client = before.registered(json!({ "scope": "payments:initiate" })).await;
    before.call("POST", &format!("/try/approve/{}", client.id), &[], "").await;
    let access = before.access_token(&client, "payments:initiate").await;
    let keys = before.call("GET", "/realms/sandbox/protocol/openid-connect/certs", &[], "").await.json();
    drop(before);

    let after = opened(&file);
    let same = after.call("GET", "/realms/sandbox/protocol/openid-connect/certs", &[], "").await.json();
    assert_eq!(same, keys);
    let read = after.with_bearer("GET", &client.path, &client.token, None, &Value::Null).await;
    assert_eq!(read.json()["client_secret"], json!(client.secret));
    let pay = json!({
        "debtorAccount": "A", "creditorName": "B", "creditorAccount": "C", "amount": "1", "currency": "EUR",
    });
    let paid = after.with_bearer("POST", "/api/payments/v1/payment-initiations", &access, None, &pay).await;
    assert_eq!(paid.status, 201, "an access token from before, of a client approved before");
    assert_eq!(after.token_answer(&client, "", None).await.status, 200);
    let document = json!({ "grant_types": ["client_credentials"] });
    assert_eq!(after.with_bearer("POST", REGISTRATION, &initial, None, &document).await.status, 201);
}

#[tokio::test]
async fn a_restart_loses_nothing_of_the_bank() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.sqlite");
    let before = opened(&file);
    let ana = Person::new(&before, ANA).await;
    let (key, _) = ana.app("lasting", &[RETAIL, PAYMENTS]).await;
    ana.good("POST", &format!("lasting/keys/{key}?action=revoke"), Value::Null).await;
    let (key, _) = ana.app("lasting-2", &[RETAIL]).await;
    let apps = format!("{}?expand=true", ana.apps);
    let list = ana.good("GET", &apps, Value::Null).await;
    let token = gateway_token(&before, &key).await;
    let used = PAIR.sign(&claims(&before, &key));
    assert_eq!(exchange(&before, &used).await.status, 200);
    let signed_in = ana.token.clone();
    drop(before);

    let after = opened(&file);
    let same = after.with_bearer("GET", &apps, &signed_in, None, &Value::Null).await;
    assert_eq!(same.json(), list, "the sign-in and the applications are those from before");
    let mail = format!("{ORGANIZATION}/developers/{ANA}/mail");
    let mail = after.with_bearer("GET", &mail, &signed_in, None, &Value::Null).await.json();
    assert_eq!(mail["mail"][0]["kind"], "revoked");
    assert_eq!(called(&after, "/gateway/connectone-retail/v1/loans", &token).await.0, 200);
    assert_eq!(exchange(&after, &used).await.json()["ErrorCode"], "invalid_grant", "used before the restart");
    assert_eq!(exchange(&after, &PAIR.sign(&claims(&after, &key))).await.status, 200);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.sqlite");
    drop(opened(&file));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o077, 0);
}

#[test]
fn a_file_of_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.sqlite");
    drop(opened(&file));
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.execute("INSERT INTO schema_version (version) VALUES (999)", []).unwrap();
    drop(connection);
    let refused = portico_sandbox::store::Store::open(&file).unwrap_err().to_string();
    assert!(refused.contains("999"), "{refused}");
}
