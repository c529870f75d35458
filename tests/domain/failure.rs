//! A request without an answer, in words.

use portico::domain::{
    failure::{Circumstances, explain},
    http::{Failure, Method},
};

use crate::support::PAGE;

fn headline(failure: &Failure, method: Method, url: &str) -> (String, String) {
    let at = Circumstances { method, url: url.to_owned(), page_origin: PAGE.to_owned() };
    let explained = explain(failure, &at);
    (explained.headline, explained.evidence)
}

#[test]
fn without_probes_cors_is_one_of_several_reasons() {
    let (headline_there, evidence) = headline(&Failure::Blocked, Method::Get, "https://id.example/register");
    assert_eq!(headline_there, "No answer that this page may read");
    assert!(evidence.contains("(CORS)"), "{evidence}");
    // Nothing hides an answer of this site from its own page.
    let (headline, evidence) = headline(&Failure::Blocked, Method::Post, &format!("{PAGE}/idp/x"));
    assert_eq!(headline, "The connection broke off");
    assert!(!evidence.contains("CORS") && evidence.ends_with("may have been carried out."), "{evidence}");
}

#[test]
fn a_read_changes_nothing_and_says_nothing_of_it() {
    let (_, evidence) = headline(&Failure::Blocked, Method::Get, &format!("{PAGE}/x"));
    assert!(!evidence.contains("carried out"), "{evidence}");
}
