//! Read, change, delete with a token of the application; what is not offered; and by other hands.

use portico::domain::application::state::State;
use portico::domain::jose::from_base64url;
use portico::domain::route::Tab;
use serde_json::{Map, Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use super::portal::{Portal, calls, environment, find_button, page_says, press, set_bank};
use crate::mounted::{element, text, type_into, value};
use crate::support::{evaluate, eventually};

fn bank() -> String {
    environment("open_banking", &json!({}))
}

/// The claims of the last request that was sent in this way.
fn claims(method: &str) -> Map<String, Value> {
    let script = format!("window.portico_calls.findLast((c) => c.method === '{method}').body");
    let body = evaluate(&script).as_string().unwrap();
    let payload = from_base64url(body.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

#[wasm_bindgen_test]
async fn a_read_asks_for_a_token_once_and_the_history_says_so() {
    let portal = Portal::open(Tab::Overview, &bank()).await;
    press("Read");
    page_says("The registration was read.").await;
    assert_eq!(calls(), ["POST /token", "GET /register/c-1"]);
    assert!(portal.history()[0].starts_with("Got a token: For the request about the registration."));
    press("Read");
    eventually("it is read again", async || calls().len() == 3).await;
    assert_eq!(calls()[2], "GET /register/c-1");
}

#[wasm_bindgen_test]
async fn a_token_that_is_refused_is_thrown_away_and_replaced_once() {
    let portal = Portal::open(Tab::Overview, &bank()).await;
    press("Read");
    page_says("The registration was read.").await;
    set_bank("good = null");
    press("Read");
    eventually("it is read again", async || calls().len() == 5).await;
    assert_eq!(calls()[2..], ["GET /register/c-1", "POST /token", "GET /register/c-1"]);
    eventually("it is stored", async || portal.history().len() == 5).await;
    let held = portal.session.vault.token_untracked("app").unwrap();
    assert_eq!(held.answer.access_token.expose(), "t2");
}

#[wasm_bindgen_test]
async fn what_both_answers_mean_is_said() {
    let portal = Portal::open(Tab::Overview, &bank()).await;
    press("Read");
    page_says("The registration was read.").await;
    set_bank("gone = true");
    press("Read");
    page_says("gave a new token, and refused it here as well").await;
    assert_eq!(calls()[2..], ["GET /register/c-1", "POST /token", "GET /register/c-1"]);
    assert!(portal.session.vault.token_untracked("app").is_none());
    set_bank("tokenless = true");
    press("Read");
    eventually("it asks for a token", async || calls().len() == 6).await;
    assert_eq!(calls()[5], "POST /token");
}

#[wasm_bindgen_test]
async fn a_change_is_signed_anew_with_every_claim() {
    let portal = Portal::open(Tab::Change, &bank()).await;
    eventually("the form is there", async || element("#software-statement").is_some()).await;
    assert!(element("#contact").is_none());
    assert!(text("#mount").contains("It is in this tab."));
    type_into("#application_type", "mobile");
    eventually("the change is shown", async || text(".diff .added").contains("mobile")).await;
    page_says("Nothing is seen that a bank would refuse.").await;
    assert!(calls().is_empty());
    press("Send this change");
    eventually("it is stored", async || {
        portal.kept().asked.software.unwrap().text("application_type") == "mobile"
    })
    .await;
    assert_eq!(calls(), ["POST /token", "GET /register/c-1", "PUT /register/c-1"]);
    let sent = claims("PUT");
    for name in
        ["iss", "iat", "exp", "jti", "aud", "redirect_uris", "scope", "software_id", "software_statement"]
    {
        assert!(sent.contains_key(name), "{name}");
    }
    assert_eq!(sent["application_type"], "mobile");
    assert_eq!(sent["aud"], "OPENBANK0001");
    let last = portal.history().pop().unwrap();
    assert!(last.contains("the first time is kept"), "{last}");
    assert_eq!(portal.kept().registered["client_id_issued_at"], "1000");
    let first = sent["jti"].clone();
    portico::state::manage::renew_token(portal.session, &portal.environment(), "app").await.unwrap();
    assert_ne!(claims("PUT")["jti"], first);
}

#[wasm_bindgen_test]
async fn what_a_bank_would_refuse_is_not_sent() {
    let _portal = Portal::open(Tab::Change, &bank()).await;
    eventually("the form is there", async || element("#redirect-uris").is_some()).await;
    type_into("#redirect-uris", "https://elsewhere.example/back");
    page_says("the bank would refuse the request like this").await;
    press("Send this change");
    eventually("it leads there", async || {
        evaluate("document.activeElement.id").as_string().as_deref() == Some("findings")
    })
    .await;
    assert!(calls().is_empty());
}

#[wasm_bindgen_test]
async fn a_deletion_is_followed_by_nothing() {
    let portal = Portal::open(Tab::Credentials, &bank()).await;
    assert!(text("#mount").contains("A token of this application"));
    portico::state::manage::delete(portal.session, &portal.environment(), "app").await.unwrap();
    assert_eq!(calls(), ["POST /token", "GET /register/c-1", "DELETE /register/c-1"]);
    assert_eq!(portal.kept().standing(0).state, State::Deleted);
}

#[wasm_bindgen_test]
async fn what_the_bank_does_not_offer_has_no_button() {
    let only = environment("open_banking", &json!({ "operations": ["create", "update"] }));
    let portal = Portal::open(Tab::Overview, &only).await;
    page_says("The server offers no reading or deleting of registrations.").await;
    assert!(find_button("Read").is_none());
    assert!(text("#mount").contains("Edit"));
    // Without a read before it, a change asks for another token when its own has ended.
    let (asked, products) = (portal.kept().asked, portal.kept().products);
    let environment = portal.environment();
    let change =
        async || portico::state::manage::change(portal.session, &environment, "app", &asked, &products).await;
    change().await.unwrap();
    assert_eq!(calls(), ["POST /token", "PUT /register/c-1"]);
    set_bank("good = null");
    change().await.unwrap();
    assert_eq!(calls()[2..], ["PUT /register/c-1", "POST /token", "PUT /register/c-1"]);
    set_bank("gone = true");
    assert!(change().await.is_err());
    assert!(portal.kept().pending.is_none());
}

#[wasm_bindgen_test]
async fn a_page_without_a_certificate_sends_nothing_and_takes_the_answers() {
    let elsewhere = environment(
        "open_banking",
        &json!({
            "client_certificate": true, "issuer": "https://bank.example/bank",
            "endpoints": { "registration": "https://bank.example/bank/register", "token": "https://bank.example/bank/token" },
        }),
    );
    let portal = Portal::open(Tab::Overview, &elsewhere).await;
    let paste = |answer: &str| {
        type_into("#pasted-answer", answer);
        press("Read the answer");
    };
    press("Read");
    page_says("This server wants a client certificate").await;
    page_says("--cert").await;
    assert!(text("#mount").contains("CLIENT_ASSERTION"));
    paste("HTTP/1.1 200 OK\n\n{\"access_token\":\"by-hand\",\"expires_in\":3600}");
    page_says("The token was read").await;
    press("Read");
    page_says("--request GET").await;
    assert!(text("#mount").contains("APPLICATION_TOKEN"));
    paste("HTTP/1.1 200 OK\n\n{\"client_id\":\"c-1\",\"scope\":\"openid accounts\"}");
    page_says("The answer was read").await;
    let outcome = portico::state::manage::delete(portal.session, &portal.environment(), "app").await;
    assert!(outcome.is_err() && portal.kept().pending.is_none());
    assert!(calls().is_empty(), "{:?}", calls());
    let told = portal.history();
    assert!(told.iter().all(|line| !line.starts_with("Deletion")), "{told:?}");
}

#[wasm_bindgen_test]
async fn a_change_by_hand_is_signed_at_a_press() {
    let elsewhere = environment(
        "open_banking",
        &json!({
            "client_certificate": true, "issuer": "https://bank.example/bank",
            "endpoints": { "registration": "https://bank.example/bank/register", "token": "https://bank.example/bank/token" },
        }),
    );
    let portal = Portal::open(Tab::Change, &elsewhere).await;
    eventually("the form is there", async || element("#application_type").is_some()).await;
    type_into("#application_type", "mobile");
    eventually("it can be made", async || find_button("Make the command").is_some()).await;
    assert!(find_button("Send this change").is_none());
    press("Make the command");
    page_says("--request PUT").await;
    page_says("--cert client").await;
    assert!(value("#pasted-answer").is_empty());
    type_into("#pasted-answer", "HTTP/1.1 200 OK\n\n{\"client_id\":\"c-1\",\"application_type\":\"mobile\"}");
    press("Read the answer");
    eventually("it is stored", async || {
        portal.kept().asked.software.unwrap().text("application_type") == "mobile"
    })
    .await;
    assert!(calls().is_empty());
}

#[wasm_bindgen_test]
async fn an_environment_that_goes_through_this_site_is_offered() {
    let mut portal: Value = serde_json::from_str(&environment(
        "open_banking",
        &json!({
            "client_certificate": true, "issuer": "https://bank.example/bank",
            "endpoints": { "registration": "https://bank.example/bank/register", "token": "https://bank.example/bank/token" },
        }),
    ))
    .unwrap();
    let mut through = portal["environments"][0].clone();
    through["id"] = "prefix".into();
    through["name"] = "Bank here".into();
    through["via"] = json!({ "prefix": "/mtls", "replaces": "https://bank.example" });
    portal["environments"].as_array_mut().unwrap().push(through);
    let portal = Portal::open(Tab::Credentials, &portal.to_string()).await;
    eventually("it is offered", async || find_button("Go through Bank here").is_some()).await;
    press("Go through Bank here");
    eventually("it is stored", async || portal.kept().environment == "prefix").await;
    assert!(calls().is_empty());
    let environment = portal.session.environment_by_id("prefix").unwrap();
    portico::state::manage::read(portal.session, &environment, "app").await.unwrap();
    assert_eq!(calls(), ["POST /token", "GET /register/c-1"]);
    let urls = evaluate(
        "window.portico_calls.every((c) => c.url.includes('/mtls/bank/') || c.url.includes('.json'))",
    );
    assert_eq!(urls.as_bool(), Some(true));
}
