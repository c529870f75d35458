//! A registration on its way out: what proves that it may be made, and the document as it leaves, signed now.

use crate::{
    browser::{clock, crypto},
    domain::{
        config::Environment,
        form::Valid,
        http::Request,
        inspect::profiles::Checked,
        registration::{
            self, Authorization, Document, Operation, Stamp,
            discovery::Reach,
            open_banking::checks::{self, Sending},
        },
        secret::Secret,
    },
    state::{Session, Trouble, backend, signed_request, used_ids, vault::User},
};

/// What a registration needs beside the form. It is never stored, and lives as long as the page.
#[derive(Clone, Default)]
pub struct Proofs {
    /// The initial access token (RFC 7591, 1.2).
    pub token: Option<Secret>,
    /// User name and password of somebody who may register clients (RFC 7617).
    pub user: Option<User>,
    /// How long a signed request lives, in seconds; as the environment says when nothing was typed.
    pub lifetime: Option<i64>,
    /// A request whose signature was made elsewhere.
    pub signed: Option<Document>,
}

/// What opens registration: a user's name and password, an initial access token, or a sign-in that is good.
#[must_use]
pub fn authorization(session: Session, environment: &Environment, proofs: &Proofs) -> Authorization {
    match &proofs.user {
        Some(User { name, password }) => {
            Authorization::Basic { user: name.clone(), password: password.clone() }
        }
        None => backend::authorization(session, environment, proofs.token.clone()),
    }
}

/// What a request says of the moment in which it is made: a new `jti` each time.
#[must_use]
pub fn stamp(environment: &Environment, reach: &Reach, lifetime: Option<i64>) -> Stamp {
    let mut stamp = Stamp::new(environment, reach, clock::now(), crypto::uuid_v4());
    if let Some(lifetime) = lifetime {
        stamp.expires_at = stamp.issued_at.saturating_add(lifetime);
    }
    stamp
}

/// What the rules say of a document, with everything that is known in this tab.
#[must_use]
pub fn checked(document: &Document, environment: &Environment, audience: &str) -> Vec<Checked> {
    let used = used_ids::all();
    let used: Vec<&str> = used.iter().map(String::as_str).collect();
    let sending = Sending {
        now: clock::now(),
        audience: Some(audience),
        used_ids: &used,
        key_ids: None,
        revoked_key_ids: None,
    };
    checks::check(document, environment, &sending)
}

/// The request that registers, ready to be sent once: signed now, where it is signed. What the rules of software
/// statements forbid is not sent.
///
/// # Errors
/// Nothing can sign here, or the request would be refused.
pub async fn request(
    session: Session,
    environment: &Environment,
    reach: &Reach,
    valid: &Valid,
    proofs: &Proofs,
) -> Result<Request, Trouble> {
    let dialect = registration::dialect_of(environment);
    let stamp = stamp(environment, reach, proofs.lifetime);
    let document = match &proofs.signed {
        Some(signed) => signed.clone(),
        None => {
            let made = dialect.document_at(valid.metadata(), None, &stamp);
            signed_request::complete(session, made, valid.metadata()).await?
        }
    };
    if dialect.habits().takes_statements() {
        let found = checked(&document, environment, &stamp.audience);
        if let Some(stopped) = found.iter().find(|found| checks::stops(found)) {
            let verdict = &stopped.verdict;
            let next = verdict.what_to_do.as_deref().unwrap_or("Change it, and send the request again.");
            let what = format!("{}: {}", stopped.rule.name, verdict.sentence);
            return Err(Trouble::not_sent(what.replace('`', ""), next.replace('`', "")));
        }
        used_ids::remember(&document);
    }
    Ok(with_document(session, environment, reach, proofs, &document))
}

/// The request with a document that is signed already, or is only shown.
#[must_use]
pub fn with_document(
    session: Session,
    environment: &Environment,
    reach: &Reach,
    proofs: &Proofs,
    document: &Document,
) -> Request {
    let dialect = registration::dialect_of(environment);
    let authorization = authorization(session, environment, proofs);
    let request = dialect.request(Operation::Create, &reach.registration, &authorization, Some(document));
    // Elsewhere only the token endpoint and the products ask for it.
    request.with_certificate(environment.client_certificate && dialect.habits().takes_statements())
}
