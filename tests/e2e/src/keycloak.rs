//! A real Keycloak, seen as its administrator.

use anyhow::{Context, Result, ensure};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::{
    faults::{Backend, Fault, Truth},
    gate::Gate,
    setup::variable,
};

/// The realm that the tests register in.
pub const REALM: &str = "BBBBCAXXXXX";

/// The portal itself, as a client that people sign in through.
const PORTAL: &str = "portico-portal";

/// A Keycloak that `cargo xtask test` has started.
#[derive(Debug)]
pub struct Keycloak {
    /// `http://localhost:PORT`
    pub base: String,
    http: Client,
}

impl Keycloak {
    /// The one that is running.
    ///
    /// # Errors
    /// When nobody says where.
    pub fn running() -> Result<Self> {
        Ok(Self { base: variable("PORTICO_KEYCLOAK")?, http: Client::new() })
    }

    /// The issuer of the realm.
    #[must_use]
    pub fn issuer(&self) -> String {
        format!("{}/realms/{REALM}", self.base)
    }

    /// `portal.json` for this Keycloak: through the prefix `/idp`, or directly.
    #[must_use]
    pub fn portal(&self, machine_redirect_uri: &str, via: bool) -> String {
        let via = via.then(|| json!({ "prefix": "/idp", "replaces": self.base }));
        json!({ "version": 1, "environments": [{
            "id": "keycloak", "name": "Keycloak", "kind": "sandbox", "dialect": "keycloak",
            "issuer": self.issuer(), "via": via, "machine_redirect_uri": machine_redirect_uri
        }]})
        .to_string()
    }

    /// The same through the prefix, for partners who sign in at it: no initial access token is needed then.
    #[must_use]
    pub fn portal_with_sign_in(&self) -> String {
        json!({ "version": 1, "environments": [{
            "id": "keycloak", "name": "Keycloak", "kind": "sandbox", "dialect": "keycloak",
            "issuer": self.issuer(), "via": { "prefix": "/idp", "replaces": self.base },
            "sign_in": { "issuer": self.issuer(), "client_id": PORTAL, "required": false }
        }]})
        .to_string()
    }

    /// Makes the portal a public client that this origin may use, and a person who may create clients. Returns name and
    /// password.
    ///
    /// # Errors
    /// When Keycloak refuses.
    pub async fn add_partner(&self, origin: &str) -> Result<(String, String)> {
        let portal = json!({
            "clientId": PORTAL, "publicClient": true, "standardFlowEnabled": true,
            "redirectUris": [format!("{origin}/signed-in")], "webOrigins": [origin],
            "attributes": { "pkce.code.challenge.method": "S256" }
        });
        self.ask(Method::POST, "/clients", Some(portal)).await?;
        let (name, password) = ("ana".to_owned(), "correct-horse".to_owned());
        let person = json!({
            "username": name, "email": "ana@northline.example", "emailVerified": true, "enabled": true,
            "firstName": "Ana", "lastName": "North",
            "credentials": [{ "type": "password", "value": password, "temporary": false }]
        });
        self.ask(Method::POST, "/users", Some(person)).await?;
        let first = |list: &Value| list.get(0).and_then(|one| one.get("id")?.as_str().map(str::to_owned));
        let user = first(&self.ask(Method::GET, "/users?username=ana", None).await?).context("no user")?;
        let managing = self.ask(Method::GET, "/clients?clientId=realm-management", None).await?;
        let managing = first(&managing).context("no realm-management")?;
        let role = self.ask(Method::GET, &format!("/clients/{managing}/roles/create-client"), None).await?;
        let path = format!("/users/{user}/role-mappings/clients/{managing}");
        self.ask(Method::POST, &path, Some(json!([role]))).await?;
        Ok((name, password))
    }

    /// An initial access token for one registration from pages of these origins.
    ///
    /// # Errors
    /// When Keycloak does not give one.
    pub async fn initial_access_token(&self, web_origins: &[&str]) -> Result<String> {
        self.initial_access_token_for(web_origins, 600).await
    }

    /// The same with a lifetime in seconds.
    ///
    /// # Errors
    /// When Keycloak does not give one.
    pub async fn initial_access_token_for(&self, web_origins: &[&str], seconds: u32) -> Result<String> {
        let wanted = json!({ "count": 1, "expiration": seconds, "webOrigins": web_origins });
        let answer = self.ask(Method::POST, "/clients-initial-access", Some(wanted)).await?;
        text(&answer, "token")
    }

    /// Switches a client on or off.
    ///
    /// # Errors
    /// When there is none.
    pub async fn enable(&self, client_id: &str, enabled: bool) -> Result<()> {
        let path = format!("/clients/{}", self.internal_id(client_id).await?);
        let mut client = self.ask(Method::GET, &path, None).await?;
        if let Some(members) = client.as_object_mut() {
            members.insert("enabled".to_owned(), Value::Bool(enabled));
        }
        self.ask(Method::PUT, &path, Some(client)).await.map(drop)
    }

    /// Adds the registration policy *Client Disabled* to the realm; returns the ID to remove it by.
    ///
    /// # Errors
    /// When Keycloak does not take it.
    pub async fn add_client_disabled_policy(&self) -> Result<String> {
        let realm = self.ask(Method::GET, "", None).await?;
        let name = format!("Client Disabled {}", std::process::id());
        let policy = json!({
            "name": name, "providerId": "client-disabled", "subType": "authenticated",
            "providerType": "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy",
            "parentId": text(&realm, "id")?, "config": {},
        });
        self.ask(Method::POST, "/components", Some(policy)).await?;
        let list =
            self.ask(Method::GET, &format!("/components?name={}", name.replace(' ', "%20")), None).await?;
        text(list.get(0).context("the policy is not there")?, "id")
    }

    /// Removes a policy.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn remove_policy(&self, id: &str) -> Result<()> {
        self.ask(Method::DELETE, &format!("/components/{id}"), None).await.map(drop)
    }

    /// The client registrations of the realm that the registration endpoint has made.
    ///
    /// # Errors
    /// When Keycloak does not answer.
    pub async fn clients(&self) -> Result<Vec<Truth>> {
        let list = self.ask(Method::GET, "/clients?max=1000", None).await?;
        let list = list.as_array().context("the list of clients is none")?;
        list.iter()
            .map(|client| {
                Ok(Truth {
                    client_id: text(client, "clientId")?,
                    client_name: text(client, "name").unwrap_or_default(),
                })
            })
            .collect()
    }

    /// A new registration access token for a client, as the button in the administration makes it.
    ///
    /// # Errors
    /// When there is no such client.
    pub async fn regenerate(&self, client_id: &str) -> Result<String> {
        let path = format!("/clients/{}/registration-access-token", self.internal_id(client_id).await?);
        text(&self.ask(Method::POST, &path, None).await?, "registrationAccessToken")
    }

    async fn internal_id(&self, client_id: &str) -> Result<String> {
        let list = self.ask(Method::GET, &format!("/clients?clientId={client_id}"), None).await?;
        text(list.get(0).context("there is no such client")?, "id")
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let url = format!("{}/admin/realms/{REALM}{path}", self.base);
        let mut request = self.http.request(method, url).bearer_auth(self.sign_in().await?);
        if let Some(body) = body {
            request = request.header("Content-Type", "application/json").body(body.to_string());
        }
        let answer = request.send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "Keycloak answered {path} with {status} {text}");
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// Administrators' tokens live for a minute: a new one each time.
    async fn sign_in(&self) -> Result<String> {
        let administrator = variable("PORTICO_KEYCLOAK_ADMIN")?;
        let (user, password) =
            administrator.split_once(':').context("PORTICO_KEYCLOAK_ADMIN is user:password")?;
        let answer = self
            .http
            .post(format!("{}/realms/master/protocol/openid-connect/token", self.base))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(format!("grant_type=password&client_id=admin-cli&username={user}&password={password}"))
            .send()
            .await?;
        text(&serde_json::from_str(&answer.text().await?)?, "access_token")
    }
}

/// Keycloak behind a gate that loses its answers.
#[derive(Debug)]
pub struct Gated<'a> {
    /// The server.
    pub keycloak: &'a Keycloak,
    /// What stands before it.
    pub gate: &'a Gate,
}

impl Backend for Gated<'_> {
    async fn break_next(&self, fault: Fault) -> Result<()> {
        self.gate.break_next(fault);
        Ok(())
    }

    async fn calm(&self) -> Result<()> {
        self.gate.calm();
        Ok(())
    }

    async fn clients(&self) -> Result<Vec<Truth>> {
        self.keycloak.clients().await
    }

    async fn regenerate(&self, client_id: &str) -> Result<String> {
        self.keycloak.regenerate(client_id).await
    }

    async fn initial_access_token(&self) -> Result<String> {
        self.keycloak.initial_access_token(&[]).await
    }
}

fn text(object: &Value, name: &str) -> Result<String> {
    let found = object.get(name).and_then(Value::as_str).map(str::to_owned);
    found.with_context(|| format!("{name} is missing in {object}"))
}
