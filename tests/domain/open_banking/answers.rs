//! Answers and refusals as the guides and the gateway print them, their defects included.

use portico::domain::{
    application::Application,
    compare,
    http::Response,
    inspect::{inspect, profiles},
    registration::{Operation, Refusal, Registration},
};
use serde_json::json;

use super::*;
use crate::support::answer;

fn read(operation: Operation, body: &str) -> Registration {
    open_banking().read(operation, &answer(200, body)).unwrap()
}

#[test]
fn the_answer_becomes_an_application() {
    let registration = read(Operation::Create, &wso2("register-response.json"));
    assert_eq!(registration.client_id, "ZRsNz6FOaNSWjEwEGFW_Osid8aAa");
    assert_eq!(registration.client_id_issued_at, Some(1_664_173_296));
    assert_eq!(
        registration.notes,
        ["The answer writes client_id_issued_at as a string; it was read as a number."]
    );
    assert!(SoftwareStatement::read(registration.members["software_statement"].as_str().unwrap()).is_ok());
    let application = Application::new(
        "a".to_owned(),
        "openbank",
        &["uk-accounts".to_owned()],
        portico::domain::registration::ClientMetadata::default(),
        &registration,
        7,
    );
    assert_eq!(application.created_at, 1_664_173_296);
    assert_eq!(application.method(), "private_key_jwt");
    assert_eq!(application.registered_scopes(), ["openid", "accounts", "payments"]);
    assert_eq!(application.redirect_uri(), Some("https://www.google.com/redirects/redirect1"));
}

#[test]
fn a_client_id_is_issued_once_whatever_an_update_prints() {
    let first = read(Operation::Create, &wso2("register-response.json"));
    let mut application = Application::new(
        "a".to_owned(),
        "openbank",
        &[],
        portico::domain::registration::ClientMetadata::default(),
        &first,
        7,
    );
    let mut changed = read(Operation::Update, &wso2("update-response.json"));
    changed.client_id.clone_from(&application.client_id);
    assert!(application.is_answered_by(&changed));
    let said = application.contradictions(&changed);
    assert!(said[0].contains("the first time is kept"), "{said:?}");
    application.merge(&changed);
    assert_eq!(application.created_at, 1_664_173_296);
    assert_eq!(application.registered["client_id_issued_at"], "1664173296");
    assert_eq!(application.method(), "tls_client_auth");
    assert!(application.contradictions(&first).is_empty(), "a number or a string makes no difference");
}

#[test]
fn a_statement_that_was_cut_off_is_said_and_left_out() {
    let whole = read(Operation::Read, &wso2("retrieve-response.json"));
    assert_eq!(whole.client_id, "CVY8RUWT3XVHAlRV_ZiA0dlB2Owa");
    let statement = whole.members["software_statement"].as_str().unwrap().to_owned();
    for length in [40, 84, 1_390, 2_437, 2_438, 2_700] {
        let body = wso2("retrieve-response.json").replace(&statement, &statement[..length]);
        let registration = read(Operation::Read, &body);
        assert_eq!(registration.client_id, whole.client_id);
        assert!(!registration.members.contains_key("software_statement"), "{length}");
        assert!(registration.notes.iter().any(|note| note.contains("only a part")), "{length}");
    }
    assert!(!whole.notes.iter().any(|note| note.contains("only a part")));
}

#[test]
fn a_stray_quotation_mark_is_left_out_and_said() {
    let registration = read(Operation::Read, &wso2("retrieve-response-malformed.txt"));
    assert_eq!(registration.client_id, "CVY8RUWT3XVHAlRV_ZiA0dlB2Owa");
    assert!(SoftwareStatement::read(registration.members["software_statement"].as_str().unwrap()).is_ok());
    assert!(
        registration.notes.iter().any(|note| note.contains("one quotation mark too many, in line 23")),
        "{:?}",
        registration.notes
    );
}

/// What a server meant is not guessed: nothing but the documented mark is taken out.
#[test]
fn no_other_json_is_repaired() {
    for body in [
        r#"{"client_id":"x",}"#,
        r#"{"client_id":"x"""}"#,
        r#"{"client_id":"x" "y":1}"#,
        r#"{client_id:"x"}"#,
        r#"{"client_id":"x""#,
        r#"{"a":"b"","client_id":"x""}"#,
        "",
    ] {
        let refusal = open_banking().read(Operation::Read, &answer(200, body)).unwrap_err();
        assert!(refusal.meaning.contains("cannot be read"), "{body}: {}", refusal.meaning);
    }
    let escaped = read(Operation::Read, r#"{"client_id":"x\"","b":"""}"#);
    assert_eq!(escaped.client_id, "x\"");
    assert_eq!(escaped.members["b"], "");
}

#[test]
fn the_member_that_stands_twice_is_said() {
    let registration = read(Operation::Create, &wso2("identity-server-register-response.json"));
    assert!(
        registration.notes.iter().any(|note| note.contains("software_statement twice")),
        "{:?}",
        registration.notes
    );
}

/// The assertion of the guide is dead on arrival, and has spaces inside.
#[test]
fn the_assertion_of_the_guide_is_dead_on_arrival() {
    let seen = inspect(&wso2("client-assertion-with-spaces.txt"), 1_684_099_812, &[]);
    assert!(!seen.repairs.is_empty());
    let known = profiles::Known::at(1_684_099_812);
    let checked = profiles::check(profiles::named("client_assertion").unwrap(), &seen, &known);
    let order = checked.iter().find(|checked| checked.rule.id == "order").unwrap();
    assert!(order.verdict.sentence.contains("never valid"), "{:?}", order.verdict);
}

#[test]
fn what_the_bank_does_not_repeat_is_no_warning_of_its_own() {
    let registered = read(Operation::Create, &wso2("register-response.json")).members;
    let asked = part(&wso2("register-request.jwt"), 1);
    let rows = compare::differences(open_banking(), &asked, &registered);
    let row = |name: &str| rows.iter().find(|row| row.member == name).unwrap();
    assert!(row("id_token_encrypted_response_alg").meaning.contains("leave this out"));
    assert!(row("software_id").meaning.contains("From the software statement"));
    assert!(!rows.iter().any(|row| row.member == "software_statement" || row.member == "scope"));
}

fn refused(operation: Operation, status: u16, body: &str) -> Refusal {
    let response: Response = answer(status, body);
    open_banking().read(operation, &response).unwrap_err()
}

#[test]
fn refusals_are_explained_in_all_three_envelopes() {
    use Operation::{Create, Delete, Read, Update};
    for (operation, status, body, meaning, next) in [
        (
            Create,
            400,
            r#"{"error":"invalid_request","error_description":"Malformed request JWT"}"#,
            "cannot read the signed request",
            "Compare",
        ),
        (
            Create,
            400,
            r#"{"errors":{"error":"invalid_request","error_description":"Malformed request found"}}"#,
            "as JSON",
            "application/jwt",
        ),
        (
            Create,
            400,
            r#"{"errors":[{"code":"invalid_request","message":"Request payload is empty or not present."}]}"#,
            "without a body",
            "again",
        ),
        (
            Create,
            400,
            r#"{"error":"invalid_request","error_description":"Rejected the replayed jti in the registration request"}"#,
            "`jti` was used",
            "new `jti`",
        ),
        (
            Create,
            400,
            r#"{"error":"invalid_software_statement","error_description":"Rejected the replayed jti in the software statement"}"#,
            "takes each one once",
            "new statement",
        ),
        (
            Create,
            400,
            r#"{"error":"invalid_software_statement","error_description":"Duplicate registrations for a given software_id are not valid"}"#,
            "one only",
            "delete the old one",
        ),
        (
            Create,
            400,
            r#"{"error":"invalid_software_statement"}"#,
            "does not accept the software statement",
            "directory",
        ),
        (
            Create,
            400,
            r#"{"error":"invalid_redirect_uri","error_description":"Invalid callback uris"}"#,
            "not in the software statement",
            "directory",
        ),
        (
            Create,
            400,
            r#"{"error":"invalid_request","error_description":"Invalid request signature. No key"}"#,
            "another key signed",
            "`kid`",
        ),
        (Create, 400, r#"{"error":"invalid_request"}"#, "as it is", "`jti`"),
        (Create, 401, "", "client certificate", "prefix"),
        (
            Read,
            401,
            r#"{"error":"unauthorized_request","error_description":"Token is not bound to the client id sent in the request"}"#,
            "another client",
            "new token",
        ),
        (Read, 401, "", "revoke the token", "new token"),
        (Delete, 401, r#"{"error":"unauthorized"}"#, "no longer exists", "client is gone"),
        (Read, 403, "", "does not allow it", "scopes"),
        (Read, 405, "", "does not show registrations", "Ask the operator"),
        (Update, 405, r#"{"error":"x"}"#, "does not take changes", "Ask the operator"),
        (Delete, 405, "", "does not delete", "Ask the operator"),
        (Delete, 405, "<html>405</html>", "a web server answers by itself", "prefix"),
        (Create, 502, "<html>Bad gateway</html>", "could not reach it", "log"),
        (Create, 500, "<html>Error</html>", "failed on its own side", "operator"),
        (
            Create,
            400,
            r#"{"Code":"400 BadRequest","Id":"1","Message":"Bad","Errors":[{"ErrorCode":"UK.OBIE.Field.Missing","Message":"No iss","Path":"iss"}]}"#,
            "does not accept the request",
            "words",
        ),
    ] {
        let refusal = refused(operation, status, body);
        let (said, to_do) = (refusal.meaning.to_lowercase(), refusal.next.to_lowercase());
        assert!(said.contains(&meaning.to_lowercase()), "{status} {body}: {}", refusal.meaning);
        assert!(to_do.contains(&next.to_lowercase()), "{status} {body}: {}", refusal.next);
    }
    let uk = refused(
        Create,
        400,
        r#"{"Code":"400 BadRequest","Message":"Bad","Errors":[{"ErrorCode":"UK.OBIE.Field.Missing","Message":"No iss"}]}"#,
    );
    assert_eq!(
        (uk.error.as_deref(), uk.description.as_deref()),
        (Some("UK.OBIE.Field.Missing"), Some("No iss"))
    );
    let bare = refused(Create, 400, r#"{"Code":"400 BadRequest","Message":"Bad","Errors":[]}"#);
    assert_eq!((bare.error.as_deref(), bare.description.as_deref()), (Some("400 BadRequest"), Some("Bad")));
}

#[test]
fn only_a_401_to_management_ends_the_token() {
    let ends = |operation, status| open_banking().ends_token(operation, &answer(status, ""));
    assert!(ends(Operation::Read, 401) && ends(Operation::Delete, 401));
    assert!(!ends(Operation::Create, 401) && !ends(Operation::Read, 403) && !ends(Operation::Read, 200));
    assert!(open_banking().deleted(&answer(204, "")).is_ok());
}

/// The statement as the guide prints it “decoded” is not what the token says.
#[test]
fn the_decoded_statement_of_the_guide_differs_from_the_token() {
    let documented: Map<String, Value> =
        serde_json::from_str(&wso2("software-statement-as-documented.json")).unwrap();
    let real = part(&wso2("software-statement.jwt"), 1);
    let differing: Vec<&str> = documented
        .iter()
        .filter(|(name, value)| real.get(*name) != Some(value))
        .map(|(name, _)| name.as_str())
        .collect();
    for name in ["iat", "jti", "software_version"] {
        assert!(differing.contains(&name), "{differing:?}");
    }
    assert_eq!(documented["software_version"], json!(1.5));
}
