//! Handing a private key over as a file.

use super::Keys;
use crate::{
    browser::{crypto, signing, workshop},
    domain::{
        jose::{PublicJwk, pem},
        json,
        secret::Secret,
    },
};

/// The shortest password of a file, in characters.
pub const LEAST: usize = 8;

/// The forms a private key is handed over in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PKCS #8 as PEM (RFC 5958, RFC 7468).
    Pem,
    /// The same, encrypted with PBES2 (RFC 8018).
    Encrypted,
    /// A JSON Web Key (RFC 7517).
    Jwk,
}

impl Format {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Pem, Self::Encrypted, Self::Jwk];

    /// Its name in a list.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pem => "pem",
            Self::Encrypted => "encrypted",
            Self::Jwk => "jwk",
        }
    }

    /// By its name.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|format| format.as_str() == name).unwrap_or(Self::Pem)
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Pem => "PEM (PKCS #8)",
            Self::Encrypted => "PEM with a password",
            Self::Jwk => "JSON Web Key",
        }
    }

    /// The ending of its file.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pem | Self::Encrypted => "pem",
            Self::Jwk => "private.jwk.json",
        }
    }

    /// For the download.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pem | Self::Encrypted => "application/x-pem-file",
            Self::Jwk => "application/jwk+json",
        }
    }
}

/// The file.
///
/// # Errors
/// A sentence: why it cannot be made.
pub async fn file(
    keys: Keys,
    public: &PublicJwk,
    format: Format,
    password: &Secret,
) -> Result<Secret, String> {
    let held = keys.find(|key| key.public.is_same_key(public));
    let Some(exportable) = held.and_then(|key| key.exportable) else {
        return Err("The private half can no longer be saved: it was forgotten.".to_owned());
    };
    let made = match format {
        Format::Pem => exportable.pkcs8().await.map(|der| pem::encode("PRIVATE KEY", &der)),
        Format::Encrypted => match exportable.pkcs8().await {
            Ok(der) => return encrypted(&der, password).await,
            Err(problem) => Err(problem),
        },
        Format::Jwk => exportable.jwk().await.map(|mut jwk| {
            if let (Some(members), serde_json::Value::Object(known)) =
                (jwk.as_object_mut(), public.to_value())
            {
                members.extend(
                    known.into_iter().filter(|(name, _)| matches!(name.as_str(), "kid" | "use" | "alg")),
                );
            }
            Secret::new(json::pretty(&jwk))
        }),
    };
    made.map_err(|problem| problem.to_string())
}

/// PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC (RFC 8018, 6.2), which OpenSSL has opened since 1.0.
async fn encrypted(der: &[u8], password: &Secret) -> Result<Secret, String> {
    let salt: [u8; 16] = crypto::random_bytes();
    let iv: [u8; 16] = crypto::random_bytes();
    let sealed =
        signing::encrypt_pkcs8(der, password, &salt, &iv).await.map_err(|problem| problem.to_string())?;
    let info = workshop::open().await?.encrypted(&salt, signing::PBES2_ITERATIONS, &iv, &sealed)?;
    Ok(pem::encode("ENCRYPTED PRIVATE KEY", &info))
}
