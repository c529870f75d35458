//! Home, products and settings as they are drawn.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use portico::browser::timer;
use portico::components::prelude::{Announcer, Navigate, Toasts};
use portico::domain::application::history::{Entry, Outcome, Step};
use portico::domain::application::{Application, Pending, Write};
use portico::domain::registration::{ClientMetadata, Registration};
use portico::domain::{catalogue, config};
use portico::pages::{home, products, settings};
use portico::state::Session;
use portico::state::vault::Status;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::support::{Page, document};

const PORTAL: &str = include_str!("../../public/portal.json");
const CATALOGUE: &str = include_str!("../../public/catalogue.json");
const INDEX: &str = include_str!("../../index.html");

/// A page below a session, taken down when this is dropped.
pub struct Shown {
    pub session: Session,
    pub host: HtmlElement,
    _page: Page,
    _handle: Box<dyn std::any::Any>,
}

/// Draws it in a portal of its own.
pub fn show<N: IntoView + 'static>(
    prepare: impl FnOnce(Session) + 'static,
    page: impl Fn() -> N + 'static,
) -> Shown
where
    UnmountHandle<N::State>: 'static,
{
    let around = Page::new();
    let host: HtmlElement = document().create_element("main").unwrap().unchecked_into();
    document().body().unwrap().append_child(&host).unwrap();
    let session = std::rc::Rc::new(std::cell::Cell::new(None));
    let made = session.clone();
    let handle = mount_to(host.clone(), move || {
        let session = Session::provide(config::read(PORTAL).unwrap(), catalogue::read(CATALOGUE).unwrap());
        provide_context(Navigate(Callback::new(move |route| session.go(route))));
        Toasts::provide();
        Announcer::provide();
        session.vault.status.set(Status::Durable);
        prepare(session);
        made.set(Some(session));
        page()
    });
    Shown { session: session.take().unwrap(), host, _page: around, _handle: Box::new(handle) }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.host.remove();
    }
}

impl Shown {
    pub fn text(&self) -> String {
        self.host.text_content().unwrap()
    }

    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.host.query_selector_all(selector).unwrap();
        (0..found.length()).map(|index| found.item(index).unwrap().unchecked_into()).collect()
    }

    pub fn one(&self, selector: &str) -> Element {
        self.host.query_selector(selector).unwrap().unwrap_or_else(|| panic!("there is no {selector}"))
    }

    pub fn type_into(&self, selector: &str, text: &str) {
        let input: HtmlInputElement = self.one(selector).unchecked_into();
        input.set_value(text);
        input.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    }
}

/// Long enough for every effect that a change sets off.
pub async fn settled() {
    timer::sleep(50).await;
}

fn application(number: usize) -> Application {
    let registration =
        Registration { client_id: format!("client-{number:05}-of-ten-thousand"), ..Registration::default() };
    let asked =
        ClientMetadata { client_name: format!("application {number:05}"), ..ClientMetadata::default() };
    let mut made = Application::new(
        format!("id{number}"),
        "sandbox",
        &["balances".to_owned()],
        asked,
        &registration,
        1_600_000_000,
    );
    let outcome = Outcome::Done { status: 200, elapsed_ms: 41 };
    made.history.push(Entry::new(1_600_000_000, Step::Token, outcome, ""));
    if number == 4_321 {
        made.pending = Some(Pending::new(Write::Change, 1_600_000_100));
    }
    made
}

#[wasm_bindgen_test]
async fn ten_thousand_applications_are_filtered_and_fifty_are_drawn() {
    let page = show(
        |session| session.vault.applications.set((0..10_000).map(application).collect()),
        || view! { <home::Home/> },
    );
    settled().await;
    assert_eq!(page.all("tbody tr").len(), 50);
    assert!(
        page.one("tbody tr").text_content().unwrap().contains("application 04321"),
        "what needs you comes first"
    );
    assert!(page.text().contains("The first 50 of 10,000 are shown."));

    page.type_into("#filter", "CLIENT-0777 balances");
    settled().await;
    let names: Vec<String> =
        page.all("tbody .name-link").iter().map(|name| name.text_content().unwrap()).collect();
    let expected: Vec<String> =
        (7_770..7_780).rev().map(|number| format!("application {number:05}")).collect();
    assert_eq!(names, expected);
    assert!(page.text().contains("10 of 10,000"));

    page.type_into("#filter", "no such thing");
    settled().await;
    assert!(page.text().contains("No application matches “no such thing”"));
    page.one(".empty button").unchecked_into::<HtmlElement>().click();
    settled().await;
    assert_eq!(page.all("tbody tr").len(), 50);

    page.one("input[value=needs-you]").unchecked_into::<HtmlElement>().click();
    settled().await;
    assert_eq!(page.all("tbody tr").len(), 1);
    assert!(page.one("tbody tr").text_content().unwrap().contains("Recover access"));
}

#[wasm_bindgen_test]
async fn the_list_grows_by_two_hundred_rows() {
    let page = show(
        |session| session.vault.applications.set((0..450).map(application).collect()),
        || view! { <home::Home/> },
    );
    settled().await;
    page.one(".more button").unchecked_into::<HtmlElement>().click();
    settled().await;
    assert_eq!(page.all("tbody tr").len(), 250);
    page.one(".more button").unchecked_into::<HtmlElement>().click();
    settled().await;
    assert_eq!((page.all("tbody tr").len(), page.all(".more").len()), (450, 0));
}

#[wasm_bindgen_test]
async fn the_first_visit_has_the_words_of_the_static_page() {
    let page = show(|_| {}, || view! { <home::Home/> });
    settled().await;
    let headline = page.one("h1").text_content().unwrap();
    let lead = page.one(".lead").text_content().unwrap();
    assert!(INDEX.contains(&format!("<h1>{headline}</h1>")), "{headline}");
    assert!(INDEX.contains(&format!("<p class=\"lead\">{lead}</p>")), "{lead}");
    assert_eq!(page.all("h1").len(), 1);
}

#[wasm_bindgen_test]
async fn a_store_that_is_refused_is_said_with_a_way_out() {
    let page = show(
        |session| {
            session.vault.applications.set(vec![application(1)]);
            session.vault.status.set(Status::MemoryOnly("The browser refused.".to_owned()));
        },
        || view! { <home::Home/> },
    );
    settled().await;
    assert!(page.text().contains("Nothing is stored in this browser."));
    assert!(page.text().contains("The browser refused."));
    assert!(page.one(".not-stored button").text_content().unwrap().contains("Download what you have"));
}

#[wasm_bindgen_test]
async fn an_unknown_product_is_a_sentence_and_a_way_back() {
    let page = show(|_| {}, || view! { <products::Products id=Some("unicorns".to_owned())/> });
    settled().await;
    assert!(page.text().contains("The catalogue has no product “unicorns”."));
    assert_eq!(page.one(".empty a").get_attribute("href").as_deref(), Some("/products"));
}

#[wasm_bindgen_test]
async fn a_product_names_its_scope_and_a_call_without_a_token_in_it() {
    let page = show(|_| {}, || view! { <products::Products id=Some("payment-initiation".to_owned())/> });
    settled().await;
    assert!(page.text().contains("payments:initiate"));
    let link = page.one(".product-detail .button.primary");
    assert_eq!(link.get_attribute("href").as_deref(), Some("/applications/new?products=payment-initiation"));
    page.all(".code-tabs button").into_iter().last().unwrap().unchecked_into::<HtmlElement>().click();
    settled().await;
    assert!(page.one(".code-text").text_content().unwrap().contains("$ACCESS_TOKEN"));
    page.type_into("#filter", "camt.052");
    settled().await;
    assert_eq!(page.all(".product-list li").len(), 1);
}

#[wasm_bindgen_test]
async fn a_theme_is_chosen_at_once() {
    let page = show(|_| {}, || view! { <settings::Settings/> });
    settled().await;
    let root = document().document_element().unwrap();
    page.one("input[value=dark]").unchecked_into::<HtmlElement>().click();
    settled().await;
    assert_eq!(root.get_attribute("data-theme").as_deref(), Some("dark"));
    page.one("input[value=system]").unchecked_into::<HtmlElement>().click();
    settled().await;
    assert_eq!(root.get_attribute("data-theme"), None);
    assert!(page.text().contains("\"issuer\""), "the raw configuration stands in a fold");
}
