//! A portal with one application at a bank that answers by a script.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use portico::browser::{clock, location, signing};
use portico::components::prelude::{Announcer, Navigate, Toasts};
use portico::domain::application::Application;
use portico::domain::config::Environment;
use portico::domain::form::{Draft, validate};
use portico::domain::jose::{Algorithm, KeyWish, PublicJwk};
use portico::domain::registration::Registration;
use portico::domain::registration::open_banking::{SoftwareStatement, prefill};
use portico::domain::route::{Route, Tab};
use portico::domain::{catalogue, config};
use portico::pages::application::ApplicationPage;
use portico::state::Session;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::mounted::{element, text};
use crate::support::{self, Page, Replaced, evaluate, eventually, function, window};

const STATEMENT: &str = include_str!("../../fixtures/wso2/software-statement.jwt");

const CATALOGUE: &str = r#"{"version":1,"products":[
    {"id":"accounts","name":"Accounts","summary":"First.","scopes":[{"name":"accounts"}],
     "calls":[{"name":"List","method":"GET","path":"/aisp/accounts"}]},
    {"id":"payments","name":"Payments","summary":"Second.","scopes":[{"name":"payments"}]}]}"#;

/// Tokens are `t1`, `t2` and so on; one that is shown for a client that is gone, or that has ended, is revoked.
const BANK: &str = r#"
    const bank = window.portico_bank;
    const headers = new Headers(init.headers);
    window.portico_calls.push({ url, method: init.method, body: init.body ?? '', headers });
    const answer = (status, body, more) => Promise.resolve(
        new Response(body === null ? null : JSON.stringify(body), { status, headers: more ?? {} }));
    if (url.endsWith('/token')) {
        if (bank.tokenless) return answer(401, { error: 'invalid_client' });
        bank.good = 't' + ++bank.tokens;
        return answer(200, { access_token: bank.good, expires_in: 3600, token_type: 'Bearer' });
    }
    if (url.includes('/aisp/')) return answer(bank.call.status, bank.call.body, bank.call.headers);
    if (url.includes('?client_name=')) return bank.found ? answer(200, bank.found) : answer(401, null);
    const basic = 'Basic ' + btoa('admin@bank:pass word');
    const allowed = bank.basic ? basic : 'Bearer ' + bank.good;
    if (bank.gone || headers.get('authorization') !== allowed) {
        bank.good = null;
        return bank.basic ? answer(401, null)
            : answer(401, { error: 'unauthorized_request', error_description: 'Token is not bound to the client id sent in the request' });
    }
    if (init.method === 'DELETE') { bank.gone = true; return answer(204, null); }
    bank.issued += init.method === 'PUT' ? 100 : 0;
    return answer(200, { client_id: 'c-1', client_id_issued_at: String(bank.issued), token_endpoint_auth_method: 'private_key_jwt',
        redirect_uris: ['https://www.google.com/redirects/redirect1'], scope: 'openid accounts' });
"#;

/// One application in a portal of its own.
pub struct Portal {
    pub session: Session,
    // In the order in which they have to go.
    _mounted: Box<dyn Any>,
    _fetch: Replaced,
    _page: Page,
}

/// `portal.json` with one environment; `more` are further members of it.
pub fn environment(dialect: &str, more: &Value) -> String {
    let mut one = json!({
        "id": "bank", "name": "Bank", "dialect": dialect, "issuer": "/bank", "discovery": false,
        "endpoints": { "registration": "/bank/register", "token": "/bank/token" },
        "auth_methods": ["private_key_jwt"], "response_types": ["code id_token"],
        "grant_types": ["client_credentials", "authorization_code", "refresh_token"],
        "assertion_audience": "token_endpoint", "initial_access_token": "none",
        "software_statement": { "issuers": ["OpenBanking Ltd"] },
        "signed_request": { "audience": "OPENBANK0001", "algorithms": ["ES256"] },
    });
    for (name, value) in more.as_object().unwrap() {
        one[name] = value.clone();
    }
    json!({ "version": 1, "environments": [one] }).to_string()
}

impl Portal {
    /// A page of the application, which was registered with a key of this tab.
    pub async fn open(tab: Tab, portal: &str) -> Self {
        support::delete_database().await;
        evaluate(
            "window.portico_calls = [], window.portico_bank = { tokens: 0, issued: 1000, call: { status: 200, body: {} } }",
        );
        let fetch = Replaced::new(&window(), "fetch", &function("url, init", BANK));
        let page = Page::new();
        page.show("<main id='mount'></main>");
        location::replace(&Route::application("app", tab).to_string());
        let made = Rc::new(Cell::new(None));
        let portal = portal.to_owned();
        let mounted = leptos::mount::mount_to(element("#mount").unwrap(), {
            let made = Rc::clone(&made);
            move || {
                let session =
                    Session::provide(config::read(&portal).unwrap(), catalogue::read(CATALOGUE).unwrap());
                provide_context(Navigate(Callback::new(move |route| session.go(route))));
                Toasts::provide();
                Announcer::provide();
                made.set(Some(session));
                move || view! { <ApplicationPage id="app".to_owned() tab/> }
            }
        });
        let session = made.take().unwrap();
        session.vault.open().await;
        let opened = Self { session, _mounted: Box::new(mounted), _fetch: fetch, _page: page };
        let application = opened.application().await;
        session.vault.save(application).await.unwrap();
        eventually("it is shown", async || !text("h1").is_empty() && text("#mount").contains("c-1")).await;
        opened
    }

    pub fn environment(&self) -> Environment {
        self.session.environment_by_id("bank").unwrap()
    }

    async fn application(&self) -> Application {
        let wish = KeyWish { algorithm: Algorithm::Es256, bits: 0 };
        let key = self.session.keys.hold_made_here(signing::generate(wish).await.unwrap());
        let environment = self.environment();
        let products = catalogue::read(CATALOGUE).unwrap();
        let statement = SoftwareStatement::read(STATEMENT).unwrap();
        let mut draft = prefill::draft(Draft::default(), &statement, &environment, &products);
        draft.products = vec!["accounts".to_owned()];
        draft.key_here = PublicJwk::set(&[key.public]).to_string();
        let valid = validate(&draft, &environment, &products, &location::origin()).unwrap();
        let registered = Registration {
            client_id: "c-1".to_owned(),
            client_id_issued_at: Some(1000),
            members: serde_json::from_value(json!({
                "client_id": "c-1", "client_id_issued_at": "1000", "scope": "openid accounts",
                "token_endpoint_auth_method": "private_key_jwt",
            }))
            .unwrap(),
            ..Registration::default()
        };
        Application::new(
            "app".to_owned(),
            "bank",
            valid.products(),
            valid.metadata().clone(),
            &registered,
            clock::now(),
        )
    }

    pub fn kept(&self) -> Application {
        self.session.vault.get_untracked("app").unwrap()
    }

    /// The lines of the history, oldest first.
    pub fn history(&self) -> Vec<String> {
        self.kept().history.iter().map(|entry| format!("{}: {}", entry.title(), entry.evidence)).collect()
    }
}

pub fn find_button(words: &str) -> Option<HtmlElement> {
    let script = format!(
        "[...document.querySelectorAll('#mount button')].findLast((b) => b.textContent.includes('{words}'))"
    );
    evaluate(&script).dyn_into().ok()
}

pub fn press(words: &str) {
    find_button(words).unwrap_or_else(|| panic!("no button “{words}”")).click();
}

/// Methods and ends of addresses of everything that was sent to the bank, in order.
pub fn calls() -> Vec<String> {
    let script = "window.portico_calls.filter((c) => !c.url.includes('.json')).map((c) => c.method + ' ' + c.url.replace(/^.*\\/bank/, '')).join('\\n')";
    evaluate(script).as_string().unwrap().lines().map(str::to_owned).collect()
}

/// A member of the bank's state.
pub fn set_bank(script: &str) {
    evaluate(&format!("window.portico_bank.{script}"));
}

pub async fn page_says(words: &str) {
    eventually(words, async || text("#mount").contains(words)).await;
}
