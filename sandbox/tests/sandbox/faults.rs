//! Requests that go wrong on demand, over a real connection.

use std::sync::Arc;

use clap::Parser as _;
use portico_sandbox::cli::Cli;
use portico_sandbox::clock::Clock;
use portico_sandbox::server::{self, App};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::backend::{COMMON, REGISTRATION};

/// A running backend; stops when the test ends.
struct Running {
    address: std::net::SocketAddr,
    _stop: tokio::sync::oneshot::Sender<()>,
}

impl Running {
    async fn start() -> Self {
        let cli = Cli::parse_from(["portico-sandbox", "--memory", "--rate-limit", "0", "--faults"]);
        let app = Arc::new(App::new(&cli, Clock::default()).unwrap());
        let listener = server::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel();
        tokio::spawn(server::serve(app, listener, async move { drop(stopped.await) }));
        Self { address, _stop: stop }
    }

    /// Sends a request and gives every byte that comes back.
    async fn send(&self, method: &str, path: &str, token: &str, body: &Value) -> String {
        let mut connection = TcpStream::connect(self.address).await.unwrap();
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            body.len()
        );
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // A reset is one of the ways in which a connection ends.
        connection.read_to_end(&mut answer).await.ok();
        String::from_utf8(answer).unwrap()
    }

    async fn json(&self, method: &str, path: &str, token: &str, body: &Value) -> Value {
        let answer = self.send(method, path, token, body).await;
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
        serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}"))
    }

    async fn registered(&self) -> (String, String) {
        let token = self.json("POST", "/try/initial-access-token", "", &json!({})).await;
        let token = token["initial_access_token"].as_str().unwrap().to_owned();
        let document = json!({ "client_name": "a", "grant_types": ["client_credentials"] });
        let made = self.json("POST", REGISTRATION, &token, &document).await;
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        (text("client_id"), text("registration_access_token"))
    }

    async fn order(&self, on: &str, kind: &str) {
        self.send("POST", "/try/fault", "", &json!({ "on": on, "kind": kind, "delay_ms": 50 })).await;
    }
}

/// Every fault: what the caller sees, and whether the work was done.
#[tokio::test]
async fn every_fault_does_what_it_says() {
    let backend = Running::start().await;
    for (kind, seen, done) in [
        ("drop-before", "", false),
        ("drop-after", "", true),
        ("half", "HTTP/1.1 200", true),
        ("delay", "HTTP/1.1 200", true),
        ("error-before", "HTTP/1.1 500", false),
        ("error-after", "HTTP/1.1 500", true),
    ] {
        let (id, token) = backend.registered().await;
        let path = format!("{REGISTRATION}/{id}");
        backend.order("PUT", kind).await;
        let document = json!({ "client_id": id, "client_name": "b", "grant_types": ["client_credentials"] });
        let answer = backend.send("PUT", &path, &token, &document).await;
        if seen.is_empty() {
            assert_eq!(answer, "", "{kind}");
        } else {
            assert!(answer.starts_with(seen), "{kind}: {answer}");
        }
        let whole = answer
            .split_once("\r\n\r\n")
            .is_some_and(|(_, body)| serde_json::from_str::<Value>(body).is_ok());
        assert_eq!(whole, !seen.is_empty() && kind != "half", "{kind}: {answer}");
        let name =
            backend.json("GET", &format!("/try/clients/{id}"), "", &Value::Null).await["client_name"].clone();
        assert_eq!(name, json!(if done { "b" } else { "a" }), "{kind}");
        // The next request is served as ever, with the old token only where nothing was done.
        let read = backend.send("GET", &path, &token, &Value::Null).await;
        assert!(read.starts_with(if done { "HTTP/1.1 401" } else { "HTTP/1.1 200" }), "{kind}: {read}");
    }
}

#[tokio::test]
async fn what_arrived_is_listed() {
    let backend = Running::start().await;
    let (id, token) = backend.registered().await;
    backend.send("DELETE", "/try/received", "", &Value::Null).await;
    backend.order("DELETE", "drop-after").await;
    backend.send("DELETE", &format!("{REGISTRATION}/{id}"), &token, &Value::Null).await;
    backend.send("GET", &format!("{REGISTRATION}/{id}"), &token, &Value::Null).await;
    let received = backend.json("GET", "/try/received", "", &Value::Null).await;
    let line = |index: usize| {
        let entry = &received[index];
        (
            entry["method"].as_str().unwrap().to_owned(),
            entry["status"].as_u64(),
            entry["fault"].as_str().map(str::to_owned),
        )
    };
    assert_eq!(line(0), ("DELETE".into(), None, Some("drop-after".into())));
    assert_eq!(line(1), ("GET".into(), Some(401), None));
}

#[tokio::test]
async fn without_the_flag_nothing_can_be_broken_and_pages_of_others_may_not() {
    assert_eq!(COMMON.call("POST", "/try/fault", &[], "{}").await.status, 404);
    let backend = Running::start().await;
    let order = json!({ "on": "PUT", "kind": "melt" });
    let answer = backend.send("POST", "/try/fault", "", &order).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
}
