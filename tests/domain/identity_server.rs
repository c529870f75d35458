//! WSO2 Identity Server: JSON with a software statement, by a user who may register.

use portico::domain::{
    application::Application,
    config::{Environment, RequestForm},
    form::{Draft, Field, validate},
    http::render,
    registration::{
        Authorization, Dialect, Document, Management, Operation, Stamp, dialect,
        identity_server::{find, suggestion},
        open_banking::{
            SoftwareStatement,
            checks::{self, Sending, stops, warns},
            prefill,
        },
    },
    secret::Secret,
};
use serde_json::{Map, Value, json};

use crate::support::{PAGE, answer, catalogue, shipped, wso2};

fn server() -> &'static dyn Dialect {
    dialect("identity_server").unwrap()
}

fn guide() -> Map<String, Value> {
    serde_json::from_str(&wso2("identity-server-register-request.json")).unwrap()
}

/// The form as somebody fills it in to get the guide's request.
fn draft() -> Draft {
    let statement = SoftwareStatement::read(&wso2("software-statement.jwt")).unwrap();
    let mut draft = prefill::draft(Draft::default(), &statement, &shipped("openbank-is"), &catalogue());
    let form = draft.software.as_mut().unwrap();
    form.members.insert("scope".to_owned(), json!("accounts payments fundsconfirmations"));
    form.members.insert("aud".to_owned(), json!("https://localbank.com"));
    draft
}

fn stamp() -> Stamp {
    Stamp {
        issued_at: 1_749_012_253,
        expires_at: 1_749_015_853,
        id: "1749012253364".to_owned(),
        audience: String::new(),
        form: RequestForm::Jwt,
    }
}

#[test]
fn the_request_is_made_member_for_member() {
    let valid = validate(&draft(), &shipped("openbank-is"), &catalogue(), PAGE).unwrap();
    let Document::Json(sent) = server().document_at(valid.metadata(), None, &stamp()) else {
        panic!("it is not JSON");
    };
    let (sent, wanted) = (sent.as_object().unwrap().clone(), guide());
    assert_eq!(sent.iter().collect::<Vec<_>>(), wanted.iter().collect::<Vec<_>>());
}

#[test]
fn the_statement_proposes_a_name_that_the_server_takes() {
    assert_eq!(suggestion("WSO2 Open Banking TPP2 (Sandbox)"), "WSO2_Open_Banking_TPP2__Sandbox_");
    assert_eq!(draft().name, "WSO2_Open_Banking_TPP2__Sandbox_");
    assert_eq!(server().suggested_name("loan-desk_1.0"), None);
    let named = |name: &str| {
        let draft = Draft { name: name.to_owned(), ..draft() };
        validate(&draft, &shipped("openbank-is"), &catalogue(), PAGE)
    };
    for name in ["loan desk", "кредит", "a/b"] {
        let problems = named(name).unwrap_err();
        assert_eq!(problems[0].field, Field::Name, "{name}");
        assert!(
            problems[0].text.ends_with(&format!("For example {}.", suggestion(name))),
            "{}",
            problems[0].text
        );
    }
    assert!(named("loan.desk-1_0").is_ok());
}

#[test]
fn a_change_repeats_every_switch() {
    let mut draft = draft();
    for name in ["tls_client_certificate_bound_access_tokens", "require_signed_request_object"] {
        draft.software.as_mut().unwrap().members.insert(name.to_owned(), json!(false));
    }
    let valid = validate(&draft, &shipped("openbank-is"), &catalogue(), PAGE).unwrap();
    let sent = server().document_at(valid.metadata(), Some("jXuHPxPhitMUevd4d31GSs25uWca"), &stamp()).shown();
    for name in [
        "token_endpoint_allow_reuse_pvt_key_jwt",
        "tls_client_certificate_bound_access_tokens",
        "require_signed_request_object",
    ] {
        assert_eq!(sent[name], json!(false), "{name}");
    }
    assert_eq!(sent.get("client_id"), None, "the server refuses fields it does not know");
}

#[test]
fn the_answer_becomes_an_application() {
    let registration = server()
        .read(Operation::Create, &answer(201, &wso2("identity-server-register-response.json")))
        .unwrap();
    assert_eq!(registration.client_id, "jXuHPxPhitMUevd4d31GSs25uWca");
    assert_eq!(registration.client_secret_expires_at, Some(0));
    assert!(registration.client_secret.is_some());
    assert!(
        registration.notes.iter().any(|note| note.contains("software_statement twice")),
        "{:?}",
        registration.notes
    );
    assert!(registration.members["software_statement"].as_str().unwrap().starts_with("eyJ"));
    let valid = validate(&draft(), &shipped("openbank-is"), &catalogue(), PAGE).unwrap();
    let application = Application::new(
        "a".to_owned(),
        "openbank-is",
        valid.products(),
        valid.metadata().clone(),
        &registration,
        1_749_012_260,
    );
    assert_eq!(application.created_at, 1_749_012_260, "the server does not say");
    assert_eq!(application.name(), "WSO2_Open_Banking_TPP2__Sandbox_");
    assert_eq!(application.method(), "private_key_jwt");
    assert_eq!(application.registered_scopes(), ["accounts", "payments", "fundsconfirmations"]);
    let stored = serde_json::to_string(&application).unwrap();
    assert!(!stored.contains("o3BNsU76AQjyq7diTdJh6ZIDThfpLc45K3fps_AeNvUa"));
}

#[test]
fn a_user_goes_by_basic_as_it_is_written() {
    assert_eq!(server().management(), Management::Basic);
    let who = Authorization::Basic { user: "admin@openbank".to_owned(), password: Secret::new("p:w d") };
    let request = server().request(Operation::Read, "https://is.example/register/1", &who, None);
    let header = &request.headers.iter().find(|(name, _)| *name == "Authorization").unwrap().1;
    // RFC 7617, 2: user, a colon, password; nothing is escaped.
    assert_eq!(header.reveal().expose(), "Basic YWRtaW5Ab3BlbmJhbms6cDp3IGQ=");
    let shown = render::to_text(&render::http(&request), false);
    assert!(shown.contains("Authorization: Basic <user name and password in Base64>"), "{shown}");
    let curl = render::curl(&request);
    assert!(curl.contains(r#"--user 'admin@openbank:'"$PASSWORD""#) && !curl.contains("p:w d"), "{curl}");
    assert!(!format!("{who:?}").contains("p:w d"));
}

#[test]
fn a_client_is_found_by_its_name() {
    let who = Authorization::Basic { user: "admin".to_owned(), password: Secret::new("x") };
    let request = find("https://is.example/t/a/api/identity/oauth2/dcr/v1.1/register", "loan.desk", &who);
    assert_eq!(request.method.as_str(), "GET");
    assert!(request.url.ends_with("/register?client_name=loan.desk"), "{}", request.url);
    assert_eq!(request.headers.len(), 2);
}

#[test]
fn refusals_are_explained() {
    use Operation::{Create, Delete, Read, Update};
    for (operation, status, body, meaning) in [
        (Create, 401, "", "does not accept user name and password"),
        (Read, 401, "", "or no such client"),
        (Delete, 401, " ", "or no such client"),
        (Update, 403, "", "belongs to another user"),
        (Create, 500, "", "does not say why"),
        (Update, 405, "", "CORS settings"),
        (
            Create,
            400,
            r#"{"error":"invalid_client_metadata","error_description":"Application with the name x already exist in the system","traceId":"1"}"#,
            "of this name",
        ),
        (
            Create,
            400,
            r#"{"error":"invalid_client_metadata","error_description":"Unrecognized field: colour"}"#,
            "does not know a member",
        ),
        (
            Create,
            400,
            r#"{"error":"invalid_software_statement","error_description":"Mandatory software statement is missing"}"#,
            "wants a software statement",
        ),
        (
            Create,
            400,
            r#"{"error":"invalid_software_statement","error_description":"Signature validation failed for the software statement"}"#,
            "key that signed",
        ),
        (Create, 400, r#"{"error":"invalid_software_statement"}"#, "does not accept the software statement"),
        (Create, 400, r#"{"error":"invalid_client_metadata"}"#, "a member of the request"),
    ] {
        let refusal = server().read(operation, &answer(status, body)).unwrap_err();
        assert!(refusal.meaning.contains(meaning), "{status} {body}: {}", refusal.meaning);
        assert!(refusal.next.ends_with('.'));
    }
}

#[test]
fn the_request_is_checked_like_a_signed_one() {
    let valid = validate(&draft(), &shipped("openbank-is"), &catalogue(), PAGE).unwrap();
    let bank = Environment { software_statement: Some(Default::default()), ..shipped("openbank-is") };
    let document = server().document_at(valid.metadata(), None, &stamp());
    let sending =
        Sending { now: 1_749_012_253, audience: Some("https://localbank.com"), ..Sending::default() };
    let checked = checks::check(&document, &bank, &sending);
    assert!(!checked.iter().any(stops));
    let warnings: Vec<&str> =
        checked.iter().filter(|checked| warns(checked)).map(|checked| checked.rule.id).collect();
    assert_eq!(warnings, ["request-id"], "the number of the guide is no UUID");
    let named = shipped("openbank-is");
    let checked = checks::check(&document, &named, &sending);
    let stopping: Vec<&str> =
        checked.iter().filter(|checked| stops(checked)).map(|checked| checked.rule.id).collect();
    assert_eq!(stopping, ["request-statement-issuer"], "this server takes another directory");
}
