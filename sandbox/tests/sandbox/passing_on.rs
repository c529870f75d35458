//! What crosses the server to another one: requests below a prefix, and the keys of a trusted issuer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use portico_sandbox::server;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::backend::{Backend, COMMON, OWN};

/// A server that answers with what it was sent, and sets what must not come back.
async fn upstream() -> String {
    async fn echo(request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
        let headers: Vec<(String, String)> = parts
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        let said = json!({
            "method": parts.method.as_str(), "uri": parts.uri.to_string(), "headers": headers,
            "body": String::from_utf8_lossy(&body),
        });
        let headers = [
            ("set-cookie", "a=1"),
            ("strict-transport-security", "max-age=1; includeSubDomains"),
            ("content-security-policy", "script-src *"),
            ("access-control-allow-origin", "*"),
            ("clear-site-data", "\"*\""),
            ("x-own", "kept"),
            ("cache-control", "max-age=99"),
        ];
        (axum::http::StatusCode::IM_A_TEAPOT, headers, said.to_string()).into_response()
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(echo)).await });
    format!("http://{address}")
}

#[tokio::test]
async fn a_prefix_leads_to_the_backend_without_betraying_the_page() {
    let upstream = upstream().await;
    let backend = Backend::with(&[
        "--proxy",
        &format!("/idp={upstream}/base/"),
        "--proxy",
        "/idp/deep=http://127.0.0.1:1",
    ]);
    let headers = [
        ("origin", OWN),
        ("cookie", "a=b"),
        ("referer", OWN),
        ("x-forwarded-host", "evil"),
        ("sec-fetch-mode", "cors"),
        ("connection", "x-hop"),
        ("x-hop", "1"),
        ("authorization", "Bearer t"),
        ("content-type", "application/json"),
    ];
    let answer = backend.call("PUT", "/idp/realms/a%20b?x=1&y=%2F", &headers, "{}").await;
    assert_eq!(answer.status.as_u16(), 418, "the status is the backend's");
    let said = answer.json();
    assert_eq!((&said["method"], &said["uri"]), (&json!("PUT"), &json!("/base/realms/a%20b?x=1&y=%2F")));
    assert_eq!(said["body"], json!("{}"));
    let sent: Vec<(String, String)> = serde_json::from_value(said["headers"].clone()).unwrap();
    let sent_value = |name: &str| sent.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str());
    for name in ["origin", "cookie", "referer", "x-forwarded-host", "sec-fetch-mode", "x-hop"] {
        assert_eq!(sent_value(name), None, "{name} went up");
    }
    assert_eq!(sent_value("host"), upstream.strip_prefix("http://"));
    assert_eq!(
        (sent_value("authorization"), sent_value("content-type")),
        (Some("Bearer t"), Some("application/json"))
    );

    for name in ["set-cookie", "strict-transport-security", "access-control-allow-origin", "clear-site-data"]
    {
        assert_eq!(answer.header(name), None, "{name} came back");
    }
    assert_eq!((answer.header("x-own"), answer.header("cache-control")), (Some("kept"), Some("no-store")));
    assert_eq!(answer.header("connection"), Some("close"));
    assert!(answer.header("content-security-policy").unwrap().contains("sandbox"));
}

#[tokio::test]
async fn a_prefix_is_for_the_own_pages_and_paths() {
    let upstream = upstream().await;
    let backend =
        Backend::with(&["--proxy", &format!("/idp={upstream}"), "--proxy", "/down=http://127.0.0.1:1"]);
    let foreign = backend.call("POST", "/idp/x", &[("origin", "https://evil.example")], "").await;
    assert_eq!((foreign.status.as_u16(), foreign.error().as_str()), (403, "foreign_origin"));
    for path in ["/idp/../x", "/idp/%2e%2e/x", "/idp/a/%2E./x"] {
        assert_eq!(backend.call("GET", path, &[], "").await.status, 400, "{path}");
    }
    assert_eq!(backend.call("GET", "/idpx", &[], "").await.status, 404);
    assert_eq!(backend.call("GET", "/idp", &[], "").await.json()["uri"], json!("/"));
    let large = backend.call("POST", "/idp/x", &[], vec![b'x'; 256 * 1024 + 1]).await;
    assert_eq!(large.status, 413);
    let down = backend.call("GET", "/down/x", &[], "").await;
    assert_eq!((down.status.as_u16(), down.error().as_str()), (502, "upstream_unreachable"));
    assert!(down.description().contains("http://127.0.0.1:1"));
}

#[test]
fn a_prefix_is_checked_at_the_start() {
    for wrong in ["", "/idp", "idp=http://a", "/=http://a", "/idp=a", "/idp=ftp://a", "/idp=http://a/?q=1"] {
        assert!(wrong.parse::<portico_sandbox::proxy::Prefix>().is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn products_accept_tokens_of_a_trusted_issuer() {
    // The issuer is another such server, listening.
    let issuer = Backend::with(&["--token-alg", "PS256"]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    tokio::spawn(server::serve(Arc::clone(&issuer.app), listener, std::future::pending()));
    let client = issuer.registered(json!({ "scope": "cash-accounts:balances.read" })).await;
    let form = [
        ("host", host.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
        ("authorization", &crate::backend::basic(&client.id, &client.secret)),
    ];
    let body = "grant_type=client_credentials&scope=cash-accounts:balances.read";
    let answer = issuer.call("POST", crate::backend::TOKEN, &form, body).await.json();
    let token = answer["access_token"].as_str().unwrap();

    let path = "/api/cash-accounts/v1/accounts/DE89370400440532013000/balances";
    let trusting = Backend::with(&["--trust-issuer", &format!("http://{host}/realms/sandbox/")]);
    assert_eq!(trusting.with_bearer("GET", path, token, None, &Value::Null).await.status, 200);
    let forged = format!("{}AAAA", token.get(..token.len() - 4).unwrap());
    assert_eq!(trusting.with_bearer("GET", path, &forged, None, &Value::Null).await.status, 401);
    trusting.clock.advance(400);
    let expired = trusting.with_bearer("GET", path, token, None, &Value::Null).await;
    assert!(expired.description().contains("expired"));
    let untrusting = COMMON.with_bearer("GET", path, token, None, &Value::Null).await;
    assert!(untrusting.description().contains("not trusted"), "{}", untrusting.text());
}

#[tokio::test]
async fn keys_of_an_issuer_are_fetched_once() {
    static FETCHED: AtomicUsize = AtomicUsize::new(0);
    async fn serve(request: Request) -> Response {
        FETCHED.fetch_add(1, Ordering::SeqCst);
        let host = request.headers().get("host").unwrap().to_str().unwrap().to_owned();
        let base = format!("http://{host}");
        axum::response::IntoResponse::into_response(match request.uri().path() {
            "/keys" => json!({ "keys": [] }).to_string(),
            _ => json!({ "issuer": base, "jwks_uri": format!("{base}/keys") }).to_string(),
        })
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(serve)).await });
    let backend = Backend::with(&["--trust-issuer", &issuer]);
    let claims = json!({ "iss": issuer, "exp": 9_999_999_999_u64 });
    let encode = |value: &Value| portico_sandbox::jose::base64url(value.to_string().as_bytes());
    let token = format!("{}.{}.AAAA", encode(&json!({ "alg": "RS256", "kid": "k" })), encode(&claims));
    for _ in 0..5 {
        let answer =
            backend.with_bearer("GET", "/api/data-factory/licences", &token, None, &Value::Null).await;
        assert_eq!(answer.status, 401);
    }
    assert_eq!(FETCHED.load(Ordering::SeqCst), 2, "the document and the keys, once each");
}
