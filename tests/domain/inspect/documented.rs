//! A token beside claims without a token around them: what a guide prints as "decoded", and what is really in it.

use portico::domain::inspect::compare::{Change, Comparison, compare, other};
use portico::domain::inspect::{Clock, inspect_at};
use portico::domain::secret::Secret;

use super::*;

const DOCUMENTED: &str = include_str!("../../fixtures/wso2/software-statement-as-documented.json");

fn beside(token: &str, text: &str) -> Comparison {
    let clock = Clock::from(NOW);
    compare(&inspect_at(&Secret::new(token), clock, &[]), &other(text, clock, &[]))
}

fn owned<const N: usize>(lines: [(&str, &str, &str); N]) -> Vec<(String, String, String)> {
    lines.map(|(path, left, right)| (path.to_owned(), left.to_owned(), right.to_owned())).into()
}

/// Path, and both values.
fn told(comparison: &Comparison) -> Vec<(String, String, String)> {
    let values = |change: &'_ Change| match change {
        Change::OnlyLeft(left) => (left.clone(), "–".to_owned()),
        Change::OnlyRight(right) => ("–".to_owned(), right.clone()),
        Change::Differs { left, right } => (left.clone(), right.clone()),
    };
    let mut lines = Vec::new();
    for difference in &comparison.differences {
        let (left, right) = values(&difference.change);
        lines.push((difference.path.clone(), left, right));
    }
    lines
}

#[test]
fn the_documented_statement_is_not_the_one_in_the_token() {
    let compared = beside(SOFTWARE_STATEMENT, DOCUMENTED);
    assert_eq!(
        told(&compared),
        owned([
            ("iat", "1716955613", "1647405940"),
            ("jti", "ba3baf3c847245fa", "36b5dfe0205c4060"),
            ("software_version", "1.5 (string)", "1.5 (number)"),
            ("software_logo_uri", "https://www.google.com", "https://wso2.com/wso2.jpg"),
            ("org_contacts[0].email", "sachinis@wso2.com", "[email protected]"),
            ("org_contacts[0].phone", "+94774274374", "+94000000000"),
            ("org_contacts[1].email", "sachinis@wso2.com", "[email protected]"),
            ("org_contacts[1].phone", "+94774274374", "+94000000000"),
            ("software_policy_uri", "https://www.google.com", "https://google.com"),
            ("software_tos_uri", "https://www.google.com", "https://google.com"),
        ])
    );
    // Line breaks in the documented lists are no difference.
    assert_eq!(compared.same, read(SOFTWARE_STATEMENT).payload_rows(NOW).len() - 7);
    assert!(compared.differences[0].sentence.as_deref().unwrap().ends_with("earlier."));
}

#[test]
fn claims_are_told_from_answers_with_tokens() {
    let token = claims(r#"{"sub":"a"}"#);
    for (text, is_token) in [
        (format!(r#"{{"access_token":"{token}","iss":"a"}}"#), true),
        (format!(r#"{{"token":"{token}"}}"#), true),
        (token.clone(), true),
        (format!(r#"{{"iss":"a","software_statement":"{token}"}}"#), false),
        (r#"{"sub":"b"}"#.to_owned(), false),
        (r#" {"anything":1} "#.to_owned(), false),
        (r#"{"active":true,"sub":"b"}"#.to_owned(), false),
        (
            format!(
                r#"{{"sub":"a","payload":"{}","signature":"AAAA","protected":"{}"}}"#,
                encode("{}"),
                encode("{}")
            ),
            true,
        ),
    ] {
        let read = other(&text, Clock::from(NOW), &[]);
        assert_eq!((read.header.is_some(), read.payload.is_some()), (is_token, true), "{text}");
    }
    for nothing in ["", "{}", "[1]", "words", "{"] {
        assert!(other(nothing, Clock::from(NOW), &[]).payload.is_none(), "{nothing}");
    }
}

#[test]
fn lists_are_looked_into() {
    let compared = beside(
        &claims(r#"{"sub":"a","l":[{"x":1,"y":[1,2]},{"z":0}],"s":["a","b"],"o":{"p":{"q":{"r":1}}}}"#),
        r#"{"sub":"a","l":[{"x":1.0,"y":[1, 2]}],"s":["b","a"],"o":{"p":{"q":{"r":1,"t":null}}}}"#,
    );
    assert_eq!(
        told(&compared),
        owned([
            ("l[0].x", "1", "1.0"),
            ("l[1]", r#"{"z":0}"#, "–"),
            ("s", r#"["a","b"]"#, r#"["b","a"]"#),
            ("o.p.q.t", "–", "null"),
        ])
    );
}
