//! What the portal finds before a bank does: the defects that the guides' own samples have.

use portico::domain::{
    config::Environment,
    inspect::profiles::Checked,
    registration::open_banking::checks::{self, Sending, stops, warns},
};

use super::*;
use crate::support::environment;

/// A bank that takes the statements of both guides.
pub fn bank(more: &str) -> Environment {
    environment(&format!(
        r#"{{"id":"b","dialect":"open_banking","issuer":"/b","software_statement":{{"issuers":["OpenBanking Ltd","cdr-register"]{more}}}}}"#
    ))
}

pub const AUDIENCE: &str = "https://secure.api.dataholder.com/issuer";

pub fn sending(now: i64) -> Sending<'static> {
    Sending { now, audience: Some(AUDIENCE), ..Sending::default() }
}

/// IDs of the rules that stop, and of those that warn.
pub fn found(checked: &[Checked]) -> (Vec<&'static str>, Vec<&'static str>) {
    let ids = |of: fn(&Checked) -> bool| {
        checked.iter().filter(|checked| of(checked)).map(|checked| checked.rule.id).collect()
    };
    (ids(stops), ids(warns))
}

/// While the statement of the guide is a minute old.
const NOW: i64 = 1_716_955_673;

#[test]
fn the_registration_request_of_the_guide_is_older_than_its_statement_and_signed_by_its_key() {
    let request = wso2("register-request.jwt");
    let checked = checks::compact(&request, &bank(""), &sending(NOW));
    let (stops, warnings) = found(&checked);
    assert_eq!(stops, [] as [&str; 0]);
    assert_eq!(warnings, ["request-own-key", "request-time", "request-id", "lifetime"]);
    let time = checked.iter().find(|checked| checked.rule.id == "request-time").unwrap();
    assert_eq!(time.verdict.evidence.as_deref(), Some("1694075713"));
    assert!(time.verdict.what_to_do.as_deref().unwrap().contains("Sign it again"));
}

#[test]
fn the_statement_of_the_guide_has_no_end_and_may_be_too_old() {
    let request = wso2("register-request.jwt");
    let (stops, _) = found(&checks::compact(&request, &bank(r#","max_age":60"#), &sending(NOW)));
    assert_eq!(stops, [] as [&str; 0]);
    let checked = checks::compact(&request, &bank(r#","max_age":600"#), &sending(NOW + 3_600));
    assert_eq!(found(&checked).0, ["request-statement-age"]);
    let age = checked.iter().find(|checked| checked.rule.id == "request-statement-age").unwrap();
    assert!(age.verdict.sentence.contains("no `exp`"), "{}", age.verdict.sentence);
}

#[test]
fn the_update_of_the_guide_names_redirect_uris_and_a_certificate_that_do_not_fit() {
    let checked = checks::compact(&wso2("update-request.jwt"), &bank(""), &sending(1_571_808_200));
    let (stops, warnings) = found(&checked);
    assert_eq!(stops, ["request-redirects", "request-subject"]);
    for rule in ["request-own-key", "request-roles", "request-hosts"] {
        assert!(warnings.contains(&rule), "{warnings:?}");
    }
    let redirects = checked.iter().find(|checked| checked.rule.id == "request-redirects").unwrap();
    assert!(redirects.verdict.sentence.contains("https://www.mockcompany.com.au/redirects/redirect1"));
    assert!(redirects.verdict.evidence.is_some());
    let roles = checked.iter().find(|checked| checked.rule.id == "request-roles").unwrap();
    assert_eq!(roles.verdict.evidence.as_deref(), Some(r#""data-recipient-software-product""#));
}

/// A request out of the form, before it is signed: the only thing that cannot be known is the signature.
#[test]
fn a_request_of_the_form_passes_before_it_is_signed() {
    let mut draft = started(&wso2("software-statement.jwt"));
    software(&mut draft).kid = "of-the-software".to_owned();
    let shipped = shipped("openbank");
    let bank = Environment { software_statement: bank("").software_statement, ..shipped };
    let valid = portico::domain::form::validate(&draft, &bank, &catalogue(), crate::support::PAGE).unwrap();
    let stamp = Stamp {
        issued_at: NOW,
        expires_at: NOW + 300,
        id: "e7a3a0bb-5a4f-4f7a-9b6e-1f3c5d7e9a0b".to_owned(),
        audience: "OPENBANK0001".to_owned(),
        form: portico::domain::config::RequestForm::Jwt,
    };
    let document = open_banking().document_at(valid.metadata(), None, &stamp);
    let sending = Sending { now: NOW, audience: Some("OPENBANK0001"), ..Sending::default() };
    assert_eq!(found(&checks::check(&document, &bank, &sending)), (vec![], vec![]));
    let used = Sending { used_ids: &["e7a3a0bb-5a4f-4f7a-9b6e-1f3c5d7e9a0b"], ..sending };
    assert_eq!(found(&checks::check(&document, &bank, &used)).0, ["request-replay"]);
    let used = Sending { used_ids: &["ba3baf3c847245fa"], ..sending };
    assert_eq!(found(&checks::check(&document, &bank, &used)), (vec![], vec!["request-statement-replay"]));
    let revoked = Sending { revoked_key_ids: Some(&["of-the-software"]), ..sending };
    assert_eq!(found(&checks::check(&document, &bank, &revoked)).0, ["request-key"]);
    let unknown = Sending { key_ids: Some(&["another"]), ..sending };
    assert_eq!(found(&checks::check(&document, &bank, &unknown)).0, ["key-id"]);
}

/// A request with these claims changed; an empty text takes one out.
fn changed(changes: &[(&str, Value)]) -> String {
    let request = wso2("register-request.jwt");
    let mut claims = part(&request, 1);
    for (name, value) in changes {
        claims.insert((*name).to_owned(), value.clone());
    }
    claims.retain(|_, value| value.as_str() != Some(""));
    let mut header = part(&request, 0);
    header.insert("kid".to_owned(), "of-the-software".into());
    let unsigned = portico::domain::jose::Unsigned { header, claims };
    format!("{}.{}", unsigned.signing_input(), request.trim().rsplit('.').next().unwrap())
}

#[test]
fn every_mistake_has_a_rule() {
    use serde_json::json;
    for (name, value, rule) in [
        ("redirect_uris", json!(["https://other.example/"]), "request-redirects"),
        ("redirect_uris", json!(["https://localhost/cb"]), "request-https"),
        ("redirect_uris", json!(["http://www.google.com/redirects/redirect1"]), "request-https"),
        ("iss", json!("another"), "request-issuer"),
        ("software_id", json!("another"), "request-software"),
        ("aud", json!("https://another.example"), "request-audience"),
        ("exp", json!(""), "request-claims"),
        ("exp", json!(1_694_075_712), "order"),
        ("token_endpoint_auth_signing_alg", json!(""), "request-auth-algorithm"),
        ("token_endpoint_auth_method", json!("tls_client_auth"), "request-subject"),
        ("scope", json!("accounts colours"), "request-scope"),
        ("software_statement", json!(""), "request-statement"),
        ("software_statement", json!("words"), "request-statement"),
    ] {
        let (stops, _) = found(&checks::compact(&changed(&[(name, value)]), &bank(""), &sending(NOW)));
        assert!(stops.contains(&rule), "{name}: {stops:?}");
    }
    let (stops, _) = found(&checks::compact(&changed(&[]), &bank(""), &sending(NOW)));
    assert_eq!(stops, [] as [&str; 0]);
}

#[test]
fn in_plain_json_nothing_is_said_of_a_signature() {
    let document = Document::Json(Value::Object(part(&wso2("register-request.jwt"), 1)));
    let checked = checks::check(&document, &bank(""), &sending(NOW));
    assert_eq!(found(&checked), (vec![], vec!["request-time", "request-id", "lifetime"]));
    assert!(
        checked
            .iter()
            .all(|checked| !["signature", "algorithm", "request-own-key"].contains(&checked.rule.id))
    );
}
