//! Theme, address, focus, clipboard, download, timers, crash.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use portico::browser::clipboard::{self, CopyProblem};
use portico::browser::theme::{self, Theme};
use portico::browser::{clock, crash, download, focus, local, location, online, timer, viewport, visibility};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Page, Replaced, document, evaluate, eventually, function, member, window};

fn root_attribute(name: &str) -> Option<String> {
    document().document_element().unwrap().get_attribute(name)
}

#[wasm_bindgen_test]
fn a_theme_is_shown_and_kept() {
    let _page = Page::new();
    assert_eq!(theme::current(), Theme::System);
    theme::set(Theme::Dark);
    assert_eq!(root_attribute("data-theme").as_deref(), Some("dark"));
    assert_eq!(local::get("theme").as_deref(), Some("dark"));
    assert_eq!(theme::current(), Theme::Dark);
    theme::show(Theme::Light);
    assert_eq!((root_attribute("data-theme").as_deref(), theme::current()), (Some("light"), Theme::Dark));
    theme::set(Theme::System);
    assert_eq!((root_attribute("data-theme"), local::get("theme")), (None, None));
    local::set("theme", "sepia");
    assert_eq!(theme::current(), Theme::System);
}

#[wasm_bindgen_test]
fn the_accent_is_a_pair_of_properties() {
    let _page = Page::new();
    theme::set_accent(212.0, 0.079);
    let style = evaluate("document.documentElement.style.getPropertyValue('--accent-hue')");
    assert_eq!(style.as_string().as_deref(), Some("212"));
    let style = evaluate("document.documentElement.style.getPropertyValue('--accent-chroma')");
    assert_eq!(style.as_string().as_deref(), Some("0.079"));
}

#[wasm_bindgen_test]
fn refused_small_values_do_no_harm() {
    let _stub = Replaced::new(&window(), "localStorage", &JsValue::NULL);
    assert!(!local::set("theme", "dark"));
    assert_eq!(local::get("theme"), None);
    local::remove("theme");
    local::erase();
}

#[wasm_bindgen_test]
async fn the_address_changes_without_loading() {
    let _page = Page::new();
    let before = location::path_and_query();
    location::push("/applications/new?products=balances");
    assert_eq!(location::path_and_query(), "/applications/new?products=balances");
    location::replace("/settings");
    assert_eq!(location::path_and_query(), "/settings");
    assert!(location::origin().starts_with("http://127.0.0.1:"), "{}", location::origin());
    let went = Rc::new(Cell::new(false));
    let noted = Rc::clone(&went);
    let subscription = location::on_popstate(move || noted.set(true));
    location::back();
    eventually("popstate", async || went.get()).await;
    assert_eq!(location::path_and_query(), before);
    drop(subscription);
    location::set_title("Settings · Portico");
    assert_eq!(document().title(), "Settings · Portico");
}

#[wasm_bindgen_test]
fn the_headline_takes_the_focus() {
    let page = Page::new();
    page.show(
        "<main><h1 id='headline'>Settings</h1><button id='button'>Save</button><p id='text'>x</p></main>",
    );
    assert!(focus::focus_by_id("button"));
    assert_eq!(focus::active_id().as_deref(), Some("button"));
    assert!(focus::focus_heading());
    assert_eq!(focus::active_id().as_deref(), Some("headline"));
    assert!(!focus::focus_by_id("text"));
    assert!(!focus::focus_by_id("nowhere"));
}

#[wasm_bindgen_test]
async fn copying_says_whether_it_worked() {
    let navigator = window().navigator();
    let working = evaluate(
        "({ writeText: async (text) => { window.portico_copied = text; }, readText: async () => 'pasted' })",
    );
    let stub = Replaced::new(&navigator, "clipboard", &working);
    assert_eq!(clipboard::copy("curl").await, Ok(()));
    assert_eq!(member(&window(), "portico_copied").as_string().as_deref(), Some("curl"));
    assert_eq!(clipboard::read().await.as_deref(), Ok("pasted"));
    drop(stub);

    let refusing =
        evaluate("({ writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) })");
    let stub = Replaced::new(&navigator, "clipboard", &refusing);
    assert_eq!(clipboard::copy("curl").await, Err(CopyProblem::Refused));
    // Firefox may have no readText.
    assert_eq!(clipboard::read().await, Err(CopyProblem::Refused));
    drop(stub);

    let _stub = Replaced::new(&navigator, "clipboard", &JsValue::UNDEFINED);
    assert_eq!(clipboard::copy("curl").await, Err(CopyProblem::Unavailable));
}

#[wasm_bindgen_test]
async fn a_download_is_a_file_with_a_name() {
    let clicked = function(
        "",
        "window.portico_file = this.download;
         window.portico_content = fetch(this.href).then(async (r) => r.headers.get('content-type') + ' ' + await r.text());",
    );
    let _stub = Replaced::new(&evaluate("HTMLAnchorElement.prototype"), "click", &clicked);
    assert!(download::text("client.env", "text/plain", "CLIENT_ID=1"));
    assert_eq!(member(&window(), "portico_file").as_string().as_deref(), Some("client.env"));
    let content: js_sys::Promise = member(&window(), "portico_content").into();
    let content = wasm_bindgen_futures::JsFuture::from(content).await.unwrap();
    assert_eq!(content.as_string().as_deref(), Some("text/plain CLIENT_ID=1"));
}

#[wasm_bindgen_test]
async fn a_dropped_timer_does_not_ring() {
    let rung = Rc::new(Cell::new(0));
    let count = || {
        let rung = Rc::clone(&rung);
        move || rung.set(rung.get() + 1)
    };
    let once = timer::after(5, count());
    drop(timer::after(5, count()));
    timer::sleep(40).await;
    assert_eq!(rung.get(), 1);
    drop(once);
    let often = timer::every(5, count());
    eventually("it rings again and again", async || rung.get() >= 4).await;
    drop(often);
    let so_far = rung.get();
    timer::sleep(30).await;
    assert_eq!(rung.get(), so_far);
}

#[wasm_bindgen_test]
fn the_clock_is_the_devices() {
    let before = js_sys::Date::now();
    let now = clock::now();
    assert!((now as f64 - before / 1000.0).abs() <= 1.0);
    assert!(now > 1_700_000_000);
    let start = clock::monotonic_ms();
    assert!(clock::monotonic_ms() >= start);
}

#[wasm_bindgen_test]
fn going_offline_is_heard() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&heard);
    let subscription = online::on_change(move |state| log.borrow_mut().push(state));
    let stub = Replaced::new(&window().navigator(), "onLine", &JsValue::FALSE);
    evaluate("window.dispatchEvent(new Event('offline'))");
    drop(stub);
    evaluate("window.dispatchEvent(new Event('online'))");
    drop(subscription);
    evaluate("window.dispatchEvent(new Event('online'))");
    assert_eq!(*heard.borrow(), [false, true]);
}

#[wasm_bindgen_test]
fn the_window_has_a_size_and_answers_questions() {
    let (width, height) = viewport::size();
    assert!(width > 0.0 && height > 0.0);
    assert!(viewport::matches("(min-width: 1px)"));
    assert!(!viewport::matches("(min-width: 100000px)"));
    assert_eq!(viewport::prefers_dark(), viewport::matches("(prefers-color-scheme: dark)"));
    assert!(viewport::on_media_change("(min-width: 1px)", |_| ()).is_some());
}

#[wasm_bindgen_test]
fn the_tab_coming_to_the_front_is_heard() {
    let heard = Rc::new(Cell::new(None));
    let noted = Rc::clone(&heard);
    let subscription = visibility::on_change(move |visible| noted.set(Some(visible)));
    evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    assert_eq!(heard.get(), Some(visibility::is_visible()));
    drop(subscription);
}

#[wasm_bindgen_test]
fn last_words_are_shown_and_hold_no_data() {
    let crash = evaluate("({ crash(text) { window.portico_last_words = text; } })");
    let stub = Replaced::new(&window(), "portico", &crash);
    crash::report("stopped");
    assert_eq!(member(&window(), "portico_last_words").as_string().as_deref(), Some("stopped"));
    drop(stub);
    let console = evaluate("console");
    let _quiet = Replaced::new(&console, "error", &function("text", "window.portico_last_words = text;"));
    crash::report("no page");
    assert_eq!(member(&window(), "portico_last_words").as_string().as_deref(), Some("no page"));

    let secret = "gEuKAQoCTGKuBAPnMchnvRVh8PTZ4nso";
    for message in [
        format!("byte index 3 is not a char boundary; it is inside 'ї' of `{secret} and more`"),
        format!("called `Result::unwrap()` on an `Err` value: Refused(\"{secret}\")"),
        format!("wrong token {secret} given"),
        format!("open \"{secret}"),
    ] {
        assert!(!crash::scrub(&message).contains("gEuKAQ"), "{message}");
    }
    let disposed =
        "At src/state/backend.rs:20:5, a signal was disposed of (reactive_graph::signal::Disposed)";
    assert_eq!(crash::scrub(disposed), disposed);
}
