//! The embedded backend, started with `--faults`.

use anyhow::{Context, Result, ensure};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::{Backend, Fault, Truth};

/// The embedded backend at an origin.
#[derive(Debug)]
pub struct Embedded {
    origin: String,
    http: Client,
}

impl Embedded {
    /// The one at this origin.
    #[must_use]
    pub fn new(origin: &str) -> Self {
        Self { origin: origin.to_owned(), http: Client::new() }
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let mut request = self.http.request(method, format!("{}{path}", self.origin));
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let response = request.send().await?;
        let status = response.status();
        let text = response.text().await?;
        ensure!(status.is_success(), "{path} answered {status}: {text}");
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}

impl Backend for Embedded {
    async fn break_next(&self, fault: Fault) -> Result<()> {
        self.ask(Method::POST, "/try/fault", Some(fault.to_json())).await.map(drop)
    }

    async fn calm(&self) -> Result<()> {
        self.ask(Method::DELETE, "/try/fault", None).await.map(drop)
    }

    async fn clients(&self) -> Result<Vec<Truth>> {
        let list = self.ask(Method::GET, "/try/clients", None).await?;
        let list = list.as_array().context("the list of clients is none")?;
        Ok(list
            .iter()
            .map(|client| Truth {
                client_id: text(client, "client_id").unwrap_or_default(),
                client_name: text(client, "client_name").unwrap_or_default(),
            })
            .collect())
    }

    async fn regenerate(&self, client_id: &str) -> Result<String> {
        let path = format!("/try/clients/{client_id}/regenerate");
        let answer = self.ask(Method::POST, &path, Some(json!({}))).await?;
        text(&answer, "registration_access_token").context("there is no token")
    }

    async fn initial_access_token(&self) -> Result<String> {
        let body = json!({ "count": 1, "expiration": 3600, "web_origins": [self.origin] });
        let answer = self.ask(Method::POST, "/try/initial-access-token", Some(body)).await?;
        text(&answer, "initial_access_token").context("there is no token")
    }
}

fn text(object: &Value, name: &str) -> Option<String> {
    object.get(name)?.as_str().map(str::to_owned)
}
