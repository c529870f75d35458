//! A registration endpoint like that of WSO2 Identity Server (DCR v1.1): JSON with a software statement, an
//! administrator's name and password, tenants, and its quirks. Beside it its token endpoint and its metadata.

mod administrators;
mod application;
mod assertion;
mod awkward;
mod client_auth;
pub mod cors;
mod document;
mod members;
mod metadata;
mod refusal;
mod registration;
mod rules;
mod statement;
mod token;

use std::fmt;
use std::sync::Mutex;

use serde_json::Value;

use crate::clock::Clock;
use crate::identity::origins::Origins;
use crate::jose::random_text;
use crate::jose::rs256_key::Rs256Key;
use crate::jose::signing_key::SigningKey;
use crate::partner::random;
use crate::realm::{RealmError, keys};
use crate::store::Store;

pub use application::Application;

/// Where it is.
pub const PATH: &str = "/identity-server";
/// The tenant of the sample bank, whose administrator is named at the start.
pub const TENANT: &str = "openbank";
/// The tenant of a path that names none.
const SUPER_TENANT: &str = "carbon.super";
/// All tenants.
const TENANTS: [&str; 2] = [SUPER_TENANT, TENANT];
/// The password of a server that keeps nothing, so that a test needs not read it.
const FIXED_PASSWORD: &str = "admin";
/// How many letters and digits a password that is made has.
const PASSWORD_LENGTH: usize = 20;
/// The names that the signing key and the password are kept under.
const KEY: &str = "identity server RS256";
const PASSWORD: &str = "identity server password";

/// The keys that statements are signed with (RFC 7517 sets).
#[derive(Clone, Debug)]
pub struct Directories {
    /// Of the directory whose statements count.
    pub trusted: Value,
    /// Of one whose statements count only for a server that is wanted to be careless.
    pub foreign: Value,
}

/// The server.
pub struct IdentityServer {
    store: Store,
    clock: Clock,
    key: Rs256Key,
    password: String,
    origins: Origins,
    directories: Directories,
    /// Applications that a broken server deleted and still has.
    ghosts: Mutex<Vec<Application>>,
}

impl fmt::Debug for IdentityServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityServer").field("key", &self.key).finish_non_exhaustive()
    }
}

impl IdentityServer {
    /// A server over this store; key and password are made if they aren't there yet. With `fixed_password` the
    /// password is `admin`.
    ///
    /// # Errors
    /// When the store fails or something can't be made.
    pub fn new(
        store: Store,
        clock: Clock,
        origins: Origins,
        directories: Directories,
        fixed_password: bool,
    ) -> Result<Self, RealmError> {
        let now = clock.now();
        let (kid, bytes) =
            keys::load_or_make(&store, KEY, now, || Ok((random_text::<32>()?, SigningKey::generate()?)))?;
        let key = Rs256Key::from_pkcs8(kid, &bytes)?;
        let password = match fixed_password {
            true => FIXED_PASSWORD.to_owned(),
            false => kept_password(&store, now)?,
        };
        Ok(Self { store, clock, key, password, origins, directories, ghosts: Mutex::default() })
    }

    /// Who may register applications with the sample bank, and the password, to be printed at the start.
    pub fn administrator(&self) -> (String, &str) {
        (format!("{}@{TENANT}", administrators::ADMINISTRATOR), &self.password)
    }

    /// The pages that may read its answers.
    pub fn origins(&self) -> &Origins {
        &self.origins
    }
}

fn kept_password(store: &Store, now: i64) -> Result<String, RealmError> {
    let (_, bytes) = keys::load_or_make(store, PASSWORD, now, || {
        Ok((PASSWORD.to_owned(), random::alphanumerics(PASSWORD_LENGTH)?.into_bytes()))
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The issuer of a tenant for callers that reached this server at `base`; it is the address of the token endpoint too.
fn issuer(base: &str, tenant: &str) -> String {
    match tenant {
        SUPER_TENANT => format!("{base}{PATH}/oauth2/token"),
        tenant => format!("{base}{PATH}/t/{tenant}/oauth2/token"),
    }
}

/// The tenant that a path names.
fn named_tenant(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(PATH)?.strip_prefix("/t/")?;
    rest.split('/').next()
}

/// The tenant that a path names, when there is none of that name.
pub fn unknown_tenant(path: &str) -> Option<&str> {
    named_tenant(path).filter(|tenant| !TENANTS.contains(tenant))
}
