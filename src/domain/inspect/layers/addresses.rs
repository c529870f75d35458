//! Where the keys are that decide on a request and its statement. Nothing is fetched from there until somebody presses a
//! button that names the host.

use super::statement_in;
use crate::domain::inspect::Inspection;
use crate::domain::inspect::kind::Kind;
use crate::domain::url;

/// A directory that an environment is configured with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDirectory {
    /// `iss` of its statements.
    pub issuer: String,
    /// The address of the keys that it signs with (RFC 7517), absolute.
    pub jwks: String,
}

/// The names under which directories say where the keys of a software are.
const SOFTWARE_KEYS: [&str; 2] = ["software_jwks_endpoint", "jwks_uri"];

/// The addresses of the keys that the issuer of a statement signs with, by the directories that are known; for a request,
/// of the statement in it.
#[must_use]
pub fn directory_keys(token: &Inspection, known: &[KnownDirectory]) -> Vec<String> {
    of_statement(token, |statement| {
        let issuer = statement.payload.as_ref()?.document.text("iss")?;
        let mut found: Vec<String> = Vec::new();
        for directory in known.iter().filter(|known| known.issuer == issuer) {
            if !found.contains(&directory.jwks) {
                found.push(directory.jwks.clone());
            }
        }
        Some(found)
    })
    .unwrap_or_default()
}

/// Where a statement says that the keys of the software are; for a request, the statement in it.
#[must_use]
pub fn software_keys(token: &Inspection) -> Option<String> {
    of_statement(token, |statement| {
        let claims = &statement.payload.as_ref()?.document;
        SOFTWARE_KEYS.iter().find_map(|name| claims.text(name)).map(str::to_owned)
    })
}

/// Whether a page of this origin may ask an address that a token names: over https, or on its own origin, and without a
/// name and password in it.
#[must_use]
pub fn may_be_asked(address: &str, page_origin: &str) -> bool {
    let Ok(parts) = url::parts(address) else { return false };
    let is_safe = parts.scheme == "https" || url::origin(address).as_deref() == Some(page_origin);
    is_safe && !parts.has_userinfo && !parts.host.is_empty()
}

fn of_statement<T>(token: &Inspection, look: impl Fn(&Inspection) -> Option<T>) -> Option<T> {
    match token.kind {
        Kind::SoftwareStatement => look(token),
        _ => look(&statement_in(token, token.now)?),
    }
}
