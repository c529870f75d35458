//! The life of an application at Identity Server, with software of the directory: a statement, a registration, a token
//! by the key that the directory publishes, an update, and the end.

use portico_sandbox::jose::signing_key::SigningKey;
use serde_json::{Value, json};

use crate::backend::{Answer, Backend, OWN, part};
use crate::identity_server::*;
use crate::tpp::Tpp;

const TOKEN: &str = "/identity-server/t/openbank/oauth2/token";

async fn token(backend: &Backend, id: &str, key: &SigningKey) -> Answer {
    let now = backend.clock.now();
    let jti = uuid::Uuid::new_v4().to_string();
    let claims = json!({ "iss": id, "sub": id, "aud": format!("{OWN}{TOKEN}"), "iat": now, "exp": now + 60, "jti": jti });
    let form = format!(
        "grant_type=client_credentials&scope=accounts&redirect_uri=https%3A%2F%2Ftpp.example%2Fcallback\
         &client_id={id}&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer\
         &client_assertion={}",
        key.sign(&claims).unwrap()
    );
    backend.call("POST", TOKEN, &[("content-type", "application/x-www-form-urlencoded")], form).await
}

#[tokio::test]
async fn software_of_the_directory_lives_and_ends() {
    let backend = Backend::with(&[]);
    let key = key();
    let software = Tpp::new(&backend, json!({ "jwk": key.public_jwk() })).await;
    let statement = software.statement().await;
    let jwks_uri = part(&statement, 1)["software_jwks_endpoint"].clone();
    let changes = json!({ "software_statement": statement, "iss": software.software,
        "software_id": software.software, "redirect_uris": ["https://tpp.example/callback"],
        "jwks_uri": jwks_uri });
    let made = send_to(&backend, ADMIN, "POST", REGISTER, &request("life", &changes)).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let id = made.json()["client_id"].as_str().unwrap().to_owned();
    let path = format!("{REGISTER}/{id}");

    let given = token(&backend, &id, &key).await;
    assert_eq!(given.status, 200, "{}", given.text());
    let access = given.json()["access_token"].as_str().unwrap().to_owned();
    assert!(backend.app.identity_server.accepted(&access).unwrap().is_some());

    let mut after = request("life", &changes);
    change(&mut after, &json!({ "software_statement": software.statement().await, "jwks_uri": null }));
    assert_eq!(send_to(&backend, ADMIN, "PUT", &path, &after).await.status, 200);
    assert_eq!(token(&backend, &id, &key).await.status, 200, "an update ends no key");

    let published = format!("{}/k", software.statement_path.replace("/statement", "/keys"));
    assert_eq!(backend.call("DELETE", &published, &[], "").await.status, 200);
    assert_eq!(token(&backend, &id, &key).await.status, 401, "a revoked key signs nothing");

    assert_eq!(send_to(&backend, ADMIN, "DELETE", &path, &Value::Null).await.status, 204);
    assert_eq!(send_to(&backend, ADMIN, "GET", &path, &Value::Null).await.status, 401);
    assert!(backend.app.identity_server.accepted(&access).unwrap().is_none());
}

#[tokio::test]
async fn software_of_another_directory_and_a_statement_of_other_software_are_refused() {
    let backend = Backend::with(&[]);
    let (mine, others) = (Tpp::new(&backend, json!({})).await, Tpp::new(&backend, json!({})).await);
    let foreign = Tpp::at(&backend, "/other-directory", json!({})).await;
    for (software, statement, description) in [
        (&foreign, foreign.statement().await, "Signature validation failed for the software statement"),
        (&mine, others.statement().await, "Invalid issuer, issuer should be the same as the software id"),
    ] {
        let changes = json!({ "software_statement": statement, "iss": software.software,
            "redirect_uris": ["https://tpp.example/callback"] });
        let refused = send_to(&backend, ADMIN, "POST", REGISTER, &request("refused", &changes)).await;
        assert_eq!((refused.status.as_u16(), refused.description()), (400, description.to_owned()));
    }
}
