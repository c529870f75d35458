//! A request without an answer, in words.

use portico::domain::{
    failure::{Circumstances, explain},
    http::{Failure, Method},
};

use crate::support::PAGE;

fn headline(
    failure: &Failure,
    method: Method,
    url: &str,
    discovery_readable: Option<bool>,
) -> (String, String) {
    let at = Circumstances { method, url: url.to_owned(), page_origin: PAGE.to_owned(), discovery_readable };
    let explained = explain(failure, &at);
    (explained.headline, explained.evidence)
}

#[test]
fn cors_is_named_only_where_it_can_be_the_reason() {
    let at_server =
        |readable| headline(&Failure::Blocked, Method::Post, "https://id.example/register", readable);
    assert!(at_server(Some(true)).0.contains("(CORS)"));
    assert_eq!(at_server(Some(false)).0, "No answer that this page may read");
    assert_eq!(at_server(None).0, "No answer that this page may read");
    // Nothing hides an answer of this site from its own page.
    for readable in [Some(true), Some(false), None] {
        let (headline, evidence) =
            headline(&Failure::Blocked, Method::Post, &format!("{PAGE}/idp/x"), readable);
        assert_eq!(headline, "The connection broke off");
        assert!(!evidence.contains("CORS") && evidence.ends_with("may have been carried out."), "{evidence}");
    }
}

#[test]
fn a_read_changes_nothing_and_says_nothing_of_it() {
    let (_, evidence) = headline(&Failure::Blocked, Method::Get, &format!("{PAGE}/x"), None);
    assert!(!evidence.contains("carried out"), "{evidence}");
}
