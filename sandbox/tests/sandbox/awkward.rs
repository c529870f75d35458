//! The documented defects of real servers, on demand.

use serde_json::{Value, json};

use crate::backend::{Backend, COMMON};
use crate::tpp::{KEY, REGISTER, TOKEN, Tpp};

async fn create(tpp: &Tpp<'_>, defect: &str, other: Value) -> crate::backend::Answer {
    let headers = [("content-type", "application/jwt"), ("x-sandbox-awkward", defect)];
    tpp.backend.call("POST", REGISTER, &headers, KEY.sign(&tpp.claims(&other).await)).await
}

#[tokio::test]
async fn one_request_can_ask_for_a_defect() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let good = create(&tpp, "nothing-known", json!({})).await.json();
    let cut = create(&tpp, "cut-statement", json!({})).await.json();
    let length = |document: &Value| document["software_statement"].as_str().unwrap().len();
    assert_eq!(length(&cut), length(&good) / 2);

    let doubled = create(&tpp, "doubled-member", json!({})).await.text();
    assert!(doubled.starts_with("{\"software_statement\":null,"), "{doubled}");
    assert_eq!(doubled.matches("\"software_statement\"").count(), 2);

    let numbers = create(&tpp, "string-numbers", json!({})).await.json();
    assert!(numbers["client_id_issued_at"].is_string());
    let id = good["client_id"].as_str().unwrap();
    let headers = [("content-type", crate::bank::FORM), ("x-sandbox-awkward", "string-numbers")];
    let token = COMMON.call("POST", TOKEN, &headers, tpp.token_form(id, &json!({}), "")).await.json();
    assert_eq!(token["expires_in"], "3600");

    let stray = create(&tpp, "stray-quote", json!({})).await;
    assert_eq!(stray.status, 201);
    assert!(serde_json::from_slice::<Value>(&stray.body).is_err());
    let statement = good["software_statement"].as_str().unwrap();
    assert_eq!(stray.text().matches("\"\"").count(), 1, "{statement}");

    let wrong = json!({ "iss": "" });
    let wrapped = create(&tpp, "wrapped-errors", wrong.clone()).await;
    assert_eq!(
        (wrapped.status.as_u16(), &wrapped.json()["errors"]["error"]),
        (400, &json!("invalid_client_metadata"))
    );
    let html = create(&tpp, "html-error", wrong).await;
    assert_eq!((html.status.as_u16(), html.header("content-type")), (400, Some("text/html")));
    assert!(html.text().starts_with("<html>"));
}

#[tokio::test]
async fn no_request_can_ask_for_a_broken_bank() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    for name in ["accepts-empty-issuer", "accepts-changed-signature", "wrong-create-status"] {
        assert_eq!(create(&tpp, name, json!({ "iss": "" })).await.status, 400, "{name}");
    }
    assert_eq!(create(&tpp, "wrong-create-status", json!({})).await.status, 201);
    assert_eq!(COMMON.call("POST", "/try/awkward", &[], "{}").await.status, 404, "not without --faults");
}

#[tokio::test]
async fn a_defect_can_be_set_for_all_requests_of_one_server() {
    let backend = Backend::with(&["--faults"]);
    let order = async |body: Value| backend.call("POST", "/try/awkward", &[], body.to_string()).await;
    let set =
        order(json!({ "gateway": "wrong-create-status", "identity_server": "html-error" })).await.json();
    assert_eq!(set, json!({ "gateway": "wrong-create-status", "identity_server": "html-error" }));
    let tpp = Tpp::new(&backend, json!({})).await;
    assert_eq!(tpp.register(json!({})).await.status, 200);
    assert!(create(&tpp, "string-numbers", json!({})).await.json()["client_id_issued_at"].is_string());
    let set = order(json!({ "gateway": null })).await.json();
    assert_eq!(set, json!({ "gateway": null, "identity_server": "html-error" }));
    assert_eq!(tpp.register(json!({})).await.status, 201);
    for body in [json!({ "gateway": "unknown" }), json!({ "gatway": null }), json!(5)] {
        assert_eq!(order(body).await.status, 400);
    }
    let foreign = [("origin", "https://elsewhere.example")];
    assert_eq!(backend.call("POST", "/try/awkward", &foreign, "{}").await.status, 403);
}

#[tokio::test]
async fn a_fault_meets_a_registration_and_not_a_token() {
    let backend = Backend::with(&["--faults"]);
    let tpp = Tpp::new(&backend, json!({})).await;
    let id = tpp.registered(json!({})).await;
    let fault = json!({ "on": "POST", "kind": "error-after" }).to_string();
    assert_eq!(backend.call("POST", "/try/fault", &[], fault).await.status, 200);
    assert_eq!(tpp.token_answer(tpp.token_form(&id, &json!({}), "")).await.status, 200);
    let body = KEY.sign(&tpp.claims(&json!({})).await);
    let lost = tpp.send("POST", REGISTER, None, body.clone()).await;
    assert_eq!((lost.status.as_u16(), lost.header("connection")), (500, None));
    let again = tpp.send("POST", REGISTER, None, body).await;
    assert!(again.description().contains("replayed jti"), "it had been registered: {}", again.text());
    assert_eq!(again.header("connection"), Some("close"));
}
