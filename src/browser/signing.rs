//! Key pairs and signatures, by WebCrypto. A private key is a handle that the browser holds; its bytes come into this
//! program only to be handed to the person who asked for them.

use js_sys::{ArrayBuffer, Object, Uint8Array};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CryptoKey;
use zeroize::Zeroizing;

use super::{
    crypto::{self, CryptoProblem, run, subtle, usages},
    js,
};
use crate::domain::{
    jose::{Algorithm, KeyWish, PublicJwk, base64url},
    secret::Secret,
};

/// A private key that can sign and cannot be exported.
#[derive(Clone)]
pub struct SigningKey {
    /// The one algorithm that it signs with: the browser binds a key to it.
    pub algorithm: Algorithm,
    pub(super) key: CryptoKey,
}

impl SigningKey {
    /// Whether the browser would give its bytes to anybody: never, for a key that was made here.
    #[must_use]
    pub fn can_be_exported(&self) -> bool {
        self.key.extractable()
    }
}

/// A private key that can still be handed over.
#[derive(Clone)]
pub struct Exportable(CryptoKey);

/// A key pair as it comes into this tab.
#[derive(Clone)]
pub struct KeyPair {
    /// Its public half, under its thumbprint.
    pub public: PublicJwk,
    /// What it signs with.
    pub signing: SigningKey,
    /// What can be handed over.
    pub exportable: Exportable,
}

/// Makes a key pair.
///
/// # Errors
/// When there is no cryptography, or the browser does not know the algorithm.
pub async fn generate(wish: KeyWish) -> Result<KeyPair, CryptoProblem> {
    let algorithm = wish.algorithm;
    let parameters = generation(wish);
    let made = subtle()?.generate_key_with_object(&parameters, true, &usages(&["sign", "verify"]));
    let made = run(made).await.map_err(|problem| named(problem, algorithm))?;
    let private = js::member(&made, "privateKey").unchecked_into();
    pair(Exportable(private), algorithm).await
}

/// Takes a private key as PKCS #8 (RFC 5958).
///
/// # Errors
/// When there is no cryptography, or the key does not fit the algorithm.
pub async fn import_pkcs8(bytes: &[u8], algorithm: Algorithm) -> Result<KeyPair, CryptoProblem> {
    let private = import(bytes, algorithm, true).await.map_err(|problem| named(problem, algorithm))?;
    pair(Exportable(private), algorithm).await
}

/// Takes a private key as a JSON Web Key. What it says of its use is left out: browsers refuse to import what they do
/// not know, such as `"use": "tls"`, and the portal has looked at it before.
///
/// # Errors
/// When there is no cryptography, or the key does not fit the algorithm.
pub async fn import_jwk(
    members: &serde_json::Map<String, Value>,
    algorithm: Algorithm,
) -> Result<KeyPair, CryptoProblem> {
    let imported = subtle()?.import_key_with_object(
        "jwk",
        &material(members),
        &importing(algorithm),
        true,
        &usages(&["sign"]),
    );
    let private = run(imported).await.map_err(|problem| named(problem, algorithm))?;
    pair(Exportable(private.unchecked_into()), algorithm).await
}

/// Takes a public key as SubjectPublicKeyInfo (RFC 5280, 4.1.2.7).
///
/// # Errors
/// When there is no cryptography, or the key does not fit the algorithm.
pub async fn public_of_spki(spki: &[u8], algorithm: Algorithm) -> Result<PublicJwk, CryptoProblem> {
    let bytes: Object = Uint8Array::from(spki).into();
    let imported =
        subtle()?.import_key_with_object("spki", &bytes, &importing(algorithm), true, &usages(&["verify"]));
    let key: CryptoKey = run(imported).await?.unchecked_into();
    public_jwk(&export_jwk(&key).await?)
}

/// Signs. An ECDSA signature is `r ‖ s`, as JOSE wants it (RFC 7518, 3.4).
///
/// # Errors
/// When the browser refuses.
pub async fn sign(key: &SigningKey, bytes: &[u8]) -> Result<Vec<u8>, CryptoProblem> {
    let parameters = signing(key.algorithm);
    let signature = subtle()?.sign_with_object_and_u8_array(&parameters, &key.key, bytes);
    Ok(Uint8Array::new(&run(signature).await?).to_vec())
}

/// The SHA-256 thumbprint of a key (RFC 7638), Base64url.
///
/// # Errors
/// When there is no cryptography.
pub async fn thumbprint(key: &PublicJwk) -> Result<String, CryptoProblem> {
    Ok(base64url(&crypto::sha256(key.thumbprint_input().as_bytes()).await?))
}

impl Exportable {
    /// The private key as PKCS #8.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, CryptoProblem> {
        let exported: ArrayBuffer = run(subtle()?.export_key("pkcs8", &self.0)).await?.unchecked_into();
        let array = Uint8Array::new(&exported);
        let bytes = Zeroizing::new(array.to_vec());
        // The copy on the JavaScript side is not left lying about.
        array.fill(0, 0, array.length());
        Ok(bytes)
    }

    /// The private key as a JSON Web Key, without what the browser adds of its own.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn jwk(&self) -> Result<Value, CryptoProblem> {
        let Value::Object(mut members) = export_jwk(&self.0).await? else {
            return Err(CryptoProblem::Refused("the exported key is not an object".to_owned()));
        };
        members.retain(|name, _| !matches!(name.as_str(), "ext" | "key_ops" | "alg"));
        Ok(Value::Object(members))
    }
}

/// SubjectPublicKeyInfo of a public key (RFC 5280, 4.1.2.7).
///
/// # Errors
/// When the browser refuses.
pub async fn spki(public: &PublicJwk, algorithm: Algorithm) -> Result<Vec<u8>, CryptoProblem> {
    let Value::Object(members) = public.to_value() else {
        return Err(CryptoProblem::Refused("a public key is not an object".to_owned()));
    };
    let imported = subtle()?.import_key_with_object(
        "jwk",
        &material(&members),
        &importing(algorithm),
        true,
        &usages(&["verify"]),
    );
    let key: CryptoKey = run(imported).await?.unchecked_into();
    Ok(Uint8Array::new(&run(subtle()?.export_key("spki", &key)).await?).to_vec())
}

/// Rounds of PBKDF2 for the file of a private key.
pub const PBES2_ITERATIONS: u32 = 600_000;

/// Encrypts a private key for PBES2 (RFC 8018, 6.2): PBKDF2 with HMAC-SHA-256, AES-256-CBC.
///
/// # Errors
/// When there is no cryptography.
pub async fn encrypt_pkcs8(
    der: &[u8],
    password: &Secret,
    salt: &[u8],
    iv: &[u8],
) -> Result<Vec<u8>, CryptoProblem> {
    let bits = Zeroizing::new(crypto::pbkdf2_sha256(password, salt, PBES2_ITERATIONS).await?);
    let raw = Uint8Array::from(bits.as_slice());
    let cbc = dictionary(&[("name", "AES-CBC")]);
    let key = run(subtle()?.import_key_with_object("raw", &raw, &cbc, false, &usages(&["encrypt"]))).await;
    raw.fill(0, 0, raw.length());
    let key: CryptoKey = key?.unchecked_into();
    js::set(&cbc, "iv", &Uint8Array::from(iv));
    let sealed = run(subtle()?.encrypt_with_object_and_u8_array(&cbc, &key, der)).await?;
    Ok(Uint8Array::new(&sealed).to_vec())
}

/// The signing handle and the public half of a private key that can be exported.
async fn pair(exportable: Exportable, algorithm: Algorithm) -> Result<KeyPair, CryptoProblem> {
    let public = public_jwk(&export_jwk(&exportable.0).await?)?;
    let kid = thumbprint(&public).await?;
    let bytes = exportable.pkcs8().await?;
    let key = import(&bytes, algorithm, false).await?;
    Ok(KeyPair {
        public: public.named(&kid, Some(algorithm)),
        signing: SigningKey { algorithm, key },
        exportable,
    })
}

async fn import(bytes: &[u8], algorithm: Algorithm, extractable: bool) -> Result<CryptoKey, CryptoProblem> {
    let copy = Uint8Array::from(bytes);
    let imported = subtle()?.import_key_with_object(
        "pkcs8",
        &copy,
        &importing(algorithm),
        extractable,
        &usages(&["sign"]),
    );
    let key = run(imported).await;
    copy.fill(0, 0, copy.length());
    key.map(JsCast::unchecked_into)
}

/// A key as WebCrypto writes it; of a private one, with the private members.
async fn export_jwk(key: &CryptoKey) -> Result<Value, CryptoProblem> {
    let exported = run(subtle()?.export_key("jwk", key)).await?;
    let text = js_sys::JSON::stringify(&exported).ok().and_then(|text| text.as_string()).map(Zeroizing::new);
    text.and_then(|text| serde_json::from_str(&text).ok())
        .ok_or_else(|| CryptoProblem::Refused("an exported key could not be read".to_owned()))
}

/// The public half of an exported key.
fn public_jwk(exported: &Value) -> Result<PublicJwk, CryptoProblem> {
    let mut members = exported.as_object().cloned().unwrap_or_default();
    members.retain(|name, _| matches!(name.as_str(), "kty" | "crv" | "x" | "y" | "n" | "e"));
    PublicJwk::read(&members).map_err(CryptoProblem::Unfit)
}

/// A browser that does not know an algorithm says `NotSupportedError`, and a key of another kind is a `DataError`.
fn named(problem: CryptoProblem, algorithm: Algorithm) -> CryptoProblem {
    match problem {
        CryptoProblem::Refused(reason) if reason.starts_with("NotSupportedError") => {
            CryptoProblem::NoAlgorithm(algorithm)
        }
        CryptoProblem::Refused(reason) if reason.starts_with("DataError") => CryptoProblem::Unfit(format!(
            "The browser cannot read it as a private key for {}. Choose the algorithm that the key was made for, or check that the whole key was pasted.",
            algorithm.name()
        )),
        other => other,
    }
}

fn generation(wish: KeyWish) -> Object {
    let parameters = importing(wish.algorithm);
    if wish.algorithm.is_rsa() {
        js::set(&parameters, "modulusLength", &JsValue::from(wish.bits));
        js::set(&parameters, "publicExponent", &Uint8Array::from([1_u8, 0, 1].as_slice()));
    }
    parameters
}

/// What a key is for. Always an object: older Firefox wants no bare name.
fn importing(algorithm: Algorithm) -> Object {
    match algorithm {
        Algorithm::Rs256 => dictionary(&[("name", "RSASSA-PKCS1-v1_5"), ("hash", "SHA-256")]),
        Algorithm::Ps256 => dictionary(&[("name", "RSA-PSS"), ("hash", "SHA-256")]),
        Algorithm::Es256 => dictionary(&[("name", "ECDSA"), ("namedCurve", "P-256")]),
        Algorithm::EdDsa => dictionary(&[("name", "Ed25519")]),
    }
}

/// How it signs. JOSE fixes the salt of RSASSA-PSS to the length of the hash (RFC 7518, 3.5).
fn signing(algorithm: Algorithm) -> Object {
    match algorithm {
        Algorithm::Es256 => dictionary(&[("name", "ECDSA"), ("hash", "SHA-256")]),
        Algorithm::Ps256 => {
            let parameters = dictionary(&[("name", "RSA-PSS")]);
            js::set(&parameters, "saltLength", &JsValue::from(32));
            parameters
        }
        Algorithm::Rs256 | Algorithm::EdDsa => importing(algorithm),
    }
}

pub(super) fn dictionary(members: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        js::set(&object, name, &JsValue::from_str(value));
    }
    object
}

/// The members of a key without what it says of its use.
pub(super) fn material<'a>(members: impl IntoIterator<Item = (&'a String, &'a Value)>) -> Object {
    let jwk = Object::new();
    for (name, value) in members {
        let kept = !matches!(name.as_str(), "use" | "key_ops" | "alg" | "ext" | "kid");
        if let (true, Value::String(text)) = (kept, value) {
            js::set(&jwk, name, &JsValue::from_str(text));
        }
    }
    jwk
}
