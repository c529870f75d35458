//! The gateway: tokens for assertions and for secrets, and calls with them.

use portico_sandbox::jose::{base64url, certificate::Certificate};
use serde_json::{Value, json};

use crate::backend::{Answer, Backend, OWN};
use crate::bank::*;

const LOANS: &str = "/gateway/connectone-retail/v1/loans";
const LIMITS: &str = "/gateway/connectone-payments/v1/limits";
const RATES_CALL: &str = "/gateway/connectone-rates/v1/rates";
const NO_TOKEN: (u16, &str) = (401, "keymanagement.service.invalid_access_token");
const NO_PRODUCT: (u16, &str) = (401, "keymanagement.service.InvalidAPICallAsNoApiProductMatchFound");

/// The status, `ErrorCode` and sentence of a refusal.
fn refusal(answer: &Answer) -> (u16, String, String) {
    let text =
        |name: &str| answer.json()[name].as_str().unwrap_or_else(|| panic!("{}", answer.text())).to_owned();
    (answer.status.as_u16(), text("ErrorCode"), text("Error"))
}

fn same(answer: (u16, String), expected: (u16, &str)) {
    assert_eq!((answer.0, answer.1.as_str()), expected);
}

#[tokio::test]
async fn an_assertion_gives_a_token_and_the_token_calls() {
    let backend = Backend::with(&[]);
    let ana = Person::new(&backend, ANA).await;
    let (key, secret) = ana.app("calls", &[RETAIL, PAYMENTS]).await;
    let answer = exchange(&backend, &PAIR.sign(&claims(&backend, &key))).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let body = answer.json();
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!("180")));
    let token = body["access_token"].as_str().unwrap();
    assert!(token.len() == 32 && token.chars().all(|c| c.is_ascii_alphanumeric()), "{token}");
    let loans = backend.with_bearer("GET", LOANS, token, None, &Value::Null).await;
    assert_eq!(loans.json()["loans"][0]["currency"], "EUR");
    same(called(&backend, LIMITS, token).await, NO_PRODUCT);
    same(called(&backend, RATES_CALL, token).await, NO_PRODUCT);
    same(called(&backend, LOANS, "nonsense").await, NO_TOKEN);
    assert_eq!(backend.call("GET", LOANS, &[], "").await.status, 401);
    assert_eq!(called(&backend, "/gateway/elsewhere", token).await.0, 404);

    let olga = Person::new(&backend, OLGA).await;
    let product = format!("{}/calls/keys/{key}/apiproducts/{PAYMENTS}", ana.apps);
    olga.good("POST", &format!("{product}?action=approve"), Value::Null).await;
    same(called(&backend, LIMITS, token).await, (200, ""));
    olga.good("POST", &format!("{product}?action=revoke"), Value::Null).await;
    same(called(&backend, LIMITS, token).await, NO_PRODUCT);

    let by_secret = with_secret(&backend, &key, &secret).await.json();
    same(called(&backend, LOANS, by_secret["access_token"].as_str().unwrap()).await, (200, ""));
    backend.clock.advance(180);
    same(called(&backend, LOANS, token).await, NO_TOKEN);
    same(called(&backend, LOANS, &gateway_token(&backend, &key).await).await, (200, ""));
}

#[tokio::test]
async fn what_is_wrong_with_an_assertion_is_said() {
    let backend = Backend::with(&[]);
    let ana = Person::new(&backend, ANA).await;
    let (key, _) = ana.app("asserts", &[RETAIL]).await;
    let now = backend.clock.now();
    let endpoint = "http://localhost:8080/gateway/oauth/token";
    let cases = [
        (json!({ "iss": null }), "no iss"),
        (json!({ "sub": null }), "no sub"),
        (json!({ "aud": null }), "aud"),
        (json!({ "aud": [endpoint] }), "one string"),
        (json!({ "aud": "http://localhost:8080" }), "must be"),
        (json!({ "exp": null }), "no exp"),
        (json!({ "exp": "soon" }), "not a number"),
        (json!({ "iat": now - 200, "exp": now - 31 }), "expired"),
        (json!({ "exp": now + 301 }), "longer than 300"),
        (json!({ "iat": null, "exp": now + 400 }), "longer than 300"),
        (json!({ "iat": now + 60 }), "iat"),
        (json!({ "nbf": now + 60 }), "nbf"),
        (json!({ "jti": 5 }), "jti"),
    ];
    for (other, words) in cases {
        let mut changed = claims(&backend, &key);
        changed.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        changed.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        let (status, code, error) = refusal(&exchange(&backend, &PAIR.sign(&changed)).await);
        assert_eq!((status, code.as_str()), (400, "invalid_grant"), "{other}");
        assert!(error.contains(words), "{other}: {error}");
    }
    for other in [
        json!({ "aud": "http://localhost:8080/gateway" }),
        json!({ "iat": now - 280, "exp": now - 20 }),
        json!({ "iat": null, "nbf": now + 20, "custom": { "any": 1 } }),
        json!({ "jti": null }),
        json!({ "jti": null }),
        json!({ "exp": f64::from(u32::try_from(now).unwrap()) + 60.5 }),
    ] {
        let mut changed = claims(&backend, &key);
        changed.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        let answer = exchange(&backend, &PAIR.sign(&changed)).await;
        assert_eq!(answer.status, 200, "{other}: {}", answer.text());
    }
    let once = PAIR.sign(&claims(&backend, &key));
    assert_eq!(exchange(&backend, &once).await.status, 200);
    assert!(refusal(&exchange(&backend, &once).await).2.contains("used before"));
    let wrong = Pair::until(2099).sign(&claims(&backend, &key));
    assert!(refusal(&exchange(&backend, &wrong).await).2.contains("does not fit"));
    let (status, code, _) = refusal(&exchange(&backend, &PAIR.sign(&claims(&backend, "unknown"))).await);
    assert_eq!((status, code.as_str()), (401, "invalid_client"));
    for nonsense in ["", "a.b", "e30.e30.", "e30.e30.AA"] {
        assert_eq!(exchange(&backend, nonsense).await.status, 400, "{nonsense}");
    }
    let parts: Vec<&str> = once.split('.').collect();
    for header in
        [json!({ "alg": "none" }), json!({ "alg": "PS256" }), json!({ "alg": "RS256", "x5t#S256": "AA" })]
    {
        let forged = format!("{}.{}.{}", base64url(header.to_string().as_bytes()), parts[1], parts[2]);
        assert_eq!(refusal(&exchange(&backend, &forged).await).1, "invalid_grant", "{header}");
    }
}

#[tokio::test]
async fn the_form_has_exactly_what_it_has() {
    let backend = Backend::with(&[]);
    let ana = Person::new(&backend, ANA).await;
    let (key, secret) = ana.app("forms", &[RETAIL]).await;
    let assertion = PAIR.sign(&claims(&backend, &key));
    let grant = JWT_BEARER.replace(':', "%3A");
    for form in [
        String::new(),
        "grant_type=password".to_owned(),
        format!("grant_type={grant}"),
        format!("grant_type={grant}&assertion={assertion}&client_id={key}"),
        format!("grant_type={grant}&assertion={assertion}&scope="),
        format!("grant_type={grant}&grant_type={grant}"),
        "grant_type=client_credentials&scope=x".to_owned(),
    ] {
        let answer = backend.call("POST", TOKEN, &[("content-type", FORM)], form.clone()).await;
        assert_eq!(refusal(&answer).1, "invalid_request", "{form}");
    }
    let json = backend.call("POST", TOKEN, &[("content-type", "application/json")], "{}").await;
    assert_eq!(refusal(&json).0, 400);
    assert_eq!(refusal(&with_secret(&backend, &key, "wrong").await).0, 401);
    assert_eq!(refusal(&with_secret(&backend, "unknown", &secret).await).0, 401);
    let without =
        backend.call("POST", TOKEN, &[("content-type", FORM)], "grant_type=client_credentials").await;
    assert_eq!(refusal(&without).1, "invalid_client");
    let page = [("content-type", FORM), ("origin", "http://localhost:5173")];
    let answer = backend.call("POST", TOKEN, &page, "").await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:5173"));
    assert_ne!(OWN, "http://localhost:5173");
    assert_eq!(backend.call("GET", TOKEN, &[], "").await.status, 405);
}

#[tokio::test]
async fn what_is_revoked_or_expired_opens_nothing() {
    let backend = Backend::with(&["--gateway-token-seconds", "86400"]);
    let (ana, olga) = (Person::new(&backend, ANA).await, Person::new(&backend, OLGA).await);
    let (key, secret) = ana.app("goes", &[RETAIL]).await;
    let token = gateway_token(&backend, &key).await;
    let closed = async |what: &str| {
        assert_eq!(
            refusal(&exchange(&backend, &PAIR.sign(&claims(&backend, &key))).await).1,
            "invalid_client",
            "{what}"
        );
        assert_eq!(refusal(&with_secret(&backend, &key, &secret).await).1, "invalid_client", "{what}");
        same(called(&backend, LOANS, &token).await, NO_TOKEN);
    };
    let app = format!("{}/goes", ana.apps);
    olga.good("POST", &format!("{app}?action=revoke"), Value::Null).await;
    closed("app").await;
    olga.good("POST", &format!("{app}?action=approve"), Value::Null).await;
    same(called(&backend, LOANS, &token).await, (200, ""));
    ana.good("POST", &format!("goes/keys/{key}?action=revoke"), Value::Null).await;
    closed("key").await;
    olga.good("POST", &format!("{app}/keys/{key}?action=approve"), Value::Null).await;
    same(called(&backend, LOANS, &token).await, (200, ""));

    let brief = json!({ "consumerKey": "brief", "consumerSecret": "s", "keyExpiresIn": "60000" });
    ana.good("POST", "goes/keys", brief).await;
    assert_eq!(with_secret(&backend, "brief", "s").await.status, 200);
    let bare = exchange(&backend, &PAIR.sign(&claims(&backend, "brief"))).await;
    assert!(refusal(&bare).2.contains("no certificate"));
    backend.clock.advance(61);
    assert_eq!(refusal(&with_secret(&backend, "brief", "s").await).1, "invalid_client");
    let ana = Person::new(&backend, ANA).await;
    ana.good("DELETE", "goes", Value::Null).await;
    closed("deleted").await;
}

#[tokio::test]
async fn a_certificate_that_expires_meanwhile_counts_no_more() {
    let backend = Backend::with(&[]);
    let ana = Person::new(&backend, ANA).await;
    let (key, _) = ana.app("ages", &[RETAIL]).await;
    let until = Certificate::from_der(PAIR.certificate.der()).unwrap().not_after;
    backend.clock.advance(until - backend.clock.now() + 1);
    let answer = exchange(&backend, &PAIR.sign(&claims(&backend, &key))).await;
    assert!(refusal(&answer).2.contains("expired on 2099-01-01"), "{}", answer.text());
}
