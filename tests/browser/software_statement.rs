//! A new application that begins with a software statement, in the page, with `window.fetch` replaced.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use leptos::prelude::*;
use portico::browser::{
    clock, focus, location,
    signing::{self, KeyPair},
};
use portico::components::prelude::{Announcer, Toasts};
use portico::domain::jose::{Algorithm, KeyWish};
use portico::domain::route::{Route, Tab};
use portico::domain::{catalogue, config, json};
use portico::pages::new_application::NewApplication;
use portico::state::{Session, draft};
use serde_json::{Map, Value};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::mounted::{element, text, type_into, value};
use crate::support::{self, Page, Replaced, evaluate, eventually, function, window};

const PORTAL: &str = r#"{"version":1,"environments":[
    {"id":"bank","name":"Bank","dialect":"open_banking","issuer":"/bank","discovery":false,
     "endpoints":{"registration":"/bank/register","token":"/bank/token"},"initial_access_token":"none",
     "auth_methods":["private_key_jwt"],"grant_types":["client_credentials","authorization_code"],
     "response_types":["code id_token"],"assertion_audience":"token_endpoint",
     "software_statement":{"directory":{"name":"Test directory","issuer":"Directory","jwks":"/directory/keys",
        "statement":"/directory/:organisation/:software","keys":"/directory/:organisation/:software/keys",
        "trial":"/directory/try"}},
     "signed_request":{"audience":"BANK0001","algorithms":["PS256","ES256"]}},
    {"id":"server","name":"Server","dialect":"identity_server","issuer":"/server","discovery":false,
     "endpoints":{"registration":"/server/register","token":"/server/token"},"initial_access_token":"none",
     "auth_methods":["private_key_jwt"],"grant_types":["client_credentials","authorization_code"],
     "response_types":["code id_token"],
     "software_statement":{"issuers":["Directory"]},"signed_request":{"audience":"SERVER1"}},
    {"id":"open","name":"Open","dialect":"rfc7591","issuer":"/open","discovery":false,
     "endpoints":{"registration":"/open/register","token":"/open/token"},"initial_access_token":"none"}]}"#;

const CATALOGUE: &str = r#"{"version":1,"products":[
    {"id":"a","name":"Accounts","summary":"First.","scopes":[{"name":"accounts"}]},
    {"id":"p","name":"Payments","summary":"Second.","scopes":[{"name":"payments"}]}]}"#;

/// Answers by path; `window.portico_register` is the answer of both registration endpoints.
const FETCH: &str = r#"
    window.portico_calls.push({ url, method: init.method, body: init.body, headers: Object.fromEntries(new Headers(init.headers)) });
    const answer = (status, body) => Promise.resolve(new Response(body, { status }));
    if (url.endsWith('/directory/try')) return answer(201, JSON.stringify(
        { organisation_id: 'org1', software_id: 'soft1', software_statement: window.portico_statement }));
    if (url.endsWith('/directory/org1/soft1')) return answer(200, window.portico_statement);
    if (url.endsWith('/keys')) { const key = JSON.parse(init.body); key.kid = 'at-directory'; return answer(201, JSON.stringify({ keys: [key] })); }
    if (url.endsWith('/register')) return answer(...window.portico_register);
    return answer(404, '{"error":"not_found"}');"#;

const REGISTERED: &str = r#"[201, '{"client_id":"c-1","client_id_issued_at":"1617198228"}']"#;

struct Portal {
    session: Session,
    shown: RwSignal<bool>,
    // In the order in which they have to go.
    _mounted: Box<dyn Any>,
    _fetch: Replaced,
    _page: Page,
}

impl Portal {
    async fn open(environment: &str) -> Self {
        support::delete_database().await;
        evaluate("window.portico_calls = []");
        evaluate(&format!("window.portico_register = {REGISTERED}"));
        evaluate(&format!(
            "window.portico_statement = '{}'",
            statement(&["https://harbour.example/cb"], &["AISP"])
        ));
        let fetch = Replaced::new(&window(), "fetch", &function("url, init", FETCH));
        let page = Page::new();
        page.show("<main id='mount'></main>");
        location::replace("/applications/new");
        let made = Rc::new(Cell::new(None));
        let chosen = environment.to_owned();
        let mounted = leptos::mount::mount_to(element("#mount").unwrap(), {
            let made = Rc::clone(&made);
            move || {
                let portal = config::read(PORTAL).unwrap();
                let session = Session::provide(portal, catalogue::read(CATALOGUE).unwrap());
                session.choose(&chosen);
                Toasts::provide();
                Announcer::provide();
                let shown = RwSignal::new(true);
                made.set(Some((session, shown)));
                move || shown.get().then(|| view! { <NewApplication products=Vec::new() trial=false /> })
            }
        });
        let (session, shown) = made.take().unwrap();
        session.vault.open().await;
        let portal = Self { session, shown, _mounted: Box::new(mounted), _fetch: fetch, _page: page };
        portal.wait_for("#software-statement").await;
        portal
    }

    async fn wait_for(&self, selector: &str) {
        eventually(selector, async || element(selector).is_some()).await;
    }

    async fn said(&self, words: &str) {
        eventually(words, async || text("#mount").contains(words)).await;
    }

    async fn registered(&self) {
        eventually("the application opens", async || {
            matches!(self.session.route.get_untracked(), Route::Application { tab: Tab::Registered, .. })
        })
        .await;
    }
}

/// A statement of a directory, as far as a page can see it: nothing here checks its signature.
fn statement(redirect_uris: &[&str], roles: &[&str]) -> String {
    let claims = serde_json::json!({
        "iss": "Directory", "iat": clock::now() - 60, "jti": "0123456789abcdef", "software_id": "soft1",
        "software_client_name": "Harbour App", "software_redirect_uris": redirect_uris, "software_roles": roles,
        "org_id": "org1", "org_name": "Harbour Ltd", "software_jwks_endpoint": "https://directory.example/soft1.jwks"
    });
    let header = r#"{"alg":"PS256","kid":"directory-key","typ":"JWT"}"#;
    let [header, claims] = [header, &claims.to_string()].map(|part| URL_SAFE_NO_PAD.encode(part));
    format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode([7; 256]))
}

fn button(words: &str) -> HtmlElement {
    let script = format!(
        "[...document.querySelectorAll('#mount button')].find((b) => b.textContent.includes('{words}'))"
    );
    evaluate(&script).dyn_into().unwrap_or_else(|_| panic!("no button “{words}”"))
}

fn calls(path: &str) -> Vec<Value> {
    let script =
        format!("JSON.stringify(window.portico_calls.filter((call) => call.url.endsWith('{path}')))");
    serde_json::from_str(&evaluate(&script).as_string().unwrap()).unwrap()
}

/// Header and claims of a compact token.
fn parts(token: &str) -> (Map<String, Value>, Map<String, Value>) {
    let part = |index: usize| {
        let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(index).unwrap()).unwrap();
        json::object(&String::from_utf8(bytes).unwrap()).unwrap().members
    };
    (part(0), part(1))
}

async fn pair(algorithm: Algorithm) -> KeyPair {
    signing::generate(KeyWish { algorithm, bits: 2048 }).await.unwrap()
}

#[wasm_bindgen_test]
async fn a_pasted_statement_fills_the_form_and_survives_everything() {
    let portal = Portal::open("bank").await;
    assert!(text("#part-statement").contains('1') && text("#part-details").contains('2'));
    type_into(
        "#software-statement",
        &statement(&["https://a.example/cb", "https://b.example/cb"], &["AISP"]),
    );
    portal.said("Harbour Ltd, org1").await;
    assert_eq!(value("#name"), "Harbour App");
    assert_eq!(value("#redirect-uris"), "https://a.example/cb\nhttps://b.example/cb");
    assert!(evaluate("document.getElementById('product-a').checked").is_truthy());
    assert!(evaluate("document.getElementById('product-p').checked").is_falsy(), "the roles do not allow it");
    assert_eq!(value("#aud"), "BANK0001");

    // Beyond the roles: said at once.
    element("#product-p").unwrap().click();
    portal.said("The statement names AISP. That does not allow payments.").await;

    // Another environment and back; away and back: everything is still there.
    type_into("#redirect-uris", "https://a.example/cb");
    type_into("#aud", "ANOTHER");
    portal.session.choose("open");
    eventually("no statement there", async || element("#software-statement").is_none()).await;
    assert!(text("#part-details").contains('1'));
    portal.session.choose("bank");
    portal.wait_for("#software-statement").await;
    eventually("stored", async || {
        draft::load(portal.session.vault).await.is_some_and(|draft| draft.software.is_some())
    })
    .await;
    portal.shown.set(false);
    eventually("left", async || element("#name").is_none()).await;
    portal.shown.set(true);
    portal.said("Harbour Ltd, org1").await;
    assert_eq!(value("#redirect-uris"), "https://a.example/cb");
    assert_eq!(value("#aud"), "ANOTHER");
    button("Take back what was changed").click();
    eventually("taken back", async || value("#aud") == "BANK0001").await;
}

#[wasm_bindgen_test]
async fn what_is_no_statement_is_said_in_a_sentence() {
    let portal = Portal::open("bank").await;
    assert_eq!(
        text("#software-statement-note"),
        "Paste it, or drop its file here. A whole registration request does, too."
    );
    type_into("#software-statement", "this is not a token");
    portal.said("This is no software statement").await;
    let whole = statement(&["https://a.example/cb"], &["AISP"]);
    type_into("#software-statement", whole.split_at(whole.len() / 4).0);
    portal.said("cut off or damaged").await;
    assert_eq!(
        element("#software-statement").unwrap().get_attribute("aria-invalid").as_deref(),
        Some("true")
    );
    type_into("#software-statement", "");
    button("Register application").click();
    eventually("focus", async || focus::active_id().as_deref() == Some("error-summary")).await;
    assert!(text("#error-summary").contains("Software statement: Paste the software statement"));
    assert!(calls("/register").is_empty());
}

#[wasm_bindgen_test]
async fn one_press_gets_software_and_the_request_is_signed_anew_for_each_send() {
    let portal = Portal::open("bank").await;
    button("Make software at").click();
    portal.said("Nothing is seen that a bank would refuse.").await;
    let asked: Value = serde_json::from_str(calls("/directory/try")[0]["body"].as_str().unwrap()).unwrap();
    assert!(asked["jwk"]["n"].is_string() && asked["jwk"].get("d").is_none(), "{asked}");
    assert_eq!(asked["redirect_uris"][0], "https://app.example.com/callback");
    assert_eq!(value("#name"), "Harbour App");
    assert!(text("#part-review").contains("Review"));

    // A refusal first: the second send has another number and the same claims.
    evaluate(
        r#"window.portico_register = [400, '{"error":"invalid_software_statement","error_description":"no"}']"#,
    );
    button("Register application").click();
    eventually("refused", async || text("#mount").contains("400 invalid_software_statement")).await;
    evaluate(&format!("window.portico_register = {REGISTERED}"));
    button("Register application").click();
    portal.registered().await;

    let sent = calls("/bank/register");
    assert_eq!(sent.len(), 2);
    assert_eq!(
        (sent[0]["method"].as_str(), sent[0]["headers"]["content-type"].as_str()),
        (Some("POST"), Some("application/jwt"))
    );
    let [first, second] = [0, 1].map(|index| parts(sent[index]["body"].as_str().unwrap()));
    assert_eq!(first.0["alg"], "PS256");
    assert_eq!(first.0["kid"], asked["jwk"]["kid"]);
    assert_ne!(first.1["jti"], second.1["jti"]);
    assert_eq!(
        first.1.keys().take(6).collect::<Vec<_>>(),
        ["iss", "iat", "exp", "jti", "aud", "redirect_uris"]
    );
    assert_eq!((first.1["iss"].as_str(), first.1["aud"].as_str()), (Some("soft1"), Some("BANK0001")));
    assert_eq!(first.1["exp"].as_i64().unwrap() - first.1["iat"].as_i64().unwrap(), 300);
    assert_eq!(
        first.1["software_statement"].as_str(),
        evaluate("window.portico_statement").as_string().as_deref()
    );

    let applications = portal.session.vault.applications.get_untracked();
    assert_eq!(applications[0].client_id, "c-1");
    assert_eq!(applications[0].keys()[0].kid.as_deref(), asked["jwk"]["kid"].as_str());
}

#[wasm_bindgen_test]
async fn what_a_bank_would_refuse_stops_the_form() {
    let portal = Portal::open("bank").await;
    button("Make software at").click();
    portal.said("Nothing is seen that a bank would refuse.").await;
    type_into("#redirect-uris", "https://elsewhere.example/cb");
    portal.said("Redirect URIs of the statement").await;
    button("Register application").click();
    eventually("focus", async || focus::active_id().as_deref() == Some("error-summary")).await;
    assert!(text("#error-summary").contains("Redirect URIs:"), "{}", text("#error-summary"));
    // The request can still be seen, so that the findings can be understood.
    assert!(text("#mount").contains("Claims of the request"));
    type_into("#redirect-uris", "https://harbour.example/cb");
    type_into("#aud", "WRONG");
    portal.said("The environment names another audience").await;
    assert!(calls("/register").is_empty());
}

#[wasm_bindgen_test]
async fn a_statement_is_fetched_and_the_key_is_published_under_the_name_it_gets() {
    let portal = Portal::open("bank").await;
    button("Get it from").click();
    portal.said("Enter both IDs.").await;
    type_into("#organisation-id", "org1");
    type_into("#software-id", "gone");
    button("Get it from").click();
    portal.said("The directory does not know this organisation or this software.").await;
    type_into("#software-id", "soft1");
    button("Get it from").click();
    portal.said("Harbour Ltd, org1").await;

    let key = portal.session.keys.hold(pair(Algorithm::Es256).await);
    portal.wait_for("#key-at-hand").await;
    type_into("#key-at-hand", key.thumbprint());
    evaluate("document.querySelector('#key-at-hand').dispatchEvent(new Event('change', { bubbles: true }))");
    eventually("chosen", async || !button("Publish the key at Test directory").has_attribute("disabled"))
        .await;
    button("Publish the key at Test directory").click();
    portal.said("as at-directory.").await;
    assert_eq!(value("#kid"), "at-directory");
    assert!(!calls("/keys")[0]["body"].as_str().unwrap().contains("\"d\""));
    button("Register application").click();
    portal.registered().await;
    let (header, _) = parts(calls("/bank/register")[0]["body"].as_str().unwrap());
    assert_eq!((header["alg"].as_str(), header["kid"].as_str()), (Some("ES256"), Some("at-directory")));
}

#[wasm_bindgen_test]
async fn a_signature_made_elsewhere_is_checked_before_it_is_sent() {
    let portal = Portal::open("bank").await;
    type_into("#software-statement", &statement(&["https://harbour.example/cb"], &["AISP"]));
    portal.said("Harbour Ltd, org1").await;
    element("input[value=elsewhere]").unwrap().click();
    portal.wait_for("#public-elsewhere").await;
    let [mine, other] = [pair(Algorithm::Es256).await, pair(Algorithm::Es256).await];
    type_into("#public-elsewhere", &mine.public.to_value().to_string());
    evaluate(
        "(() => { const s = document.querySelector('#elsewhere-algorithm'); s.value = 'ES256'; s.dispatchEvent(new Event('change', { bubbles: true })); })()",
    );
    portal.said("Fix the request for signing").await;
    button("Register application").click();
    eventually("stopped", async || text("#error-summary").contains("Have the request signed")).await;
    button("Fix the request for signing").click();
    portal.wait_for("#signature").await;
    assert!(text("#mount").contains("openssl dgst -sha256 -sign key.pem signing-input.txt"));
    let input = text("[aria-label='What to sign'] code");

    let wrong = signing::sign(&other.signing, input.as_bytes()).await.unwrap();
    type_into("#signature", &STANDARD.encode(wrong));
    button("Check the signature").click();
    portal.said("The signature does not fit").await;

    let right = signing::sign(&mine.signing, input.as_bytes()).await.unwrap();
    type_into("#signature", &right.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    button("Check the signature").click();
    portal.said("The signature is right.").await;
    // What is signed is what was fixed: another name of the software's address asks for it anew.
    type_into("#aud", "ELSE1");
    portal.said("The form has changed since then.").await;
    button("Take back what was changed").click();
    eventually("as it was", async || !text("#mount").contains("The form has changed since then.")).await;
    button("Register application").click();
    portal.registered().await;
    let body = calls("/bank/register")[0]["body"].as_str().unwrap().to_owned();
    assert_eq!(body, format!("{input}.{}", URL_SAFE_NO_PAD.encode(right)));
}

#[wasm_bindgen_test]
async fn identity_server_takes_json_a_plain_name_and_a_user() {
    let portal = Portal::open("server").await;
    type_into("#name", "My app 1");
    portal.said("Take My_app_1").await;
    type_into("#software-statement", &statement(&["https://harbour.example/cb"], &["AISP", "PISP"]));
    portal.said("Harbour Ltd, org1").await;
    assert_eq!(value("#name"), "My app 1", "what was typed stays");
    button("Take My_app_1").click();
    eventually("taken", async || value("#name") == "My_app_1").await;
    button("Register application").click();
    eventually("stopped", async || text("#error-summary").contains("Enter user name and password")).await;
    type_into("#server-user-server", "admin@server");
    type_into("#server-password-server", "correct horse");
    button("Use").click();
    eventually("the focus is on what came", async || {
        focus::active_id().as_deref() == Some("server-user-held")
    })
    .await;
    eventually("nothing to change", async || element("#error-summary").is_none()).await;
    button("Register application").click();
    portal.registered().await;

    let sent = &calls("/server/register")[0];
    assert_eq!(sent["headers"]["content-type"], "application/json");
    let basic = format!("Basic {}", STANDARD.encode("admin@server:correct horse"));
    assert_eq!(sent["headers"]["authorization"].as_str(), Some(basic.as_str()));
    let body = json::object(sent["body"].as_str().unwrap()).unwrap().members;
    assert_eq!(body["client_name"], "My_app_1");
    assert_eq!(body["require_signed_request_object"], true);
    assert!(body["software_statement"].as_str().unwrap().starts_with("eyJ"));
    let everything = support::everything().await.unwrap().as_string().unwrap();
    assert!(!everything.contains("correct horse"));
}
