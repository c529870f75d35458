//! A bank's partner portal: what is sent, what is read, and what is told of it.

use portico::domain::{
    application::{
        Application,
        history::{Entry, Outcome, Step},
        state::State,
    },
    form::Field,
    http::{Response, render},
    registration::{
        Authorization, ClientMetadata, Dialect, Operation,
        apigee::{App, KeyAction, Status, key_request},
        dialect,
    },
    secret::Secret,
};
use serde_json::{Value, json};

fn apigee() -> &'static dyn Dialect {
    dialect("apigee").unwrap()
}

fn answer(status: u16, body: &str) -> Response {
    Response { status, headers: Vec::new(), body: body.to_owned(), elapsed_ms: 1 }
}

fn metadata() -> ClientMetadata {
    ClientMetadata {
        client_name: "loan-desk".to_owned(),
        description: Some("Shows loans.".to_owned()),
        redirect_uris: Some(vec!["https://app.example/cb".to_owned()]),
        scope: Some("pf.ap43239-connectone_retail.v1.product".to_owned()),
        ..ClientMetadata::default()
    }
}

fn key(name: &str, status: &str, products: Value, issued_at: &str) -> Value {
    json!({"consumerKey": name, "consumerSecret": format!("secret-of-{name}"), "apiProducts": products,
        "issuedAt": issued_at, "expiresAt": "-1", "status": status, "attributes": []})
}

fn product(status: &str) -> Value {
    json!([{"apiproduct": "pf.ap43239-connectone_retail.v1.product", "status": status}])
}

fn app(status: &str, credentials: Value) -> String {
    json!({"appId": "b1a4", "name": "loan-desk", "attributes": [], "callbackUrl": "", "createdAt": "1795246799000",
        "lastModifiedAt": "1795246799000", "developerId": "d", "status": status, "credentials": credentials})
    .to_string()
}

#[test]
fn an_app_is_sent_with_its_products_and_changed_without() {
    let created = apigee().document(&metadata(), None).shown();
    assert_eq!(
        created,
        json!({"name": "loan-desk", "attributes": [{"name": "DisplayName", "value": "loan-desk"}, {"name": "Notes", "value": "Shows loans."}],
            "callbackUrl": "https://app.example/cb", "apiProducts": ["pf.ap43239-connectone_retail.v1.product"]})
    );
    let changed = apigee().document(&metadata(), Some("id")).shown();
    assert_eq!(changed.get("apiProducts"), None, "products in an update would make a new key");
}

#[test]
fn the_newest_key_that_opens_something_is_the_client() {
    let body = app(
        "approved",
        json!([
            key("old", "approved", product("approved"), "1000"),
            key("newer", "approved", product("approved"), "2000"),
            key("newest", "approved", product("pending"), "3000"),
            key("revoked", "revoked", product("approved"), "4000"),
        ]),
    );
    let registration = apigee().read(Operation::Read, &answer(200, &body)).unwrap();
    assert_eq!(registration.client_id, "newer");
    assert_eq!(registration.client_secret.unwrap().expose(), "secret-of-newer");
    assert_eq!(registration.client_id_issued_at, Some(1_795_246_799));
    let kept = Value::Object(registration.members).to_string();
    assert!(!kept.contains("secret-of"), "{kept}");
}

#[test]
fn a_key_says_its_products_its_certificate_and_why_it_was_refused() {
    let mut one = key("k", "approved", product("revoked"), "1000");
    one["attributes"] = json!([{"name": "x509-certificate", "value": "MIIC"}, {"name": "status-reason", "value": "No contract."}]);
    one["expiresAt"] = json!("1795246799000");
    let app = App::read(&app("approved", json!([one]))).unwrap();
    let key = &app.credentials[0];
    assert_eq!(key.products[0].status, Status::Revoked);
    assert_eq!(key.certificate.as_deref(), Some("MIIC"));
    assert_eq!(key.reason.as_deref(), Some("No contract."));
    assert_eq!(key.expires_at, Some(1_795_246_799));
    assert!(!key.opens_something());
}

#[test]
fn three_envelopes_of_refusals_are_read() {
    for (status, body, error, telling) in [
        (
            403,
            r#"{"error":{"code":403,"message":"Not yours","status":"PERMISSION_DENIED"}}"#,
            "PERMISSION_DENIED",
            "another partner",
        ),
        (
            401,
            r#"{"fault":{"faultstring":"Invalid Access Token","detail":{"errorcode":"keymanagement.service.invalid_access_token"}}}"#,
            "keymanagement.service.invalid_access_token",
            "your sign-in",
        ),
        (
            400,
            r#"{"ErrorCode":"invalid_request","Error":"No such product"}"#,
            "invalid_request",
            "does not accept the request",
        ),
        (
            409,
            r#"{"error":{"code":409,"message":"exists","status":"ALREADY_EXISTS"}}"#,
            "ALREADY_EXISTS",
            "of this name already",
        ),
    ] {
        let refusal = apigee().refusal(Operation::Create, &answer(status, body));
        assert_eq!(refusal.error.as_deref(), Some(error));
        assert!(refusal.meaning.contains(telling), "{}", refusal.meaning);
    }
}

#[test]
fn what_can_be_done_to_a_key_is_one_request_each() {
    let token = Authorization::SignIn(Secret::new("eyJsecret"));
    let line = |action: KeyAction| {
        let request = key_request("https://bank.example/apps/a", &action, &token);
        let shown = render::to_text(&render::http(&request), false);
        assert!(!shown.contains("eyJsecret"));
        shown.lines().next().unwrap().to_owned()
    };
    let k = || "k/1".to_owned();
    assert_eq!(line(KeyAction::AddKey), "POST /apps/a/keys HTTP/1.1");
    assert_eq!(line(KeyAction::RevokeKey { key: k() }), "POST /apps/a/keys/k%2F1?action=revoke HTTP/1.1");
    assert_eq!(line(KeyAction::DeleteKey { key: k() }), "DELETE /apps/a/keys/k%2F1 HTTP/1.1");
    assert_eq!(
        line(KeyAction::RemoveProduct { key: k(), product: "p q".to_owned() }),
        "DELETE /apps/a/keys/k%2F1/apiproducts/p%20q HTTP/1.1"
    );
    for action in [
        KeyAction::AddProducts { key: k(), products: vec!["p".to_owned()] },
        KeyAction::SetCertificate { key: k(), certificate: "MIIC".to_owned() },
    ] {
        assert_eq!(line(action), "POST /apps/a/keys/k%2F1 HTTP/1.1");
    }
}

#[test]
fn the_state_is_what_the_bank_has_decided() {
    for (status, credentials, state, telling) in [
        (
            "approved",
            json!([key("k", "approved", product("pending"), "1")]),
            State::Waiting,
            "has to approve",
        ),
        ("approved", json!([key("k", "approved", product("revoked"), "1")]), State::Refused, "refused"),
        (
            "approved",
            json!([key("k", "revoked", product("approved"), "1")]),
            State::Refused,
            "key is revoked",
        ),
        (
            "revoked",
            json!([key("k", "approved", product("approved"), "1")]),
            State::Refused,
            "revoked this app",
        ),
        (
            "approved",
            json!([key("k", "approved", product("approved"), "1")]),
            State::Registered,
            "No token asked for",
        ),
    ] {
        let registration = apigee().read(Operation::Create, &answer(201, &app(status, credentials))).unwrap();
        let mut application = Application::new("a".to_owned(), "bank", &[], metadata(), &registration, 100);
        let outcome = Outcome::Done { status: 201, elapsed_ms: 1 };
        application.log(Entry::new(100, Step::Registered, outcome, ""));
        let standing = application.standing(200);
        assert_eq!(standing.state, state, "{}", standing.evidence);
        assert!(standing.evidence.contains(telling), "{}", standing.evidence);
    }
}

#[test]
fn an_app_keeps_its_identity_while_keys_come_and_go() {
    let read = |name: &str| {
        apigee()
            .read(
                Operation::Read,
                &answer(200, &app("approved", json!([key(name, "approved", product("approved"), "1")]))),
            )
            .unwrap()
    };
    let mut application = Application::new("a".to_owned(), "bank", &[], metadata(), &read("one"), 100);
    let second = read("two");
    assert!(application.is_answered_by(&second));
    application.merge(&second);
    assert_eq!(application.client_id, "two");
}

#[test]
fn what_a_bank_would_refuse_is_said_first() {
    let fields = |metadata: ClientMetadata| -> Vec<Field> {
        apigee().check(&metadata).into_iter().map(|problem| problem.field).collect()
    };
    assert_eq!(fields(metadata()), []);
    assert_eq!(fields(ClientMetadata { client_name: "a/b".to_owned(), ..metadata() }), [Field::Name]);
    let ec = json!({"keys":[{"kty":"EC","crv":"P-256","kid":"k","use":"sig","alg":"ES256",
        "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]});
    assert_eq!(fields(ClientMetadata { jwks: Some(ec), ..metadata() }), [Field::Keys]);
}
