//! Calls of products at a bank: their names, refusals, and how long to wait.

use portico::browser::clock;
use portico::domain::grant::TokenAnswer;
use portico::domain::route::Tab;
use portico::domain::secret::Secret;
use portico::state::vault::HeldToken;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use super::portal::{Portal, calls, environment, find_button, page_says, press, set_bank};
use crate::mounted::text;
use crate::support::{evaluate, eventually};

fn sent(number: usize) -> String {
    let script = format!("window.portico_calls[{number}].headers.get('x-fapi-interaction-id')");
    evaluate(&script).as_string().unwrap()
}

#[wasm_bindgen_test]
async fn every_call_has_a_name_of_its_own_and_it_is_shown() {
    let portal = Portal::open(Tab::Token, &environment("open_banking", &json!({}))).await;
    let answer = TokenAnswer {
        access_token: Secret::new("t"),
        token_type: None,
        expires_in: Some(300),
        scope: None,
        notes: Vec::new(),
    };
    let held = HeldToken { answer, asked_scope: "accounts".to_owned(), at: clock::now(), elapsed_ms: 1 };
    portal.session.vault.hold_token("app", held);
    eventually("it can be called", async || find_button("Call Accounts").is_some()).await;
    set_bank(
        r#"call = { status: 400, body: { Code: "400 BadRequest", Id: "r-17", Message: "Wrong", Errors: [
            { ErrorCode: "UK.OBIE.Field.Missing", Message: "Amount is missing", Path: "Data.Amount" }] } }"#,
    );
    press("Call Accounts");
    page_says("UK.OBIE.Field.Missing").await;
    for words in ["400 BadRequest: Wrong", "Amount is missing", "Data.Amount", "r-17", &sent(0)] {
        assert!(text("#mount").contains(words), "{words}");
    }
    set_bank(r#"call = { status: 429, body: {}, headers: { "Retry-After": "42" } }"#);
    press("Call Accounts");
    page_says("Wait 42 s, then call again.").await;
    assert_eq!(calls().len(), 2);
    assert_eq!(sent(0).len(), 36);
    assert_ne!(sent(0), sent(1));
}
