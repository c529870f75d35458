//! A backup: one encrypted file with everything that is kept in a browser. This is its form; the cryptography is the
//! browser's. What is restored from one is decided in [`plan`].

pub mod plan;

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    application, journal,
    json::{self, integer, string},
    record::{Kind, Record},
    secret::Secret,
    time,
};

/// `format` of the file.
pub const FORMAT: &str = "portico-backup";
/// `version` that this build writes and reads.
pub const VERSION: i64 = 1;
/// More rounds than this would only keep the page busy: such a file was not made by a portal.
const MOST_ITERATIONS: i64 = 20_000_000;

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// It is something else.
    Foreign(String),
    /// A later portal made it.
    Newer,
    /// It is a backup, and not whole.
    Damaged(String),
    /// The passphrase is another one, or what is encrypted was changed. Cryptography does not tell the two apart.
    WrongPassphrase,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(why) => write!(f, "This is not a backup of this portal. {why} Nothing has changed."),
            Self::Newer => f.write_str(
                "A newer version of this portal made this backup. Reload the page to get that version, then open the file again. Nothing has changed.",
            ),
            Self::Damaged(what) => {
                write!(f, "This backup is damaged: {what} Nothing has changed. Try another copy of the file.")
            }
            Self::WrongPassphrase => f.write_str(
                "This passphrase does not open the file: it was saved with another one, or the file was changed since. Nothing has changed.",
            ),
        }
    }
}

/// The file as it lies on a disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Salt of PBKDF2-HMAC-SHA-256.
    pub salt: Vec<u8>,
    /// Its rounds.
    pub iterations: u32,
    /// Initialisation vector of AES-256-GCM, 12 bytes.
    pub iv: Vec<u8>,
    /// Ciphertext and tag.
    pub data: Vec<u8>,
}

impl Envelope {
    /// What is authenticated besides the content.
    #[must_use]
    pub fn bound() -> String {
        format!("{FORMAT}\n{VERSION}")
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str) -> Result<Self, Unusable> {
        let members = json::object(text).map_err(Unusable::Foreign)?.members;
        match string(&members, "format").as_deref() {
            Some(FORMAT) => {}
            Some("portico-export") => {
                let why = "It is a file in clear text, to look at: it is not read back.";
                return Err(Unusable::Foreign(why.to_owned()));
            }
            _ => return Err(Unusable::Foreign("Its member format says something else.".to_owned())),
        }
        match integer(&members, "version") {
            Some(VERSION) => {}
            Some(later) if later > VERSION => return Err(Unusable::Newer),
            _ => return Err(Unusable::Damaged("its version is missing.".to_owned())),
        }
        let kdf = members.get("kdf").and_then(Value::as_object).cloned().unwrap_or_default();
        if string(&kdf, "name").as_deref() != Some("PBKDF2")
            || string(&kdf, "hash").as_deref() != Some("SHA-256")
        {
            return Err(Unusable::Damaged("it does not say how the key is made (kdf).".to_owned()));
        }
        let iterations = integer(&kdf, "iterations").filter(|rounds| (1..=MOST_ITERATIONS).contains(rounds));
        let bytes = |members: &serde_json::Map<String, Value>, name: &str| {
            let decoded = string(members, name).and_then(|text| BASE64URL.decode(text).ok());
            decoded.ok_or_else(|| Unusable::Damaged(format!("its member {name} is missing or cut off.")))
        };
        let envelope = Self {
            salt: bytes(&kdf, "salt")?,
            iterations: iterations
                .and_then(|rounds| u32::try_from(rounds).ok())
                .ok_or_else(|| Unusable::Damaged("its number of rounds is not one.".to_owned()))?,
            iv: bytes(&members, "iv")?,
            data: bytes(&members, "data")?,
        };
        if envelope.iv.len() != 12 || envelope.data.len() < 16 {
            return Err(Unusable::Damaged("its members iv and data are cut off.".to_owned()));
        }
        Ok(envelope)
    }

    /// The file.
    #[must_use]
    pub fn write(&self) -> String {
        let file = json!({
            "format": FORMAT,
            "version": VERSION,
            "kdf": {
                "name": "PBKDF2",
                "hash": "SHA-256",
                "iterations": self.iterations,
                "salt": BASE64URL.encode(&self.salt),
            },
            "iv": BASE64URL.encode(&self.iv),
            "data": BASE64URL.encode(&self.data),
        });
        format!("{}\n", json::pretty(&file))
    }
}

/// What is inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// When it was made, seconds since 1970.
    pub made_at: i64,
    /// The address of the portal that made it.
    pub origin: String,
    /// Everything that was kept.
    pub records: Vec<(Kind, Record)>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    made_at: i64,
    origin: String,
    records: Vec<WrittenRecord>,
}

#[derive(Serialize, Deserialize)]
struct WrittenRecord {
    kind: Kind,
    id: String,
    version: u32,
    json: Secret,
}

impl Contents {
    /// As text, to be encrypted.
    #[must_use]
    pub fn write(&self) -> Secret {
        let record = |(kind, record): &(Kind, Record)| WrittenRecord {
            kind: *kind,
            id: record.id.clone(),
            version: record.version,
            json: Secret::new(record.json.clone()),
        };
        let written = Written {
            made_at: self.made_at,
            origin: self.origin.clone(),
            records: self.records.iter().map(record).collect(),
        };
        // Strings and numbers cannot fail to be written.
        Secret::new(serde_json::to_string(&written).unwrap_or_default())
    }

    /// Reads the decrypted text.
    ///
    /// # Errors
    /// When a later portal has written a record that this one does not understand, or the text is none of ours.
    pub fn read(text: &Secret) -> Result<Self, Unusable> {
        let written: Written = serde_json::from_str(text.expose())
            .map_err(|_| Unusable::Damaged("its content is not of the form it should have.".to_owned()))?;
        if written.records.iter().any(|record| record.version > newest(record.kind)) {
            return Err(Unusable::Newer);
        }
        let record = |written: WrittenRecord| {
            let json = written.json.expose().to_owned();
            (written.kind, Record { id: written.id, version: written.version, json })
        };
        Ok(Self {
            made_at: written.made_at,
            origin: written.origin,
            records: written.records.into_iter().map(record).collect(),
        })
    }
}

/// The newest form of a record that this build understands.
fn newest(kind: Kind) -> u32 {
    match kind {
        Kind::Applications => application::VERSION,
        Kind::Journal => journal::VERSION,
        Kind::Drafts | Kind::Settings => 1,
    }
}

/// `portico-backup-2026-10-17.json`
#[must_use]
pub fn file_name(now: i64) -> String {
    let date: String = time::iso8601(now).chars().take_while(|c| *c != 'T').collect();
    format!("portico-backup-{date}.json")
}
