//! The same for JavaScript. Only texts, numbers and bytes cross the border: the page is another program with a memory of
//! its own.

use wasm_bindgen::prelude::*;

use crate::{
    Problem,
    algorithm::Algorithm,
    certificate::{self, Form, Qualified},
    describe::{self, Described},
    encrypted,
    private_key::PrivateKey,
    public_key::PublicKey,
};

/// What is thrown.
#[wasm_bindgen(js_name = Problem, getter_with_clone)]
pub struct JsProblem {
    /// The name of the field; empty when it is about the whole.
    #[wasm_bindgen(readonly)]
    pub field: String,
    /// A sentence.
    #[wasm_bindgen(readonly)]
    pub text: String,
}

impl From<Problem> for JsValue {
    fn from(problem: Problem) -> Self {
        JsProblem { field: problem.field, text: problem.text }.into()
    }
}

/// A private key.
#[wasm_bindgen(js_name = PrivateKey, getter_with_clone)]
pub struct JsPrivateKey {
    /// As PKCS #8.
    #[wasm_bindgen(readonly)]
    pub pkcs8: Vec<u8>,
    /// `RSA`, `EC` or `OKP`.
    #[wasm_bindgen(readonly)]
    pub kind: String,
}

/// [`PrivateKey::read`].
///
/// # Errors
/// As there.
#[wasm_bindgen]
pub fn read_private_key(text: &str) -> Result<JsPrivateKey, Problem> {
    let PrivateKey { pkcs8, kind } = PrivateKey::read(text)?;
    Ok(JsPrivateKey { pkcs8, kind: kind.to_owned() })
}

/// [`encrypted::encrypted_pkcs8`].
///
/// # Errors
/// As there.
#[wasm_bindgen]
pub fn encrypted_pkcs8(
    salt: &[u8],
    iterations: u32,
    iv: &[u8],
    ciphertext: &[u8],
) -> Result<Vec<u8>, Problem> {
    encrypted::encrypted_pkcs8(salt, iterations, iv, ciphertext)
}

/// A public key.
#[wasm_bindgen(js_name = PublicKey, getter_with_clone)]
pub struct JsPublicKey {
    /// As SubjectPublicKeyInfo.
    #[wasm_bindgen(readonly)]
    pub spki: Vec<u8>,
    /// `RSA`, `EC` or `OKP`.
    #[wasm_bindgen(readonly)]
    pub kind: String,
}

/// [`PublicKey::read`].
///
/// # Errors
/// As there.
#[wasm_bindgen]
pub fn read_public_key(text: &str) -> Result<JsPublicKey, Problem> {
    let PublicKey { spki, kind, .. } = PublicKey::read(text)?;
    Ok(JsPublicKey { spki, kind })
}

/// [`certificate::Wish`], filled in by calls.
#[wasm_bindgen]
pub struct Wish(certificate::Wish);

#[wasm_bindgen]
impl Wish {
    /// A certification request for a key.
    #[wasm_bindgen(constructor)]
    pub fn new(spki: Vec<u8>, key_id: Vec<u8>) -> Self {
        Self(certificate::Wish {
            form: Form::Request,
            subject: Vec::new(),
            names: Vec::new(),
            usages: Vec::new(),
            purposes: Vec::new(),
            qualified: None,
            spki,
            key_id,
        })
    }

    /// A self-signed certificate instead. `not_before` is in seconds since 1970.
    pub fn self_signed(&mut self, not_before: f64, days: u32, serial: Vec<u8>) {
        self.0.form = Form::SelfSigned { not_before: not_before as u64, days, serial };
    }

    /// Adds an attribute of the subject.
    pub fn subject(&mut self, name: &str, value: &str) {
        self.0.subject.push((name.to_owned(), value.to_owned()));
    }

    /// Adds an alternative name.
    pub fn name(&mut self, kind: &str, name: &str) {
        self.0.names.push((kind.to_owned(), name.to_owned()));
    }

    /// Adds what the key may do.
    pub fn usage(&mut self, name: &str) {
        self.0.usages.push(name.to_owned());
    }

    /// Adds what it is for.
    pub fn purpose(&mut self, name: &str) {
        self.0.purposes.push(name.to_owned());
    }

    /// Makes it one for payment services under eIDAS.
    pub fn qualified(&mut self, website: bool, roles: Vec<String>, authority: String, authority_id: String) {
        self.0.qualified = Some(Qualified { website, roles, authority, authority_id });
    }

    /// [`certificate::Wish::to_be_signed`].
    ///
    /// # Errors
    /// As there.
    pub fn to_be_signed(&self, algorithm: &str) -> Result<Vec<u8>, Problem> {
        self.0.to_be_signed(Algorithm::parse(algorithm)?)
    }
}

/// [`certificate::assemble`].
///
/// # Errors
/// As there.
#[wasm_bindgen]
pub fn assemble(to_be_signed: &[u8], algorithm: &str, signature: &[u8]) -> Result<Vec<u8>, Problem> {
    certificate::assemble(to_be_signed, Algorithm::parse(algorithm)?, signature)
}

/// [`Described`].
#[wasm_bindgen(js_name = Described)]
pub struct JsDescribed(Described);

#[wasm_bindgen(js_class = Described)]
impl JsDescribed {
    /// `certificate` or `request`, subject, issuer, serial number, key, signature: the plain texts.
    #[wasm_bindgen(getter)]
    pub fn texts(&self) -> Vec<String> {
        let it = &self.0;
        let what = if it.is_certificate { "certificate" } else { "request" };
        [what, &it.subject, &it.issuer, &it.serial, &it.key, &it.signature].map(str::to_owned).to_vec()
    }

    /// Its beginning and its end, seconds since 1970.
    #[wasm_bindgen(getter)]
    pub fn times(&self) -> Vec<f64> {
        vec![self.0.not_before as f64, self.0.not_after as f64]
    }

    /// Alternative names.
    #[wasm_bindgen(getter)]
    pub fn names(&self) -> Vec<String> {
        self.0.names.clone()
    }

    /// What the key may do, and what for.
    #[wasm_bindgen(getter)]
    pub fn uses(&self) -> Vec<String> {
        self.0.usages.iter().chain(&self.0.purposes).cloned().collect()
    }

    /// What an eIDAS certificate states.
    #[wasm_bindgen(getter)]
    pub fn qualified(&self) -> Vec<String> {
        self.0.qualified.clone()
    }

    /// The public key.
    #[wasm_bindgen(getter)]
    pub fn spki(&self) -> Vec<u8> {
        self.0.spki.clone()
    }

    /// The whole.
    #[wasm_bindgen(getter)]
    pub fn der(&self) -> Vec<u8> {
        self.0.der.clone()
    }
}

/// [`describe::read`].
///
/// # Errors
/// As there.
#[wasm_bindgen]
pub fn describe(text: &str) -> Result<Vec<JsDescribed>, Problem> {
    Ok(describe::read(text)?.into_iter().map(JsDescribed).collect())
}
