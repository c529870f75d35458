//! A public key as a JSON Web Key (RFC 7517; RFC 7518, 6; RFC 8037, 2).

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{Algorithm, base64url, from_base64url, roca};
use crate::domain::json;

/// Members that only a private or a symmetric key has (RFC 7518, 6.2.2, 6.3.2, 6.4.1).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
/// RSA keys below this are refused (RFC 7518, 3.3).
const RSA_LEAST: usize = 2048;
/// Public exponents below this are refused (FIPS 186-5, A.1.1).
const EXPONENT_LEAST: u64 = 65_537;

/// What kind of key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// RSA with so many bits.
    Rsa(usize),
    /// On the NIST curve P-256, P-384 or P-521.
    Ec(&'static str),
    /// Ed25519.
    Ed25519,
}

impl KeyKind {
    /// In words: `RSA, 2048 bits`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Rsa(bits) => format!("RSA, {bits} bits"),
            Self::Ec(curve) => format!("EC, {curve}"),
            Self::Ed25519 => "Ed25519".to_owned(),
        }
    }

    /// Whether a key of this kind can sign with it.
    #[must_use]
    pub fn fits(self, algorithm: Algorithm) -> bool {
        match self {
            Self::Rsa(_) => algorithm.is_rsa(),
            Self::Ec(curve) => algorithm == Algorithm::Es256 && curve == "P-256",
            Self::Ed25519 => algorithm == Algorithm::EdDsa,
        }
    }

    /// What a key of this kind signs with when nobody says otherwise.
    #[must_use]
    pub fn usual(self) -> Option<Algorithm> {
        Algorithm::ALL.into_iter().find(|algorithm| self.fits(*algorithm))
    }
}

/// A public key. It holds no private member, because none is ever taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicJwk {
    /// What kind it is.
    pub kind: KeyKind,
    /// `kid`.
    pub kid: Option<String>,
    /// `alg`, as written.
    pub alg: Option<String>,
    /// `use`, as written.
    pub purpose: Option<String>,
    /// The members that make up the key, in the order of RFC 7638.
    material: Vec<(&'static str, String)>,
}

impl PublicJwk {
    /// Reads a public key.
    ///
    /// # Errors
    /// A sentence: it is a private or a symmetric key, weak, damaged, or of a kind that is not known here.
    pub fn read(members: &Map<String, Value>) -> Result<Self, String> {
        let text = |name: &str| json::string(members, name);
        let kty = text("kty").ok_or("This is not a JSON Web Key: it has no kty.")?;
        if kty == "oct" {
            return Err("This is a symmetric key (kty oct). It has no public half, so it must never leave your computer: take an EC, RSA or Ed25519 key.".to_owned());
        }
        if let Some(member) = PRIVATE.into_iter().find(|member| members.contains_key(*member)) {
            return Err(format!(
                "This is a private key: it has the member “{member}”. Only the public half is registered. Take the private members out, or paste the public key."
            ));
        }
        let needed = |name: &'static str| {
            text(name)
                .map(|value| value.trim_end_matches('=').to_owned())
                .filter(|value| from_base64url(value).is_some())
                .map(|value| (name, value))
                .ok_or_else(|| {
                    format!("The key is damaged: its member “{name}” is missing or is not Base64url.")
                })
        };
        let fixed = |name: &'static str, value: &str| (name, value.to_owned());
        let crv = || text("crv").unwrap_or_default();
        let (kind, material) = match kty.as_str() {
            "RSA" => {
                let (e, n) = (needed("e")?, needed("n")?);
                let modulus = from_base64url(&n.1).unwrap_or_default();
                let bits = bits(&modulus);
                if bits < RSA_LEAST {
                    return Err(format!(
                        "This RSA key has {bits} bits. Servers take 2048 and more: make a larger one."
                    ));
                }
                if exponent(&e.1).is_none_or(|exponent| exponent < EXPONENT_LEAST) {
                    return Err(
                        "The public exponent of this RSA key is too small: signatures of it can be forged. Make another key."
                            .to_owned(),
                    );
                }
                if roca::is_suspect(&modulus) {
                    return Err(
                        "This RSA key looks like one of a chip whose keys can be broken (ROCA, CVE-2017-15361). Make another key, on another device."
                            .to_owned(),
                    );
                }
                (KeyKind::Rsa(bits), vec![e, fixed("kty", "RSA"), n])
            }
            "EC" => {
                let (curve, length) = curve(&crv())?;
                let (x, y) = (needed("x")?, needed("y")?);
                if [&x, &y]
                    .iter()
                    .any(|(_, value)| from_base64url(value).map(|bytes| bytes.len()) != Some(length))
                {
                    return Err(format!(
                        "The key is damaged: x and y of a {curve} key have {length} bytes each."
                    ));
                }
                (KeyKind::Ec(curve), vec![fixed("crv", curve), fixed("kty", "EC"), x, y])
            }
            "OKP" if crv() == "Ed25519" => {
                let x = needed("x")?;
                if from_base64url(&x.1).map(|bytes| bytes.len()) != Some(32) {
                    return Err("The key is damaged: x of an Ed25519 key has 32 bytes.".to_owned());
                }
                (KeyKind::Ed25519, vec![fixed("crv", "Ed25519"), fixed("kty", "OKP"), x])
            }
            "OKP" => return Err(format!("The curve “{}” is not one that signs here: take Ed25519.", crv())),
            other => return Err(format!("The key type “{other}” is not known here: take EC, RSA or OKP.")),
        };
        let alg = text("alg");
        if let Some(alg) = alg.as_deref().filter(|alg| contradicts(kind, alg)) {
            return Err(format!(
                "The key says “alg”: “{alg}”, and a key of the kind {} cannot do that.",
                kind.words()
            ));
        }
        Ok(Self { kind, kid: text("kid"), alg, purpose: text("use"), material })
    }

    /// What is hashed for its thumbprint (RFC 7638, 3): the material alone, in the order of its names, without spaces.
    #[must_use]
    pub fn thumbprint_input(&self) -> String {
        let members: Vec<String> =
            self.material.iter().map(|(name, value)| format!("\"{name}\":\"{value}\"")).collect();
        format!("{{{}}}", members.join(","))
    }

    /// Whether both are the same key, whatever they are called.
    #[must_use]
    pub fn is_same_key(&self, other: &Self) -> bool {
        self.material == other.material
    }

    /// Whether the key may be used to sign: its `use`, if there is one, says so.
    #[must_use]
    pub fn is_for_signing(&self) -> bool {
        self.purpose.as_deref().is_none_or(|purpose| purpose == "sig")
    }

    /// Its thumbprint with SHA-256 (RFC 7638), Base64url.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        base64url(&Sha256::digest(self.thumbprint_input().as_bytes()))
    }

    /// The same key for signatures with this algorithm, under this name.
    #[must_use]
    pub fn named(mut self, kid: &str, algorithm: Option<Algorithm>) -> Self {
        self.kid = Some(kid.to_owned());
        self.purpose = Some("sig".to_owned());
        if let Some(algorithm) = algorithm {
            self.alg = Some(algorithm.name().to_owned());
        }
        self
    }

    /// As it is published: `kty`, `use`, `alg` and `kid` first, then the material, and nothing else.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut members = Map::new();
        let mut put = |name: &str, value: Option<&String>| {
            if let Some(value) = value {
                members.insert(name.to_owned(), Value::String(value.clone()));
            }
        };
        let material = |name: &str| self.material.iter().find(|(known, _)| *known == name).map(|(_, v)| v);
        put("kty", material("kty"));
        put("use", self.purpose.as_ref());
        put("alg", self.alg.as_ref());
        put("kid", self.kid.as_ref());
        for name in ["crv", "n", "e", "x", "y"] {
            put(name, material(name));
        }
        Value::Object(members)
    }

    /// A set of these keys (RFC 7517, 5).
    #[must_use]
    pub fn set<'a>(keys: impl IntoIterator<Item = &'a Self>) -> Value {
        json!({ "keys": keys.into_iter().map(Self::to_value).collect::<Vec<_>>() })
    }
}

/// Whether an `alg` names another kind of key (RFC 7518, 3.1 and 4.1; RFC 8037, 3.1). Names that are not known here
/// contradict nothing.
fn contradicts(kind: KeyKind, alg: &str) -> bool {
    let wanted = match alg {
        "ES256" => "P-256",
        "ES384" => "P-384",
        "ES512" => "P-521",
        "EdDSA" | "Ed25519" => "Ed25519",
        _ if alg.starts_with("RS") || alg.starts_with("PS") => "RSA",
        _ if alg.starts_with("ES") || alg.starts_with("HS") || alg.starts_with('A') || alg == "none" => "",
        _ => return false,
    };
    match kind {
        KeyKind::Rsa(_) => wanted != "RSA",
        KeyKind::Ec(curve) => wanted != curve,
        KeyKind::Ed25519 => wanted != "Ed25519",
    }
}

/// A small public exponent as a number; the largest there is for one that does not fit.
fn exponent(e: &str) -> Option<u64> {
    let bytes = from_base64url(e)?;
    let fits = bytes.len() <= 8;
    fits.then(|| bytes.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))).or(Some(u64::MAX))
}

/// The bits of an unsigned number written as Base64url (RFC 7518, 2).
fn bits(number: &[u8]) -> usize {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros).map_or(0, |first| (number.len() - zeros) * 8 - first.leading_zeros() as usize)
}

/// A curve of RFC 7518, 6.2.1.1 and the length of its coordinates in bytes.
fn curve(name: &str) -> Result<(&'static str, usize), String> {
    match name {
        "P-256" => Ok(("P-256", 32)),
        "P-384" => Ok(("P-384", 48)),
        "P-521" => Ok(("P-521", 66)),
        other => Err(format!("The curve “{other}” is not known here: take P-256.")),
    }
}
