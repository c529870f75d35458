//! Making requests and certificates: encoded by one program, signed by the browser.

use crate::{
    browser::{
        clock, crypto, signing,
        workshop::{self, Problem},
    },
    domain::{
        certificate::{self, Preset},
        jose::PublicJwk,
    },
    state::keys::HeldKey,
};

/// What was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What the ecosystem wants.
    pub preset: Preset,
    /// Attributes of the subject by short name, the country first.
    pub subject: Vec<(String, String)>,
    /// Alternative names as typed.
    pub names: String,
    /// For how many days a certificate signs itself; `None` for a request.
    pub days: Option<u32>,
    /// Roles of a payment service provider.
    pub roles: Vec<String>,
    /// The authority.
    pub authority: String,
    /// Its identifier.
    pub authority_id: String,
}

/// What was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// Whether it is a certificate; else it is a request.
    pub is_certificate: bool,
    /// The subject, as it reads.
    pub subject: String,
    /// The key it is of.
    pub public: PublicJwk,
    /// The whole.
    pub der: Vec<u8>,
}

/// Makes it.
///
/// # Errors
/// Which field has to be changed, or why the browser cannot sign.
pub async fn make(asked: &Asked, key: &HeldKey) -> Result<Made, Problem> {
    let whole = |text: String| Problem { field: String::new(), text };
    let of_crypto = |problem: crypto::CryptoProblem| whole(problem.to_string());
    let program = workshop::open().await.map_err(whole)?;
    let algorithm = key.signing.algorithm.name();
    let spki = signing::spki(&key.public, key.signing.algorithm).await.map_err(of_crypto)?;
    let digest = crypto::sha256(&spki).await.map_err(of_crypto)?;
    // RFC 7093, 2: the first 160 bits of a SHA-256 digest name a key as well as a SHA-1 digest does.
    let wish = program.wish(&spki, digest.get(..20).unwrap_or_default())?;
    for (name, value) in &asked.subject {
        wish.subject(name, value);
    }
    for (kind, name) in certificate::names(&asked.names) {
        wish.name(kind, &name);
    }
    asked.preset.usages().iter().for_each(|usage| wish.usage(usage));
    asked.preset.purposes().iter().for_each(|purpose| wish.purpose(purpose));
    if let Some(days) = asked.days {
        wish.sign_itself(clock::now(), days);
    }
    if asked.preset.is_qualified() {
        wish.qualify(asked.preset == Preset::Website, &asked.roles, &asked.authority, &asked.authority_id);
    }
    let bytes = wish.to_be_signed(algorithm)?;
    let signature = signing::sign(&key.signing, &bytes).await.map_err(of_crypto)?;
    let der = program.signed(&bytes, algorithm, &signature)?;
    let said = program.read_certificates(&crate::domain::jose::pem::single_line(&der))?;
    let subject = said.into_iter().next().map(|read| read.subject).unwrap_or_default();
    Ok(Made { is_certificate: asked.days.is_some(), subject, public: key.public.clone(), der })
}
