//! The reports are read back; none holds a token or a secret.

use portico::domain::http::Method;
use portico::domain::self_check::{
    Check, SCENARIOS,
    report::{Report, html, json, junit, summary},
};
use serde_json::Value;

use super::{TESTED, bank, kit, run, server::Server};

fn report(check: &Check) -> Report<'_> {
    Report {
        environment: "Bank & <b>\"co\"</b> 'x'\u{1}",
        endpoint: "https://bank.example/register",
        began: 1_700_000_000,
        ended: 1_700_000_042,
        stopped: check.is_stopped(),
        trouble: check.trouble(),
        rows: check.rows(),
        leftovers: check.leftovers(),
    }
}

fn broken() -> Check {
    let mut server = Server::refusing(Method::Delete, "keeps-deleted");
    run(kit(bank(r#","self_check":true,"operations":["create","read","delete"]"#)), &mut server)
}

#[test]
fn the_json_says_what_the_rows_say() {
    let check = broken();
    let read: Value = serde_json::from_str(&json(&report(&check))).unwrap();
    assert_eq!(read["rows"].as_array().unwrap().len(), SCENARIOS.len());
    assert_eq!(read["counts"]["failed"], check.counts().failed);
    assert_eq!(read["began"], "2023-11-14T22:13:20Z");
    assert_eq!(read["rows"][1]["id"], "DCR-002");
    assert_eq!(read["rows"][1]["verdict"], "failed");
    assert_eq!(read["rows"][1]["exchanges"][0]["came"], "201");
    assert_eq!(read["left_over"].as_array().unwrap().len(), check.leftovers().len());
}

/// Walks the tags of an XML text: every one is closed, in order, and `&` begins an entity. Returns the names of all
/// elements.
fn elements(xml: &str) -> Vec<String> {
    let (mut open, mut all) = (Vec::new(), Vec::new());
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").expect("a declaration");
    while let Some((text, after)) = rest.split_once('<') {
        entities(text);
        let (tag, after) = after.split_once('>').expect("a tag that ends");
        entities(tag);
        assert!(!tag.contains('<') && tag.matches('"').count() % 2 == 0, "{tag}");
        rest = after;
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap().to_owned();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name));
        } else {
            all.push(name.clone());
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} {rest}");
    all
}

fn entities(text: &str) {
    for after in text.split('&').skip(1) {
        let name = after.split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "&{name}");
    }
}

#[test]
fn the_junit_report_is_well_formed_and_counts_right() {
    let check = broken();
    let xml = junit(&report(&check));
    let all = elements(&xml);
    let count = |name: &str| all.iter().filter(|element| *element == name).count();
    assert_eq!((count("testsuites"), count("testsuite"), count("testcase")), (1, 1, SCENARIOS.len()));
    for (element, attribute) in [("failure", "failures"), ("error", "errors"), ("skipped", "skipped")] {
        assert!(count(element) > 0, "{element}");
        assert!(xml.contains(&format!("{attribute}=\"{}\"", count(element))), "{element}");
    }
    assert!(!xml.contains(|letter: char| letter.is_control() && letter != '\n'));
}

#[test]
fn the_html_report_loads_nothing_and_escapes_everything() {
    let check = broken();
    let page = html(&report(&check));
    assert!(!page.contains("<b>\"co\"") && page.contains("Bank &amp; &lt;b&gt;"));
    for forbidden in ["<script", "src=", "href=", "http-equiv=\"refresh"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    for row in check.rows() {
        assert!(page.contains(&row.scenario.name()));
    }
    assert_eq!(page.matches("<details>").count(), page.matches("</details>").count());
    assert!(page.contains("Clients that may still be registered"));
}

#[test]
fn no_report_holds_a_token_or_a_secret() {
    let mut server = Server::new("");
    let check = run(kit(bank(TESTED)), &mut server);
    let report = report(&check);
    for text in [json(&report), junit(&report), html(&report)] {
        for secret in ["eyJ", "s3cr3t", "opaque-token"] {
            assert!(!text.contains(secret), "{secret}");
        }
    }
}

#[test]
fn the_summary_names_what_there_is() {
    let counts = broken().counts();
    let text = summary(&counts);
    assert!(text.starts_with(&format!("{} checks: {} passed, ", SCENARIOS.len(), counts.passed)), "{text}");
    assert!(!text.contains("to go"));
}
