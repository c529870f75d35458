//! The product APIs: who may call, and what comes back.

use serde_json::{Value, json};

use crate::backend::{ALL_SCOPES, Answer, Backend, COMMON, FOREIGN};
use crate::tpp::Tpp;

const START: &str = "/api/start-bp";
const LABORATORIES: &str = "/api/data-factory/laboratories";
const BALANCES: &str = "/api/cash-accounts/v1/accounts/DE89370400440532013000/balances";
const PAYMENTS: &str = "/api/payments/v1/payment-initiations";

fn transfer() -> Value {
    json!({
        "debtorAccount": "BBBBCA-00417-1182640", "creditorName": "Northline Ltd",
        "creditorAccount": "BBBBCA-00417-7700012", "amount": "125.00", "currency": "CAD",
    })
}

async fn get(path: &str, token: &str) -> Answer {
    COMMON.with_bearer("GET", path, token, Some(FOREIGN), &Value::Null).await
}

async fn post(path: &str, token: &str, body: &Value) -> Answer {
    COMMON.with_bearer("POST", path, token, Some(FOREIGN), body).await
}

#[tokio::test]
async fn answers_a_caller_with_scope_and_role() {
    let client = COMMON.registered(json!({ "scope": ALL_SCOPES })).await;
    let token = COMMON.access_token(&client, ALL_SCOPES).await;
    let variables = json!({ "name": "Лабораторія" });
    let body = json!({ "businessProcessDefinitionKey": "add-laboratory", "startVariables": variables });
    let answer = post(START, &token, &body).await;
    assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (200, Some("*")));
    let started = answer.json();
    assert_eq!((&started["ended"], &started["startVariables"]), (&json!(false), &variables));
    assert!(started["processDefinitionId"].as_str().unwrap().starts_with("add-laboratory:1:"));
    assert!(started["startTime"].as_str().unwrap().ends_with('Z'));

    let list = get(LABORATORIES, &token).await.json();
    let first = &list.as_array().unwrap()[0];
    let one = get(&format!("{LABORATORIES}/{}", first["id"].as_str().unwrap()), &token).await;
    assert_eq!(&one.json(), first);
    let licences = get("/api/data-factory/licences", &token).await.json();
    let ids: Vec<&Value> = list.as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert!(licences.as_array().unwrap().iter().all(|licence| ids.contains(&&licence["laboratoryId"])));

    let report = get(BALANCES, &token).await.json();
    assert_eq!(report["account"]["identification"], json!("DE89370400440532013000"));
    assert_eq!(report["balances"][1]["type"], json!("CLBD"));
}

#[tokio::test]
async fn payments_wait_for_the_operator() {
    let client = COMMON.registered(json!({ "scope": "payments:initiate" })).await;
    let initiation = transfer();
    let early = COMMON.access_token(&client, "payments:initiate").await;
    let refused = post(PAYMENTS, &early, &initiation).await;
    assert_eq!((refused.status.as_u16(), refused.error().as_str()), (403, "insufficient_scope"));
    assert!(refused.description().contains("payment-initiator"));

    let approve = format!("/try/approve/{}", client.id);
    let foreign = COMMON.call("POST", &approve, &[("origin", FOREIGN)], "").await;
    assert_eq!((foreign.status.as_u16(), foreign.error().as_str()), (403, "Invalid origin"));
    assert_eq!(COMMON.call("POST", "/try/approve/nobody", &[], "").await.status, 404);
    assert_eq!(COMMON.call("POST", &approve, &[], "").await.status, 200);

    assert_eq!(post(PAYMENTS, &early, &initiation).await.status, 403, "the old token stays what it was");
    let token = COMMON.access_token(&client, "payments:initiate").await;
    let taken = post(PAYMENTS, &token, &initiation).await;
    assert_eq!(taken.status, 201);
    assert_eq!((&taken.json()["status"], &taken.json()["amount"]), (&json!("RCVD"), &json!("125.00")));
    let wrong = [
        ("debtorAccount", json!("")),
        ("creditorName", json!(null)),
        ("amount", json!(125)),
        ("amount", json!("0.00")),
        ("amount", json!("-1")),
        ("amount", json!("1.")),
        ("amount", json!("1.123456")),
        ("currency", json!("eur")),
    ];
    for (name, value) in wrong {
        let mut body = transfer();
        body[name] = value;
        let answer = post(PAYMENTS, &token, &body).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, "invalid_request"), "{body}");
        assert!(answer.description().contains(name), "{}", answer.text());
    }
}

#[tokio::test]
async fn refuses_who_may_not() {
    let client = COMMON.registered(json!({ "scope": ALL_SCOPES })).await;
    let token = COMMON.access_token(&client, "registry:start-bp").await;
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let half = signature.get(..signature.len() / 2).unwrap();
    let unsigned = format!("{signed}.");
    for token in ["", "garbage", "a.b.c", &unsigned, &format!("{signed}.{half}"), &client.token] {
        let answer = get(LABORATORIES, token).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (401, "invalid_token"), "{token}");
        assert!(answer.header("www-authenticate").unwrap().starts_with("Bearer error=\"invalid_token\""));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
    let answer = get(LABORATORIES, &token).await;
    assert_eq!((answer.status.as_u16(), answer.error().as_str()), (403, "insufficient_scope"));
    assert!(answer.description().contains("registry:data-factory"));
    assert!(answer.header("www-authenticate").unwrap().contains("scope=\"registry:data-factory\""));

    let other_name = [("host", "127.0.0.1:8080"), ("authorization", &format!("Bearer {token}"))];
    let answer = COMMON.call("POST", START, &other_name, "{}").await;
    assert_eq!(answer.status, 401);
    assert!(answer.description().contains("http://localhost:8080/realms/sandbox"));
}

#[tokio::test]
async fn a_token_expires() {
    let backend = Backend::with(&[]);
    let client = backend.registered(json!({ "scope": "cash-accounts:balances.read" })).await;
    let token = backend.access_token(&client, "cash-accounts:balances.read").await;
    backend.clock.advance(299);
    assert_eq!(backend.with_bearer("GET", BALANCES, &token, None, &Value::Null).await.status, 200);
    backend.clock.advance(2);
    let answer = backend.with_bearer("GET", BALANCES, &token, None, &Value::Null).await;
    assert_eq!(answer.status, 401);
    assert!(answer.description().contains("expired"));
}

#[tokio::test]
async fn names_what_is_wrong_with_a_call() {
    let client = COMMON.registered(json!({ "scope": ALL_SCOPES })).await;
    let token = COMMON.access_token(&client, ALL_SCOPES).await;
    let not_found = [
        "/api/data-factory/nothing",
        "/api/data-factory/licences/0",
        "/api/cash-accounts/v1/accounts/x/balances",
    ];
    for path in not_found.into_iter().chain(["/api/nothing"]) {
        let answer = get(path, &token).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (404, "not_found"), "{path}");
    }
    let wrong = [
        json!({}),
        json!({ "businessProcessDefinitionKey": "1 2" }),
        json!([]),
        json!({ "businessProcessDefinitionKey": "a", "startVariables": 5 }),
    ];
    for body in wrong {
        let answer = post(START, &token, &body).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, "invalid_request"), "{body}");
    }
    let bearer = format!("Bearer {token}");
    let answer = COMMON.call("POST", START, &[("authorization", &bearer)], "{}").await;
    assert_eq!(answer.status, 415);
    assert_eq!(COMMON.call("PUT", START, &[], "").await.status, 405);
    let preflight = COMMON.call("OPTIONS", START, &[("origin", FOREIGN)], "").await;
    assert_eq!(preflight.status, 204);
    assert!(preflight.header("access-control-allow-headers").unwrap().contains("Authorization"));
}

#[tokio::test]
async fn every_call_of_the_catalogue_is_answered() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../public/catalogue.json");
    let catalogue: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    for product in catalogue["products"].as_array().unwrap() {
        let scopes: Vec<&str> = product["scopes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|scope| scope["name"].as_str().unwrap())
            .collect();
        if scopes.iter().any(|scope| portico_sandbox::partner::products::named(scope).is_some()) {
            // Tokens of the bank's gateway are another matter; here it is enough that the call is one of it.
            for call in product["calls"].as_array().unwrap() {
                let path = call["path"].as_str().unwrap();
                assert_eq!(COMMON.call("GET", path, &[], "").await.status, 401, "{path}");
            }
            continue;
        }
        let token = token_for(product, &scopes.join(" ")).await;
        let mut answered = 0;
        for call in product["calls"].as_array().unwrap() {
            let (method, path) = (call["method"].as_str().unwrap(), call["path"].as_str().unwrap());
            let answer = COMMON.with_bearer(method, path, &token, Some(FOREIGN), &call["body"]).await;
            // A catalogue may show what an unknown resource looks like.
            assert!(answer.status.is_success() || answer.status == 404, "{method} {path}: {}", answer.text());
            answered += usize::from(answer.status.is_success());
        }
        assert!(answered > 0, "no sample of {} is answered", product["id"]);
    }
}

/// A token of the server that a product of the catalogue lies behind.
async fn token_for(product: &Value, scope: &str) -> String {
    if product["calls"][0]["path"].as_str().unwrap().starts_with("/open-banking/") {
        let tpp = Tpp::new(&COMMON, json!({})).await;
        let client = tpp.registered(json!({ "scope": scope })).await;
        return tpp.token(&client).await;
    }
    let client = COMMON.registered(json!({ "scope": scope })).await;
    COMMON.call("POST", &format!("/try/approve/{}", client.id), &[], "").await;
    COMMON.access_token(&client, scope).await
}
