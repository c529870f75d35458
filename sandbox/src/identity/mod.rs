//! The OpenID provider that partners sign in at (OpenID Connect Core 1.0), for trying a portal that knows its partners
//! by sign-in. It asks for no password: whoever can reach it chooses who to be.

pub mod authorize;
pub mod metadata;
pub mod origins;
pub mod page;
pub mod people;
mod request;
pub mod token;

use std::collections::HashMap;
use std::sync::Mutex;

use aws_lc_rs::digest;
use serde_json::Value;

use crate::clock::Clock;
use crate::jose::random_text;
use crate::jose::rs256_key::Rs256Key;
use crate::jose::signing_key::SigningKey;
use crate::realm::{RealmError, keys};
use crate::store::Store;
use origins::Origins;
use people::Role;

/// Where it is.
pub const PATH: &str = "/identity";
/// The one client: the portal, which as a page of a browser can keep no secret.
pub const CLIENT_ID: &str = "portico";
/// The `aud` of access tokens.
pub const AUDIENCE: &str = "partner-api";

/// The name that the signing key is kept under.
const KEY: &str = "identity RS256";
/// The `typ` of access tokens (RFC 9068 section 2.1).
const ACCESS_TOKEN: &str = "at+jwt";

/// The provider.
#[derive(Debug)]
pub struct Identity {
    store: Store,
    clock: Clock,
    key: Rs256Key,
    origins: Origins,
    sign_in_seconds: i64,
    codes: Mutex<HashMap<String, token::Code>>,
}

/// Who an access token speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The address of e-mail.
    pub email: String,
    /// Whether this is an administrator.
    pub is_administrator: bool,
}

/// Why an access token doesn't count.
#[derive(Debug, thiserror::Error)]
pub enum Unaccepted {
    /// It is damaged, or of somebody else, or for something else, or was revoked.
    #[error("the access token is not one of this sign-in")]
    Invalid,
    /// It has expired.
    #[error("the access token has expired")]
    Expired,
    /// This server's own fault.
    #[error(transparent)]
    Fault(#[from] RealmError),
}

impl Identity {
    /// A provider over this store; its key is made if it isn't there yet.
    ///
    /// # Errors
    /// When the store fails or the key can't be made.
    pub fn new(
        store: Store,
        clock: Clock,
        origins: Origins,
        sign_in_seconds: i64,
    ) -> Result<Self, RealmError> {
        let (kid, bytes) = keys::load_or_make(&store, KEY, clock.now(), || {
            Ok((random_text::<32>()?, SigningKey::generate()?))
        })?;
        let key = Rs256Key::from_pkcs8(kid, &bytes)?;
        Ok(Self { store, clock, key, origins, sign_in_seconds, codes: Mutex::default() })
    }

    /// The pages that may sign in.
    pub fn origins(&self) -> &Origins {
        &self.origins
    }

    /// Who an access token, presented at `base`, speaks for.
    ///
    /// # Errors
    /// Why it doesn't count.
    pub fn accepted(&self, token: &str, base: &str) -> Result<Who, Unaccepted> {
        let claims = self.key.verified(ACCESS_TOKEN, token).ok_or(Unaccepted::Invalid)?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
        if text("iss") != issuer(base) || text("aud") != AUDIENCE || text("email").is_empty() {
            return Err(Unaccepted::Invalid);
        }
        if claims.get("exp").and_then(Value::as_i64).is_none_or(|exp| exp <= self.clock.now()) {
            return Err(Unaccepted::Expired);
        }
        if self.store.is_revoked(text("jti")).map_err(RealmError::from)? {
            return Err(Unaccepted::Invalid);
        }
        let roles = claims.get("roles").and_then(Value::as_array);
        let has =
            |role: Role| roles.is_some_and(|roles| roles.iter().any(|is| is.as_str() == Some(role.name())));
        Ok(Who { email: text("email").to_owned(), is_administrator: has(Role::Administrator) })
    }
}

/// The issuer for callers that reached this server at `base`.
pub fn issuer(base: &str) -> String {
    format!("{base}{PATH}")
}

fn sha256(text: &str) -> digest::Digest {
    digest::digest(&digest::SHA256, text.as_bytes())
}
