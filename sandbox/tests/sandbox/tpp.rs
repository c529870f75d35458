//! A third party provider: its key, its software in a directory, and the requests it signs.

use std::sync::LazyLock;

use portico_sandbox::jose::base64url;
use portico_sandbox::jose::signing_key::{RsaAlgorithm, SigningKey};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::backend::{Answer, Backend, OWN};
use crate::bank::FORM;

pub const REGISTER: &str = "/open-banking/v3.3/register";
pub const TOKEN: &str = "/open-banking/oauth2/token";
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A key of a provider.
pub struct Pair(SigningKey);

impl Pair {
    pub fn new(kid: &str) -> Self {
        let bytes = SigningKey::generate().unwrap();
        Self(SigningKey::from_pkcs8(kid.to_owned(), RsaAlgorithm::Ps256, &bytes).unwrap())
    }

    pub fn public(&self) -> Value {
        self.0.public_jwk()
    }

    pub fn sign(&self, claims: &Value) -> String {
        self.0.sign_as("JWT", claims).unwrap()
    }
}

/// One key for all tests that need only one.
pub static KEY: LazyLock<Pair> = LazyLock::new(|| Pair::new("signing"));

/// A compact JWS of these parts, whatever they are.
pub fn compact(header: &Value, claims: &Value, signature: &[u8]) -> String {
    let parts = [header.to_string().into_bytes(), claims.to_string().into_bytes(), signature.to_vec()];
    parts.map(|part| base64url(&part)).join(".")
}

/// A piece of software at a directory.
pub struct Tpp<'a> {
    pub backend: &'a Backend,
    pub organisation: String,
    pub software: String,
    pub statement_path: String,
}

impl<'a> Tpp<'a> {
    /// Software that signs with the common key, with these members over the usual ones of the wish.
    pub async fn new(backend: &'a Backend, members: Value) -> Self {
        Self::at(backend, "/directory", members).await
    }

    pub async fn at(backend: &'a Backend, directory: &str, members: Value) -> Self {
        let mut wish = json!({
            "client_name": "Harbour Budget",
            "redirect_uris": ["https://tpp.example/callback", "https://tpp.example/back"],
            "jwk": KEY.public(),
        });
        with(&mut wish, &members);
        let headers = [("content-type", "application/json")];
        let path = format!("{directory}/try/software");
        let made = backend.call("POST", &path, &headers, wish.to_string()).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let text = |name: &str| made.json()[name].as_str().unwrap().to_owned();
        let (organisation, software) = (text("organisation_id"), text("software_id"));
        Self {
            backend,
            statement_path: format!("{directory}/organisations/{organisation}/software/{software}/statement"),
            organisation,
            software,
        }
    }

    /// A new statement.
    pub async fn statement(&self) -> String {
        let answer = self.backend.call("GET", &self.statement_path, &[], "").await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, Some("application/jwt")));
        answer.text()
    }

    /// The claims of a request that is right, with these over them; `null` takes one out.
    pub async fn claims(&self, other: &Value) -> Value {
        let now = self.backend.clock.now();
        let mut claims = json!({
            "iss": self.software,
            "iat": now,
            "exp": now + 300,
            "jti": Uuid::new_v4().to_string(),
            "aud": "OPENBANK0001",
            "redirect_uris": ["https://tpp.example/callback"],
            "token_endpoint_auth_signing_alg": "PS256",
            "token_endpoint_auth_method": "private_key_jwt",
            "grant_types": ["client_credentials", "authorization_code"],
            "response_types": ["code id_token"],
            "application_type": "web",
            "id_token_signed_response_alg": "PS256",
            "request_object_signing_alg": "PS256",
            "scope": "openid accounts payments",
            "software_statement": self.statement().await,
        });
        with(&mut claims, other);
        claims
    }

    pub async fn send(&self, method: &str, path: &str, token: Option<&str>, body: String) -> Answer {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let mut headers = vec![("content-type", "application/jwt")];
        headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
        self.backend.call(method, path, &headers, body).await
    }

    /// Sends a registration request with these claims over the usual ones.
    pub async fn register(&self, other: Value) -> Answer {
        self.send("POST", REGISTER, None, KEY.sign(&self.claims(&other).await)).await
    }

    /// The id of a new client.
    pub async fn registered(&self, other: Value) -> String {
        let answer = self.register(other).await;
        assert!(answer.status.is_success(), "{} {}", answer.status, answer.text());
        answer.json()["client_id"].as_str().unwrap().to_owned()
    }

    /// The form of a token request, with these claims over those of the assertion.
    pub fn token_form(&self, client_id: &str, other: &Value, more: &str) -> String {
        let now = self.backend.clock.now();
        let mut claims = json!({
            "iss": client_id,
            "sub": client_id,
            "aud": format!("{OWN}{TOKEN}"),
            "iat": now,
            "exp": now + 60,
            "jti": Uuid::new_v4().to_string(),
        });
        with(&mut claims, other);
        let assertion = KEY.sign(&claims);
        format!(
            "grant_type=client_credentials&client_assertion_type={ASSERTION}&client_assertion={assertion}{more}"
        )
    }

    pub async fn token_answer(&self, form: String) -> Answer {
        self.backend.call("POST", TOKEN, &[("content-type", FORM)], form).await
    }

    /// A token of this client.
    pub async fn token(&self, client_id: &str) -> String {
        let answer = self.token_answer(self.token_form(client_id, &json!({}), "")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    pub async fn read(&self, client_id: &str, token: &str) -> Answer {
        self.send("GET", &format!("{REGISTER}/{client_id}"), Some(token), String::new()).await
    }

    pub async fn update(&self, client_id: &str, token: &str, other: Value) -> Answer {
        let body = KEY.sign(&self.claims(&other).await);
        self.send("PUT", &format!("{REGISTER}/{client_id}"), Some(token), body).await
    }

    pub async fn delete(&self, client_id: &str, token: &str) -> Answer {
        self.send("DELETE", &format!("{REGISTER}/{client_id}"), Some(token), String::new()).await
    }
}

/// Members over others; `null` takes one out.
pub fn with(members: &mut Value, other: &Value) {
    let members = members.as_object_mut().unwrap();
    members.extend(other.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
}
