//! A request, the statement in it and what the authorities say, as the inspector shows them: with signatures of keys that
//! are made here.

use leptos::prelude::*;
use portico::browser::signing::{self, KeyPair};
use portico::domain::jose::{Algorithm, KeyWish, base64url};
use portico::domain::secret::Secret;
use portico::pages::inspect;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlElement, HtmlTextAreaElement};

use crate::pages::{Shown, settled, show};
use crate::support::{Replaced, evaluate, eventually, function, window};

const SOFTWARE_KEYS: &str = "https://keys.example/software.jwks";

async fn key() -> KeyPair {
    signing::generate(KeyWish { algorithm: Algorithm::Es256, bits: 2048 }).await.unwrap()
}

async fn signed(key: &KeyPair, claims: &Value) -> String {
    let header = json!({ "alg": "ES256", "kid": key.public.kid });
    let part = |value: &Value| base64url(value.to_string().as_bytes());
    let input = format!("{}.{}", part(&header), part(claims));
    let signature = signing::sign(&key.signing, input.as_bytes()).await.unwrap();
    format!("{input}.{}", base64url(&signature))
}

/// A request by the key of the software, in it a statement by the key of the directory.
async fn request(software: &KeyPair, directory: &KeyPair) -> String {
    let vouched = json!({
        "iss": "A directory", "iat": 1_700_000_000, "software_id": "S", "org_id": "1", "org_status": "Active",
        "software_roles": ["AISP"], "software_redirect_uris": ["https://a.example/1"],
        "software_jwks_endpoint": SOFTWARE_KEYS,
        "organisation_competent_authority_claims": { "authority_id": "OBGBR", "status": "Active",
            "authorisations": [{ "member_state": "GB", "roles": ["AISP", "PISP"] }] },
    });
    let statement = signed(directory, &vouched).await;
    let claims = json!({
        "iss": "S", "iat": 1_700_000_100, "exp": 2_147_483_646, "aud": "bank", "jti": "1",
        "redirect_uris": ["https://b.example/2"], "scope": "openid accounts", "software_statement": statement,
    });
    signed(software, &claims).await
}

/// What the tree says, line by line.
fn tree(page: &Shown) -> Vec<String> {
    page.all(".layers .layer-row").iter().map(|row| row.text_content().unwrap()).collect()
}

fn press(page: &Shown, beginning: &str) {
    let button = page
        .all("button")
        .into_iter()
        .find(|button| button.text_content().is_some_and(|words| words.trim_start().starts_with(beginning)));
    button.unwrap_or_else(|| panic!("there is no {beginning}")).unchecked_into::<HtmlElement>().click();
}

#[wasm_bindgen_test]
async fn the_layers_of_a_request_with_their_signatures_and_what_contradicts() {
    let (software, directory) = (key().await, key().await);
    let token = request(&software, &directory).await;
    let keys = json!({ "keys": [software.public.to_value()] }).to_string();
    evaluate("(window.asked = []).length");
    let body = format!(
        "window.asked.push(String(url)); return Promise.resolve(new Response({}, {{ status: 200 }}));",
        serde_json::to_string(&keys).unwrap()
    );
    let _fetch = Replaced::new(&window(), "fetch", &function("url, init", &body));
    let page = show(
        move |session| session.to_inspect.set(Some(Secret::new(token))),
        || view! { <inspect::Inspect/> },
    );
    eventually("the tables are there", async || page.all(".table.between").len() == 2).await;
    let redirects = page
        .all(".table.between tr")
        .into_iter()
        .map(|row| row.text_content().unwrap())
        .find(|words| words.starts_with("redirect_uris"))
        .unwrap();
    assert!(redirects.contains("Contradicts") && redirects.contains("https://a.example/1"), "{redirects}");
    assert!(redirects.contains("is not in the statement."), "{redirects}");

    // Nothing was asked for by itself, and nothing is called right.
    assert_eq!(evaluate("window.asked.length").as_f64(), Some(0.0));
    assert!(tree(&page).iter().all(|row| row.contains("Signature not checked")), "{:?}", tree(&page));
    press(&page, "Fetch the software's keys from keys.example");
    let named = "Right by a key that a statement names";
    eventually("the key fits", async || tree(&page)[0].contains(named)).await;
    assert_eq!(evaluate("window.asked.join()").as_string().unwrap(), SOFTWARE_KEYS);

    // The key of the directory makes the statement right, and with it the address that it names.
    press(&page, "Paste a key");
    settled().await;
    let field: HtmlTextAreaElement = page.all("#verify-key").remove(0).unchecked_into();
    field.set_value(&directory.public.to_value().to_string());
    field.dispatch_event(&Event::new("input").unwrap()).unwrap();
    press(&page, "Use this key");
    eventually("it is vouched for", async || tree(&page)[0].contains("Signature right")).await;
    press(&page, "software_statement");
    eventually("the statement is right", async || {
        let rows = tree(&page);
        rows.len() == 3 && rows[1].contains("Signature right")
    })
    .await;
    assert!(tree(&page)[0].contains("Signature right"), "kept while another is looked at");
    let authorities = &tree(&page)[2];
    assert!(authorities.contains("vouched for by the statement. Signature right"), "{authorities}");
    press(&page, "organisation_competent_authority_claims");
    eventually("the authorities are shown", async || page.text().contains("AISP, PISP")).await;
    assert_eq!(evaluate("window.asked.length").as_f64(), Some(1.0));
}
