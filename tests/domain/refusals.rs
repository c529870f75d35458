//! Every refusal that was seen on a running Keycloak, or before one, is explained with what to do.

use portico::domain::registration::{Operation, dialect, refusal::ServerWords};

use crate::support::answer;

/// Status, body, for which operation, and words of the explanation.
const ROWS: &[(u16, &str, Operation, &str)] = &[
    (
        400,
        r#"{"error":"invalid_redirect_uri","error_description":"A redirect URI uses an illegal scheme"}"#,
        Operation::Create,
        "scheme",
    ),
    (
        400,
        r#"{"error":"invalid_client_metadata","error_description":"Client metadata invalid"}"#,
        Operation::Create,
        "as a whole",
    ),
    (
        400,
        r#"{"error":"invalid_client_metadata","error_description":"Client Identifier in use"}"#,
        Operation::Create,
        "already",
    ),
    (
        400,
        r#"{"error":"invalid_client_metadata","error_description":"Client Identifier included"}"#,
        Operation::Create,
        "makes them itself",
    ),
    (
        400,
        r#"{"error":"invalid_client_metadata","error_description":"Client Identifier modified"}"#,
        Operation::Update,
        "another client",
    ),
    (
        400,
        r#"{"error":"invalid_client","error_description":"Wrong client protocol."}"#,
        Operation::Read,
        "another kind",
    ),
    (
        400,
        r#"{"error":"Invalid json representation for OIDCClientRepresentation. Unrecognized field \"foo\" at line 1 column 183."}"#,
        Operation::Create,
        "does not know a member",
    ),
    (
        400,
        r#"{"error":"invalid_request","error_description":"Cannot parse the JSON"}"#,
        Operation::Create,
        "as JSON",
    ),
    (
        401,
        r#"{"error":"invalid_token","error_description":"Failed decode token"}"#,
        Operation::Create,
        "expired, damaged, or was issued under another address",
    ),
    (
        401,
        r#"{"error":"invalid_token","error_description":"Invalid type of token"}"#,
        Operation::Create,
        "another kind",
    ),
    (
        401,
        r#"{"error":"invalid_token","error_description":"Initial Access Token not found"}"#,
        Operation::Create,
        "has deleted",
    ),
    (
        401,
        r#"{"error":"invalid_token","error_description":"Expired initial access token"}"#,
        Operation::Create,
        "has expired",
    ),
    (
        401,
        r#"{"error":"invalid_token","error_description":"No remaining count on initial access token"}"#,
        Operation::Create,
        "as often as it may be",
    ),
    (
        401,
        r#"{"error":"invalid_token","error_description":"Not initial access token allowed"}"#,
        Operation::Read,
        "can only create",
    ),
    (
        401,
        r#"{"error":"invalid_token","error_description":"Not authorized to view client. Not valid token or client credentials provided."}"#,
        Operation::Read,
        "disabled",
    ),
    (
        401,
        r#"{"error":"invalid_token","error_description":"Not authorized to update client. Maybe missing token or bad token type."}"#,
        Operation::Update,
        "disabled",
    ),
    (
        403,
        r#"{"error":"insufficient_scope","error_description":"Policy 'Allowed Client Scopes' rejected request to client-registration service. Details: Not permitted to use specified clientScope"}"#,
        Operation::Create,
        "one of these scopes",
    ),
    (
        403,
        r#"{"error":"insufficient_scope","error_description":"Policy 'Trusted Hosts' rejected request to client-registration service. Details: Host not trusted."}"#,
        Operation::Create,
        "hosts that the operator trusts",
    ),
    (
        403,
        r#"{"error":"insufficient_scope","error_description":"Policy 'Max Clients Limit' rejected request to client-registration service. Details: It's allowed to have max 200 clients per realm"}"#,
        Operation::Create,
        "registration policy",
    ),
    (
        403,
        r#"{"error":"insufficient_scope","error_description":"Forbidden"}"#,
        Operation::Create,
        "may not register",
    ),
    (403, r#"{"error":"Invalid origin"}"#, Operation::Create, "this page's address"),
    (
        403,
        r#"{"error":"invalid_request","error_description":"HTTPS required"}"#,
        Operation::Create,
        "plain http",
    ),
    (404, r#"{"error":"Realm does not exist"}"#, Operation::Create, "no such realm"),
    (
        404,
        r#"{"error":"Client registration provider not found"}"#,
        Operation::Create,
        "this way of registering",
    ),
    (409, r#"{"error":"conflict","error_description":"Conflict"}"#, Operation::Update, "same moment"),
    (
        500,
        r#"{"error":"unknown_error","error_description":"For more on this error consult the server log."}"#,
        Operation::Create,
        "failed on its own side",
    ),
    (415, r#"{"error":"HTTP 415 Unsupported Media Type"}"#, Operation::Create, "media type"),
    // What stands before it.
    (
        502,
        r#"{"error":"upstream_unreachable"}"#,
        Operation::Create,
        "could not reach the backend behind its prefix",
    ),
    (
        502,
        "<html><title>502 Bad Gateway</title></html>",
        Operation::Create,
        "in front of the backend could not reach it",
    ),
    (400, "<html>No required SSL certificate was sent</html>", Operation::Create, "client certificate"),
    (405, "<html><title>Portico</title></html>", Operation::Create, "prefix is not configured"),
    (200, "<!doctype html><title>Portico</title>", Operation::Create, "leads to a web server"),
    (413, "<html>413 Request Entity Too Large</html>", Operation::Create, "of this size"),
    (403, "<html>403 Forbidden</html>", Operation::Update, "not the backend itself"),
];

#[test]
fn every_refusal_is_explained_with_a_next_step() {
    let keycloak = dialect("keycloak").unwrap();
    for (status, body, operation, words) in ROWS {
        let refusal = keycloak.read(*operation, &answer(*status, body)).unwrap_err();
        assert!(refusal.meaning.contains(words), "{status} {body}: {}", refusal.meaning);
        assert!(refusal.next.ends_with('.'), "{status} {body}: {}", refusal.next);
        let server = ServerWords::read(body);
        for words in
            [server.error, server.description].into_iter().flatten().filter(|words| words.contains(' '))
        {
            assert!(!refusal.meaning.contains(&words), "the meaning goes into the history: it is ours alone");
        }
    }
}

#[test]
fn the_name_of_a_policy_and_of_a_member_is_quoted() {
    let keycloak = dialect("keycloak").unwrap();
    let quoted =
        |status, body: &str| keycloak.refusal(Operation::Create, &answer(status, body)).quoted.unwrap();
    assert!(quoted(400, ROWS[6].1).contains("\"foo\""));
    assert!(quoted(403, ROWS[18].1).contains("max 200 clients"));
}

#[test]
fn a_policy_about_scopes_names_those_that_were_asked_for() {
    let keycloak = dialect("keycloak").unwrap();
    let mut refusal = keycloak.refusal(Operation::Create, &answer(403, ROWS[16].1));
    refusal.name_scopes(&["a:read".into(), "b:write".into()]);
    assert!(refusal.meaning.ends_with("Asked for: a:read, b:write."), "{}", refusal.meaning);
    let mut other = keycloak.refusal(Operation::Create, &answer(403, ROWS[17].1));
    let before = other.clone();
    other.name_scopes(&["a:read".into()]);
    assert_eq!(other, before);
}
