//! Whatever is sent, the server answers: no panic, no 500 but the one that Keycloak has for a text that is too long,
//! and every refusal is JSON with `error`.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

use crate::backend::{Backend, HOST, REGISTRATION, TOKEN};
use crate::bank::{ANA, Person};

/// Numbers that look random and are the same in every run (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        let length = self.below(most);
        (0..length).map(|_| u8::try_from(self.next() % 256).unwrap()).collect()
    }

    /// Pieces of what the endpoints expect, put together without sense.
    fn nonsense(&mut self) -> Vec<u8> {
        const PIECES: [&str; 28] = [
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "true",
            "1e999",
            "-0",
            "\\u0000",
            "\\ud800",
            "client_name",
            "\"redirect_uris\":[\"a:b\"]",
            "\"jwks\":{\"keys\":[{}]}",
            "\"grant_types\":[null,5]",
            "grant_type=client_credentials",
            "&",
            "=",
            "%",
            "%zz",
            "scope=+",
            "client_id=",
            "token=a.b.c",
            "\n",
            "🜁",
            "\u{0}",
        ];
        (0..self.below(20)).flat_map(|_| self.pick(&PIECES).bytes().collect::<Vec<_>>()).collect()
    }
}

#[tokio::test]
async fn any_bytes_get_an_answer() {
    let backend = Backend::with(&["--dist", "."]);
    let client = backend.registered(json!({})).await;
    let access = backend.access_token(&client, "profile").await;
    let initial = backend.initial_token(json!({ "count": 1_000_000, "web_origins": ["*"] })).await;
    let basic = crate::backend::basic(&client.id, &client.secret);
    let bearers: Vec<String> = [&client.token, &access, &initial, "x", "a.b.c", "e30.e30.", "é"]
        .map(|one| format!("Bearer {one}"))
        .into();
    let authorizations: Vec<&str> = bearers
        .iter()
        .map(String::as_str)
        .chain([basic.as_str(), "Basic", "Basic Og==", "Basic gA==", ""])
        .collect();
    let introspect = format!("{TOKEN}/introspect");
    let paths = [
        REGISTRATION,
        &client.path,
        TOKEN,
        &introspect,
        "/realms/sandbox/protocol/openid-connect/revoke",
        "/try/initial-access-token",
        "/try/approve/%ff",
        "/api/start-bp",
        "/api/data-factory/%ff%00/..",
        "/api/payments/v1/payment-initiations",
        "/realms/sandbox/.well-known/openid-configuration",
        "/%ff%fe",
        "/a/%2e%2e/b",
        "/__reload",
        "/healthz",
        "//",
        "/portal.json",
    ];
    let methods = ["GET", "POST", "PUT", "OPTIONS", "HEAD", "PATCH", "QUERY"];
    let types = ["application/json", "application/x-www-form-urlencoded", "text/plain", "", ";;;"];
    let hosts = [HOST, HOST, HOST, "127.0.0.1:1", "", "a b", "[::1]:80"];
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for round in 0..3000 {
        let body = if round % 2 == 0 { numbers.bytes(300) } else { numbers.nonsense() };
        let (method, path) = (numbers.pick(&methods), numbers.pick(&paths));
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", numbers.pick(&hosts))
            .header("content-type", numbers.pick(&types))
            .header("authorization", numbers.pick(&authorizations))
            .header("origin", numbers.pick(&["null", "http://localhost:8080", "https://x.example", "é"]))
            .body(Body::from(body.clone()))
            .unwrap();
        let answer = backend.send(request).await;
        let case =
            format!("round {round}: {method} {path} {:?}: {}", String::from_utf8_lossy(&body), answer.text());
        assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{case}");
        if answer.status.is_client_error() && method != "HEAD" {
            assert!(!answer.error().is_empty(), "{case}");
        }
    }
}

/// The partner portal and the gateway have other shapes of refusal; these are they.
#[tokio::test]
async fn any_bytes_get_an_answer_of_the_bank() {
    let backend = Backend::with(&[]);
    let ana = Person::new(&backend, ANA).await;
    let (key, secret) = ana.app("bytes", &[crate::bank::RETAIL]).await;
    let bearer = format!("Bearer {}", ana.token);
    let basic = crate::backend::basic(&key, &secret);
    let authorizations = [bearer.as_str(), &bearer, &basic, "Bearer a.b.c", "Bearer é", ""];
    let key_path = format!("{}/bytes/keys/{key}", ana.apps);
    let paths = [
        ana.apps.clone(),
        format!("{}?expand=%ff&count=-1", ana.apps),
        format!("{}/bytes", ana.apps),
        format!("{}/%ff%00%2f..", ana.apps),
        format!("{}/bytes/attributes/%00", ana.apps),
        format!("{}/bytes/keys", ana.apps),
        format!("{key_path}?action=%ff"),
        key_path,
        "/partner/v1/organizations/northbank/apiproducts".to_owned(),
        "/partner/v1//".to_owned(),
        "/gateway/oauth/token".to_owned(),
        "/gateway/connectone-retail/v1/loans".to_owned(),
        "/identity/token".to_owned(),
    ];
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let methods = ["GET", "POST", "POST", "PUT", "OPTIONS", "PATCH"];
    let types = ["application/json", "application/x-www-form-urlencoded", ""];
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    for round in 0..2000 {
        let body = if round % 2 == 0 { numbers.bytes(300) } else { numbers.nonsense() };
        let (method, path) = (numbers.pick(&methods), numbers.pick(&paths));
        let headers = [
            ("content-type", numbers.pick(&types)),
            ("authorization", numbers.pick(&authorizations)),
            ("origin", numbers.pick(&["null", "http://localhost:8080", "https://x.example"])),
        ];
        let case = format!("round {round}: {method} {path} {:?}", String::from_utf8_lossy(&body));
        let answer = backend.call(method, path, &headers, body).await;
        assert!(!answer.status.is_server_error(), "{case}: {}", answer.text());
        if answer.status.is_client_error() {
            let told = answer.json();
            let told =
                ["/error", "/fault/faultstring", "/ErrorCode"].map(|place| told.pointer(place).is_some());
            assert!(told.contains(&true), "{case}: {}", answer.text());
        }
    }
}
