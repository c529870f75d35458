//! What ends, the chain of a history, and keys that somebody holds, with the browser's own digests.

use leptos::prelude::*;
use portico::domain::application::history::chain::Verdict;
use portico::domain::application::history::{Entry, Outcome, Step};
use portico::domain::application::{Application, SecretNote};
use portico::domain::jose::PublicJwk;
use portico::domain::registration::{ClientMetadata, Registration};
use portico::domain::route::Tab;
use portico::domain::secret::Secret;
use portico::pages::{home, settings};
use portico::state::keys::check::{self, Pasted};
use portico::state::vault::chain;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::application::Portal;
use crate::mounted::{alerts, text};
use crate::pages::{settled, show};
use crate::support::eventually;

const DAY: i64 = 86_400;

fn ending(name: &str, secret_ends: i64) -> Application {
    let registration = Registration { client_id: name.to_owned(), ..Registration::default() };
    let asked = ClientMetadata { client_name: name.to_owned(), ..ClientMetadata::default() };
    let mut made = Application::new(name.to_owned(), "sandbox", &[], asked, &registration, 1_600_000_000);
    made.secret = Some(SecretNote {
        last_four: None,
        salt: String::new(),
        digest: String::new(),
        iterations: 1,
        expires_at: Some(secret_ends),
        kept: None,
    });
    made
}

#[wasm_bindgen_test]
async fn what_ends_within_a_month_stands_on_the_home_page_and_all_of_it_in_the_settings() {
    let now = portico::browser::clock::now();
    let all = move || {
        vec![
            ending("soon-client", now + 12 * DAY + 60),
            ending("later-client", now + 90 * DAY + 60),
            ending("over-client", now - 2 * DAY - 60),
            ending("never-client", 0),
        ]
    };
    let page = show(move |session| session.vault.applications.set(all()), || view! { <home::Home/> });
    settled().await;
    let panel =
        page.all(".panel").into_iter().find(|p| p.text_content().unwrap().contains("Ends soon")).unwrap();
    let words = panel.text_content().unwrap();
    assert!(words.contains("Client secret ends in 12 days"), "{words}");
    assert!(words.contains("Client secret ended 2 days ago"), "{words}");
    assert!(!words.contains("later-client") && !words.contains("never-client"), "{words}");
    drop(page);

    let page = show(move |session| session.vault.applications.set(all()), || view! { <settings::Settings/> });
    settled().await;
    assert!(page.text().contains("Client secret ends in 90 days"));
    assert!(page.text().contains("Save calendar file") && !page.text().contains("never-client"));
    drop(page);

    let page = show(
        move |session| session.vault.applications.set(vec![ending("never-client", 0)]),
        || view! { <home::Home/> },
    );
    settled().await;
    assert!(!page.text().contains("Ends soon"));
}

/// The digest of the one line was made by OpenSSL: `printf %s LINE | openssl dgst -sha256 -binary | basenc --base64url`.
#[wasm_bindgen_test]
async fn lines_are_chained_when_they_are_saved_and_an_altered_one_is_named() {
    let portal = Portal::with_application(Tab::History).await;
    let vault = portal.session.vault;
    let mut application = vault.get_untracked("app").unwrap();
    assert!(application.history[0].hash.is_some());
    application.history = vec![Entry::new(5, Step::Token, Outcome::NoAnswer, "e")];
    application.log(Entry::new(6, Step::Here("x".to_owned()), Outcome::Local, ""));
    vault.save(application).await.unwrap();
    let history = vault.latest("app").await.unwrap().unwrap().history;
    assert_eq!(history[0].hash.as_deref(), Some("8CpSPw5FqX7HsMbcvgQmXONYkSYuVQTTfydI8gkbslI"));
    assert_eq!(history[1].hash.as_deref(), Some("tT3JXrmm5wQxOSsq2ujrtnzKmnrqvu_5ehPvJQXisVc"));
    assert_eq!(chain::verify(&history).await, Some(Verdict::Unbroken { since: 5, open: 0 }));
    eventually("it says so", async || text("#mount").contains("Unbroken since 1 Jan 1970")).await;

    vault.applications.update(|list| list[0].history[0].evidence = "another".to_owned());
    eventually("it is noticed", async || alerts().contains("Line 1, counted from the oldest")).await;
    assert!(text("#mount").contains("Broken at line 1"));
}

/// RFC 7515, A.3 and RFC 8037, A.2.
fn keys() -> [Value; 2] {
    [
        json!({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}),
        json!({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}),
    ]
}

fn public(value: &Value) -> PublicJwk {
    let mut members = value.as_object().unwrap().clone();
    members.shift_remove("d");
    PublicJwk::read(&members).unwrap()
}

#[wasm_bindgen_test]
async fn a_json_web_key_is_compared_whatever_it_is_called() {
    let [private, other] = keys();
    let registered = [public(&private).named("the-key", None)];
    let check = async |text: &str| check::check(&Secret::new(text), &registered).await;
    let found = check(&private.to_string()).await.unwrap();
    assert_eq!(found.pasted, Pasted::PrivateKey);
    assert_eq!(found.registered.unwrap().kid.as_deref(), Some("the-key"));

    let mut renamed = public(&private).to_value();
    renamed["kid"] = "another-name".into();
    let found = check(&json!({ "keys": [renamed] }).to_string()).await.unwrap();
    assert_eq!((found.pasted, found.registered.is_some()), (Pasted::PublicKey, true));

    let found = check(&other.to_string()).await.unwrap();
    assert_eq!((found.pasted, found.registered), (Pasted::PublicKey, None));
    assert_eq!(found.thumbprint, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");

    let both = [public(&private).named("one", None), public(&other).named("two", None)];
    let set = PublicJwk::set(&both).to_string();
    assert!(check(&set).await.unwrap_err().contains("several keys"));
    assert!(check("{").await.is_err());
}
