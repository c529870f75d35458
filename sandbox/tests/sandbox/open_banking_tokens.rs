//! Application tokens of the open banking gateway, and the products they open.

use portico_sandbox::jose::jwk::verified_by_set;
use portico_sandbox::jose::jws::Unverified;
use serde_json::{Value, json};

use crate::backend::{Backend, COMMON, OWN, basic, part};
use crate::bank::FORM;
use crate::tpp::{TOKEN, Tpp};

const ACCOUNTS: &str = "/open-banking/v3.1/aisp/accounts";
const CONSENTS: &str = "/open-banking/v3.1/pisp/domestic-payment-consents";

fn consent() -> Value {
    json!({
        "Data": { "Initiation": {
            "InstructionIdentification": "ACME412",
            "EndToEndIdentification": "FRESCO.21302.GFX.20",
            "InstructedAmount": { "Amount": "165.88", "Currency": "GBP" },
            "CreditorAccount": {
                "SchemeName": "UK.OBIE.SortCodeAccountNumber", "Identification": "08080021325698", "Name": "ACME Inc",
            },
        } },
        "Risk": { "PaymentContextCode": "EcommerceGoods" },
    })
}

#[tokio::test]
async fn a_signed_assertion_gives_a_token() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let id = tpp.registered(json!({})).await;
    let answer = tpp.token_answer(tpp.token_form(&id, &json!({}), "&scope=accounts+openid+profile")).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, Some("no-store")));
    let body = answer.json();
    assert_eq!(body["scope"], "accounts openid");
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(3600)));
    let token = body["access_token"].as_str().unwrap();
    let set = COMMON.call("GET", "/open-banking/jwks", &[], "").await.json();
    assert!(verified_by_set(&Unverified::parse(token).unwrap(), &set));
    assert_eq!(part(token, 0)["typ"], "at+jwt");
    let claims = part(token, 1);
    assert_eq!((&claims["client_id"], &claims["sub"]), (&json!(id), &json!(id)));
    assert_eq!((&claims["iss"], &claims["cnf"]), (&json!(format!("{OWN}/open-banking")), &Value::Null));

    for path in [
        "/open-banking/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server/open-banking",
    ] {
        let metadata = COMMON.call("GET", path, &[], "").await.json();
        assert_eq!(
            (&metadata["issuer"], &metadata["token_endpoint"]),
            (&claims["iss"], &json!(format!("{OWN}{TOKEN}")))
        );
    }
}

#[tokio::test]
async fn an_assertion_that_is_wrong_gives_none() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let id = tpp.registered(json!({})).await;
    let now = COMMON.clock.now();
    for (other, words) in [
        (json!({ "iss": "another" }), "iss and sub"),
        (json!({ "sub": "unknown", "iss": "unknown" }), "no client of this id"),
        (json!({ "aud": null }), "aud"),
        (json!({ "aud": format!("{OWN}/open-banking") }), "aud"),
        (json!({ "aud": [format!("{OWN}{TOKEN}"), "https://a.example"] }), "aud"),
        (json!({ "exp": null }), "no exp"),
        (json!({ "exp": now - 31 }), "expired"),
        (json!({ "exp": now + 1900 }), "30 minutes"),
        (json!({ "iat": now + 60 }), "not valid yet"),
        (json!({ "jti": null }), "no jti"),
    ] {
        let answer = tpp.token_answer(tpp.token_form(&id, &other, "")).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (401, "invalid_client"), "{other}");
        assert!(answer.description().contains(words), "{other}: {}", answer.text());
    }
    let one = json!({ "aud": [format!("{OWN}{TOKEN}")] });
    assert_eq!(tpp.token_answer(tpp.token_form(&id, &one, &format!("&client_id={id}"))).await.status, 200);
    let once = tpp.token_form(&id, &json!({}), "");
    assert_eq!(tpp.token_answer(once.clone()).await.status, 200);
    assert!(tpp.token_answer(once).await.description().contains("used before"));
    let form = tpp.token_form(&id, &json!({}), "");
    for (form, error) in [
        (form.replace("client_credentials", "password"), "unsupported_grant_type"),
        (form.replace("grant_type", "grant"), "invalid_request"),
        (format!("{form}&scope=a&scope=b"), "invalid_request"),
        (format!("{form}&client_id=another"), "invalid_client"),
        (form.replace("jwt-bearer&", "saml2-bearer&"), "invalid_client"),
        ("grant_type=client_credentials".to_owned(), "invalid_client"),
        (format!("grant_type=client_credentials&client_id={id}"), "invalid_client"),
    ] {
        let answer = tpp.token_answer(form.clone()).await;
        assert_eq!(answer.error(), error, "{form}: {}", answer.text());
    }
    let coder = tpp.registered(json!({ "grant_types": ["authorization_code"] })).await;
    assert_eq!(tpp.token_answer(tpp.token_form(&coder, &json!({}), "")).await.error(), "unauthorized_client");
    assert_eq!(COMMON.call("GET", TOKEN, &[], "").await.status, 405);
}

#[tokio::test]
async fn products_answer_as_banks_do() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let id = tpp.registered(json!({})).await;
    let bearer = format!("Bearer {}", tpp.token(&id).await);
    let number = "93bac548-d2de-4546-b106-880a5018460d";
    let headers =
        [("authorization", &*bearer), ("x-fapi-interaction-id", number), ("origin", "http://localhost:5173")];
    let accounts = COMMON.call("GET", ACCOUNTS, &headers, "").await;
    assert_eq!((accounts.status.as_u16(), accounts.header("x-fapi-interaction-id")), (200, Some(number)));
    assert!(accounts.header("access-control-expose-headers").unwrap().contains("x-fapi-interaction-id"));
    let account = accounts.json()["Data"]["Account"][0]["AccountId"].as_str().unwrap().to_owned();
    let balances = COMMON.call("GET", &format!("{ACCOUNTS}/{account}/balances"), &headers[..1], "").await;
    assert_eq!(balances.json()["Data"]["Balance"][0]["Amount"]["Currency"], "GBP");
    assert_eq!(balances.header("x-fapi-interaction-id").map(str::len), Some(36), "a new one");
    let nobody = COMMON.call("GET", &format!("{ACCOUNTS}/1/balances"), &headers[..1], "").await;
    assert_eq!(
        (nobody.status.as_u16(), &nobody.json()["Errors"][0]["ErrorCode"]),
        (400, &json!("UK.OBIE.Resource.NotFound"))
    );

    let made = COMMON.call("POST", CONSENTS, &headers, consent().to_string()).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.json()["Data"]["Status"], "AwaitingAuthorisation");
    assert_eq!(made.json()["Data"]["Initiation"], consent()["Data"]["Initiation"]);
    for (pointer, value, code) in [
        ("/Data/Initiation/InstructedAmount/Amount", json!("0.00"), "UK.OBIE.Field.Invalid"),
        ("/Data/Initiation/InstructedAmount/Amount", json!("1,5"), "UK.OBIE.Field.Invalid"),
        ("/Data/Initiation/InstructedAmount/Amount", json!(5), "UK.OBIE.Field.Missing"),
        ("/Data/Initiation/CreditorAccount/Name", json!(""), "UK.OBIE.Field.Missing"),
        ("/Risk", Value::Null, "UK.OBIE.Field.Missing"),
    ] {
        let mut body = consent();
        *body.pointer_mut(pointer).unwrap() = value;
        let answer = COMMON.call("POST", CONSENTS, &headers, body.to_string()).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["Errors"][0]["ErrorCode"]),
            (400, &json!(code)),
            "{pointer}"
        );
    }

    let none = COMMON.call("GET", ACCOUNTS, &[], "").await;
    assert_eq!((none.status.as_u16(), &none.json()["Code"]), (401, &json!("401 Unauthorized")));
    assert_eq!(none.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));
    let narrow = tpp.registered(json!({ "scope": "payments" })).await;
    let narrow_token = tpp.token(&narrow).await;
    let refused = COMMON.with_bearer("GET", ACCOUNTS, &narrow_token, None, &Value::Null).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["Errors"][0]["Path"]),
        (403, &json!("Authorization"))
    );
    assert_eq!(COMMON.call("DELETE", CONSENTS, &headers, "").await.status, 405);
    tpp.delete(&narrow, &narrow_token).await;
    let gone = COMMON.with_bearer("POST", CONSENTS, &narrow_token, None, &consent()).await;
    assert_eq!(gone.status, 401, "the token of a client that was deleted opens nothing");
}

#[tokio::test]
async fn time_brings_limits_new_issue_times_and_the_end_of_a_token() {
    let backend = Backend::with(&[]);
    let tpp = Tpp::new(&backend, json!({})).await;
    let created = tpp.register(json!({})).await.json();
    let id = created["client_id"].as_str().unwrap();
    let token = tpp.token(id).await;
    let call = async || backend.with_bearer("POST", CONSENTS, &token, None, &consent()).await;
    for _ in 0..10 {
        assert_eq!(call().await.status, 201);
    }
    let refused = call().await;
    let wait: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert_eq!((refused.status.as_u16(), (1..=60).contains(&wait)), (429, true), "{wait}");
    assert_eq!(backend.with_bearer("GET", ACCOUNTS, &token, None, &Value::Null).await.status, 200);
    backend.clock.advance(wait);
    assert_eq!(call().await.status, 201);

    let updated = tpp.update(id, &token, json!({})).await.json();
    assert!(updated["client_id_issued_at"].as_i64() > created["client_id_issued_at"].as_i64());
    backend.clock.advance(3600);
    assert_eq!(call().await.status, 401);
    assert_eq!(tpp.read(id, &token).await.error(), "invalid_token");
}

#[tokio::test]
async fn a_token_of_identity_server_opens_the_products_too() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let tenant = "/identity-server/t/openbank";
    let administrator = basic("admin@openbank", "admin");
    let headers = [("authorization", administrator.as_str()), ("content-type", "application/json")];
    let body = json!({
        "client_name": format!("Harbour_{}", tpp.software),
        "redirect_uris": ["https://tpp.example/callback"],
        "grant_types": ["client_credentials"],
        "token_endpoint_auth_method": "client_secret_basic",
        "scope": "accounts",
        "software_statement": tpp.statement().await,
    });
    let path = format!("{tenant}/api/identity/oauth2/dcr/v1.1/register");
    let created = COMMON.call("POST", &path, &headers, body.to_string()).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let created = created.json();
    let client = basic(created["client_id"].as_str().unwrap(), created["client_secret"].as_str().unwrap());
    let headers = [("authorization", client.as_str()), ("content-type", FORM)];
    let form = "grant_type=client_credentials&scope=accounts";
    let token = COMMON.call("POST", &format!("{tenant}/oauth2/token"), &headers, form).await.json();
    let token = token["access_token"].as_str().unwrap();
    assert_eq!(COMMON.with_bearer("GET", ACCOUNTS, token, None, &Value::Null).await.status, 200);
    assert_eq!(COMMON.with_bearer("POST", CONSENTS, token, None, &consent()).await.status, 403);
}
