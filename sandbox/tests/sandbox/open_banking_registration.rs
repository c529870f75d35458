//! Registration at the open banking gateway: what it asks of a request, and what it answers.

use serde_json::{Value, json};

use crate::backend::{COMMON, OWN};
use crate::tpp::{KEY, REGISTER, Tpp};

const METADATA: &str = "invalid_client_metadata";
const REDIRECT: &str = "invalid_redirect_uri";

#[tokio::test]
async fn the_answer_is_the_request_with_the_claims_of_the_statement() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let claims = tpp.claims(&json!({ "tls_client_certificate_bound_access_tokens": true })).await;
    let answer = tpp.send("POST", REGISTER, None, KEY.sign(&claims)).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (201, Some("no-store")));
    let created = answer.json();
    let late = created["client_id_issued_at"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
    assert!((0..10).contains(&late), "{late}");
    for (name, value) in claims.as_object().unwrap() {
        let expected = match name.as_str() {
            "iss" | "iat" | "exp" | "aud" | "jti" => &Value::Null,
            _ => value,
        };
        assert_eq!(&created[name], expected, "{name}");
    }
    assert_eq!(created["software_id"], tpp.software);
    assert_eq!(
        (&created["org_status"], &created["software_roles"]),
        (&json!("Active"), &json!(["AISP", "PISP"]))
    );

    let id = created["client_id"].as_str().unwrap();
    let token = tpp.token(id).await;
    let read = tpp.read(id, &token).await.json();
    assert_eq!(read["tls_client_certificate_bound_access_tokens"], "true");
    assert_eq!(
        (&read["client_name"], &read["client_id_issued_at"]),
        (&json!("Harbour_Budget"), &Value::Null)
    );
    assert_eq!(read["redirect_uris"], claims["redirect_uris"]);

    let updated = tpp.update(id, &token, json!({ "scope": "accounts", "client_name": "a b/c" })).await;
    assert_eq!(updated.status, 200, "{}", updated.text());
    let updated = updated.json();
    assert_eq!((&updated["scope"], &updated["client_name"]), (&json!("accounts"), &json!("a_b_c")));
    let read = tpp.read(id, &token).await.json();
    assert_eq!(read["tls_client_certificate_bound_access_tokens"], Value::Null, "what is left out is gone");
}

#[tokio::test]
async fn each_rule_is_kept() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let now = COMMON.clock.now();
    for (other, error, words) in [
        (json!({ "iss": null }), METADATA, "iss is empty"),
        (json!({ "iss": 5 }), METADATA, "iss is not a string"),
        (json!({ "software_id": "another" }), METADATA, "software_id"),
        (json!({ "aud": null }), METADATA, "OPENBANK0001"),
        (json!({ "aud": "https://elsewhere.example" }), METADATA, "OPENBANK0001"),
        (json!({ "iat": null }), METADATA, "iat"),
        (json!({ "iat": now + 120 }), METADATA, "not valid yet"),
        (json!({ "nbf": now + 120 }), METADATA, "not valid yet"),
        (json!({ "exp": null }), METADATA, "exp"),
        (json!({ "exp": "soon" }), METADATA, "exp"),
        (json!({ "exp": now }), METADATA, "expired"),
        (json!({ "jti": null }), METADATA, "jti"),
        (json!({ "jti": "a".repeat(129) }), METADATA, "jti"),
        (json!({ "redirect_uris": null }), REDIRECT, "missing"),
        (json!({ "redirect_uris": [] }), REDIRECT, "missing"),
        (json!({ "redirect_uris": "https://tpp.example/callback" }), METADATA, "must be a list"),
        (json!({ "redirect_uris": [5] }), METADATA, "redirect_uris"),
        (
            json!({ "redirect_uris": ["https://tpp.example/elsewhere"] }),
            REDIRECT,
            "not in the software statement",
        ),
        (json!({ "token_endpoint_auth_method": null }), METADATA, "private_key_jwt or tls_client_auth"),
        (json!({ "token_endpoint_auth_method": "client_secret_basic" }), METADATA, "private_key_jwt or"),
        (json!({ "token_endpoint_auth_signing_alg": null }), METADATA, "needed with private_key_jwt"),
        (json!({ "token_endpoint_auth_signing_alg": "RS256" }), METADATA, "PS256 or ES256"),
        (json!({ "token_endpoint_auth_method": "tls_client_auth" }), METADATA, "tls_client_auth_subject_dn"),
        (json!({ "id_token_signed_response_alg": "none" }), METADATA, "PS256 or ES256"),
        (json!({ "request_object_signing_alg": 5 }), METADATA, "PS256 or ES256"),
        (json!({ "grant_types": null }), METADATA, "grant types cannot be null"),
        (json!({ "grant_types": ["password"] }), METADATA, "password is not supported"),
        (json!({ "response_types": ["token"] }), METADATA, "token is not supported"),
        (json!({ "scope": null }), METADATA, "scope cannot be empty"),
        (json!({ "scope": "accounts profile" }), METADATA, "profile is not allowed"),
        (json!({ "scope": "fundsconfirmations" }), METADATA, "needs the role CBPII"),
        (json!({ "application_type": "native" }), METADATA, "web or mobile"),
    ] {
        let answer = tpp.register(other.clone()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.error().as_str()),
            (400, error),
            "{other}: {}",
            answer.text()
        );
        assert!(answer.description().contains(words), "{other}: {}", answer.text());
    }
    for other in [
        json!({ "aud": format!("{OWN}/open-banking") }),
        json!({ "aud": ["OPENBANK0001"] }),
        json!({ "application_type": "mobile" }),
        json!({ "response_types": null }),
        json!({ "software_id": tpp.software, "client_name": "Harbour" }),
    ] {
        let answer = tpp.register(other.clone()).await;
        assert_eq!(answer.status, 201, "{other}: {}", answer.text());
    }
}

#[tokio::test]
async fn addresses_must_be_public_and_on_the_hosts_of_the_software() {
    for uri in [
        "http://tpp.example/callback",
        "https://localhost/callback",
        "https://app.localhost/callback",
        "https://127.0.0.1/callback",
        "https://[::1]/callback",
        "https://tpp.example/callback#fragment",
    ] {
        let tpp = Tpp::new(&COMMON, json!({ "redirect_uris": [uri] })).await;
        let answer = tpp.register(json!({ "redirect_uris": [uri] })).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, REDIRECT), "{uri}");
    }
    let tpp = Tpp::new(&COMMON, json!({ "logo_uri": "https://pictures.example/a.png" })).await;
    let answer = tpp.register(json!({})).await;
    assert_eq!(answer.error(), "invalid_software_statement");
    assert!(answer.description().contains("software_logo_uri"), "{}", answer.text());
}

#[tokio::test]
async fn the_same_members_are_taken_as_json_too() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let headers = [("content-type", "application/json; charset=utf-8")];
    let claims = tpp.claims(&json!({})).await;
    let answer = COMMON.call("POST", REGISTER, &headers, claims.to_string()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let wrong = tpp.claims(&json!({ "redirect_uris": ["https://elsewhere.example/"] })).await;
    assert_eq!(COMMON.call("POST", REGISTER, &headers, wrong.to_string()).await.error(), REDIRECT);
}

/// Guides of banks say `application/jwt`; the API description of Open Banking, and its tool, say `application/jose`.
#[tokio::test]
async fn a_signed_request_may_be_called_a_jws() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    for media_type in ["application/jose", "Application/JOSE; charset=utf-8"] {
        let headers = [("content-type", media_type)];
        let created = COMMON.call("POST", REGISTER, &headers, KEY.sign(&tpp.claims(&json!({})).await)).await;
        assert_eq!(created.status, 201, "{media_type}: {}", created.text());
        let id = created.json()["client_id"].as_str().unwrap().to_owned();
        let bearer = format!("Bearer {}", tpp.token(&id).await);
        let headers = [headers[0], ("authorization", bearer.as_str())];
        let body = KEY.sign(&tpp.claims(&json!({ "scope": "accounts" })).await);
        let updated = COMMON.call("PUT", &format!("{REGISTER}/{id}"), &headers, body).await;
        assert_eq!((updated.status.as_u16(), &updated.json()["scope"]), (200, &json!("accounts")));
    }
    let headers = [("content-type", "application/jose")];
    let plain = tpp.claims(&json!({})).await.to_string();
    assert_eq!(COMMON.call("POST", REGISTER, &headers, plain).await.status, 400, "and is signed then");
    for media_type in ["application/jose+json", "text/plain"] {
        let body = KEY.sign(&tpp.claims(&json!({})).await);
        let answer = COMMON.call("POST", REGISTER, &[("content-type", media_type)], body).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, "invalid_request"));
    }
}

#[tokio::test]
async fn a_token_manages_its_own_client_and_no_other() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let (mine, theirs) = (tpp.registered(json!({})).await, tpp.registered(json!({})).await);
    let token = tpp.token(&mine).await;
    let unbound = "Token is not bound to the client id sent in the request";
    for answer in [
        tpp.read(&theirs, &token).await,
        tpp.update(&theirs, &token, json!({})).await,
        tpp.delete(&theirs, &token).await,
    ] {
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (401, "unauthorized_request"));
        assert_eq!(answer.description(), unbound);
    }
    assert_eq!(tpp.read(&mine, &token).await.status, 200, "the token lives on");
    assert_eq!(tpp.read("unknown", &token).await.status, 401);
    let ended = tpp.read(&mine, &token).await;
    assert_eq!(
        (ended.status.as_u16(), ended.error().as_str()),
        (401, "invalid_token"),
        "and now it is revoked"
    );
    assert_eq!(ended.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));

    let token = tpp.token(&mine).await;
    let neighbour = Tpp::new(&COMMON, json!({})).await;
    let body = KEY.sign(&neighbour.claims(&json!({})).await);
    let answer = tpp.send("PUT", &format!("{REGISTER}/{mine}"), Some(&token), body).await;
    assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, "invalid_software_statement"));
    let answer = tpp.update(&mine, &token, json!({ "client_id": theirs })).await;
    assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, METADATA));
    assert_eq!(tpp.update(&mine, &token, json!({ "client_id": mine })).await.status, 200);

    assert_eq!(COMMON.call("GET", &format!("{REGISTER}/{mine}"), &[], "").await.status, 401);
    let answer = tpp.send("PATCH", &format!("{REGISTER}/{mine}"), Some(&token), String::new()).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, Some("GET, PUT, DELETE")));
    assert_eq!(COMMON.call("GET", REGISTER, &[], "").await.status, 405);
    let nowhere = COMMON.call("GET", "/open-banking/v3.3/nothing", &[], "").await;
    assert_eq!((nowhere.status.as_u16(), &nowhere.json()["errors"][0]["code"]), (404, &json!("404")));

    assert_eq!(tpp.delete(&mine, &token).await.status, 204);
    assert_eq!(tpp.delete(&mine, &token).await.status, 401);
    assert_eq!(tpp.token_answer(tpp.token_form(&mine, &json!({}), "")).await.status, 401);
}

#[tokio::test]
async fn pages_of_the_portal_may_read_it() {
    let local = "http://localhost:5173";
    let ask = [("origin", local), ("access-control-request-method", "PUT")];
    let preflight = COMMON.call("OPTIONS", &format!("{REGISTER}/a"), &ask, "").await;
    assert_eq!(preflight.status, 204);
    assert_eq!(preflight.header("access-control-allow-origin"), Some(local));
    assert_eq!(preflight.header("access-control-allow-credentials"), None);
    assert!(preflight.header("access-control-allow-methods").unwrap().contains("PUT"));
    let refused = COMMON.call("POST", REGISTER, &[("origin", local)], "").await;
    assert_eq!((refused.status.as_u16(), refused.header("access-control-allow-origin")), (400, Some(local)));
    let foreign = [("origin", "https://elsewhere.example")];
    for method in ["OPTIONS", "POST"] {
        let answer = COMMON.call(method, REGISTER, &foreign, "").await;
        assert_eq!(answer.header("access-control-allow-origin"), None, "{method}");
    }
}
