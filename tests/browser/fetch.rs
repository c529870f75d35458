//! Sending, with `window.fetch` replaced.

use portico::browser::fetch::{self, BODY_LIMIT};
use portico::domain::http::{Failure, Method, Request, Text};
use portico::domain::secret::Secret;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Replaced, evaluate, function, window};

/// `window.fetch` does this until the guard is dropped; its calls are in `window.portico_calls`.
fn stub(answer: &str) -> Replaced {
    evaluate("window.portico_calls = []");
    let body = format!("window.portico_calls.push({{ url, init }}); {answer}");
    Replaced::new(&window(), "fetch", &function("url, init", &body))
}

fn calls() -> u32 {
    evaluate("window.portico_calls.length").as_f64().unwrap() as u32
}

fn sent(expression: &str) -> JsValue {
    evaluate(&format!("window.portico_calls[0].{expression}"))
}

fn text(expression: &str) -> String {
    sent(expression).as_string().unwrap_or_else(|| panic!("{expression} is no text"))
}

fn get() -> Request {
    Request::new(Method::Get, "https://backend.example/clients/1")
}

#[wasm_bindgen_test]
async fn a_request_goes_out_as_it_was_written() {
    let _stub = stub(
        r#"return Promise.resolve(new Response('{"client_id":"ї"}', {
            status: 201, headers: { "Content-Type": "application/json", "X-Trace": "1" } }));"#,
    );
    let token = Secret::new("abc.def");
    let request = Request::new(Method::Post, "https://backend.example/clients")
        .header("Authorization", Text::bearer("initial access token", "TOKEN", &token))
        .body("application/json", Text::plain(r#"{"client_name":"ї"}"#));
    let response = fetch::send(&request, 1000).await.unwrap();
    assert_eq!((response.status, response.body.as_str()), (201, r#"{"client_id":"ї"}"#));
    assert_eq!(response.header("content-type"), Some("application/json"));
    assert_eq!(response.header("x-trace"), Some("1"));

    assert_eq!(text("url"), "https://backend.example/clients");
    assert_eq!(text("init.method"), "POST");
    assert_eq!(text("init.credentials"), "omit");
    assert_eq!(text("init.redirect"), "manual");
    assert_eq!(text("init.cache"), "no-store");
    assert_eq!(text("init.referrerPolicy"), "no-referrer");
    assert_eq!(text("init.mode"), "cors");
    assert_eq!(text("init.headers.get('authorization')"), "Bearer abc.def");
    assert_eq!(text("init.headers.get('accept')"), "application/json");
    assert_eq!(text("init.headers.get('content-type')"), "application/json");
    assert_eq!(text("init.body"), r#"{"client_name":"ї"}"#);
    assert_eq!(calls(), 1);
}

#[wasm_bindgen_test]
async fn an_error_status_is_an_answer() {
    let _stub = stub("return Promise.resolve(new Response('no', { status: 401 }));");
    let response = fetch::send(&get(), 1000).await.unwrap();
    assert_eq!((response.status, response.body.as_str()), (401, "no"));
    assert!(sent("init.body").is_undefined());
}

#[wasm_bindgen_test]
async fn an_answer_without_a_body_is_an_answer() {
    let _stub = stub("return Promise.resolve(new Response(null, { status: 204 }));");
    let response = fetch::send(&get(), 1000).await.unwrap();
    assert_eq!((response.status, response.body.as_str()), (204, ""));
}

#[wasm_bindgen_test]
async fn a_blocked_request_is_sent_once() {
    let _stub = stub("return Promise.reject(new TypeError('Failed to fetch'));");
    assert_eq!(fetch::send(&get(), 1000).await, Err(Failure::Blocked));
    assert_eq!(calls(), 1);
}

#[wasm_bindgen_test]
async fn no_answer_in_time_is_a_timeout() {
    let never = "return new Promise((_, reject) =>
        init.signal.addEventListener('abort', () => reject(init.signal.reason)));";
    let stub = stub(never);
    assert_eq!(fetch::send(&get(), 30).await, Err(Failure::Timeout { after_ms: 30 }));
    assert_eq!(calls(), 1);
    drop(stub);
}

#[wasm_bindgen_test]
async fn a_body_that_never_ends_is_a_timeout_too() {
    let _stub = stub(
        "const body = new ReadableStream({ start(controller) {
             controller.enqueue(new Uint8Array([65]));
             init.signal.addEventListener('abort', () => controller.error(init.signal.reason)); } });
         return Promise.resolve(new Response(body));",
    );
    assert_eq!(fetch::send(&get(), 30).await, Err(Failure::Timeout { after_ms: 30 }));
}

#[wasm_bindgen_test]
async fn a_redirect_is_not_followed() {
    let _stub = stub(
        "const answer = new Response('');
         Object.defineProperty(answer, 'type', { value: 'opaqueredirect' });
         return Promise.resolve(answer);",
    );
    assert_eq!(fetch::send(&get(), 1000).await, Err(Failure::Redirected));
}

#[wasm_bindgen_test]
async fn an_endless_answer_is_cut_off() {
    let _stub = stub(
        "const piece = new Uint8Array(100_000);
         return Promise.resolve(new Response(new ReadableStream({ pull: (c) => c.enqueue(piece) })));",
    );
    assert_eq!(fetch::send(&get(), 5000).await, Err(Failure::TooLarge { limit: BODY_LIMIT }));
    assert_eq!(sent("init.signal.aborted").as_bool(), Some(true));
}

#[wasm_bindgen_test]
async fn an_answer_of_just_the_limit_is_read() {
    let _stub = stub("return Promise.resolve(new Response(new Uint8Array(2_000_000).fill(65)));");
    assert_eq!(fetch::send(&get(), 5000).await.unwrap().body.len(), BODY_LIMIT as usize);
}

#[wasm_bindgen_test]
async fn bytes_that_are_no_utf8_are_no_failure() {
    let _stub = stub("return Promise.resolve(new Response(new Uint8Array([0xff, 0x41])));");
    assert_eq!(fetch::send(&get(), 1000).await.unwrap().body, "\u{fffd}A");
}

#[wasm_bindgen_test]
async fn offline_is_told_from_blocked() {
    let _stub = stub("return Promise.reject(new TypeError('Failed to fetch'));");
    let navigator = window().navigator();
    let _offline = Replaced::new(&navigator, "onLine", &JsValue::FALSE);
    assert_eq!(fetch::send(&get(), 1000).await, Err(Failure::Offline));
}

/// When the network goes while the request is under way, nobody knows whether it arrived.
#[wasm_bindgen_test]
async fn a_network_lost_on_the_way_is_not_called_offline() {
    let _stub = stub(
        "Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
         return Promise.reject(new TypeError('Failed to fetch'));",
    );
    let failure = fetch::send(&get(), 1000).await;
    evaluate("delete navigator.onLine");
    assert_eq!(failure, Err(Failure::Blocked));
}

#[wasm_bindgen_test]
async fn a_report_of_the_pages_policy_names_the_origin() {
    let report = |uri: &str| {
        format!(
            "document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', {{
                 blockedURI: '{uri}', effectiveDirective: 'connect-src', violatedDirective: 'connect-src',
                 documentURI: location.href, originalPolicy: '', disposition: 'enforce', statusCode: 200,
                 bubbles: true }}));
             return Promise.reject(new TypeError('Failed to fetch'));"
        )
    };
    fetch::watch_policy();
    let stub_one = stub(&report("https://elsewhere.example"));
    assert_eq!(fetch::send(&get(), 1000).await, Err(Failure::Blocked));
    drop(stub_one);
    let _stub = stub(&report("https://backend.example/clients"));
    let origin = "https://backend.example".to_owned();
    assert_eq!(fetch::send(&get(), 1000).await, Err(Failure::ContentSecurityPolicy { origin }));
}

#[wasm_bindgen_test]
async fn a_request_lives_on_when_nobody_waits_for_it() {
    let _stub = stub("return new Promise(() => {});");
    let request = get();
    // The first poll sends; then nobody waits any more.
    poll_once(Box::pin(fetch::send(&request, 40)));
    portico::browser::timer::sleep(80).await;
    assert_eq!(calls(), 1);
    assert_eq!(sent("init.signal.aborted").as_bool(), Some(false));
}

fn poll_once(mut future: std::pin::Pin<Box<impl Future>>) {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let _ = future.as_mut().poll(&mut context);
}

#[wasm_bindgen_test]
async fn a_file_of_the_portal_is_asked_for_again() {
    let _stub = stub("return Promise.resolve(new Response('{}'));");
    assert_eq!(fetch::get_text("/portal.json").await.unwrap().body, "{}");
    // The first argument is a whole `Request` here.
    assert_eq!(text("url.url"), evaluate("location.origin + '/portal.json'").as_string().unwrap());
    assert_eq!(text("url.method"), "GET");
    assert_eq!(text("url.cache"), "no-cache");
    assert_eq!(text("url.credentials"), "same-origin");
    assert_eq!(text("url.redirect"), "follow");
}

#[wasm_bindgen_test]
async fn a_real_answer_is_read() {
    let response = fetch::get_text("/").await.unwrap();
    assert_eq!(response.status, 200);
    assert!(response.body.contains("<html"), "{}", response.body);
    assert!(response.header("content-type").is_some_and(|value| value.contains("text/html")));
    let missing = fetch::get_text("/no-such-file.json").await.unwrap();
    assert_eq!(missing.status, 404);
}
