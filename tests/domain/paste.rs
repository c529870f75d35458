//! Answers that are pasted: every usual shape comes to the same value.

use portico::domain::{http::paste::read, registration::Operation};
use proptest::prelude::*;

const BODY: &str = r#"{"client_id":"c1","client_name":"a } b"}"#;

fn shapes() -> Vec<(&'static str, String, u16)> {
    vec![
        (
            "curl -i",
            format!(
                "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nLocation: http://x/c1\r\n\r\n{BODY}"
            ),
            201,
        ),
        ("curl -i, HTTP/2", format!("HTTP/2 201 \ncontent-type: application/json\n\n{BODY}\n"), 201),
        ("with a prompt after it", format!("HTTP/1.1 201 Created\n\n{BODY}me@host:~$ "), 201),
        (
            "with the command before it",
            format!(
                "me@host:~$ curl -si https://x \\\n  -H 'Accept: application/json'\nHTTP/1.1 200 OK\n\n{BODY}\n"
            ),
            200,
        ),
        ("100 Continue", format!("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\n\r\n{BODY}"), 201),
        (
            "through a proxy",
            format!("HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 201\r\nx: y\r\n\r\n{BODY}"),
            201,
        ),
        ("after a redirect", format!("HTTP/1.1 302 Found\nLocation: /y\n\nHTTP/1.1 200 OK\n\n{BODY}"), 200),
        (
            "curl -v",
            format!(
                "* Trying 127.0.0.1:8081...\n> POST /x HTTP/1.1\n> Host: x\n> \n* upload completely sent\n< HTTP/1.1 201 Created\n< Content-Type: application/json\n< \n{{ [311 bytes data]\n{BODY}\n* Connection #0 left intact\n"
            ),
            201,
        ),
        ("only JSON", BODY.to_owned(), 201),
        ("JSON with a mark at its start", format!("\u{feff}{BODY}"), 201),
        ("JSON over several lines, Windows", BODY.replace(',', ",\r\n  "), 201),
    ]
}

#[test]
fn every_usual_shape_is_read() {
    for (name, text, status) in shapes() {
        let pasted = read(&text, Operation::Create).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        assert_eq!(pasted.response.status, status, "{name}");
        let body: serde_json::Value =
            serde_json::from_str(&pasted.response.body).unwrap_or_else(|_| panic!("{name}"));
        assert_eq!(body["client_name"], "a } b", "{name}");
    }
}

#[test]
fn headers_are_kept_in_lower_case() {
    let pasted = read(
        "HTTP/1.1 429 Too Many\r\nRetry-After: 30\r\nDate: Mon, 17 Oct 2022 14:15:00 GMT\r\n\r\n{}",
        Operation::Create,
    );
    let response = pasted.unwrap().response;
    assert_eq!(response.header("retry-after"), Some("30"));
    assert_eq!(response.header("date"), Some("Mon, 17 Oct 2022 14:15:00 GMT"));
}

#[test]
fn a_status_that_is_not_there_is_inferred_and_said() {
    let rows = [
        (BODY, Operation::Create, 201),
        (BODY, Operation::Update, 200),
        (r#"{"error":"invalid_token","error_description":"x"}"#, Operation::Create, 401),
        (r#"{"error":"insufficient_scope"}"#, Operation::Create, 403),
        (r#"{"error":"invalid_redirect_uri"}"#, Operation::Create, 400),
        ("<!DOCTYPE html><title>502</title>", Operation::Create, 500),
    ];
    for (text, operation, status) in rows {
        let pasted = read(text, operation).unwrap();
        assert_eq!(pasted.response.status, status, "{text}");
        assert!(pasted.notes.iter().any(|note| note.contains("no status line")), "{text}");
    }
}

#[test]
fn an_html_page_and_an_empty_answer_keep_their_status() {
    let page =
        read("HTTP/1.1 502 Bad Gateway\nContent-Type: text/html\n\n<html>{x}</html>", Operation::Create)
            .unwrap();
    assert_eq!((page.response.status, page.response.body.as_str()), (502, "<html>{x}</html>"));
    let gone = read("HTTP/1.1 204 No Content\r\n\r\n", Operation::Delete).unwrap();
    assert_eq!((gone.response.status, gone.response.body.as_str()), (204, ""));
}

#[test]
fn what_is_no_answer_is_said() {
    for text in ["", "  \n", "hello", "curl: (6) Could not resolve host: x", "HTTP/9 x", "[1,2]"] {
        let problem = read(text, Operation::Create).unwrap_err();
        assert!(problem.ends_with('.'), "{text}: {problem}");
    }
}

proptest! {
    #[test]
    fn nothing_that_is_pasted_breaks_it(text in any::<String>()) {
        drop(read(&text, Operation::Create));
    }

    #[test]
    fn a_cut_answer_does_not_break_it(index in 0usize..11, at in 0usize..400) {
        let (_, text, _) = shapes().swap_remove(index);
        let cut = text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
        drop(read(&text[..cut], Operation::Create));
    }
}
