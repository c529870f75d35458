//! A backend seen as a bank: the partner portal for somebody who is signed in, and the gateway.

use std::sync::LazyLock;

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use portico_sandbox::jose::rs256_key::Rs256Key;
use portico_sandbox::jose::signing_key::SigningKey;
use serde_json::{Value, json};

use crate::backend::{Answer, Backend, basic};
use crate::sign_in::signed_in;

pub const ANA: &str = "ana@northline.example";
pub const BEN: &str = "ben@harbour.example";
pub const OLGA: &str = "olga@bank.example";
pub const RETAIL: &str = "pf.ap43239-connectone_retail.v1.product";
pub const PAYMENTS: &str = "pf.ap43240-connectone_payments.v1.product";
pub const RATES: &str = "pf.ap43241-connectone_rates.v1.product";
pub const ORGANIZATION: &str = "/partner/v1/organizations/northbank";
pub const TOKEN: &str = "/gateway/oauth/token";
pub const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
pub const FORM: &str = "application/x-www-form-urlencoded";

/// A key pair with a certificate that is valid from 2024 on.
pub struct Pair {
    pub pkcs8: Vec<u8>,
    pub certificate: rcgen::Certificate,
    key: Rs256Key,
}

impl Pair {
    pub fn until(year: i32) -> Self {
        let pkcs8 = SigningKey::generate().unwrap();
        let pair = rcgen::KeyPair::try_from(pkcs8.as_slice()).unwrap();
        let certificate = certificate(&pair, year);
        let key = Rs256Key::from_pkcs8("k".to_owned(), &pkcs8).unwrap();
        Self { pkcs8, certificate, key }
    }

    pub fn line(&self) -> String {
        STANDARD.encode(self.certificate.der())
    }

    pub fn sign(&self, claims: &Value) -> String {
        self.key.sign("JWT", claims).unwrap()
    }
}

pub fn certificate(pair: &impl rcgen::SigningKey, until: i32) -> rcgen::Certificate {
    let mut params = rcgen::CertificateParams::new(vec!["northline.example".to_owned()]).unwrap();
    params.not_before = rcgen::date_time_ymd(2024, 1, 1);
    params.not_after = rcgen::date_time_ymd(until, 1, 1);
    params.self_signed(pair).unwrap()
}

/// One pair for all tests that need only one.
pub static PAIR: LazyLock<Pair> = LazyLock::new(|| Pair::until(2099));

/// Somebody at the partner portal.
pub struct Person<'a> {
    pub backend: &'a Backend,
    pub token: String,
    pub apps: String,
}

impl<'a> Person<'a> {
    pub async fn new(backend: &'a Backend, email: &str) -> Self {
        let token = signed_in(backend, email).await;
        Self { backend, token, apps: format!("{ORGANIZATION}/developers/{email}/apps") }
    }

    /// Sends a request; a path that doesn't start with a slash is below the person's applications.
    pub async fn send(&self, method: &str, path: &str, body: Value) -> Answer {
        let path = match path {
            "" => self.apps.clone(),
            path if path.starts_with('/') => path.to_owned(),
            path => format!("{}/{path}", self.apps),
        };
        self.backend.with_bearer(method, &path, &self.token, None, &body).await
    }

    pub async fn good(&self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.send(method, path, body).await;
        assert!(answer.status.is_success(), "{method} {path}: {} {}", answer.status, answer.text());
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }

    /// The status, `error.status` and message of a refusal in Google's shape.
    pub async fn refused(&self, method: &str, path: &str, body: Value) -> (u16, String, String) {
        let answer = self.send(method, path, body).await;
        let error = answer.json()["error"].clone();
        assert_eq!(error["code"], answer.status.as_u16(), "{method} {path}: {}", answer.text());
        let text = |name: &str| error[name].as_str().unwrap().to_owned();
        (answer.status.as_u16(), text("status"), text("message"))
    }

    /// Makes an application with these products and, on its key, the common certificate. Key and secret.
    pub async fn app(&self, name: &str, products: &[&str]) -> (String, String) {
        let made = self.good("POST", "", json!({ "name": name, "apiProducts": products })).await;
        let credential = &made["credentials"][0];
        let text = |name: &str| credential[name].as_str().unwrap().to_owned();
        let (key, secret) = (text("consumerKey"), text("consumerSecret"));
        let attributes = json!([{ "name": "x509-certificate", "value": PAIR.line() }]);
        self.good("POST", &format!("{name}/keys/{key}"), json!({ "attributes": attributes })).await;
        (key, secret)
    }
}

/// The claims of an assertion that the gateway takes.
pub fn claims(backend: &Backend, key: &str) -> Value {
    let now = backend.clock.now();
    json!({
        "iss": key,
        "sub": key,
        "aud": "http://localhost:8080/gateway/oauth/token",
        "iat": now,
        "exp": now + 120,
        "jti": uuid::Uuid::new_v4().to_string(),
    })
}

pub async fn exchange(backend: &Backend, assertion: &str) -> Answer {
    let form = format!("grant_type={}&assertion={assertion}", JWT_BEARER.replace(':', "%3A"));
    backend.call("POST", TOKEN, &[("content-type", FORM)], form).await
}

pub async fn with_secret(backend: &Backend, key: &str, secret: &str) -> Answer {
    let headers = [("content-type", FORM), ("authorization", &*basic(key, secret))];
    backend.call("POST", TOKEN, &headers, "grant_type=client_credentials").await
}

/// A token of the gateway, by assertion.
pub async fn gateway_token(backend: &Backend, key: &str) -> String {
    let answer = exchange(backend, &PAIR.sign(&claims(backend, key))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

/// The status of a call, with the error code of its fault.
pub async fn called(backend: &Backend, path: &str, token: &str) -> (u16, String) {
    let answer = backend.with_bearer("GET", path, token, None, &Value::Null).await;
    let code = answer.json()["fault"]["detail"]["errorcode"].as_str().unwrap_or_default().to_owned();
    (answer.status.as_u16(), code)
}
