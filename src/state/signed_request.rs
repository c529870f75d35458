//! The document of a registration as it leaves: made now, and signed where it has to be (Open Banking DCR 3.3).

use crate::{
    browser::{
        clock,
        crypto::{self, CryptoProblem},
    },
    domain::{
        config::{Environment, RequestForm},
        http::Text,
        jose::{Unsigned, jwks},
        registration::{self, ClientMetadata, Document, Stamp, discovery::Reach},
        secret::Secret,
    },
    state::{
        Session, Trouble,
        keys::{self, ClientKey, HeldKey},
    },
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

/// The document of an update, made now: with an ID of its own, and signed with the key that is registered.
///
/// # Errors
/// When nothing here can sign it.
pub async fn document(
    session: Session,
    environment: &Environment,
    reach: &Reach,
    metadata: &ClientMetadata,
    client_id: &str,
) -> Result<Document, Trouble> {
    let stamp = Stamp::new(environment, reach, clock::now(), crypto::uuid_v4());
    let document = registration::dialect_of(environment).document_at(metadata, Some(client_id), &stamp);
    complete(session, document, metadata).await
}

/// Signs what has to be signed, with the key whose name and public half the metadata holds.
///
/// # Errors
/// When its private half is not in this tab, or the browser cannot sign.
pub async fn complete(
    session: Session,
    document: Document,
    metadata: &ClientMetadata,
) -> Result<Document, Trouble> {
    let Document::Unsigned(unsigned) = document else { return Ok(document) };
    session.keys.load().await;
    let key = signer(session, metadata).ok_or_else(|| {
        Trouble::not_sent(
            "The private half of the key that signs is not in this tab.",
            "Load it under Credentials, or have the request signed elsewhere.",
        )
    })?;
    let (_, compact) = sign(*unsigned, &key).await?;
    Ok(Document::Jwt {
        text: Text::plain(compact.expose().to_owned()),
        media_type: RequestForm::Jwt.media_type(),
    })
}

/// The key of this tab that signs for a registration: by its public half, else by its name. Does not track.
#[must_use]
pub fn signer(session: Session, metadata: &ClientMetadata) -> Option<ClientKey> {
    let public = metadata.jwks.as_ref().and_then(|set| jwks::understood(set).into_iter().next());
    if let Some(public) = public {
        let key = session.keys.find(|key| key.public.is_same_key(&public))?;
        return Some(ClientKey { key, kid: public.kid });
    }
    let kid =
        metadata.software.as_ref().map(|software| software.kid.clone()).filter(|kid| !kid.is_empty())?;
    let named = |key: &HeldKey| key.thumbprint() == kid;
    Some(ClientKey { key: session.keys.find(named)?, kid: Some(kid.clone()) })
}
