//! Signing a registration request (Open Banking DCR 3.3) with a key of this tab.

use crate::{
    browser::crypto::CryptoProblem,
    domain::{jose::Unsigned, secret::Secret},
    state::keys::{self, ClientKey},
};

/// Signs a request now. The header names the key and the algorithm that really signed: a browser binds a key to one
/// algorithm, and a form may have been filled in for another. Returns what was signed beside the compact request
/// (RFC 7515, 7.1), for showing.
///
/// # Errors
/// When the browser cannot sign.
pub async fn sign(mut unsigned: Unsigned, key: &ClientKey) -> Result<(Unsigned, Secret), CryptoProblem> {
    let signing = &key.key.signing;
    let kid = key.kid.as_deref().unwrap_or_else(|| key.key.thumbprint());
    for (name, value) in [("alg", signing.algorithm.name()), ("kid", kid)] {
        unsigned.header.insert(name.to_owned(), value.into());
    }
    let compact = keys::sign(&unsigned, signing).await?;
    Ok((unsigned, compact))
}
