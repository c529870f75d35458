//! Taking in a private key that a partner brings.

use serde_json::Value;

use crate::{
    browser::{
        signing::{self, KeyPair},
        workshop,
    },
    domain::{
        jose::{Algorithm, PublicJwk},
        json,
        secret::Secret,
    },
};

/// Reads a private key as PEM or JSON Web Key. `rsa` is what an RSA key is going to sign with, when it does not say.
///
/// # Errors
/// A sentence: what it is instead, or what is damaged.
pub async fn load(text: &Secret, rsa: Algorithm) -> Result<KeyPair, String> {
    let trimmed = text.expose().trim();
    if trimmed.starts_with('{') {
        return from_jwk(trimmed, rsa).await;
    }
    let key = workshop::open().await?.private_key(text.expose())?;
    let algorithm =
        Algorithm::ALL.into_iter().find(|algorithm| algorithm.key_type() == key.kind).unwrap_or(rsa);
    let algorithm = if algorithm.is_rsa() { rsa } else { algorithm };
    signing::import_pkcs8(&key.pkcs8, algorithm).await.map_err(|problem| problem.to_string())
}

async fn from_jwk(text: &str, rsa: Algorithm) -> Result<KeyPair, String> {
    let mut members = json::object(text)?.members;
    if let Some(Value::Array(keys)) = members.get("keys") {
        members = match keys.as_slice() {
            [Value::Object(key)] => key.clone(),
            _ => {
                return Err(
                    "This is a set of several keys. Paste the one private key that is meant.".to_owned()
                );
            }
        };
    }
    if !members.contains_key("d") {
        return Err(
            "This is a public key: the member “d” is missing. To sign, the private key is needed.".to_owned()
        );
    }
    let mut public = members.clone();
    public.retain(|name, _| matches!(name.as_str(), "kty" | "crv" | "x" | "y" | "n" | "e"));
    let kind = PublicJwk::read(&public)?.kind;
    let said = json::string(&members, "alg").and_then(|alg| Algorithm::parse(&alg));
    let algorithm =
        said.or(Some(rsa)).filter(|algorithm| kind.fits(*algorithm)).or_else(|| kind.usual()).ok_or_else(
            || format!("A key of the kind {} cannot sign here. Take P-256, RSA or Ed25519.", kind.words()),
        )?;
    signing::import_jwk(&members, algorithm).await.map_err(|problem| problem.to_string())
}
