//! Keys of an application: certificates, two at once, approval, rejection, revocation, and the mail about it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::backend::{Backend, COMMON, FOREIGN, OWN};
use crate::bank::{ANA, OLGA, ORGANIZATION, PAIR, PAYMENTS, Pair, Person, RATES, RETAIL, certificate};

/// `openssl req -x509 -newkey rsa:1024 -nodes -subj /CN=short -days 36500`: no library makes one this weak any more.
const SHORT: &str = include_str!("rsa_1024_certificate.pem");

async fn state(person: &Person<'_>, app: &str, key: &str) -> Value {
    person.good("GET", &format!("{}/{app}/keys/{key}", person.apps), Value::Null).await
}

#[tokio::test]
async fn keys_stand_side_by_side() {
    let backend = Backend::with(&[]);
    let ana = Person::new(&backend, ANA).await;
    let (first, _) = ana.app("rotating", &[RETAIL]).await;
    let chosen = json!({
        "consumerKey": "my_own-key", "consumerSecret": "my-own-secret", "apiProducts": [RATES],
        "keyExpiresIn": 60_000, "attributes": [{ "name": "x509-certificate", "value": PAIR.certificate.pem() }],
    });
    let answer = ana.send("POST", "rotating/keys", chosen).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let made = answer.json();
    assert_eq!(
        (&made["consumerKey"], &made["consumerSecret"]),
        (&json!("my_own-key"), &json!("my-own-secret"))
    );
    assert_eq!(
        made["attributes"],
        json!([{ "name": "x509-certificate", "value": PAIR.line() }]),
        "PEM in one line"
    );
    let made = ana.good("POST", "rotating/keys", json!({})).await;
    assert_eq!((made["consumerKey"].as_str().unwrap().len(), &made["expiresAt"]), (32, &json!("-1")));
    let app = ana.good("GET", "rotating", Value::Null).await;
    assert_eq!(app["credentials"].as_array().unwrap().len(), 3);

    let path = "rotating/keys/my_own-key";
    let added = json!({ "apiProducts": [RATES, { "apiproduct": PAYMENTS }], "attributes": [{ "name": "note", "value": "n" }] });
    let added = ana.good("POST", path, added).await;
    assert_eq!(
        added["apiProducts"],
        json!([
            { "apiproduct": RATES, "status": "approved" }, { "apiproduct": PAYMENTS, "status": "pending" },
        ])
    );
    assert_eq!(added["attributes"].as_array().unwrap().len(), 2, "what was there stays");
    let fewer = ana.good("DELETE", &format!("{path}/apiproducts/{RATES}"), Value::Null).await;
    assert_eq!(fewer["apiProducts"].as_array().unwrap().len(), 1);
    assert_eq!(ana.refused("DELETE", &format!("{path}/apiproducts/{RATES}"), Value::Null).await.0, 404);

    for wrong in ["", "a b", "ä"] {
        assert_eq!(
            ana.refused("POST", "rotating/keys", json!({ "consumerKey": wrong })).await.0,
            400,
            "{wrong}"
        );
    }
    assert_eq!(ana.refused("POST", "rotating/keys", json!({ "consumerKey": first })).await.0, 409);
    assert_eq!(ana.good("DELETE", path, Value::Null).await["consumerKey"], "my_own-key");
    assert_eq!(ana.refused("GET", path, Value::Null).await.0, 404);
    assert_eq!(ana.refused("POST", "nothing/keys", json!({})).await.0, 404);
}

#[tokio::test]
async fn only_a_usable_certificate_is_taken() {
    let ana = Person::new(&COMMON, ANA).await;
    let (key, _) = ana.app("certificates", &[]).await;
    let elliptic = certificate(&rcgen::KeyPair::generate().unwrap(), 2099);
    let private =
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----", STANDARD.encode(&PAIR.pkcs8));
    let pem = PAIR.certificate.pem();
    let cases = [
        (STANDARD.encode(elliptic.der()), "no RSA key"),
        (Pair::until(2025).line(), "expired on 2025-01-01"),
        (SHORT.to_owned(), "1024 bits"),
        (private, "private key"),
        (pem.replace("CERTIFICATE", "CERTIFICATE REQUEST"), "CERTIFICATE REQUEST"),
        (format!("{pem}{pem}"), "several PEM blocks"),
        (pem.replace("-----END CERTIFICATE-----", ""), "cut off"),
        (PAIR.line().chars().take(200).collect(), "not an X.509 certificate"),
        ("one two!".to_owned(), "not base64"),
        (" ".to_owned(), "empty"),
    ];
    let path = format!("certificates/keys/{key}");
    for (value, words) in cases {
        let body = json!({ "attributes": [{ "name": "x509-certificate", "value": value }] });
        for path in [path.as_str(), "certificates/keys"] {
            let (code, _, message) = ana.refused("POST", path, body.clone()).await;
            assert_eq!(code, 400, "{value}");
            assert!(message.contains(words), "{value}: {message}");
            assert!(
                !message.contains(&STANDARD.encode(&PAIR.pkcs8[..30])),
                "a private key is never repeated"
            );
        }
    }
    assert_eq!(
        state(&ana, "certificates", &key).await["attributes"][0]["value"],
        json!(PAIR.line()),
        "the old one stays"
    );
}

#[tokio::test]
async fn an_administrator_approves_rejects_and_revokes() {
    let backend = Backend::with(&[]);
    let (ana, olga) = (Person::new(&backend, ANA).await, Person::new(&backend, OLGA).await);
    let (key, _) = ana.app("pays", &[RETAIL, PAYMENTS]).await;
    let app = format!("{}/pays", ana.apps);
    let product = format!("{app}/keys/{key}/apiproducts/{PAYMENTS}");
    for path in [
        format!("{product}?action=approve"),
        format!("{app}/keys/{key}?action=approve"),
        format!("{app}?action=approve"),
    ] {
        assert_eq!(ana.refused("POST", &path, Value::Null).await.0, 403, "{path}");
    }
    assert_eq!(olga.refused("POST", &format!("{product}?action=allow"), Value::Null).await.0, 400);
    assert_eq!(olga.refused("POST", &product, Value::Null).await.0, 400);

    let answer = olga
        .send("POST", &format!("{product}?action=revoke"), json!({ "reason": "Which <payments>?" }))
        .await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (204, 0));
    let found = state(&ana, "pays", &key).await;
    assert_eq!(found["apiProducts"][1]["status"], "revoked");
    assert!(found["attributes"].to_string().contains("Which <payments>?"), "{found}");
    let forged = json!({ "attributes": [{ "name": "status-reason", "value": "All is well" }] });
    ana.good("POST", &format!("pays/keys/{key}"), forged).await;
    assert!(!state(&ana, "pays", &key).await.to_string().contains("All is well"), "the reason is the bank's");

    ana.good("DELETE", &format!("pays/keys/{key}/apiproducts/{PAYMENTS}"), Value::Null).await;
    let again = ana.good("POST", &format!("pays/keys/{key}"), json!({ "apiProducts": [PAYMENTS] })).await;
    assert_eq!(again["apiProducts"][1]["status"], "pending");
    olga.good("POST", &format!("{product}?action=approve"), Value::Null).await;
    olga.good("POST", &format!("{product}?action=approve"), Value::Null).await;
    let found = state(&ana, "pays", &key).await;
    assert_eq!(found["apiProducts"][1]["status"], "approved");
    assert!(!found.to_string().contains("status-reason"), "{found}");

    olga.good("POST", &format!("{product}?action=revoke&reason=Audit"), Value::Null).await;
    ana.good("POST", &format!("{app}/keys/{key}?action=revoke"), Value::Null).await;
    olga.good("POST", &format!("{app}?action=revoke"), Value::Null).await;
    let found = ana.good("GET", "pays", Value::Null).await;
    assert_eq!(
        (&found["status"], &found["credentials"][0]["status"]),
        (&json!("revoked"), &json!("revoked"))
    );
    assert_eq!(ana.refused("POST", &format!("{app}/keys/{key}?action=approve"), Value::Null).await.0, 403);

    let mail = ana.good("GET", &format!("{ORGANIZATION}/developers/{ANA}/mail"), Value::Null).await;
    let kinds: Vec<&str> =
        mail["mail"].as_array().unwrap().iter().map(|mail| mail["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        ["revoked", "revoked", "revoked", "approved", "rejected"],
        "one for every change, the newest first"
    );
    let rejected = &mail["mail"][4];
    assert_eq!(rejected["subject"], "pays: ConnectOne Payments rejected");
    assert!(rejected["body"].as_str().unwrap().contains("Reason: Which <payments>?"), "{rejected}");
    assert!(rejected["sentAt"].as_str().unwrap().parse::<i64>().unwrap() > 1_700_000_000_000);
}

#[tokio::test]
async fn the_administrators_page_obeys_its_own_forms_only() {
    let backend = Backend::with(&[]);
    let ana = Person::new(&backend, ANA).await;
    let (key, _) = ana.app("on-the-page", &[PAYMENTS]).await;
    let page = backend.call("GET", "/partner/operator", &[], "").await;
    assert!(page.header("content-security-policy").unwrap().contains("default-src 'none'"));
    assert!(
        page.text().contains("on-the-page") && page.text().contains("Product pending"),
        "{}",
        page.text()
    );
    let form = format!("developer={ANA}&app=on-the-page&key={key}&product={PAYMENTS}");
    let act = async |origin: &str, rest: &str| {
        let headers = [("origin", origin), ("content-type", "application/x-www-form-urlencoded")];
        backend.call("POST", "/partner/operator", &headers, format!("{form}&{rest}")).await
    };
    assert_eq!(act(FOREIGN, "action=approve").await.status, 403);
    assert_eq!(state(&ana, "on-the-page", &key).await["apiProducts"][0]["status"], "pending");
    let page = act(OWN, "action=revoke&reason=%3Cscript%3E").await.text();
    assert!(page.contains("Reason given: &lt;script&gt;") && !page.contains("<script"), "{page}");
    assert_eq!(state(&ana, "on-the-page", &key).await["apiProducts"][0]["status"], "revoked");
    assert!(act(OWN, "action=approve").await.text().contains("Product approved"));
    assert_eq!(act(OWN, "action=dance").await.status, 400);
    let headers = [("origin", OWN), ("content-type", "application/x-www-form-urlencoded")];
    let gone = backend.call("POST", "/partner/operator", &headers, "app=none&action=approve").await;
    assert_eq!(gone.status, 404);
}
