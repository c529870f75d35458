//! The inspector as it is drawn.

use leptos::prelude::*;
use portico::domain::jose::base64url;
use portico::domain::secret::Secret;
use portico::pages::inspect;
use portico::text::inspect as text;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, HtmlElement, HtmlTextAreaElement};

use crate::pages::{Shown, settled, show};
use crate::support::{Replaced, evaluate, eventually, member, window};

const ACCESS_TOKEN: &str = include_str!("../fixtures/keycloak/access-token.jwt");
const REGISTRATION_ACCESS_TOKEN: &str = include_str!("../fixtures/keycloak/registration-access-token.jwt");

/// A token, of which this claim is drawn already.
async fn inspected(token: &'static str, claim: &str) -> Shown {
    let page = show(
        move |session| session.to_inspect.set(Some(Secret::new(token))),
        || view! { <inspect::Inspect/> },
    );
    eventually("it is read", async || found(&page, claim).is_some()).await;
    page
}

fn field(page: &Shown, selector: &str) -> HtmlTextAreaElement {
    page.one(selector).unchecked_into()
}

fn value(page: &Shown, selector: &str) -> String {
    field(page, selector).value()
}

fn fill(page: &Shown, selector: &str, text: &str) {
    let field = field(page, selector);
    field.set_value(text);
    field.dispatch_event(&Event::new("input").unwrap()).unwrap();
}

fn press(page: &Shown, words: &str) {
    let button = page.all("button").into_iter().find(|button| button.text_content().unwrap().trim() == words);
    button.unwrap_or_else(|| panic!("there is no {words}")).unchecked_into::<HtmlElement>().click();
}

fn found(page: &Shown, name: &str) -> Option<Element> {
    let rows = page.all(".table.claims tbody tr").into_iter();
    let mut named =
        rows.filter(|row| row.query_selector("th").unwrap().unwrap().text_content().unwrap() == name);
    named.next()
}

fn row(page: &Shown, name: &str) -> Element {
    found(page, name).unwrap_or_else(|| panic!("there is no {name}"))
}

#[wasm_bindgen_test]
async fn a_registration_access_token_never_expires() {
    let page = inspected(REGISTRATION_ACCESS_TOKEN, "exp").await;
    assert!(page.session.to_inspect.with_untracked(Option::is_none), "the inspector takes the token out");
    assert!(page.text().contains("Registration access token"));
    assert_eq!(page.one(".countdown .big").text_content().unwrap(), "Never");
    let exp =
        page.all("tbody tr").into_iter().find(|row| row.text_content().unwrap().starts_with("exp")).unwrap();
    assert!(exp.text_content().unwrap().contains("Never expires"), "{:?}", exp.text_content());
    // It is made with a secret of the realm, which no key set publishes.
    eventually("the signature is judged", async || page.text().contains("HS256 needs a shared secret."))
        .await;
    assert!(!page.text().contains("Fetch the keys"), "{}", page.text());
    // What is no time is not absent.
    let claims = base64url(br#"{"exp":"1700000000"}"#);
    fill(&page, "#token", &format!("eyJhbGciOiJSUzI1NiJ9.{claims}.AA"));
    eventually("it says why", async || page.text().contains("its exp is not a number")).await;
    assert!(page.text().contains("Fetch the keys") && !page.text().contains("there is no exp"));
}

#[wasm_bindgen_test]
async fn cyrillic_is_read_as_it_was_written() {
    let page = inspected(ACCESS_TOKEN, "preferred_username").await;
    assert!(page.one(".table.claims").text_content().unwrap().contains("Сервісний користувач Трембіти"));
    eventually("the signature is judged", async || page.text().contains("Signature not checked.")).await;
    page.one("input[value=raw]").unchecked_into::<HtmlElement>().click();
    eventually("it is raw", async || !page.all(".layer pre").is_empty()).await;
    assert!(page.one(".layer pre").text_content().unwrap().starts_with('{'));
    assert!(!page.host.outer_html().contains("value=\"eyJ"), "a token never stands in an attribute");
}

#[wasm_bindgen_test]
async fn what_is_pasted_with_bearer_and_line_breaks_is_read_and_coloured_in_place() {
    let page = show(|_| {}, || view! { <inspect::Inspect/> });
    settled().await;
    assert!(page.text().contains("Nothing pasted yet"));
    let (start, end) = ACCESS_TOKEN.trim().split_at(300);
    let pasted = format!("Bearer {start}\n{end}");
    fill(&page, "#token", &pasted);
    eventually("it is read", async || page.text().contains("1 line break inside taken out.")).await;
    assert_eq!(page.one(".token").text_content().unwrap().trim_end(), pasted);
    assert_eq!(page.all(".token .part-1").len(), 1);
}

#[wasm_bindgen_test]
async fn a_large_text_is_read_and_shown_in_pieces() {
    let page = show(|_| {}, || view! { <inspect::Inspect/> });
    settled().await;
    fill(&page, "#token", &"x".repeat(70_000));
    eventually("it is read", async || page.text().contains("Opaque token, 70000 characters")).await;
    assert!(page.text().contains("70 KB"));
    // One piece is a field, the others are not.
    assert_eq!(page.all("#token").len(), 1);
    let text = || -> String {
        let piece = |piece: &Element| match piece.query_selector("textarea").unwrap() {
            Some(field) => field.unchecked_into::<HtmlTextAreaElement>().value(),
            None => piece.text_content().unwrap(),
        };
        page.all(".token-piece, .token-editor").iter().map(piece).collect()
    };
    eventually("all pieces are there", async || text().len() >= 70_000).await;
    assert_eq!(page.all(".token-piece, .token-editor").len(), 70_000_usize.div_ceil(2048));
    // Another piece becomes the field, of the same group and of another one; what was typed stays.
    for pressed in [2, 12] {
        page.all(".token-piece")[pressed].clone().unchecked_into::<HtmlElement>().click();
        eventually("it is the field", async || {
            page.all(".token-piece, .token-editor")[pressed + 1].query_selector("#token").unwrap().is_some()
        })
        .await;
        let text = value(&page, "#token");
        fill(&page, "#token", &format!("{text}y"));
        assert_eq!(page.all("#token").len(), 1);
    }
    // The next one, in the same group: the field and its colours are those of that piece, though both began alike.
    page.all(".token-piece")[13].clone().unchecked_into::<HtmlElement>().click();
    eventually("it is the field", async || value(&page, "#token") == "x".repeat(2048)).await;
    let coloured = || page.one(".token-editor .token").text_content().unwrap();
    eventually("it is in colours", async || coloured().trim_end_matches('\u{200b}') == "x".repeat(2048))
        .await;
    // The cursor stands where it was pressed.
    let at = evaluate(
        "(() => {
            const piece = document.querySelectorAll('.token-piece')[9];
            piece.scrollIntoView();
            const { x, y } = piece.getBoundingClientRect();
            const [clientX, clientY] = [x + 70, y + 8];
            const { offset } = document.caretPositionFromPoint(clientX, clientY);
            piece.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX, clientY }));
            return offset;
        })()",
    );
    let at = at.as_f64().unwrap();
    assert!(at > 1.0 && at < 2000.0, "{at}");
    eventually("the cursor is there", async || {
        let start = field(&page, "#token").selection_start().unwrap();
        start.map(f64::from) == Some(at)
    })
    .await;
    page.all(".token-piece")[0].clone().unchecked_into::<HtmlElement>().click();
    eventually("what was typed is in the pieces", async || {
        text().matches('y').count() == 2 && text().len() == 70_002
    })
    .await;
    eventually("it is read again", async || page.text().contains("Opaque token, 70002 characters")).await;
    press(&page, "Clear");
    eventually("it is gone", async || page.all(".token-piece").is_empty()).await;
    assert_eq!(page.all("#token").len(), 1);
}

#[wasm_bindgen_test]
async fn what_stands_beside_a_token_stays_while_it_is_typed_in() {
    let page = inspected(ACCESS_TOKEN, "sub").await;
    press(&page, "Paste a key");
    eventually("there is a field", async || !page.all("#verify-key").is_empty()).await;
    fill(&page, "#verify-key", "half a key");
    fill(&page, "#other-token", "half a token");
    let (sub, details) = (row(&page, "sub"), page.one(".compared"));
    press(&page, "sub");
    // Another header, the same claims.
    let (_, rest) = ACCESS_TOKEN.trim().split_once('.').unwrap();
    fill(&page, "#token", &format!("eyJhbGciOiJub25lIn0.{rest}"));
    eventually("it is read again", async || row(&page, "alg").text_content().unwrap().contains("none")).await;
    assert_eq!(value(&page, "#verify-key"), "half a key");
    assert_eq!(value(&page, "#other-token"), "half a token");
    assert_eq!(
        (row(&page, "sub"), page.one(".compared")),
        (sub, details),
        "what says the same is not drawn again"
    );
    assert!(page.text().contains("Copy path"));
    assert!(page.all(".table.claims .claim-name").iter().all(|name| name.text_content().unwrap() != "kid"));

    page.one("input[value=json]").unchecked_into::<HtmlElement>().click();
    eventually("it is JSON", async || !page.all(".layer pre").is_empty()).await;
    fill(&page, "#token", &format!("eyJhbGciOiJub25lIiwia2lkIjoiMSJ9.{rest}"));
    eventually("it is still JSON", async || {
        page.all(".layer pre").iter().any(|json| json.text_content().unwrap().contains("\"kid\": \"1\""))
    })
    .await;
}

#[wasm_bindgen_test]
async fn what_is_copied_is_of_the_token_as_it_is_now() {
    let page = inspected(ACCESS_TOKEN, "sub").await;
    press(&page, "Make a link");
    fill(&page, "#token", REGISTRATION_ACCESS_TOKEN.trim());
    eventually("it is read again", async || row(&page, "exp").text_content().unwrap().contains("Never"))
        .await;
    settled().await;
    let working = evaluate("({ writeText: async (text) => { window.portico_copied = text; } })");
    let _clipboard = Replaced::new(&window().navigator(), "clipboard", &working);
    press(&page, "Copy link");
    let link = format!("#token={}", REGISTRATION_ACCESS_TOKEN.trim());
    let copied = || member(&window(), "portico_copied").as_string().unwrap_or_default();
    eventually("it is copied", async || copied().ends_with(&link)).await;
}

/// A text from which on only one reading is kept, with this claim at its end.
fn long_token(last: &str) -> String {
    let claims = format!(r#"{{"sub":"somebody","note":"{}","last":"{last}"}}"#, "x".repeat(300_000));
    format!("eyJhbGciOiJub25lIn0.{}.", base64url(claims.as_bytes()))
}

#[wasm_bindgen_test]
async fn a_long_text_that_is_read_again_keeps_what_is_beside_it() {
    let page = inspected(Box::leak(long_token("one").into_boxed_str()), "last").await;
    let sub = row(&page, "sub");
    fill(&page, "#other-token", "half a token");
    let (before, changed) = (long_token("one"), long_token("two"));
    let is_last = |piece: &str| piece.len() > 100 && before.ends_with(piece);
    let last = || page.all(".token-piece").pop().filter(|piece| is_last(&piece.text_content().unwrap()));
    eventually("all pieces are there", async || last().is_some()).await;
    last().unwrap().unchecked_into::<HtmlElement>().click();
    eventually("it is the field", async || is_last(&value(&page, "#token"))).await;
    let at = before.len() - value(&page, "#token").len();
    fill(&page, "#token", changed.get(at..).unwrap());
    eventually("it is read again", async || row(&page, "last").text_content().unwrap().contains("two")).await;
    assert_eq!(row(&page, "sub"), sub);
    assert_eq!(value(&page, "#other-token"), "half a token");
}

#[wasm_bindgen_test]
async fn the_coloured_text_is_what_the_field_holds_whatever_is_typed() {
    let page = inspected(ACCESS_TOKEN.trim(), "iss").await;
    let field = field(&page, "#token");
    let (payload, signature) = (ACCESS_TOKEN.find('.').unwrap(), ACCESS_TOKEN.rfind('.').unwrap());
    let end = ACCESS_TOKEN.trim().len();
    // What goes, from where to where, and what comes.
    let edits = [
        (payload + 9, payload + 9, "x"),
        (payload + 10, payload + 10, "yz"),
        (signature, signature + 3, ""),
        (end, end, "-_"),
        (end - 9, end - 3, "0123456"),
        (payload + 4, payload + 4, "."),
        (payload + 4, payload + 5, ""),
        (0, 0, "é 😀 Bearer "),
        (payload + 40, payload + 40, "Q"),
        (12, 13, "f"),
        (2, 2, "."),
    ];
    for (from, to, letters) in edits {
        let text = field.value();
        let units: Vec<u16> = text.encode_utf16().collect();
        let new = [&units[..from], &letters.encode_utf16().collect::<Vec<_>>(), &units[to..]].concat();
        field.set_value(&String::from_utf16(&new).unwrap());
        let cursor = u32::try_from(from + letters.encode_utf16().count()).unwrap();
        field.set_selection_range(cursor, cursor).unwrap();
        field.dispatch_event(&Event::new("input").unwrap()).unwrap();
        let drawn = format!("{} ", field.value());
        eventually("it is drawn", async || page.one(".token-input .token").text_content().unwrap() == drawn)
            .await;
    }
    // Read after all of them, it is the same text still: the count is of what was read.
    let count = text::characters(field.value().chars().count());
    eventually("it is read", async || {
        page.one(".input-panel .between .tiny").text_content().unwrap() == count
    })
    .await;
}
