//! A server that lets its users manage registrations.

use portico::domain::route::Tab;
use portico::domain::secret::Secret;
use portico::state::vault::User;
use portico::state::{finding, manage};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use super::portal::{Portal, calls, environment, page_says, press, set_bank};
use crate::mounted::{element, text, type_into};
use crate::support::{document, evaluate, eventually};

async fn opened(tab: Tab) -> Portal {
    let portal = Portal::open(tab, &environment("identity_server", &json!({}))).await;
    set_bank("basic = true");
    portal
}

#[wasm_bindgen_test]
async fn name_and_password_stay_in_the_tab_and_can_be_forgotten() {
    let portal = opened(Tab::Credentials).await;
    assert!(manage::read(portal.session, &portal.environment(), "app").await.is_err());
    assert!(calls().is_empty());
    press("Use this user");
    page_says("Enter the user name.").await;
    type_into("#server-user-bank", "admin@bank");
    type_into("#server-password-bank", "pass word");
    press("Use this user");
    page_says("Requests go out as admin@bank.").await;
    assert!(!document().document_element().unwrap().outer_html().contains("pass word"));
    manage::read(portal.session, &portal.environment(), "app").await.unwrap();
    assert_eq!(calls(), ["GET /register/c-1"]);
    press("Forget the password");
    eventually("it is forgotten", async || element("#server-password-bank").is_some()).await;
    assert!(portal.session.vault.user_untracked("bank").is_none());
}

#[wasm_bindgen_test]
async fn an_empty_401_has_two_meanings_and_an_update_repeats_the_switches() {
    let portal = opened(Tab::Overview).await;
    let user = |password: &str| User { name: "admin@bank".to_owned(), password: Secret::new(password) };
    portal.session.vault.hold_user("bank", user("wrong"));
    press("Read");
    page_says("Wrong user name or password, or no such client").await;
    portal.session.vault.hold_user("bank", user("pass word"));
    manage::renew_token(portal.session, &portal.environment(), "app").await.unwrap();
    let body = evaluate("window.portico_calls.findLast((c) => c.method === 'PUT').body").as_string().unwrap();
    for name in ["require_signed_request_object", "tls_client_certificate_bound_access_tokens", "jti"] {
        assert!(body.contains(name), "{name}");
    }
}

#[wasm_bindgen_test]
async fn a_client_is_found_by_its_name_and_taken_into_the_list() {
    let portal = opened(Tab::Overview).await;
    let environment = portal.environment();
    let user = User { name: "admin@bank".to_owned(), password: Secret::new("pass word") };
    portal.session.vault.hold_user("bank", user);
    assert!(finding::find(portal.session, &environment, "nobody").await.is_err());
    set_bank(
        r#"found = { client_id: "c-2", client_name: "Found_one", redirect_uris: ["https://a.example/b"], scope: "accounts",
            require_signed_request_object: true, software_statement: null, ext_application_owner: "x" }"#,
    );
    let found = finding::find(portal.session, &environment, "Found one").await.unwrap();
    assert!(calls().pop().unwrap().ends_with("/register?client_name=Found%20one"));
    let id = finding::take(portal.session, &environment, &found).await.unwrap();
    let taken = portal.session.vault.get_untracked(&id).unwrap();
    assert_eq!((taken.client_id.as_str(), taken.name()), ("c-2", "Found_one"));
    assert_eq!(taken.products, ["accounts"]);
    assert_eq!(taken.registration_access_token, None);
    let software = taken.asked.software.unwrap();
    assert_eq!(software.members["require_signed_request_object"], true);
    assert!(!software.members.contains_key("ext_application_owner"));
    assert_eq!(finding::take(portal.session, &environment, &found).await.unwrap(), id, "once");
    assert!(!text("#mount").contains("pass word"));
}
