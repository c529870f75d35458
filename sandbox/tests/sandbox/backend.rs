//! A backend in memory and the few requests that every test makes.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine as _;
use clap::Parser as _;
use http_body_util::BodyExt as _;
use portico_sandbox::cli::Cli;
use portico_sandbox::clock::Clock;
use portico_sandbox::routes;
use portico_sandbox::server::App;
use serde_json::{Value, json};
use tower::ServiceExt as _;

pub const HOST: &str = "localhost:8080";
pub const OWN: &str = "http://localhost:8080";
pub const FOREIGN: &str = "https://portal.example";
pub const REGISTRATION: &str = "/realms/sandbox/clients-registrations/openid-connect";
pub const TOKEN: &str = "/realms/sandbox/protocol/openid-connect/token";
pub const ALL_SCOPES: &str =
    "registry:start-bp registry:data-factory cash-accounts:balances.read payments:initiate";

/// An application registered by a test.
#[derive(Clone)]
pub struct Registered {
    pub id: String,
    pub secret: String,
    pub token: String,
    pub path: String,
    pub document: Value,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {:?}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_default().to_owned()
    }

    pub fn description(&self) -> String {
        self.json()["error_description"].as_str().unwrap_or_default().to_owned()
    }
}

pub struct Backend {
    pub app: Arc<App>,
    pub clock: Clock,
    router: Router,
}

impl Backend {
    /// A backend in memory without a limit of requests, and with these further flags.
    pub fn with(flags: &[&str]) -> Self {
        let first = ["portico-sandbox", "--memory", "--rate-limit", "0"];
        Self::exactly(&first.iter().chain(flags).copied().collect::<Vec<_>>())
    }

    pub fn exactly(arguments: &[&str]) -> Self {
        let clock = Clock::default();
        Self::of(App::new(&Cli::parse_from(arguments), clock.clone()).unwrap(), clock)
    }

    /// A backend of this state.
    pub fn of(app: App, clock: Clock) -> Self {
        let app = Arc::new(app);
        Self { router: routes::router(Arc::clone(&app)), app, clock }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Sends a request. A header `host` replaces the usual one.
    pub async fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request = request.header("host", HOST);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body.into()).unwrap()).await
    }

    /// Sends JSON with a bearer token and, perhaps, an origin.
    pub async fn with_bearer(
        &self,
        method: &str,
        path: &str,
        token: &str,
        origin: Option<&str>,
        body: &Value,
    ) -> Answer {
        let bearer = format!("Bearer {token}");
        let mut headers = vec![("authorization", bearer.as_str()), ("content-type", "application/json")];
        headers.extend(origin.map(|origin| ("origin", origin)));
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.call(method, path, &headers, body).await
    }

    pub async fn initial_token(&self, wish: Value) -> String {
        let answer = self.call("POST", "/try/initial-access-token", &[], wish.to_string()).await;
        answer.json()["initial_access_token"].as_str().unwrap().to_owned()
    }

    /// Registers an application with these members over the usual ones.
    pub async fn registered(&self, members: Value) -> Registered {
        let token = self.initial_token(json!({ "web_origins": [] })).await;
        let mut document = json!({ "client_name": "gateway-client", "grant_types": ["client_credentials"] });
        document.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let answer = self.with_bearer("POST", REGISTRATION, &token, None, &document).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        Registered::of(answer.json())
    }

    /// Asks for a token by Basic with these form fields beside the grant.
    pub async fn token_answer(&self, client: &Registered, more: &str, origin: Option<&str>) -> Answer {
        let basic = basic(&client.id, &client.secret);
        let mut headers =
            vec![("authorization", basic.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        headers.extend(origin.map(|origin| ("origin", origin)));
        self.call("POST", TOKEN, &headers, format!("grant_type=client_credentials{more}")).await
    }

    pub async fn access_token(&self, client: &Registered, scope: &str) -> String {
        let answer = self.token_answer(client, &format!("&scope={}", scope.replace(' ', "+")), None).await;
        answer.json()["access_token"].as_str().unwrap_or_else(|| panic!("{}", answer.text())).to_owned()
    }
}

impl Registered {
    pub fn of(document: Value) -> Self {
        let text = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
        let id = text("client_id");
        Self {
            path: format!("{REGISTRATION}/{id}"),
            id,
            secret: text("client_secret"),
            token: text("registration_access_token"),
            document,
        }
    }
}

pub fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}")))
}

/// A part of a JWT: 0 is the header, 1 the claims.
pub fn part(token: &str, index: usize) -> Value {
    let text = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

/// One backend for all tests that leave others alone: keys take a while to make.
pub static COMMON: LazyLock<Backend> = LazyLock::new(|| Backend::with(&[]));
