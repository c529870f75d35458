//! The form of a new application, in the page, with `window.fetch` replaced.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leptos::prelude::*;
use portico::browser::{clock, focus, location};
use portico::components::prelude::{Announcer, Toasts};
use portico::domain::form::Draft;
use portico::domain::route::{Route, Tab};
use portico::domain::{catalogue, config};
use portico::pages::new_application::NewApplication;
use portico::state::{Session, draft};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::mounted::{alerts, element, text, type_into, value};
use crate::support::{self, Page, Replaced, evaluate, eventually, function, window};

const PORTAL: &str = r#"{"version":1,"environments":[
    {"id":"sandbox","name":"Sandbox","dialect":"keycloak","issuer":"/realms/sandbox","discovery":false,
     "endpoints":{"registration":"/register","token":"/token"},"trial":"/try"},
    {"id":"open","name":"Open","dialect":"rfc7591","issuer":"/open","discovery":false,
     "endpoints":{"registration":"/open/register","token":"/open/token"},"initial_access_token":"optional",
     "auth_methods":["client_secret_post"],"grant_types":["client_credentials","authorization_code"],"products":["b"]}]}"#;

const CATALOGUE: &str = r#"{"version":1,"products":[
    {"id":"a","name":"Alpha","summary":"First.","scopes":[{"name":"alpha:read"}]},
    {"id":"b","name":"Beta","summary":"Second.","scopes":[{"name":"beta:read"}],"approval":"operator"}]}"#;

/// What the registration endpoint says after 150 ms.
const REGISTERED: &str = r#"return new Promise((resolve) => setTimeout(() => resolve(new Response(
    '{"client_id":"c-1","client_secret":"j8PD1ZO9E9MAFSPz","registration_access_token":"rat"}', { status: 201 })), 150));"#;

/// The page inside a portal that can leave it and come back.
struct Portal {
    session: Session,
    shown: RwSignal<bool>,
    // In the order in which they have to go.
    _mounted: Box<dyn Any>,
    _fetch: Replaced,
    _page: Page,
}

impl Portal {
    /// Opens the page on an empty store; the registration endpoint does what `register` says.
    async fn open(register: &str) -> Self {
        support::delete_database().await;
        evaluate("window.portico_calls = []");
        let answer = format!(
            "window.portico_calls.push({{ url, init }});
             if (url.endsWith('/try')) return Promise.resolve(new Response(
                 JSON.stringify({{ initial_access_token: window.portico_trial }}), {{ status: window.portico_trial ? 200 : 500 }}));
             {register}"
        );
        let fetch = Replaced::new(&window(), "fetch", &function("url, init", &answer));
        let page = Page::new();
        page.show("<main id='mount'></main>");
        location::replace("/applications/new");
        let made = Rc::new(Cell::new(None));
        let host = element("#mount").unwrap();
        let mounted = leptos::mount::mount_to(host, {
            let made = Rc::clone(&made);
            move || {
                let portal = config::read(PORTAL).unwrap();
                let session = Session::provide(portal, catalogue::read(CATALOGUE).unwrap());
                Toasts::provide();
                Announcer::provide();
                let shown = RwSignal::new(true);
                made.set(Some((session, shown)));
                move || {
                    shown
                        .get()
                        .then(|| view! { <NewApplication products=vec!["b".to_owned()] trial=false /> })
                }
            }
        });
        let (session, shown) = made.take().unwrap();
        session.vault.open().await;
        let portal = Self { session, shown, _mounted: Box::new(mounted), _fetch: fetch, _page: page };
        portal.wait_for("#name").await;
        portal
    }

    async fn wait_for(&self, selector: &str) {
        eventually(selector, async || element(selector).is_some()).await;
    }

    /// Leaves the page and comes back.
    async fn leave_and_return(&self) {
        self.shown.set(false);
        eventually("the page is left", async || element("#name").is_none()).await;
        self.shown.set(true);
        self.wait_for("#name").await;
    }

    async fn stored_draft(&self) -> Draft {
        draft::load(self.session.vault).await.unwrap_or_default()
    }

    /// Fills in all that is needed.
    async fn fill_in(&self) {
        type_into("#name", "gateway-client");
        type_into("#initial-access-token", &token(3600));
        self.wait_for("pre.code-text").await;
    }
}

fn button(words: &str) -> HtmlElement {
    let script = format!(
        "[...document.querySelectorAll('#mount button')].find((b) => b.textContent.includes('{words}'))"
    );
    evaluate(&script).dyn_into().unwrap_or_else(|_| panic!("no button “{words}”"))
}

fn register() {
    button("Register application").click();
}

fn calls(path: &str) -> usize {
    let script = format!("window.portico_calls.filter((call) => call.url.endsWith('{path}')).length");
    evaluate(&script).as_f64().unwrap() as usize
}

/// An initial access token of the sandbox that ends so many seconds from now.
fn token(seconds: i64) -> String {
    let claims = format!(
        r#"{{"iss":"{}/realms/sandbox","exp":{},"typ":"InitialAccessToken"}}"#,
        location::origin(),
        clock::now() + seconds
    );
    let [header, claims] = [r#"{"alg":"HS512"}"#, &claims].map(|part| URL_SAFE_NO_PAD.encode(part));
    format!("{header}.{claims}.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg")
}

#[wasm_bindgen_test]
async fn what_is_typed_survives_leaving_the_page() {
    let portal = Portal::open(REGISTERED).await;
    assert!(evaluate("document.getElementById('product-b').checked").is_truthy(), "chosen by the address");
    type_into("#name", "gateway-client");
    // Left at once: the pause before storing is not over.
    type_into("#contact", "integration@northline.example");
    element("#product-a").unwrap().click();
    portal.shown.set(false);
    eventually("the draft is stored", async || portal.stored_draft().await.name == "gateway-client").await;
    portal.shown.set(true);
    portal.wait_for("#name").await;
    assert_eq!(value("#name"), "gateway-client");
    assert_eq!(value("#contact"), "integration@northline.example");
    assert!(evaluate("document.getElementById('product-a').checked").is_truthy());
    assert_eq!(portal.stored_draft().await.products, ["b", "a"]);
}

#[wasm_bindgen_test]
async fn what_is_typed_is_stored_after_a_pause() {
    let portal = Portal::open(REGISTERED).await;
    type_into("#name", "gateway-client");
    eventually("the draft is stored", async || portal.stored_draft().await.name == "gateway-client").await;
}

#[wasm_bindgen_test]
async fn a_draft_that_is_being_stored_does_not_come_back() {
    let portal = Portal::open(REGISTERED).await;
    let vault = portal.session.vault;
    // The form stores drafts of its own: it is left first.
    portal.shown.set(false);
    eventually("the page is left", async || element("#name").is_none()).await;
    portico::browser::store::settled().await;
    for _ in 0..20 {
        let draft = Draft { name: "gateway-client".to_owned(), ..Draft::default() };
        leptos::task::spawn_local(async move { draft::save(vault, &draft).await.unwrap() });
        // One step: it is being encrypted.
        wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&wasm_bindgen::JsValue::TRUE))
            .await
            .unwrap();
        draft::clear(vault).await.unwrap();
        portico::browser::store::settled().await;
        assert_eq!(draft::load(vault).await.unwrap_or_default(), Draft::default());
    }
}

#[wasm_bindgen_test]
async fn a_stopped_attempt_focuses_the_summary() {
    let portal = Portal::open(REGISTERED).await;
    element("#product-b").unwrap().click();
    type_into("#contact", "integration@");
    assert!(element("#error-summary").is_none());
    assert!(element("[aria-invalid]").is_none(), "nothing is judged before it is sent");
    register();
    eventually("focus", async || focus::active_id().as_deref() == Some("error-summary")).await;
    assert!(text("#error-summary h2").starts_with("Four things to change"), "{}", text("#error-summary h2"));
    assert!(text("#contact-note").contains("Add the part after the @"));
    assert_eq!(element("#contact").unwrap().get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(calls("/register"), 0);

    evaluate("document.querySelectorAll('#error-summary a')[1].click()");
    assert_eq!(focus::active_id().as_deref(), Some("contact"));
    assert_eq!(location::path_and_query(), "/applications/new");

    // From now on the errors follow what is typed, and the focus stays where it is.
    type_into("#contact", "integration@northline.example");
    eventually("judged anew", async || text("#error-summary h2").starts_with("Three things")).await;
    assert_eq!(focus::active_id().as_deref(), Some("contact"));
    register();
    eventually("focus again", async || focus::active_id().as_deref() == Some("error-summary")).await;
    drop(portal);
}

#[wasm_bindgen_test]
async fn a_double_click_sends_one_request() {
    let portal = Portal::open(REGISTERED).await;
    portal.fill_in().await;
    register();
    register();
    eventually("sent", async || calls("/register") == 1).await;
    // Leaving and coming back makes a new page, and the request is still on its way.
    portal.leave_and_return().await;
    type_into("#initial-access-token", &token(3600));
    register();
    let registered = |route: &Route| matches!(route, Route::Application { tab: Tab::Registered, .. });
    eventually("the answer opens the application", async || {
        registered(&portal.session.route.get_untracked())
    })
    .await;
    assert_eq!(calls("/register"), 1);
    let applications = portal.session.vault.applications.get_untracked();
    assert_eq!(applications.len(), 1);
    assert_eq!(
        (applications[0].client_id.as_str(), applications[0].products.as_slice()),
        ("c-1", &["b".to_owned()][..])
    );

    // Nothing is left of the draft, also when the page goes now.
    portal.shown.set(false);
    portico::browser::timer::sleep(400).await;
    assert!(portal.stored_draft().await.is_empty());
}

#[wasm_bindgen_test]
async fn a_refusal_is_explained_and_everything_is_kept() {
    let refused = r#"return Promise.resolve(new Response(
        '{"error":"invalid_token","error_description":"No remaining count on initial access token"}', { status: 401 }));"#;
    let portal = Portal::open(refused).await;
    portal.fill_in().await;
    register();
    eventually("explained", async || alerts().contains("401 invalid_token")).await;
    assert!(alerts().contains("used as often as it may be"));
    assert_eq!(value("#name"), "gateway-client");
    assert!(value("#initial-access-token").starts_with("eyJ"));
    assert_eq!(portal.session.route.get_untracked(), Route::new_application());
    register();
    eventually("pressed again", async || calls("/register") == 2).await;
}

#[wasm_bindgen_test]
async fn the_token_is_nowhere_but_in_its_field() {
    let portal = Portal::open(REGISTERED).await;
    let token = token(3600);
    let signature = token.rsplit('.').next().unwrap();
    type_into("#name", "gateway-client");
    type_into("#initial-access-token", &format!("Bearer {}", token.replacen('.', "\n.", 1)));
    portal.wait_for("pre.code-text").await;
    eventually("the draft is stored", async || portal.stored_draft().await.name == "gateway-client").await;
    let stored = serde_json::to_string(&portal.stored_draft().await).unwrap();
    assert!(!stored.contains(signature) && !stored.contains("eyJ"), "{stored}");
    assert!(!support::everything().await.unwrap().as_string().unwrap().contains(signature));

    let attributes = "[...document.querySelectorAll('#mount *')].flatMap((e) => [...e.attributes].map((a) => a.value)).join('\\n')";
    assert!(!evaluate(attributes).as_string().unwrap().contains(signature));
    assert!(!text("#part-review").contains(signature));
    assert!(text("pre.code-text").contains("Bearer initial access token, hidden"));
    assert!(!text("pre.code-text").contains(signature));
    button("Show token").click();
    // What is shown is what is sent: one line, without what was pasted before it.
    eventually("shown", async || text("pre.code-text").contains(&format!("Bearer {token}\n"))).await;
}

#[wasm_bindgen_test]
async fn a_token_that_cannot_work_stops_the_form() {
    let portal = Portal::open(REGISTERED).await;
    type_into("#name", "gateway-client");
    type_into("#initial-access-token", &token(-7200));
    eventually("said", async || text("#initial-access-token-note").contains("It expired on")).await;
    assert_eq!(
        element("#initial-access-token").unwrap().get_attribute("aria-invalid").as_deref(),
        Some("true")
    );
    register();
    eventually("focus", async || focus::active_id().as_deref() == Some("error-summary")).await;
    assert!(text("#error-summary").contains("Initial access token: It expired on"));
    assert_eq!(calls("/register"), 0);

    // Another environment has other rules; what was typed stays.
    portal.session.choose("open");
    eventually("re-derived", async || text(".card code") == "client_secret_post").await;
    assert_eq!(value("#name"), "gateway-client");
    assert!(element("#product-a").is_none(), "Alpha is not offered there");
    assert!(element("#sign-in").is_some());
    type_into("#initial-access-token", "an-opaque-token-of-another-server");
    portal.wait_for("pre.code-text").await;
    assert!(text("pre.code-text").contains("POST /open/register"));
}

#[wasm_bindgen_test]
async fn the_sandbox_fills_the_token_in() {
    let portal = Portal::open(REGISTERED).await;
    evaluate("window.portico_trial = ''");
    button("Get one from the sandbox").click();
    eventually("said at the field", async || alerts().contains("The server answered 500")).await;
    let given = token(3600);
    evaluate(&format!("window.portico_trial = '{given}'"));
    button("Get one from the sandbox").click();
    eventually("filled in", async || value("#initial-access-token") == given).await;
    eventually("the button is gone", async || !text("#mount").contains("Get one from the sandbox")).await;
    assert_eq!(focus::active_id().as_deref(), Some("initial-access-token"));
    assert_eq!(calls("/try"), 2);
    drop(portal);
}
