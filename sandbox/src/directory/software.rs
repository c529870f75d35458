//! Software as the directory knows it, and the form in which somebody asks for a piece of it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::jose::CryptoError;
use crate::partner::random;

/// The roles there are (Payment Services Directive 2): account information, payment initiation, card-based payments.
pub const ROLES: [&str; 3] = ["AISP", "PISP", "CBPII"];
/// The most characters of a name.
const LONGEST_NAME: usize = 128;
/// The most characters of an address (Open Banking DCR 3.3, redirect URIs).
const LONGEST_URI: usize = 256;
/// The most redirect URIs.
const MOST_URIS: usize = 20;
/// How many letters and digits an identifier has.
const ID_LENGTH: usize = 22;

/// A piece of software.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Software {
    /// Its identifier.
    pub software_id: String,
    /// That of its organisation.
    pub organisation_id: String,
    /// Its name.
    pub client_name: String,
    /// Where it may send people back to.
    pub redirect_uris: Vec<String>,
    /// What it may do.
    pub roles: Vec<String>,
    /// Its home page.
    pub client_uri: String,
    /// Its picture.
    pub logo_uri: String,
    /// What it does with data.
    pub policy_uri: String,
    /// Its terms of use.
    pub tos_uri: String,
}

/// What somebody asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    client_name: String,
    redirect_uris: Vec<String>,
    roles: Option<Vec<String>>,
    /// A public key that the software signs with.
    pub jwk: Option<Value>,
    client_uri: Option<String>,
    logo_uri: Option<String>,
    policy_uri: Option<String>,
    tos_uri: Option<String>,
}

/// Why it isn't given.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unmade {
    #[error("{0}")]
    Wish(String),
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

impl Wish {
    /// The software, of this organisation.
    pub fn granted(&self, organisation_id: &str) -> Result<Software, Unmade> {
        let said = |sentence: &str| Unmade::Wish(sentence.to_owned());
        let client_name = self.client_name.trim();
        if client_name.is_empty() || client_name.chars().count() > LONGEST_NAME {
            return Err(said("client_name has 1 to 128 characters."));
        }
        let mut origins = self.redirect_uris.iter().map(|uri| origin_of(uri));
        let (Some(first), true) = (origins.next(), self.redirect_uris.len() <= MOST_URIS) else {
            return Err(said("redirect_uris has 1 to 20 addresses."));
        };
        let given = [&self.client_uri, &self.logo_uri, &self.policy_uri, &self.tos_uri];
        let others = origins.chain(given.into_iter().flatten().map(|uri| origin_of(uri)));
        for other in others {
            other?;
        }
        let roles = self.roles.clone().unwrap_or_else(|| vec!["AISP".to_owned(), "PISP".to_owned()]);
        let different: HashSet<&String> = roles.iter().collect();
        if different.len() < roles.len() || !roles.iter().all(|role| ROLES.contains(&role.as_str())) {
            return Err(said("roles are any of AISP, PISP and CBPII, each once."));
        }
        let origin = first?;
        let or =
            |given: &Option<String>, path: &str| given.clone().unwrap_or_else(|| format!("{origin}{path}"));
        Ok(Software {
            software_id: random::alphanumerics(ID_LENGTH)?,
            organisation_id: organisation_id.to_owned(),
            client_name: client_name.to_owned(),
            redirect_uris: self.redirect_uris.clone(),
            roles,
            client_uri: or(&self.client_uri, ""),
            logo_uri: or(&self.logo_uri, "/logo.png"),
            policy_uri: or(&self.policy_uri, "/policy.html"),
            tos_uri: or(&self.tos_uri, "/tos.html"),
        })
    }
}

/// The origin of an address of the web. Whether a bank takes it is for the bank to say.
fn origin_of(uri: &str) -> Result<String, Unmade> {
    let url = Url::parse(uri).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.filter(|_| uri.len() <= LONGEST_URI).map(|url| url.origin().ascii_serialization()).ok_or_else(|| {
        Unmade::Wish(format!(
            "{uri} is not an address of the web: it begins with https://, and has at most 256 characters."
        ))
    })
}
