//! Requests that leave by other hands, and applications that were found at the server.

use portico::domain::{
    application::Application,
    grant,
    http::{Method, Owner, Request, Text, paste::read, render::curl},
    registration::{Authorization, Management, Operation, dialect, dialect_of},
    secret::Secret,
};

use crate::support::{answer, catalogue, shipped, wso2};

#[test]
fn a_command_asks_for_tokens_and_assertions_and_never_for_what_only_a_person_has() {
    let token = Authorization::ApplicationToken(Secret::new("t-1")).header().unwrap();
    let request = Request::new(Method::Delete, "https://bank.example/register/c1")
        .header("Authorization", token)
        .with_certificate(true);
    let needed = request.needed();
    assert_eq!(needed.len(), 1);
    assert_eq!((needed[0].variable, needed[0].value.expose()), ("APPLICATION_TOKEN", "t-1"));
    let command = curl(&request);
    assert!(command.contains("--cert") && command.contains("--key") && command.contains("--request DELETE"));
    assert!(!command.contains("t-1"));

    let assertion = grant::with_application_assertion(
        "https://bank.example/token",
        "c1",
        &Secret::new("h.p.s"),
        "accounts",
        Some("https://a.example/b"),
    );
    assert_eq!(assertion.needed()[0].variable, "CLIENT_ASSERTION");

    let password = Text::basic(Owner::Person, "admin@bank", &Secret::new("pass word"));
    let secret =
        grant::client_credentials("https://x/token", "client_secret_post", "c", &Secret::new("s"), "");
    let unknown = Authorization::ApplicationToken(Secret::default()).header().unwrap();
    for request in [
        Request::new(Method::Get, "https://x/c1").header("Authorization", password),
        Request::new(Method::Get, "https://x/c1").header("Authorization", unknown),
        secret,
    ] {
        assert!(request.needed().is_empty(), "{}", curl(&request));
    }
}

#[test]
fn a_client_with_a_certificate_names_itself_and_sends_nothing_secret() {
    let request =
        grant::by_certificate("https://bank.example/token", "c:1", "accounts", Some("https://a.example/b"));
    assert_eq!(
        request.body.unwrap().reveal().expose(),
        "grant_type=client_credentials&scope=accounts&redirect_uri=https%3A%2F%2Fa.example%2Fb&client_id=c%3A1"
    );
    let bare = grant::by_certificate("https://bank.example/token", "c", "", None);
    assert_eq!(bare.body.unwrap().reveal().expose(), "grant_type=client_credentials&client_id=c");
}

#[test]
fn answers_to_a_deletion_and_to_a_change_are_pasted() {
    let deleted = read("HTTP/2 204 \nx-request-id: 7\n\n", Operation::Delete).unwrap();
    assert_eq!((deleted.response.status, deleted.response.body.as_str()), (204, ""));
    let bank = dialect("open_banking").unwrap();
    assert!(bank.deleted(&deleted.response).is_ok());
    assert!(read("  ", Operation::Delete).unwrap_err().contains("begins with HTTP"));
    assert!(read("  ", Operation::Update).unwrap_err().contains("begins with HTTP"));
    let refused =
        read("HTTP/1.1 401 Unauthorized\nContent-Length: 0\n\nme@host:~$ ", Operation::Delete).unwrap();
    assert!(bank.deleted(&refused.response).is_err());
    let changed = format!("HTTP/1.1 200 OK\n\n{}", wso2("update-response.json"));
    let changed = read(&changed, Operation::Update).unwrap();
    assert_eq!(
        bank.read(Operation::Update, &changed.response).unwrap().client_id,
        "CVY8RUWT3XVHAlRV_ZiA0dlB2Owa"
    );
    let damaged = format!("HTTP/1.1 200 OK\n\n{}", wso2("retrieve-response-malformed.txt"));
    let damaged = read(&damaged, Operation::Read).unwrap();
    let registration = bank.read(Operation::Read, &damaged.response).unwrap();
    assert!(
        registration.notes.iter().any(|note| note.contains("quotation mark")),
        "{:?}",
        registration.notes
    );
}

#[test]
fn what_was_found_starts_from_what_is_registered() {
    let environment = shipped("openbank-is");
    assert_eq!(dialect_of(&environment).management(), Management::Basic);
    let body = wso2("identity-server-register-response.json");
    let registration = dialect_of(&environment).read(Operation::Read, &answer(200, &body)).unwrap();
    let found = Application::found("a".to_owned(), &environment, &catalogue(), &registration, 1_000);
    assert_eq!(found.client_id, "jXuHPxPhitMUevd4d31GSs25uWca");
    assert_eq!(found.name(), "WSO2_Open_Banking_TPP2__Sandbox_");
    assert_eq!((found.registration_access_token, found.secret), (None, None));
    let software = found.asked.software.unwrap();
    assert!(software.statement.starts_with("eyJ"), "the last that is not null");
    let known = dialect_of(&environment).software_members();
    assert!(software.members.keys().all(|name| known.iter().any(|member| member.name == name)));
    assert!(software.members.contains_key("require_signed_request_object"));
}
