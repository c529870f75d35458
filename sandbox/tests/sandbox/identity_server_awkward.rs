//! Identity Server made awkward: defects that real servers have, and servers that break one rule each.

use serde_json::{Value, json};

use crate::backend::{Answer, Backend, basic};
use crate::identity_server::*;

async fn with_defect(defect: &str, method: &str, path: &str, body: &str) -> Answer {
    let authorization = basic(ADMIN.0, ADMIN.1);
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
        ("x-sandbox-awkward", defect),
    ];
    BANK.call(method, path, &headers, body.to_owned()).await
}

#[tokio::test]
async fn a_request_can_ask_for_a_defect() {
    let (path, document) = registered("defects", &json!({})).await;
    let statement = document["software_statement"].as_str().unwrap().to_owned();
    let cut = with_defect("cut-statement", "GET", &path, "").await.json();
    let cut = cut["software_statement"].as_str().unwrap().to_owned();
    assert_eq!(cut, statement.split_at(statement.len() / 2).0);
    let stray = with_defect("stray-quote", "GET", &path, "").await.text();
    assert!(stray.contains(&format!("{statement}\"\"")), "{stray}");
    assert!(serde_json::from_str::<Value>(&stray).is_err());
    let numbers = with_defect("string-numbers", "GET", &path, "").await.json();
    assert_eq!(
        (&numbers["client_secret_expires_at"], &numbers["ext_id_token_lifetime"]),
        (&json!("0"), &json!("3600"))
    );
    let wrapped = with_defect("wrapped-errors", "POST", REGISTER, "{}").await;
    assert_eq!(wrapped.json()["errors"]["error"], "invalid_software_statement");
    for (method, path, status) in
        [("POST", REGISTER, 400), ("GET", "/identity-server/t/openbank/oauth2/token", 405)]
    {
        let answer = with_defect("html-error", method, path, "{}").await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }
    let page = with_defect("html-error", "GET", &format!("{REGISTER}/nobody"), "").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (401, Some("text/html; charset=utf-8")));
    let doubled = with_defect("doubled-member", "GET", &path, "").await;
    assert_eq!(doubled.json(), document, "that is how it always answers");
    let rule =
        with_defect("accepts-foreign-redirect", "POST", REGISTER, &foreign_redirect().to_string()).await;
    assert_eq!(rule.status, 400, "a request can't ask for a broken rule");
}

fn foreign_redirect() -> Value {
    request("foreign", &json!({ "redirect_uris": ["https://elsewhere.example/cb"] }))
}

async fn set(bank: &Backend, name: Value) {
    let order = json!({ "identity_server": name }).to_string();
    assert_eq!(bank.call("POST", "/try/awkward", &[], order).await.status, 200);
}

/// Each rule, with whether this server keeps to it.
async fn refusals(bank: &Backend) -> Vec<(&'static str, bool)> {
    let mut found = Vec::new();
    for (rule, changes) in [
        ("accepts-unknown-issuer", json!({ "iss": "SP1" })),
        ("accepts-empty-issuer", json!({ "iss": "" })),
        ("accepts-long-issuer", json!({ "iss": "123456789012345678901234567890" })),
        ("accepts-bad-method", json!({ "token_endpoint_auth_method": "RS256" })),
        ("accepts-foreign-redirect", json!({ "redirect_uris": ["https://elsewhere.example/cb"] })),
        ("accepts-foreign-statement", json!({ "software_statement": statement(&OTHER) })),
    ] {
        let answer = send_to(bank, ADMIN, "POST", REGISTER, &request(rule, &changes)).await;
        found.push((rule, answer.status == 400));
        if answer.status == 201 {
            let id = answer.json()["client_id"].as_str().unwrap().to_owned();
            send_to(bank, ADMIN, "DELETE", &format!("{REGISTER}/{id}"), &Value::Null).await;
        }
    }
    let made = send_to(bank, ADMIN, "POST", REGISTER, &request("life", &json!({}))).await;
    found.push(("wrong-create-status", made.status == 201));
    let path = format!("{REGISTER}/{}", made.json()["client_id"].as_str().unwrap());
    let stranger = send_to(bank, ("admin@openbank", "wrong"), "GET", &path, &Value::Null).await;
    found.push(("accepts-any-token", stranger.status == 401));
    let other = send_to(bank, DEVELOPER, "GET", &path, &Value::Null).await;
    found.push(("accepts-other-clients-token", other.status == 403));
    assert_eq!(send_to(bank, ADMIN, "DELETE", &path, &Value::Null).await.status, 204);
    let read = send_to(bank, ADMIN, "GET", &path, &Value::Null).await;
    found.push(("keeps-deleted", read.status == 401));
    let update = send_to(bank, ADMIN, "PUT", &path, &request("life", &json!({}))).await;
    found.push(("update-after-delete", update.status == 401));
    found
}

#[tokio::test]
async fn each_broken_server_breaks_its_own_rule_and_no_other() {
    let bank = bank(&["--faults"]);
    let rules = refusals(&bank).await;
    assert!(rules.iter().all(|(_, refused)| *refused), "{rules:?}");
    for (broken, _) in rules {
        set(&bank, json!(broken)).await;
        let kept = refusals(&bank).await;
        for (rule, refused) in kept {
            assert_eq!(refused, rule != broken, "{rule} when set to {broken}");
        }
    }
    set(&bank, json!("accepts-foreign-statement")).await;
    let nobodys = request("nobodys", &json!({ "software_statement": statement(&key()) }));
    assert_eq!(send_to(&bank, ADMIN, "POST", REGISTER, &nobodys).await.status, 400);
    set(&bank, Value::Null).await;
    assert!(refusals(&bank).await.iter().all(|(_, refused)| *refused));
}
