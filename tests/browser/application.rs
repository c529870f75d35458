//! The pages of one application, with `window.fetch` replaced.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use portico::browser::{clock, location, locks};
use portico::components::prelude::{Announcer, Navigate, Toasts};
use portico::domain::application::history::{Entry, Outcome, Step};
use portico::domain::application::{Application, Finding, SecretNote};
use portico::domain::grant::TokenAnswer;
use portico::domain::registration::{ClientMetadata, Registration};
use portico::domain::route::{Route, Tab};
use portico::domain::secret::Secret;
use portico::domain::{catalogue, config};
use portico::pages::application::ApplicationPage;
use portico::state::Session;
use portico::state::vault::{HeldToken, Unshown};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::mounted::{element, text, type_into};
use crate::support::{self, Page, Replaced, document, evaluate, eventually, function, window};

const PORTAL: &str = r#"{"version":1,"environments":[
    {"id":"sandbox","name":"Sandbox","dialect":"keycloak","issuer":"/realms/sandbox","discovery":false,
     "endpoints":{"registration":"/register","token":"/token"}}]}"#;

const CATALOGUE: &str = r#"{"version":1,"products":[
    {"id":"a","name":"Alpha","summary":"First.","scopes":[{"name":"alpha:read"}],
     "calls":[{"name":"Read","method":"GET","path":"/api/alpha"}]},
    {"id":"b","name":"Beta","summary":"Second.","scopes":[{"name":"beta:read"}]}]}"#;

const SECRET: &str = "j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY";

/// The management endpoint answers any read and any change, the token endpoint gives a token, the product refuses.
const SERVER: &str = r#"
    window.portico_calls.push({ url, init });
    const answer = (status, body) => Promise.resolve(new Response(body === null ? null : JSON.stringify(body), { status }));
    if (url.endsWith('/token')) return answer(200, { access_token: 'opaque-token-two', expires_in: 300, token_type: 'Bearer' });
    if (url.endsWith('/api/alpha')) return answer(401, { error: 'invalid_token' });
    if (init.method === 'DELETE') return answer(204, null);
    return answer(200, { client_id: 'c-1', client_name: 'gateway-client', subject_type: 'public', registration_access_token: 'rat-2' });
"#;

/// One application in a portal of its own.
pub struct Portal {
    pub session: Session,
    tab: RwSignal<Tab>,
    // In the order in which they have to go.
    _mounted: Box<dyn Any>,
    _fetch: Replaced,
    _page: Page,
}

impl Portal {
    async fn open(tab: Tab, prepare: impl FnOnce(Session)) -> Self {
        support::delete_database().await;
        evaluate("window.portico_calls = []");
        let fetch = Replaced::new(&window(), "fetch", &function("url, init", SERVER));
        let page = Page::new();
        page.show("<main id='mount'></main>");
        location::replace(&Route::application("app", tab).to_string());
        let made = Rc::new(Cell::new(None));
        let mounted = leptos::mount::mount_to(element("#mount").unwrap(), {
            let made = Rc::clone(&made);
            move || {
                let session =
                    Session::provide(config::read(PORTAL).unwrap(), catalogue::read(CATALOGUE).unwrap());
                provide_context(Navigate(Callback::new(move |route| session.go(route))));
                Toasts::provide();
                Announcer::provide();
                let shown = RwSignal::new(tab);
                made.set(Some((session, shown)));
                move || view! { <ApplicationPage id="app".to_owned() tab=shown.get()/> }
            }
        });
        let (session, tab) = made.take().unwrap();
        session.vault.open().await;
        prepare(session);
        Self { session, tab, _mounted: Box::new(mounted), _fetch: fetch, _page: page }
    }

    /// With the application in it.
    pub async fn with_application(tab: Tab) -> Self {
        let portal = Self::open(tab, |session| session.vault.hold_secret("app", Secret::new(SECRET))).await;
        portal.session.vault.save(application()).await.unwrap();
        eventually("it is shown", async || text("h1").contains("gateway-client")).await;
        portal
    }
}

fn application() -> Application {
    let asked = ClientMetadata {
        client_name: "gateway-client".to_owned(),
        redirect_uris: Some(Vec::new()),
        grant_types: Some(vec!["client_credentials".to_owned()]),
        token_endpoint_auth_method: Some("client_secret_basic".to_owned()),
        scope: Some("alpha:read".to_owned()),
        ..ClientMetadata::default()
    };
    let registration = Registration {
        client_id: "c-1".to_owned(),
        client_secret: None,
        client_secret_expires_at: Some(0),
        client_id_issued_at: None,
        registration_client_uri: None,
        registration_access_token: Some(Secret::new("rat-1")),
        members: serde_json::from_str(
            r#"{"client_id":"c-1","client_name":"gateway-client","subject_type":"public"}"#,
        )
        .unwrap(),
        notes: Vec::new(),
    };
    let mut application =
        Application::new("app".to_owned(), "sandbox", &["a".to_owned()], asked, &registration, clock::now());
    application.secret = Some(SecretNote {
        last_four: Some("9frY".to_owned()),
        salt: String::new(),
        digest: String::new(),
        iterations: 1,
        expires_at: Some(0),
        kept: None,
    });
    application.history.push(Entry::new(
        clock::now(),
        Step::Registered,
        Outcome::Done { status: 201, elapsed_ms: 412 },
        "Client ID c-1.",
    ));
    application
}

async fn wait_for(selector: &str) {
    eventually(selector, async || element(selector).is_some()).await;
}

fn find_button(words: &str) -> Option<HtmlElement> {
    let script = format!(
        "[...document.querySelectorAll('#mount button')].findLast((b) => b.textContent.includes('{words}'))"
    );
    evaluate(&script).dyn_into().ok()
}

fn press(words: &str) {
    find_button(words).unwrap_or_else(|| panic!("no button “{words}”")).click();
}

fn calls(condition: &str) -> usize {
    let script = format!("window.portico_calls.filter((call) => {condition}).length");
    evaluate(&script).as_f64().unwrap() as usize
}

/// Whether a text stands anywhere in the page: in text, in an attribute, or in a field.
fn page_holds(words: &str) -> bool {
    let fields = format!(
        "[...document.querySelectorAll('input, textarea')].some((field) => field.value.includes('{words}'))"
    );
    document().document_element().unwrap().outer_html().contains(words)
        || evaluate(&fields).as_bool().unwrap()
}

async fn holds_not(words: &str) {
    eventually("it leaves the page", async || !page_holds(words)).await;
}

#[wasm_bindgen_test]
async fn a_secret_that_is_hidden_or_stored_is_not_in_the_page() {
    let _portal = Portal::with_application(Tab::Registered).await;
    wait_for(".secret .button.primary").await;
    assert_eq!(text(".secret-value"), SECRET);
    let in_an_attribute = format!(
        "[...document.querySelectorAll('*')].some((e) => [...e.attributes].some((a) => a.value.includes('{SECRET}')))"
    );
    assert_eq!(evaluate(&in_an_attribute).as_bool(), Some(false));

    press("Hide");
    holds_not(SECRET).await;
    assert!(text(".secret-value").ends_with("9frY"));

    wait_for("#include-secret").await;
    assert!(find_button("Show secret").is_none(), "the file has no secret unless that is asked for");
    element("#include-secret").unwrap().click();
    eventually("it is in the file", async || find_button("Show secret").is_some()).await;
    assert!(!page_holds(SECRET));
    press("Show secret");
    eventually("the file shows it", async || page_holds(SECRET)).await;
    element("#stored").unwrap().click();
    holds_not(SECRET).await;
    assert!(find_button("Get a token").unwrap().class_list().contains("primary"));
}

#[wasm_bindgen_test]
async fn deleting_waits_for_the_name() {
    let portal = Portal::with_application(Tab::Credentials).await;
    press("Delete application");
    wait_for("#confirm-name").await;
    let stopped = || element("dialog .button.danger").unwrap().get_attribute("aria-disabled");
    assert_eq!(stopped().as_deref(), Some("true"));
    element("dialog .button.danger").unwrap().click();
    type_into("#confirm-name", "gateway");
    element("dialog .button.danger").unwrap().click();
    assert_eq!(calls("true"), 0);

    type_into("#confirm-name", "gateway-client");
    eventually("the button can be pressed", async || stopped().is_none()).await;
    element("dialog .button.danger").unwrap().click();
    eventually("it is deleted", async || text(".chip").contains("Deleted")).await;
    assert_eq!(calls("call.init.method === 'DELETE'"), 1);
    let kept = portal.session.vault.get_untracked("app").unwrap();
    assert_eq!(kept.registration_access_token, None);
}

#[wasm_bindgen_test]
async fn a_change_is_seen_before_it_is_sent_and_is_our_own_document() {
    let portal = Portal::with_application(Tab::Change).await;
    wait_for("#name").await;
    assert!(element(".diff").is_none());
    press("Send this change");
    eventually("it says that nothing is changed", async || text("#mount").contains("nothing was sent")).await;
    assert_eq!(calls("true"), 0);

    type_into("#name", "gateway-client-2");
    wait_for(".diff .added").await;
    assert!(text(".diff .removed").contains("gateway-client\""));
    assert!(text(".diff .added").contains("gateway-client-2"));
    assert!(!page_holds("rat-1"));
    assert_eq!(calls("true"), 0);

    press("Send this change");
    eventually("it is sent", async || calls("call.init.method === 'PUT'") == 1).await;
    assert_eq!(calls("call.init.method === 'GET'"), 1);
    let body = evaluate("window.portico_calls.find((call) => call.init.method === 'PUT').init.body")
        .as_string()
        .unwrap();
    assert!(body.contains("gateway-client-2") && body.contains("c-1"));
    assert!(!body.contains("subject_type"), "the server's echo is never sent back");
    eventually("the new token is stored", async || {
        portal.session.vault.get_untracked("app").unwrap().registration_access_token
            == Some(Secret::new("rat-2"))
    })
    .await;
}

#[wasm_bindgen_test]
async fn after_a_401_the_call_is_repeated_once_with_a_new_token() {
    let portal = Portal::with_application(Tab::Token).await;
    let answer = TokenAnswer {
        access_token: Secret::new("opaque-token-one"),
        token_type: None,
        expires_in: Some(300),
        scope: None,
        notes: Vec::new(),
    };
    portal.session.vault.hold_token(
        "app",
        HeldToken { answer, asked_scope: "alpha:read".to_owned(), at: clock::now(), elapsed_ms: 1 },
    );
    wait_for(".token-row").await;
    press("Call Alpha");
    eventually("a new token is offered", async || find_button("Get a new token and repeat").is_some()).await;
    assert_eq!((calls("call.url.endsWith('/api/alpha')"), calls("call.url.endsWith('/token')")), (1, 0));

    press("Get a new token and repeat");
    eventually("it is repeated", async || calls("call.url.endsWith('/api/alpha')") == 2).await;
    eventually("it is not offered again", async || find_button("Get a new token and repeat").is_none()).await;
    assert_eq!(calls("call.url.endsWith('/token')"), 1);
    let sent = "window.portico_calls.findLast((call) => call.url.endsWith('/api/alpha')).init.headers.get('authorization')";
    assert_eq!(evaluate(sent).as_string().as_deref(), Some("Bearer opaque-token-two"));
}

#[wasm_bindgen_test]
async fn get_a_token_asks_at_once_when_the_token_tab_opens() {
    let portal = Portal::with_application(Tab::Registered).await;
    wait_for("#stored").await;
    press("Get a token");
    assert_eq!(portal.session.route.get_untracked(), Route::application("app", Tab::Token));
    portal.tab.set(Tab::Token);
    wait_for(".token-row").await;
    assert_eq!(calls("call.url.endsWith('/token')"), 1);
    assert_eq!(portal.session.token_wanted.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn an_unknown_application_and_one_of_a_newer_version_say_so() {
    let portal = Portal::open(Tab::Overview, |_| {}).await;
    eventually("it is missing", async || text("h1").contains("not in this browser")).await;
    portal
        .session
        .vault
        .unshown
        .set(vec![Unshown { id: "app".to_owned(), why: "A newer version made it.".to_owned() }]);
    eventually("it is read-only", async || text("#mount").contains("never writes it")).await;
    assert!(find_button("Delete").is_none());
}

#[wasm_bindgen_test]
async fn another_tab_at_work_is_waited_for_and_said() {
    let portal = Portal::with_application(Tab::Overview).await;
    let other_tab = locks::hold("portico.application.app").await;
    press("Read");
    eventually("it says why it waits", async || text("#mount").contains("Another tab of this portal")).await;
    assert_eq!(calls("true"), 0);
    drop(other_tab);
    eventually("it goes on", async || calls("call.init.method === 'GET'") == 1).await;
    eventually("it says so no more", async || !text("#mount").contains("Another tab of this portal")).await;
    assert!(portal.session.vault.waits.get_untracked().is_empty());
    eventually("the answer is stored", async || text("#mount").contains("The registration was read.")).await;
}

#[wasm_bindgen_test]
async fn a_change_whose_answer_is_lost_keeps_everything_and_is_asked_about() {
    let portal = Portal::with_application(Tab::Change).await;
    wait_for("#name").await;
    // The PUT finds nobody; the reads before and after it are answered as ever.
    let _broken = Replaced::new(
        &window(),
        "fetch",
        &function(
            "url, init",
            &format!(
                "url = url.url ?? url; init ??= {{ method: 'GET' }}; if (init.method === 'PUT') {{ window.portico_calls.push({{ url, init }}); return Promise.reject(new TypeError('Failed to fetch')); }} {SERVER}"
            ),
        ),
    );
    type_into("#name", "gateway-client-2");
    wait_for(".diff .added").await;
    press("Send this change");
    eventually("it is asked about", async || {
        calls("call.init.method === 'GET' && !call.url.includes('.json')") >= 2
    })
    .await;
    eventually("it is known that it was not made", async || {
        text("#mount").contains("A read shows that nothing was changed")
    })
    .await;
    let kept = portal.session.vault.get_untracked("app").unwrap();
    let pending = kept.pending.unwrap();
    assert_eq!(pending.finding, Finding::NotMade);
    assert_eq!(pending.asked.unwrap().client_name, "gateway-client-2");
    assert_eq!(kept.asked.client_name, "gateway-client");
    assert_eq!(calls("call.init.method === 'PUT'"), 1);
    assert!(!page_holds("rat-1"));
}
