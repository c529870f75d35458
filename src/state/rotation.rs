//! Replacing the key of an application, step by step. Every step stores what it has done before the next can begin.

use crate::{
    browser::clock,
    domain::{
        application::{
            Application, Rotation,
            history::{Entry, Outcome, Step},
        },
        config::Environment,
        jose::PublicJwk,
    },
    state::{
        Session, Trouble,
        backend::{self, Credential},
        keys::ClientKey,
        manage::{self, exclusively, latest},
    },
};

/// Begins it with a key that is at hand. Nothing is sent.
///
/// # Errors
/// When it cannot be stored.
pub async fn begin(session: Session, id: &str, key: &PublicJwk) -> Result<(), Trouble> {
    let words = format!("New key {}.", key.kid.as_deref().unwrap_or_default());
    note(session, id, "Began to replace a key", words, |application| {
        application.rotation = Some(Rotation::new(key, clock::now()));
    })
    .await
}

/// Registers the new key beside the others.
///
/// # Errors
/// As [`manage::change`].
pub async fn add(session: Session, environment: &Environment, id: &str) -> Result<(), Trouble> {
    let application = latest(session, id).await?;
    let Some((new, _)) = application.rotating() else { return Err(none()) };
    manage::change(session, environment, id, &application.with_key(&new), &application.products).await
}

/// Asks for a token with the new key, and notes that it works.
///
/// # Errors
/// When the private half is not at hand, or as [`backend::request_token`].
pub async fn prove(session: Session, environment: &Environment, id: &str) -> Result<(), Trouble> {
    let application = latest(session, id).await?;
    let Some((new, _)) = application.rotating() else { return Err(none()) };
    let held = session.keys.find(|key| key.public.is_same_key(&new));
    let Some(key) = held else {
        return Err(Trouble::not_sent(
            "The private half of the new key is not in this tab.",
            "Load it above, then ask again.",
        ));
    };
    let credential = Credential::Key(Box::new(ClientKey { key, kid: new.kid.clone() }));
    let scope = application.token_scopes().join(" ");
    backend::request_token(session, environment, &application, &credential, &scope).await?;
    let words = format!("A token was given for {}.", new.kid.as_deref().unwrap_or_default());
    note(session, id, "The new key works", words, |application| {
        if let Some(rotation) = &mut application.rotation {
            rotation.proved = true;
        }
    })
    .await
}

/// Takes the old keys out of the registration.
///
/// # Errors
/// As [`manage::change`].
pub async fn finish(session: Session, environment: &Environment, id: &str) -> Result<(), Trouble> {
    let application = latest(session, id).await?;
    let Some((new, _)) = application.rotating() else { return Err(none()) };
    manage::change(session, environment, id, &application.with_key_only(&new), &application.products).await?;
    close(session, id).await
}

/// Notes that only the new key is registered.
///
/// # Errors
/// When it cannot be stored.
pub async fn close(session: Session, id: &str) -> Result<(), Trouble> {
    note(session, id, "Replaced a key", "The old key is no longer registered.".to_owned(), |application| {
        application.rotation = None;
    })
    .await
}

/// Goes back to the old keys: a new one that is registered is taken out again.
///
/// # Errors
/// As [`manage::change`].
pub async fn give_up(session: Session, environment: &Environment, id: &str) -> Result<(), Trouble> {
    let application = latest(session, id).await?;
    if let Some((new, _)) = application.rotating()
        && application.keys().iter().any(|key| key.is_same_key(&new))
    {
        manage::change(session, environment, id, &application.without_key(&new), &application.products)
            .await?;
    }
    note(session, id, "Gave up replacing a key", "The old key stays.".to_owned(), |application| {
        application.rotation = None;
    })
    .await
}

fn none() -> Trouble {
    Trouble::not_sent("No replacement of a key is under way.", "Reload the page to see why.")
}

async fn note(
    session: Session,
    id: &str,
    what: &str,
    evidence: String,
    change: impl FnOnce(&mut Application),
) -> Result<(), Trouble> {
    exclusively(session, id, async || {
        let mut application = latest(session, id).await?;
        change(&mut application);
        application.log(Entry::new(clock::now(), Step::Here(what.to_owned()), Outcome::Local, evidence));
        session.vault.save(application).await.map_err(Trouble::from)
    })
    .await
}
