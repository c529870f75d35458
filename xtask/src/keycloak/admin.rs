//! Keycloak's administration interface, as far as setting up a realm needs it.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::time::Duration;
use ureq::Agent;

use super::instance::{Instance, USER};

/// An administrator who is signed in.
pub struct Admin {
    agent: Agent,
    base: String,
    bearer: String,
}

/// A status and, where there is one, a JSON body.
type Answer = (u16, Value);

impl Admin {
    /// Signs in with the password of the instance.
    ///
    /// # Errors
    /// When Keycloak refuses, as it does when its data is older than the password file.
    pub fn sign_in(instance: &Instance) -> Result<Self> {
        let (agent, base) = (agent(Duration::from_secs(30)), instance.base());
        let password = instance.password()?;
        let form = [
            ("grant_type", "password"),
            ("client_id", "admin-cli"),
            ("username", USER),
            ("password", password.as_str()),
        ];
        let answer = agent
            .post(format!("{base}/realms/master/protocol/openid-connect/token"))
            .send_form(form)
            .context("Keycloak did not answer the sign-in")?;
        let (status, body) = read(answer)?;
        let Some(token) = body.get("access_token").and_then(Value::as_str) else {
            bail!(
                "Keycloak refused the administrator with {status} {body}. Stop it, remove its folder in the cache, and start anew."
            );
        };
        Ok(Self { agent, base, bearer: format!("Bearer {token}") })
    }

    /// Reads a resource below `/admin/realms`; nothing when it is not there.
    ///
    /// # Errors
    /// When the answer is neither 200 nor 404.
    pub fn get(&mut self, path: &str) -> Result<Option<Value>> {
        let answer = self.agent.get(self.url(path)).header("Authorization", &self.bearer).call();
        match read(answer.with_context(|| format!("Keycloak did not answer GET {path}"))?)? {
            (200, body) => Ok(Some(body)),
            (404, _) => Ok(None),
            (status, body) => bail!("Keycloak answered GET {path} with {status} {body}"),
        }
    }

    /// Creates a resource.
    ///
    /// # Errors
    /// When Keycloak does not take it.
    pub fn post(&mut self, path: &str, body: &Value) -> Result<Value> {
        let answer = self.agent.post(self.url(path)).header("Authorization", &self.bearer).send_json(body);
        accepted("POST", path, read(answer.with_context(|| format!("Keycloak did not answer POST {path}"))?)?)
    }

    /// Sets something that has no body.
    ///
    /// # Errors
    /// When Keycloak does not take it.
    pub fn put(&mut self, path: &str) -> Result<Value> {
        let answer = self.agent.put(self.url(path)).header("Authorization", &self.bearer).send_empty();
        accepted("PUT", path, read(answer.with_context(|| format!("Keycloak did not answer PUT {path}"))?)?)
    }

    fn url(&self, path: &str) -> String {
        format!("{}/admin/realms{path}", self.base)
    }
}

/// Whether the server answers its own discovery.
pub fn is_ready(base: &str) -> bool {
    let discovery = format!("{base}/realms/master/.well-known/openid-configuration");
    agent(Duration::from_secs(5)).get(discovery).call().is_ok_and(|answer| answer.status() == 200)
}

fn agent(timeout: Duration) -> Agent {
    // A proxy of the environment has no business on loopback, and a refusal is an answer to read.
    Agent::config_builder()
        .proxy(None)
        .http_status_as_error(false)
        .timeout_global(Some(timeout))
        .build()
        .into()
}

fn read(mut answer: ureq::http::Response<ureq::Body>) -> Result<Answer> {
    let status = answer.status().as_u16();
    let text = answer.body_mut().read_to_string().context("Keycloak's answer broke off")?;
    Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
}

fn accepted(method: &str, path: &str, (status, body): Answer) -> Result<Value> {
    if (200..300).contains(&status) {
        return Ok(body);
    }
    bail!("Keycloak answered {method} {path} with {status} {body}")
}
