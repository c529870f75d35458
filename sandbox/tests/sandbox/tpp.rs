//! A third party provider: its key, its software in a directory, and the requests it signs.

use std::sync::LazyLock;

use portico_sandbox::jose::signing_key::{RsaAlgorithm, SigningKey};
use serde_json::{Value, json};

use crate::backend::Backend;

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
}

/// One key for all tests that need only one.
pub static KEY: LazyLock<Pair> = LazyLock::new(|| Pair::new("signing"));

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
        wish.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let headers = [("content-type", "application/json")];
        let made =
            backend.call("POST", &format!("{directory}/try/software"), &headers, wish.to_string()).await;
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
}
