//! Requests and statements that somebody changed. What only a key can tell is told by the inspector's verification; here is
//! what can be seen without one.

use portico::domain::{
    jose::{Unsigned, base64url},
    registration::open_banking::checks,
};
use serde_json::json;

use super::{
    checks::{bank, found, sending},
    *,
};
use crate::support::environment;

const NOW: i64 = 1_716_955_673;

/// A token of these two halves, with a signature of the usual length.
fn token(header: Value, claims: Map<String, Value>, signature: usize) -> String {
    let unsigned = Unsigned { header: header.as_object().unwrap().clone(), claims };
    let signature = base64url(&vec![7; signature]);
    format!("{}.{signature}", unsigned.signing_input())
}

fn request(header: Value, statement: &str) -> String {
    let mut claims = part(&wso2("register-request.jwt"), 1);
    claims.insert("software_statement".to_owned(), statement.into());
    claims.insert("iat".to_owned(), NOW.into());
    claims.insert("exp".to_owned(), (NOW + 300).into());
    token(header, claims, 256)
}

fn statement(header: Value, name: &str, value: Value) -> String {
    let mut claims = part(&wso2("software-statement.jwt"), 1);
    claims.insert(name.to_owned(), value);
    token(header, claims, 256)
}

#[test]
fn what_was_tampered_with_is_found_before_it_is_sent() {
    let good = || json!({"typ":"JWT","alg":"PS256","kid":"of-the-software"});
    let whole = wso2("software-statement.jwt").trim().to_owned();
    let directory = json!({"alg":"PS256","kid":"cIYo-5zX4OTWZpHrmmiZDVxACJM","typ":"JWT"});
    let other = wso2("update-request.jwt");
    let other = part(&other, 1)["software_statement"].as_str().unwrap().to_owned();
    let table = [
        (
            "of another directory",
            request(good(), &statement(directory.clone(), "iss", json!("Other Directory"))),
            "request-statement-issuer",
        ),
        (
            "of other software",
            request(good(), &statement(directory.clone(), "software_id", json!("another"))),
            "request-issuer",
        ),
        ("two statements swapped", request(good(), &other), "request-issuer"),
        ("request without a signature", request(json!({"alg":"none","kid":"k"}), &whole), "algorithm"),
        (
            "request signed with a shared secret",
            request(json!({"alg":"HS256","kid":"k"}), &whole),
            "algorithm",
        ),
        (
            "request signed with what the bank does not take",
            request(json!({"alg":"RS256","kid":"k"}), &whole),
            "algorithm",
        ),
        (
            "statement without a signature",
            request(good(), &statement(json!({"alg":"none"}), "jti", json!("1"))),
            "request-statement-signed",
        ),
        (
            "statement signed with the public key as a secret",
            request(good(), &statement(json!({"alg":"HS256","kid":"k"}), "jti", json!("1"))),
            "request-statement-signed",
        ),
        ("half a statement", request(good(), whole.get(..900).unwrap()), "request-statement"),
    ];
    for (what, request, rule) in table {
        let checked = checks::compact(&request, &bank(""), &sending(NOW));
        assert!(found(&checked).0.contains(&rule), "{what}: {:?}", found(&checked));
    }
    let checked = checks::compact(&request(good(), &whole), &bank(""), &sending(NOW));
    assert_eq!(found(&checked).0, [] as [&str; 0]);
}

/// One changed character in the header or the claims breaks the JSON, or changes what is compared, or only a key can tell;
/// it is never called right.
#[test]
fn a_changed_byte_is_never_called_right() {
    let whole = wso2("register-request.jwt").trim().to_owned();
    let now = sending(NOW);
    for at in (0..whole.len()).step_by(37) {
        let old = &whole[at..=at];
        let changed = [&whole[..at], if old == "A" { "B" } else { "A" }, &whole[at + 1..]].concat();
        let checked = checks::compact(&changed, &bank(""), &now);
        let signature = checked.iter().find(|checked| checked.rule.id == "signature");
        assert!(
            signature.is_none_or(
                |checked| checked.verdict.state != portico::domain::inspect::profiles::State::Pass
            ),
            "{at}"
        );
    }
}

/// Where the operator names no directory, nothing is refused because of one, and it is said that nobody knows.
#[test]
fn an_unknown_directory_is_only_an_error_where_the_operator_named_some() {
    let open = environment(r#"{"id":"b","dialect":"open_banking","issuer":"/b","software_statement":{}}"#);
    let directory = json!({"alg":"PS256","kid":"d","typ":"JWT"});
    let request = request(json!({"alg":"PS256","kid":"k"}), &statement(directory, "iss", json!("Other")));
    assert_eq!(found(&checks::compact(&request, &open, &sending(NOW))).0, [] as [&str; 0]);
}
