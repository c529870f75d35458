//! Looking up a client by its name at a server that lets its users do so, and taking it into the list.

use crate::{
    browser::{clock, crypto},
    domain::{
        application::{
            Application,
            history::{Entry, Outcome, Step},
        },
        config::Environment,
        diagnosis::Purpose,
        registration::{self, Authorization, Operation, Registration, identity_server},
    },
    state::{
        Session, Trouble,
        backend::{note, reach, send},
        manage,
    },
};

/// Asks for the client of this name.
///
/// # Errors
/// No user is held, the server refused, or its answer cannot be read.
pub async fn find(session: Session, environment: &Environment, name: &str) -> Result<Registration, Trouble> {
    let user = session.vault.user_untracked(&environment.id).ok_or_else(|| {
        Trouble::not_sent("The server tells this only to its users.", "Enter user name and password first.")
    })?;
    let reach = reach(session, environment).await?;
    let authorization = Authorization::Basic { user: user.name, password: user.password };
    let request = identity_server::find(&reach.registration, name, &authorization)
        .with_certificate(manage::shows_certificate(environment));
    let response = send(session, environment, Purpose::Manage, &request).await?;
    Ok(registration::dialect_of(environment).read(Operation::Read, &response)?)
}

/// The ID of the application in the list that is this client.
#[must_use]
pub fn known(session: Session, environment: &Environment, client_id: &str) -> Option<String> {
    use leptos::prelude::WithUntracked as _;
    session.vault.applications.with_untracked(|list| {
        let same = |a: &&Application| a.environment == environment.id && a.client_id == client_id;
        list.iter().find(same).map(|application| application.id.clone())
    })
}

/// Takes what was found into the list. Returns the ID of the application there.
///
/// # Errors
/// When it cannot be stored.
pub async fn take(
    session: Session,
    environment: &Environment,
    registration: &Registration,
) -> Result<String, Trouble> {
    use leptos::prelude::WithValue as _;
    if let Some(id) = known(session, environment, &registration.client_id) {
        return Ok(id);
    }
    let now = clock::now();
    let mut application = session.catalogue.with_value(|catalogue| {
        Application::found(crypto::random_id(), environment, catalogue, registration, now)
    });
    if let Some(secret) = &registration.client_secret {
        application.secret = note(secret, registration.client_secret_expires_at).await;
        session.vault.hold_secret(&application.id, secret.clone());
    }
    let step = Step::Here("Found at the server by its name".to_owned());
    let evidence = [format!("Client ID {}.", application.client_id), registration.notes.join(" ")].join(" ");
    application.log(Entry::new(now, step, Outcome::Local, evidence.trim_end()));
    let id = application.id.clone();
    session.vault.save(application).await?;
    Ok(id)
}
