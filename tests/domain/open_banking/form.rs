//! The form that begins with a software statement, and what is read out of one.

use portico::domain::{
    application::Application,
    form::{Field, validate},
    registration::{Registration, dialect_of},
};
use serde_json::json;

use super::*;
use crate::support::{PAGE, environment};

fn fields(draft: &Draft) -> Vec<Field> {
    match validate(draft, &shipped("openbank"), &catalogue(), PAGE) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.into_iter().map(|problem| problem.field).collect(),
    }
}

#[test]
fn a_uk_statement_is_read() {
    let read = SoftwareStatement::read(&wso2("software-statement.jwt")).unwrap();
    assert_eq!(read.token, wso2("software-statement.jwt").trim());
    assert_eq!(
        (read.issuer.as_deref(), read.algorithm.as_str(), read.issued_at),
        (Some("OpenBanking Ltd"), "PS256", Some(1_716_955_613))
    );
    assert_eq!(read.kid.as_deref(), Some("cIYo-5zX4OTWZpHrmmiZDVxACJM"));
    assert_eq!(read.software_id, "oQ4KoaavpOuoE7rvQsZEOV");
    assert_eq!(read.organisation_id.as_deref(), Some("0015800001HQQrZAAX"));
    assert_eq!(read.client_name.as_deref(), Some("WSO2 Open Banking TPP2 (Sandbox)"));
    assert_eq!(read.redirect_uris, ["https://www.google.com/redirects/redirect1"]);
    assert_eq!(read.roles, ["PISP", "AISP", "CBPII"]);
    assert_eq!(read.scopes(), ["accounts", "payments", "fundsconfirmations"]);
    assert!(read.keys.software.unwrap().ends_with("/oQ4KoaavpOuoE7rvQsZEOV.jwks"));
    assert!(read.keys.organisation_revoked.unwrap().contains("/revoked/"));
    assert_eq!(read.addresses.len(), 4);
    assert_eq!(read.environment.as_deref(), Some("sandbox"));
}

#[test]
fn an_australian_statement_is_read_also_out_of_a_whole_request() {
    let read = SoftwareStatement::read(&wso2("update-request.jwt")).unwrap();
    assert!(read.notes.iter().any(|note| note.contains("statement inside")), "{:?}", read.notes);
    assert_eq!(read.issuer.as_deref(), Some("cdr-register"));
    assert_eq!(read.client_name.as_deref(), Some("Mock Software"));
    assert_eq!(read.roles, ["data-recipient-software-product"]);
    assert_eq!(read.scopes().len(), 7);
    assert_eq!(read.redirect_uris.len(), 2);
    assert!(read.keys.software.is_some() && read.keys.software_revoked.is_some());
}

#[test]
fn what_is_no_statement_is_told_in_a_sentence() {
    let whole = wso2("software-statement.jwt");
    for (text, words) in [
        ("", "no software statement"),
        ("hello", "no software statement"),
        (&whole[..600], "cut off"),
        ("eyJhbGciOiJub25lIn0.eyJhIjoxfQ.", "no `software_id`"),
    ] {
        let problem = SoftwareStatement::read(text).unwrap_err();
        assert!(problem.contains(words), "{text:?}: {problem}");
    }
    let broken = whole.replacen("eyJpc3M", "eyJp\n  c3M", 1);
    let read = SoftwareStatement::read(&broken).unwrap();
    assert_eq!(read.token, whole.trim());
    assert!(!read.notes.is_empty());
}

#[test]
fn the_statement_fills_in_the_form() {
    let draft = started(&wso2("software-statement.jwt"));
    assert_eq!(draft.name, "WSO2 Open Banking TPP2 (Sandbox)");
    assert_eq!(draft.redirect_uris, "https://www.google.com/redirects/redirect1");
    assert_eq!(draft.products, ["uk-accounts", "uk-payments"]);
    let form = draft.software.as_ref().unwrap();
    assert_eq!(form.text("iss"), "oQ4KoaavpOuoE7rvQsZEOV");
    assert_eq!(form.text("aud"), "OPENBANK0001");
    assert_eq!(form.text("application_type"), "web");
    assert_eq!(form.text("token_endpoint_auth_signing_alg"), "PS256");
    assert_eq!(fields(&draft), [Field::Keys], "only a key is missing");
    let known: Vec<&str> =
        dialect_of(&shipped("openbank")).software_members().iter().map(|member| member.name).collect();
    assert!(form.members.keys().all(|name| known.contains(&name.as_str())));
}

#[test]
fn what_was_typed_stays_when_another_statement_comes() {
    let mut draft = started(&wso2("software-statement.jwt"));
    draft.name = "loan-desk".to_owned();
    draft.products = vec!["uk-payments".to_owned()];
    software(&mut draft).kid = "mine".to_owned();
    let other = SoftwareStatement::read(&wso2("update-request.jwt")).unwrap();
    let draft = prefill::draft(draft, &other, &shipped("openbank"), &catalogue());
    assert_eq!((draft.name.as_str(), draft.products.len()), ("loan-desk", 1));
    let form = draft.software.unwrap();
    assert_eq!((form.kid.as_str(), form.text("iss")), ("mine", "740C368F-ECF9-4D29-A2EA-0514A66B0CDN"));
}

#[test]
fn problems_stand_in_the_order_of_the_page() {
    assert_eq!(
        fields(&Draft::default()),
        [Field::Statement, Field::Name, Field::RedirectUris, Field::Products, Field::Keys]
    );
    let mut draft = started(&wso2("software-statement.jwt"));
    software(&mut draft).kid = "k".to_owned();
    assert_eq!(fields(&draft), []);
    software(&mut draft).members.insert("aud".to_owned(), json!("a b"));
    software(&mut draft).algorithm = "RS256".to_owned();
    assert_eq!(fields(&draft), [Field::Keys, Field::Audience], "this bank takes PS256 and ES256");
    software(&mut draft).statement = "words".to_owned();
    assert_eq!(fields(&draft), [Field::Statement, Field::Keys, Field::Audience]);
}

#[test]
fn a_client_certificate_needs_its_subject() {
    let bank = environment(
        r#"{"id":"b","dialect":"open_banking","issuer":"/b","auth_methods":["tls_client_auth"],
            "grant_types":["client_credentials","authorization_code"],"software_statement":{},
            "products":["uk-accounts"]}"#,
    );
    let mut draft = started(&wso2("software-statement.jwt"));
    software(&mut draft).kid = "k".to_owned();
    let problems = validate(&draft, &bank, &catalogue(), PAGE).unwrap_err();
    assert_eq!(problems[0].field, Field::SubjectDn);
    software(&mut draft).members.insert("tls_client_auth_subject_dn".to_owned(), json!(" CN=a,O=b "));
    let valid = validate(&draft, &bank, &catalogue(), PAGE).unwrap();
    let sent = claims(&open_banking().document(valid.metadata(), None));
    assert_eq!(sent["tls_client_auth_subject_dn"], "CN=a,O=b");
    // By another method it is not sent, whatever was typed.
    let valid = validate(&draft, &shipped("openbank"), &catalogue(), PAGE).unwrap();
    assert!(
        !claims(&open_banking().document(valid.metadata(), None)).contains_key("tls_client_auth_subject_dn")
    );
}

#[test]
fn the_key_that_is_here_signs_and_is_remembered() {
    let mut draft = started(&wso2("software-statement.jwt"));
    draft.key_here = json!({"kty":"EC","crv":"P-256","kid":"here","alg":"ES256","use":"sig",
        "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"})
    .to_string();
    let valid = validate(&draft, &shipped("openbank"), &catalogue(), PAGE).unwrap();
    let metadata = valid.metadata();
    let form = metadata.software.as_ref().unwrap();
    assert_eq!((form.algorithm.as_str(), form.kid.as_str()), ("ES256", "here"));
    let Document::Unsigned(unsigned) = open_banking().document(metadata, None) else { panic!() };
    assert_eq!(json!(unsigned.header).to_string(), r#"{"typ":"JWT","alg":"ES256","kid":"here"}"#);
    assert!(!unsigned.claims.contains_key("jwks"), "the keys are at the directory");
    let registration = Registration { client_id: "c".to_owned(), ..Registration::default() };
    let application =
        Application::new("a".to_owned(), "openbank", valid.products(), metadata.clone(), &registration, 7);
    assert_eq!(application.keys()[0].kid.as_deref(), Some("here"));
    assert!(application.signs() && !application.grants_by_assertion());
    // A change starts with all of it, and without a change asks for the same.
    let again = validate(&application.draft(), &shipped("openbank"), &catalogue(), PAGE).unwrap();
    let (asked, products) = application.changed(&application.draft(), &again);
    assert_eq!((&asked, products), (metadata, application.products.clone()));
    let stored = serde_json::to_string(&application).unwrap();
    assert_eq!(serde_json::from_str::<Application>(&stored).unwrap(), application);
}
