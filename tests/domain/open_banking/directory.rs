//! What is asked of a directory, and what it answers.

use portico::domain::{
    config::Environment,
    registration::open_banking::directory::{SoftwareAtDirectory, read, try_out},
};
use serde_json::json;

use super::*;
use crate::support::{PAGE, answer, environment};

#[test]
fn a_directory_is_asked_by_the_ids_of_the_statement() {
    let bank = shipped("openbank");
    let directory = bank.software_statement.clone().unwrap().directory.unwrap();
    let statement = SoftwareStatement::read(&wso2("software-statement.jwt")).unwrap();
    let software = SoftwareAtDirectory::of(&statement).unwrap();
    let request = software.statement(&directory, &bank, PAGE).unwrap();
    assert_eq!(
        request.url,
        format!(
            "{PAGE}/directory/organisations/0015800001HQQrZAAX/software/oQ4KoaavpOuoE7rvQsZEOV/statement"
        )
    );
    let request = software.add_key(&json!({"kty":"EC"}), &directory, &bank, PAGE).unwrap();
    assert!(request.url.ends_with("/software/oQ4KoaavpOuoE7rvQsZEOV/keys"), "{}", request.url);
    let request = try_out(&directory, PAGE, "loan-desk", &["https://a.example/cb".to_owned()], None).unwrap();
    let body: Value = serde_json::from_str(request.body.unwrap().reveal().expose()).unwrap();
    assert_eq!(body, json!({"client_name":"loan-desk","redirect_uris":["https://a.example/cb"]}));
}

#[test]
fn a_prefix_leads_to_the_directory_too_and_ids_stay_in_their_place() {
    let bank: Environment = environment(
        r#"{"id":"b","dialect":"open_banking","issuer":"https://bank.example","via":{"prefix":"/ob","replaces":"https://dir.example"},
            "software_statement":{"directory":{"issuer":"D","jwks":"https://dir.example/k","statement":"https://dir.example/:organisation/:software"}}}"#,
    );
    let directory = bank.software_statement.clone().unwrap().directory.unwrap();
    let software = SoftwareAtDirectory { organisation: "../x".to_owned(), software: "a/b?c".to_owned() };
    let request = software.statement(&directory, &bank, PAGE).unwrap();
    assert_eq!(request.url, format!("{PAGE}/ob/..%2Fx/a%2Fb%3Fc"));
    assert_eq!(software.add_key(&json!({}), &directory, &bank, PAGE), None);
    assert_eq!(try_out(&directory, PAGE, "x", &[], None), None);
}

#[test]
fn a_statement_is_read_out_of_either_answer() {
    let token = wso2("software-statement.jwt");
    let json = json!({"organisation_id":"o","software_id":"s","software_statement":token.trim()}).to_string();
    for (status, body) in [(200, token.as_str()), (201, json.as_str())] {
        assert_eq!(read(&answer(status, body)).unwrap().software_id, "oQ4KoaavpOuoE7rvQsZEOV");
    }
    assert!(read(&answer(404, "{}")).unwrap_err().contains("no such organisation"));
    assert!(read(&answer(503, "")).unwrap_err().contains("503"));
    assert!(read(&answer(200, "<html>")).unwrap_err().contains("no software statement"));
}
