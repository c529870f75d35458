//! The second program of the Workshop: certificates and everything else in DER. It is fetched when somebody needs it,
//! and never on a first visit. It computes nothing secret: what is signed or encrypted is done by WebCrypto in between.

mod glue;

use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::{crypto, js};
use glue::JsDescribed;
pub use glue::{Wish, Workshop};

/// What is wrong, and at which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of the field; empty when it is about the whole.
    pub field: String,
    /// A sentence.
    pub text: String,
}

impl Problem {
    fn of(error: &JsValue) -> Self {
        let text = |name: &str| js::member(error, name).as_string();
        match (text("field"), text("text")) {
            (Some(field), Some(text)) => Self { field, text },
            _ => Self { field: String::new(), text: format!("It did not work: {}.", js::describe(error)) },
        }
    }
}

/// A public key that was read.
pub struct PublicKey {
    /// As SubjectPublicKeyInfo.
    pub spki: Vec<u8>,
    /// `RSA`, `EC` or `OKP`.
    pub kind: String,
}

/// A certificate or a request for one, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Described {
    /// Whether it is a certificate; else it is a request for one.
    pub is_certificate: bool,
    /// The subject.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// The serial number, hexadecimal.
    pub serial: String,
    /// The key in words.
    pub key: String,
    /// What signed it.
    pub signature: String,
    /// From when, seconds since 1970.
    pub not_before: i64,
    /// Until when, seconds since 1970.
    pub not_after: i64,
    /// Alternative names.
    pub names: Vec<String>,
    /// What the key may do, and what for.
    pub uses: Vec<String>,
    /// What an eIDAS certificate states.
    pub qualified: Vec<String>,
    /// The public key as SubjectPublicKeyInfo.
    pub spki: Vec<u8>,
    /// The whole.
    pub der: Vec<u8>,
}

impl Described {
    fn of(read: &JsDescribed) -> Self {
        let mut plain = texts(&read.texts()).into_iter();
        let mut next = || plain.next().unwrap_or_default();
        let times = read.times().to_vec();
        let time = |index: usize| times.get(index).copied().unwrap_or_default() as i64;
        Self {
            is_certificate: next() == "certificate",
            subject: next(),
            issuer: next(),
            serial: next(),
            key: next(),
            signature: next(),
            not_before: time(0),
            not_after: time(1),
            names: texts(&read.names()),
            uses: texts(&read.uses()),
            qualified: texts(&read.qualified()),
            spki: read.described_spki().to_vec(),
            der: read.der().to_vec(),
        }
    }
}

fn texts(array: &Array) -> Vec<String> {
    array.iter().filter_map(|item| item.as_string()).collect()
}

impl Wish {
    /// Makes it a self-signed certificate that begins now, in seconds since 1970.
    pub fn sign_itself(&self, now: i64, days: u32) {
        self.self_signed(now as f64, days, &crypto::random_bytes::<16>());
    }

    /// Makes it one for payment services under eIDAS.
    pub fn qualify(&self, website: bool, roles: &[String], authority: &str, authority_id: &str) {
        let roles = roles.iter().map(|role| JsValue::from_str(role)).collect();
        self.set_qualified(website, roles, authority, authority_id);
    }

    /// The bytes that have to be signed.
    ///
    /// # Errors
    /// Which field has to be changed.
    pub fn to_be_signed(&self, algorithm: &str) -> Result<Vec<u8>, Problem> {
        self.bytes_to_sign(algorithm).map(|bytes| bytes.to_vec()).map_err(|error| Problem::of(&error))
    }
}

/// A private key that was read.
pub struct PrivateKey {
    /// As PKCS #8.
    pub pkcs8: Zeroizing<Vec<u8>>,
    /// `RSA`, `EC` or `OKP`.
    pub kind: String,
}

/// Fetches the program, or gives the one that was fetched.
///
/// # Errors
/// A sentence: why it did not come, and what to do.
pub async fn open() -> Result<Workshop, String> {
    glue::load("workshop").await.map(JsCast::unchecked_into).map_err(|error| {
        let reason = js::describe(&error);
        format!("The part of the portal that reads keys and certificates could not be fetched ({reason}). Check the connection and press the button again. If the page has been open for long, reload it: a new version may be on the server.")
    })
}

impl Workshop {
    /// An empty request for a key. `key_id` names the key in a certificate.
    ///
    /// # Errors
    /// When the program is not the one that belongs to this page.
    pub fn wish(&self, spki: &[u8], key_id: &[u8]) -> Result<Wish, Problem> {
        let make = js::member(self, "Wish");
        let arguments = Array::of2(&Uint8Array::from(spki), &Uint8Array::from(key_id));
        make.dyn_ref::<Function>()
            .and_then(|make| js_sys::Reflect::construct(make, &arguments).ok())
            .map(JsCast::unchecked_into)
            .ok_or_else(|| Problem {
                field: String::new(),
                text: "The page is older than what the server has now. Reload it.".to_owned(),
            })
    }

    /// Puts the signature to what was signed; DER.
    ///
    /// # Errors
    /// When the signature is not one of the algorithm.
    pub fn signed(&self, to_be_signed: &[u8], algorithm: &str, signature: &[u8]) -> Result<Vec<u8>, Problem> {
        let der = self.assemble(to_be_signed, algorithm, signature);
        der.map(|der| der.to_vec()).map_err(|error| Problem::of(&error))
    }

    /// Reads certificates and requests, a leaf first.
    ///
    /// # Errors
    /// A sentence: what it is instead.
    pub fn read_certificates(&self, text: &str) -> Result<Vec<Described>, Problem> {
        let read = self.describe(text).map_err(|error| Problem::of(&error))?;
        Ok(read.iter().map(|one| Described::of(one.unchecked_ref())).collect())
    }

    /// Reads a public key, also out of a certificate.
    ///
    /// # Errors
    /// A sentence: what it is instead.
    pub fn public_key(&self, text: &str) -> Result<PublicKey, String> {
        let key = self.read_public_key(text).map_err(|error| Problem::of(&error).text)?;
        Ok(PublicKey { spki: key.spki().to_vec(), kind: key.public_kind() })
    }

    /// Reads a private key in any of its forms.
    ///
    /// # Errors
    /// A sentence: what it is instead, or how to open it.
    pub fn private_key(&self, text: &str) -> Result<PrivateKey, String> {
        let key = self.read_private_key(text).map_err(|error| Problem::of(&error).text)?;
        let array = key.pkcs8();
        let pkcs8 = Zeroizing::new(array.to_vec());
        // The copy on the JavaScript side is not left lying about.
        array.fill(0, 0, array.length());
        Ok(PrivateKey { pkcs8, kind: key.kind() })
    }

    /// EncryptedPrivateKeyInfo (RFC 5958, 3) of what was encrypted with AES-256-CBC under a key of PBKDF2-HMAC-SHA-256.
    ///
    /// # Errors
    /// A sentence.
    pub fn encrypted(
        &self,
        salt: &[u8],
        iterations: u32,
        iv: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, String> {
        let der = self.encrypted_pkcs8(salt, iterations, iv, sealed);
        der.map(|der| der.to_vec()).map_err(|error| Problem::of(&error).text)
    }
}
