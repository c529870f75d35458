//! Registering, reading and deleting at Identity Server, and how it refuses.

use serde_json::{Value, json};

use crate::backend::{Answer, FOREIGN, basic};
use crate::identity_server::*;

const DOCUMENTED: &str = include_str!("../../../tests/fixtures/wso2/identity-server-register-response.json");

async fn refused(changes: Value) -> (u16, String, String) {
    refusal(&send(ADMIN, "POST", REGISTER, &request("refused", &changes)).await)
}

fn is_empty(answer: &Answer, status: u16) {
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (status, ""));
}

#[tokio::test]
async fn the_answer_has_the_members_of_the_documented_one_with_the_statement_twice() {
    let answer = send(ADMIN, "POST", REGISTER, &request("WSO2_TPP_documented", &json!({}))).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(member_names(&answer.text()), member_names(DOCUMENTED));
    assert!(answer.text().contains(r#""software_statement":null,"ext_allowed_audience""#));
    let (mut mine, mut documented) = (answer.json(), serde_json::from_str::<Value>(DOCUMENTED).unwrap());
    assert_eq!(mine["client_id"].as_str().unwrap().len(), 28);
    assert_eq!(mine["ext_application_owner"], "admin@openbank");
    let own = json!({ "client_id": null, "client_secret": null, "client_name": null, "jwks_uri": null,
        "ext_application_display_name": null, "ext_application_owner": null, "software_statement": null });
    change(&mut mine, &own);
    change(&mut documented, &own);
    assert_eq!(mine, documented);
}

#[tokio::test]
async fn it_is_read_by_its_identifier_and_by_its_name_and_gone_after_delete() {
    let (path, document) = registered("by.name-1", &json!({})).await;
    assert_eq!(send(ADMIN, "GET", &path, &Value::Null).await.json(), document);
    let by_name = send(ADMIN, "GET", &format!("{REGISTER}?client_name=by.name-1"), &Value::Null).await;
    assert_eq!((by_name.status.as_u16(), by_name.json()), (200, document));
    let nameless = send(ADMIN, "GET", REGISTER, &Value::Null).await;
    assert_eq!(refusal(&nameless).2, "Insufficient data in the request");
    is_empty(&send(ADMIN, "GET", &format!("{REGISTER}?client_name=nobody"), &Value::Null).await, 401);
    is_empty(&send(ADMIN, "DELETE", &path, &Value::Null).await, 204);
    for method in ["GET", "DELETE"] {
        is_empty(&send(ADMIN, method, &path, &Value::Null).await, 401);
    }
    is_empty(&send(ADMIN, "PUT", &path, &request("by.name-1", &json!({}))).await, 401);
    registered("by.name-1", &json!({})).await;
}

#[tokio::test]
async fn a_wrong_password_looks_like_an_unknown_application() {
    let (path, _) = registered("passwords", &json!({})).await;
    for who in [
        ("admin@openbank", "wrong"),
        ("nobody@openbank", "admin"),
        ("admin", "admin"),
        ("admin@carbon.super", "admin"),
        ("admin@elsewhere", "admin"),
    ] {
        is_empty(&send(who, "GET", &path, &Value::Null).await, 401);
    }
    is_empty(&BANK.call("GET", &path, &[], "").await, 401);
    is_empty(&send(DEVELOPER, "GET", &path, &Value::Null).await, 403);
    is_empty(&send(DEVELOPER, "DELETE", &path, &Value::Null).await, 403);
}

#[tokio::test]
async fn tenants_know_nothing_of_each_other() {
    let (path, document) = registered("tenant-app", &json!({})).await;
    let id = document["client_id"].as_str().unwrap();
    let of_person = send(ADMIN, "GET", &format!("{WITHOUT_TENANT}/{id}"), &Value::Null).await;
    assert_eq!(of_person.json(), document, "without a tenant in the path it is that of the person");
    is_empty(&send(("admin", "admin"), "GET", &format!("{WITHOUT_TENANT}/{id}"), &Value::Null).await, 401);
    let same_name =
        send(("admin", "admin"), "POST", WITHOUT_TENANT, &request("tenant-app", &json!({}))).await;
    assert_eq!(same_name.status, 201, "a name is taken in its tenant only");
    assert_eq!(same_name.json()["ext_application_owner"], "admin@carbon.super");
    let unknown = send(ADMIN, "GET", &path.replace("/t/openbank/", "/t/nowhere/"), &Value::Null).await;
    assert_eq!(unknown.status, 404);
    assert_eq!(unknown.json()["message"], "invalid tenant domain : nowhere");
}

#[tokio::test]
async fn each_rule_has_its_refusal() {
    let metadata = "invalid_client_metadata";
    let redirect = "invalid_redirect_uri";
    let statement_error = "invalid_software_statement";
    let bad_name = "Client Name is not adhering to the regex: ^[a-zA-Z0-9._-]*$";
    let unsigned = "Signature validation failed for the software statement";
    let not_public = "Invalid redirect_uris found in the Request";
    let good = statement(&DIRECTORY);
    let (head, tail) = good.split_at(good.len() - 10);
    let swapped = if tail.starts_with('A') { "B" } else { "A" };
    let changed = format!("{head}{swapped}{}", tail.split_at(1).1);
    for (changes, error, description) in [
        (json!({ "client_name": "WSO2 TPP (Sandbox)" }), metadata, bad_name),
        (json!({ "client_name": null }), metadata, "Insufficient data in the request"),
        (json!({ "colour": "red" }), metadata, "Unrecognized field: colour"),
        (
            json!({ "redirect_uris": "https://a" }),
            metadata,
            "Cannot deserialize value of field: redirect_uris",
        ),
        (json!({ "software_statement": null }), statement_error, "Mandatory software statement is missing"),
        (json!({ "software_statement": "a.b" }), statement_error, unsigned),
        (json!({ "software_statement": changed }), statement_error, unsigned),
        (json!({ "software_statement": statement(&OTHER) }), statement_error, unsigned),
        (json!({ "redirect_uris": ["https://localhost/cb"] }), redirect, not_public),
        (json!({ "redirect_uris": ["http://www.google.com/redirects/redirect1"] }), redirect, not_public),
        (
            json!({ "redirect_uris": [REDIRECTS[0], "https://www.google.com/other"] }),
            redirect,
            "Redirect URIs do not match with the software statement",
        ),
        (
            json!({ "redirect_uris": [] }),
            metadata,
            "RedirectUris property must have at least one URI value when using Authorization code or implicit grant types.",
        ),
        (json!({ "iss": "SP1" }), metadata, "Invalid issuer, issuer should be the same as the software id"),
        (json!({ "grant_types": ["client_credentials", "all"] }), metadata, "Invalid grantTypes provided"),
        (json!({ "application_type": "pc" }), metadata, "Invalid applicationType provided"),
        (
            json!({ "token_endpoint_auth_method": "PS256" }),
            metadata,
            "Invalid token endpoint authentication method requested.",
        ),
        (
            json!({ "token_endpoint_auth_signing_alg": null }),
            metadata,
            "Token endpoint auth signing alg must be specified if token_endpoint_auth_method is private_key_jwt.",
        ),
        (
            json!({ "id_token_signed_response_alg": "none" }),
            metadata,
            "Invalid signature algorithm requested",
        ),
        (
            json!({ "ext_param_client_id": "short" }),
            metadata,
            "Provided client id is not adhering to the provided regex [a-zA-Z0-9_]{15,30}",
        ),
    ] {
        let text = changes.to_string();
        assert_eq!(refused(changes).await, (400, error.to_owned(), description.to_owned()), "{text}");
    }
}

#[tokio::test]
async fn a_name_and_an_identifier_are_given_once() {
    let own = json!({ "ext_param_client_id": "provided_client_id0001", "ext_param_client_secret": "mine" });
    let (_, document) = registered("once", &own).await;
    assert_eq!(
        (&document["client_id"], &document["client_secret"]),
        (&json!("provided_client_id0001"), &json!("mine"))
    );
    let again = send(ADMIN, "POST", REGISTER, &request("once", &json!({}))).await;
    let sentence = "Application with the name once already exist in the system";
    assert_eq!(refusal(&again), (400, "invalid_client_metadata".to_owned(), sentence.to_owned()));
    let same_id = send(ADMIN, "POST", REGISTER, &request("twice", &own)).await;
    assert_eq!(refusal(&same_id).2, "Client id provided_client_id0001 already exist in the system");
}

#[tokio::test]
async fn several_redirect_uris_come_back_as_one_expression() {
    let (_, document) = registered("several", &json!({ "redirect_uris": REDIRECTS })).await;
    let expected = "regexp=(https://www.google.com/redirects/redirect1|https://www.google.com/redirects/redirect2\\?a=1)";
    assert_eq!(document["redirect_uris"], json!([expected]));
}

#[tokio::test]
async fn a_body_of_another_type_and_a_wrong_method_have_no_words() {
    let authorization = basic(ADMIN.0, ADMIN.1);
    let typed = [("authorization", authorization.as_str()), ("content-type", "application/jwt")];
    is_empty(&BANK.call("POST", REGISTER, &typed, "a.b.c").await, 415);
    is_empty(&send(ADMIN, "PUT", REGISTER, &request("nowhere", &json!({}))).await, 405);
    is_empty(&send(ADMIN, "GET", "/identity-server/t/openbank/nothing", &Value::Null).await, 404);
    let broken = send(ADMIN, "POST", REGISTER, &json!([])).await;
    assert_eq!(refusal(&broken).1, "invalid_client_metadata");
}

#[tokio::test]
async fn a_page_of_another_origin_can_register_and_read_but_not_change() {
    let (path, _) = registered("cross-origin", &json!({})).await;
    let authorization = basic(ADMIN.0, ADMIN.1);
    let allowed = "http://localhost:9000";
    let asked = async |origin: &str, method: &str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", method),
            ("access-control-request-headers", "authorization,content-type"),
        ];
        BANK.call("OPTIONS", &path, &headers, "").await
    };
    let yes = asked(allowed, "GET").await;
    assert_eq!(yes.status, 200);
    assert_eq!(yes.header("access-control-allow-origin"), Some(allowed));
    assert_eq!(yes.header("access-control-allow-methods"), Some("GET, POST, HEAD, OPTIONS"));
    assert_eq!(yes.header("access-control-allow-headers"), Some("authorization,content-type"));
    for (origin, method, status) in [(allowed, "PUT", 405), (allowed, "DELETE", 405), (FOREIGN, "GET", 403)] {
        let no = asked(origin, method).await;
        assert_eq!(no.status, status, "{origin} {method}");
        assert_eq!(no.header("access-control-allow-origin"), None);
        let headers = [("origin", origin), ("authorization", authorization.as_str())];
        assert_eq!(BANK.call(method, &path, &headers, "").await.status, status, "{origin} {method}");
    }
    let headers = [("origin", allowed), ("authorization", "Basic x")];
    let unauthorized = BANK.call("GET", &path, &headers, "").await;
    assert_eq!(unauthorized.status, 401);
    assert_eq!(unauthorized.header("access-control-allow-origin"), Some(allowed), "a refusal can be read");
    let own = [("origin", crate::backend::OWN), ("authorization", authorization.as_str())];
    assert_eq!(BANK.call("DELETE", &path, &own, "").await.status, 204);
}
